/**
 * A surface drawn once, without a graphics card and without three.js: the picture that stands in a page before, and without, the live
 * view. The same camera, the same colours and the same light as `surface.ts` at its first sight, in grey.
 */

import { fieldReach, footprint, RELIEF } from './height-field.ts';
import { checkMatrix, extentOf, NOT_A_NUMBER, rescale } from './matrix.ts';
import type { SceneMatrix } from './matrix.ts';
import { direction, FIELD_OF_VIEW, fitDistance, SURFACE_HOME } from './orbit.ts';

/** Pixels of a picture, RGBA bytes, row-major; what nothing covers is transparent. */
export interface Still {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Unit vector, as in the surface's shader. */
const LIGHT = ([-0.55, 0.75, -0.45] as const).map((part) => part / Math.hypot(0.55, 0.75, 0.45)) as [
  number,
  number,
  number,
];
/** Points drawn to each side of a pixel, whose mean it becomes. */
const FINER = 2;

/** Draws a matrix as a surface, `width` x `height` pixels. Throws a MatrixShapeError unless sizes and data agree. */
export function surfaceStill(matrix: SceneMatrix, width: number, height: number): Still {
  checkMatrix(matrix);
  const values = rescale(matrix.data, extentOf(matrix.data), new Float32Array(matrix.data.length));
  const fine = new Canvas(width * FINER, height * FINER);
  const points = project(matrix, values, fine.width, fine.height);
  const { rows, cols } = matrix;
  for (let row = 0; row + 1 < rows; row += 1) {
    for (let col = 0; col + 1 < cols; col += 1) {
      const a = row * cols + col;
      const level = levelOf(matrix, values, row, col);
      fine.triangle(points, a, a + 1, a + cols, level);
      fine.triangle(points, a + cols, a + 1, a + cols + 1, level);
    }
  }
  return fine.reduced(FINER);
}

/** Where the surface over every pixel lies on the canvas: x, y and distance, three numbers a pixel. */
function project({ rows, cols }: SceneMatrix, values: Float32Array, width: number, height: number): Float32Array {
  const { width: across, depth } = footprint({ rows, cols });
  const reach = fieldReach({ rows, cols });
  const distance = fitDistance(reach.across, reach.rise, FIELD_OF_VIEW, width / height);
  const focal = height / 2 / Math.tan(FIELD_OF_VIEW / 2);
  const [tx, ty, tz] = direction(SURFACE_HOME);
  // Right and up of the camera: the ground's own, turned by yaw and tilted by pitch.
  const flat = Math.hypot(tx, tz);
  const [rx, rz] = [tz / flat, -tx / flat];
  const [ux, uy, uz] = [ty * rz, tz * rx - tx * rz, -ty * rx];
  const points = new Float32Array(rows * cols * 3);
  for (let index = 0; index < rows * cols; index += 1) {
    const col = index % cols;
    const x = ((col + 0.5) / cols - 0.5) * across;
    const y = Math.max(0, values[index] as number) * RELIEF - RELIEF / 4;
    const z = (((index - col) / cols + 0.5) / rows - 0.5) * depth;
    const away = distance - (x * tx + y * ty + z * tz);
    points[3 * index] = width / 2 + (focal * (x * rx + z * rz)) / away;
    points[3 * index + 1] = height / 2 - (focal * (x * ux + y * uy + z * uz)) / away;
    points[3 * index + 2] = away;
  }
  return points;
}

/** Grey level of the surface at a pixel, lit: 0 ... 255. */
function levelOf({ rows, cols }: SceneMatrix, values: Float32Array, row: number, col: number): number {
  const longer = Math.max(rows, cols);
  const value = (r: number, c: number): number => {
    const inside = Math.min(rows - 1, Math.max(0, r)) * cols + Math.min(cols - 1, Math.max(0, c));
    return Math.max(0, values[inside] as number);
  };
  // A pixel is 1 / longer wide, in either direction.
  let across = ((value(row, col + 1) - value(row, col - 1)) / 2) * RELIEF * longer;
  let along = ((value(row + 1, col) - value(row - 1, col)) / 2) * RELIEF * longer;
  const softened = Math.sqrt(1 + 0.6 * Math.hypot(across, along));
  across /= softened;
  along /= softened;
  const facing = (LIGHT[1] - across * LIGHT[0] - along * LIGHT[2]) / Math.hypot(across, 1, along);
  const shade = 0.6 + (0.4 * Math.max(0, facing)) / LIGHT[1];
  const own = values[row * cols + col] === NOT_A_NUMBER ? 0.5 : value(row, col);
  return Math.min(255, 255 * own * Math.min(shade, 1.35));
}

/** Levels and distances of points; nearer ones hide farther ones. */
class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #levels: Float32Array;
  readonly #nearest: Float32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#levels = new Float32Array(width * height);
    this.#nearest = new Float32Array(width * height).fill(Number.POSITIVE_INFINITY);
  }

  /** Fills the points whose middles lie in the triangle, edges included, so that neighbours leave no gap. */
  triangle(points: Float32Array, a: number, b: number, c: number, level: number): void {
    const [ax, ay, az] = [points[3 * a] as number, points[3 * a + 1] as number, points[3 * a + 2] as number];
    const [bx, by, bz] = [points[3 * b] as number, points[3 * b + 1] as number, points[3 * b + 2] as number];
    const [cx, cy, cz] = [points[3 * c] as number, points[3 * c + 1] as number, points[3 * c + 2] as number];
    const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
    if (area === 0) return;
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
    const end = Math.min(this.width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
    const bottom = Math.min(this.height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= end; x += 1) {
        const px = x + 0.5;
        const py = y + 0.5;
        const wb = ((px - ax) * (cy - ay) - (cx - ax) * (py - ay)) / area;
        const wc = ((bx - ax) * (py - ay) - (px - ax) * (by - ay)) / area;
        if (wb < 0 || wc < 0 || wb + wc > 1) continue;
        const away = az + wb * (bz - az) + wc * (cz - az);
        const index = y * this.width + x;
        if (away >= (this.#nearest[index] as number)) continue;
        this.#nearest[index] = away;
        this.#levels[index] = level;
      }
    }
  }

  /** Means of squares of `side` points. */
  reduced(side: number): Still {
    const width = this.width / side;
    const height = this.height / side;
    const data = new Uint8Array(width * height * 4);
    for (let index = 0; index < width * height; index += 1) {
      const x = (index % width) * side;
      const y = Math.floor(index / width) * side;
      let sum = 0;
      let covered = 0;
      for (let n = 0; n < side * side; n += 1) {
        const point = (y + Math.floor(n / side)) * this.width + x + (n % side);
        if (this.#nearest[point] === Number.POSITIVE_INFINITY) continue;
        sum += this.#levels[point] as number;
        covered += 1;
      }
      const level = covered === 0 ? 0 : Math.round(sum / covered);
      data.set([level, level, level, Math.round((255 * covered) / (side * side))], 4 * index);
    }
    return { width, height, data };
  }
}
