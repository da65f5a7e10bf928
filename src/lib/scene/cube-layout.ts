import type { Pixel } from './matrix.ts';

type Triple = readonly [number, number, number];

/** Sizes of a product: I x K times K x J. */
export interface ProductSize {
  readonly rows: number;
  readonly depth: number;
  readonly cols: number;
}

/**
 * A rectangle in space that carries a picture: the picture's first row runs from `corner` along `across`, its rows follow along `down`.
 */
export interface CubePanel {
  readonly corner: Triple;
  readonly across: Triple;
  readonly down: Triple;
}

/**
 * Where the three pictures and the beam lie. x runs along j, y down along i, z from the back (k = 1) to the front (k = K). A is on the left
 * face and B on the top face, both upright for a reader who stands in front of that face, and both with their last k at the edge they share
 * with the front: opened like a box, they are the schoolbook's layout with A left of C and B above it.
 */
export class CubeLayout {
  readonly size: ProductSize;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** 0: a closed cube. 1: A and B unfolded into the plane of C. */
  readonly unfold: number;

  constructor(size: ProductSize, unfold = 0) {
    const longest = Math.max(size.rows, size.cols, size.depth);
    // A thin product still needs faces that can be seen.
    const side = (count: number): number => Math.max(0.12, count / longest);
    this.size = size;
    this.width = side(size.cols);
    this.height = side(size.rows);
    this.depth = side(size.depth);
    this.unfold = Math.min(1, Math.max(0, unfold));
  }

  /** Middle of everything that is drawn. */
  get target(): Triple {
    const out = (this.unfold * this.depth) / 2;
    return [-out, out, (this.unfold * this.depth) / 2];
  }

  /** Half sizes around `target` that hold everything: from any side while closed, from the front when unfolded. */
  get reach(): { readonly across: number; readonly rise: number } {
    const ball = Math.hypot(this.width, this.height, this.depth) / 2;
    const margin = 1.14;
    const mix = (closed: number, open: number): number => closed + (open - closed) * this.unfold;
    return {
      across: mix(ball, ((this.width + this.depth) / 2) * margin),
      rise: mix(ball, ((this.height + this.depth) / 2) * margin),
    };
  }

  /** C, on the front. */
  get product(): CubePanel {
    return {
      corner: [-this.width / 2, this.height / 2, this.depth / 2],
      across: [this.width, 0, 0],
      down: [0, -this.height, 0],
    };
  }

  /** A, hinged at the left edge of C. */
  get left(): CubePanel {
    const [x, z] = this.#fold();
    return {
      corner: [-this.width / 2 - x, this.height / 2, this.depth / 2 - z],
      across: [x, 0, z],
      down: [0, -this.height, 0],
    };
  }

  /** B, hinged at the top edge of C. */
  get right(): CubePanel {
    const [y, z] = this.#fold();
    return {
      corner: [-this.width / 2, this.height / 2 + y, this.depth / 2 - z],
      across: [this.width, 0, 0],
      down: [0, -y, z],
    };
  }

  /** Centre of pixel (i, j) on the front. */
  pixel({ row, col }: Pixel): Triple {
    return [this.x(col + 0.5), this.y(row + 0.5), this.depth / 2];
  }

  x(col: number): number {
    return (col / this.size.cols - 0.5) * this.width;
  }

  y(row: number): number {
    return (0.5 - row / this.size.rows) * this.height;
  }

  z(k: number): number {
    return (k / this.size.depth - 0.5) * this.depth;
  }

  /** The pixel of C that a ray meets; null where it misses the front. */
  hit(origin: Triple, direction: Triple): Pixel | null {
    if (Math.abs(direction[2]) < 1e-9) return null;
    const t = (this.depth / 2 - origin[2]) / direction[2];
    if (t < 0) return null;
    const col = Math.floor(((origin[0] + t * direction[0]) / this.width + 0.5) * this.size.cols);
    const row = Math.floor((0.5 - (origin[1] + t * direction[1]) / this.height) * this.size.rows);
    return row >= 0 && col >= 0 && row < this.size.rows && col < this.size.cols ? { row, col } : null;
  }

  /** The three edges of the box that no picture touches, and those that frame it: pairs of points. */
  get edges(): readonly Triple[] {
    const [x, y, z] = [this.width / 2, this.height / 2, this.depth / 2];
    const corner = (sx: number, sy: number, sz: number): Triple => [sx * x, sy * y, sz * z];
    const edges: Triple[] = [];
    for (const a of [-1, 1]) {
      for (const b of [-1, 1]) {
        edges.push(
          corner(-1, a, b),
          corner(1, a, b),
          corner(a, -1, b),
          corner(a, 1, b),
          corner(a, b, -1),
          corner(a, b, 1),
        );
      }
    }
    return edges;
  }

  // A face's far edge, outwards and backwards from its hinge.
  #fold(): readonly [number, number] {
    const angle = (this.unfold * Math.PI) / 2;
    return [this.depth * Math.sin(angle), this.depth * Math.cos(angle)];
  }
}
