/**
 * The pictures that the author published, as numbers: sizes, means of 8-bit levels over blocks, and single pixels. With the
 * optional folder `../shared` beside the repository, the pictures themselves.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** 8-bit levels, row-major, one plane (grey) or three (red, green, blue). */
export interface Levels {
  readonly rows: number;
  readonly cols: number;
  readonly planes: readonly Uint8Array[];
}

/** What a public clone knows of one picture. */
export interface Digest {
  readonly rows: number;
  readonly cols: number;
  /** For each plane, means over a grid of at most 16 x 16 blocks, row-major. */
  readonly blocks: readonly (readonly number[])[];
  /** [row, column, level of each plane], indices from 0. */
  readonly samples: readonly (readonly number[])[];
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const folder = here('../../../shared/source/reference/');

export function digests(): Record<string, Digest> {
  return JSON.parse(readFileSync(here('../fixtures/published.json'), 'utf8')) as Record<string, Digest>;
}

/** The picture itself, or null where the folder is absent. Pictures that were published enlarged are brought back to size. */
export async function published(name: string): Promise<Levels | null> {
  const path = `${folder}${name}.png`;
  if (!existsSync(path)) return null;
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const planes = Array.from({ length: info.channels }, (_, p) =>
    Uint8Array.from({ length: info.width * info.height }, (_, k) => data[k * info.channels + p] ?? 0),
  );
  const [red, green, blue] = planes;
  const grey = red && green && blue && red.every((level, k) => level === green[k] && level === blue[k]);
  const levels = { rows: info.height, cols: info.width, planes: grey ? [red] : planes };
  return shrink(levels, enlargement(name));
}

/** Notebooks show pictures of fewer than 10,000 pixels enlarged by whole-pixel repetition (docs/studies.md, 0.2). */
function enlargement(name: string): number {
  const rows = Number(/-N(\d+)-factor$/.exec(name)?.[1] ?? 512);
  return { 16: 2, 8: 2, 4: 3, 2: 4, 1: 5 }[rows] ?? 1;
}

function shrink({ rows, cols, planes }: Levels, by: number): Levels {
  if (by === 1) return { rows, cols, planes };
  const [r, c] = [rows / by, cols / by];
  const pick = (plane: Uint8Array): Uint8Array =>
    Uint8Array.from({ length: r * c }, (_, k) => plane[Math.floor(k / c) * by * cols + (k % c) * by] ?? 0);
  return { rows: r, cols: c, planes: planes.map(pick) };
}

export function digest({ rows, cols, planes }: Levels): Digest {
  const [down, right] = [Math.min(16, rows), Math.min(16, cols)];
  const places = Array.from({ length: 24 }, (_, k) => [(k * 197 + 37) % rows, (k * 311 + 53) % cols] as const);
  return {
    rows,
    cols,
    blocks: planes.map((plane) => blockMeans(plane, rows, cols, down, right)),
    samples: places.map(([r, c]) => [r, c, ...planes.map((plane) => plane[r * cols + c] ?? 0)]),
  };
}

function blockMeans(plane: Uint8Array, rows: number, cols: number, down: number, right: number): number[] {
  const sums = new Float64Array(down * right);
  const counts = new Float64Array(down * right);
  plane.forEach((level, k) => {
    const block = Math.floor((Math.floor(k / cols) * down) / rows) * right + Math.floor(((k % cols) * right) / cols);
    sums[block] = (sums[block] ?? 0) + level;
    counts[block] = (counts[block] ?? 0) + 1;
  });
  return Array.from(sums, (sum, block) => Math.round((100 * sum) / (counts[block] ?? 1)) / 100);
}
