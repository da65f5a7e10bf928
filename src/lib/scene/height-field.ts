import type { Pixel } from './matrix.ts';

/** A matrix laid out on the ground: x along its columns, z along its rows, y up; centred, its longer side 1 unit long. */
export interface HeightField {
  readonly rows: number;
  readonly cols: number;
  /** Height in world units of the surface over a pixel's centre. */
  readonly height: (row: number, col: number) => number;
  /** No pixel is higher. */
  readonly top: number;
}

/** Height of the highest value, in lengths of the longer side, until the reader asks for another. */
export const RELIEF = 0.25;

type Triple = readonly [number, number, number];

/** Width (x) and depth (z) of the field in world units. */
export function footprint({ rows, cols }: { readonly rows: number; readonly cols: number }): {
  readonly width: number;
  readonly depth: number;
} {
  const longer = Math.max(rows, cols);
  return { width: cols / longer, depth: rows / longer };
}

/** Half sizes around the target (`relief / 4` above the middle of the ground) that hold a field, which is flat and mostly seen at a slant. */
export function fieldReach(size: { readonly rows: number; readonly cols: number }): { across: number; rise: number } {
  const { width, depth } = footprint(size);
  const radius = Math.hypot(width, depth) / 2;
  return { across: radius * 1.02, rise: radius * 0.92 };
}

/** The point of the surface over a pixel's centre. */
export function pointOver(field: HeightField, { row, col }: Pixel): Triple {
  const { width, depth } = footprint(field);
  return [((col + 0.5) / field.cols - 0.5) * width, field.height(row, col), ((row + 0.5) / field.rows - 0.5) * depth];
}

/** The pixel whose column the ray meets first, walking in thirds of a pixel; null where it passes by. */
export function hitField(field: HeightField, origin: Triple, direction: Triple): Pixel | null {
  const { width, depth } = footprint(field);
  const [from, to] = inBox(origin, direction, [-width / 2, 0, -depth / 2], [width / 2, field.top, depth / 2]);
  if (from > to) return null;
  const step = 1 / (3 * Math.max(field.rows, field.cols));
  const pixelAt = (t: number): Pixel => ({
    row: index((origin[2] + t * direction[2]) / depth + 0.5, field.rows),
    col: index((origin[0] + t * direction[0]) / width + 0.5, field.cols),
  });
  for (let t = from; t <= to; t += step) {
    const pixel = pixelAt(t);
    if (origin[1] + t * direction[1] <= field.height(pixel.row, pixel.col)) return pixel;
  }
  // Left the box through its floor: the pixel there is the answer, since the floor is the lowest the surface goes.
  const end = origin[1] + to * direction[1];
  return end <= 1e-6 ? pixelAt(to) : null;
}

function index(share: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(share * count)));
}

/** Where a ray enters and leaves a box, as multiples of its direction; enters after it leaves where it misses. */
function inBox(origin: Triple, direction: Triple, low: Triple, high: Triple): [number, number] {
  let from = 0;
  let to = Number.POSITIVE_INFINITY;
  for (const axis of [0, 1, 2] as const) {
    const speed = direction[axis];
    if (Math.abs(speed) < 1e-12) {
      if (origin[axis] < low[axis] || origin[axis] > high[axis]) return [1, 0];
      continue;
    }
    const a = (low[axis] - origin[axis]) / speed;
    const b = (high[axis] - origin[axis]) / speed;
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  return [from, to];
}
