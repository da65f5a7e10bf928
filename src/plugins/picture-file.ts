import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** 8-bit pixels, row-major, one or three interleaved channels. */
export interface FilePixels {
  readonly rows: number;
  readonly cols: number;
  readonly channels: 1 | 3;
  readonly bytes: Uint8Array;
}

/**
 * Writes pixels as the smaller of a lossless WebP and a PNG, so that the file holds exactly the displayed levels. The name is
 * a hash of the pixels: equal pictures share a file, and a file that is there already is not made again.
 *
 * @returns the file's name in `folder`.
 */
export async function writePicture(folder: string, pixels: FilePixels): Promise<string> {
  const { rows, cols, channels, bytes } = pixels;
  const hash = createHash('sha256').update(`${rows}x${cols}x${channels}:`).update(bytes).digest('hex').slice(0, 16);
  for (const name of [`${hash}.webp`, `${hash}.png`]) {
    if (await exists(join(folder, name))) return name;
  }
  const image = sharp(bytes, { raw: { width: cols, height: rows, channels } });
  const [webp, png] = await Promise.all([
    image.clone().webp({ lossless: true, effort: 6 }).toBuffer(),
    image
      .clone()
      .png({ compressionLevel: 9, adaptiveFiltering: channels === 3 || rows * cols > 4096 })
      .toBuffer(),
  ]);
  const [name, data] = webp.length <= png.length ? [`${hash}.webp`, webp] : [`${hash}.png`, png];
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, name), data);
  return name;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Writes beside and renames, so that a build that is cut short leaves no half file behind. The name beside is one of its own:
 * two pages may come to the same result at the same time.
 */
export async function writeWhole(path: string, data: Uint8Array | string): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  await writeFile(beside, data);
  await rename(beside, path);
}
