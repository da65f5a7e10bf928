/** What the commands that run Julia share: pictures and engines by name, and refusals in one sentence. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { display8 } from '../src/lib/image/display.ts';
import { loadAllPredefined, loadPictureFile } from '../src/lib/image/node-pictures.ts';
import { encodePng } from '../src/lib/image/png.ts';
import type { ColourView, MatrixView, Picture } from '../src/lib/julia/view.ts';
import type { Engine } from '../src/lib/matrix/engine.ts';
import { frontMatterOf, ownFilesOf } from '../src/plugins/article/front-matter.ts';
import { ownPictures } from '../src/plugins/article/own-files.ts';
import { ReferenceEngine } from '../src/lib/matrix/reference.ts';

/** Something to tell the user, in one sentence. */
export class Refusal extends Error {}

export type EngineName = 'reference' | 'tfjs-wasm';

/** @throws Refusal */
export function engineName(name: string): EngineName {
  if (name === 'reference' || name === 'tfjs-wasm') return name;
  throw new Refusal(`there is no engine ${name}; choose reference or tfjs-wasm`);
}

export async function engineNamed(name: EngineName): Promise<Engine> {
  if (name === 'reference') return new ReferenceEngine();
  const { createWasm } = await import('../src/lib/matrix/wasm.ts');
  return createWasm();
}

/** `NAME=FILE`, as `--image` takes it. @throws Refusal */
export function imageOption(pair: string): readonly [name: string, file: string] {
  const [, name, path] = /^([\p{L}_][\p{L}\p{N}_!]*)=(.+)$/su.exec(pair) ?? [];
  if (name === undefined || path === undefined) throw new Refusal(`--image takes NAME=FILE, not ${pair}`);
  return [name, path];
}

/**
 * The predefined pictures and the user's own; notes on these go to standard error.
 *
 * @param folder where a program lies: beside an article its files are there too
 */
export async function picturesOf(
  images: readonly (readonly [name: string, file: string])[],
  folder?: string,
): Promise<Map<string, Picture>> {
  const article = folder === undefined ? '' : await readFile(join(folder, 'index.mdx'), 'utf8').catch(() => '');
  const beside = await ownPictures(ownFilesOf(frontMatterOf(article)), folder ?? '.');
  const pictures = new Map<string, Picture>([...(await loadAllPredefined()), ...beside]);
  for (const [name, path] of images) {
    const { picture, notes } = await loadPictureFile(path);
    pictures.set(name, picture);
    for (const note of notes) console.error(`${path}: ${note}`);
  }
  return pictures;
}

/** @throws Refusal where the file cannot be read */
export async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Refusal(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A matrix or a picture as a PNG: round(255 clamp(v, 0, 1)), one pixel an element. */
export function png(picture: MatrixView | ColourView): Uint8Array {
  const { rows, cols } = picture;
  if (picture.kind === 'matrix') return encodePng(rows, cols, 1, display8(picture));
  const samples = new Uint8Array(rows * cols * 3);
  [picture.red, picture.green, picture.blue].forEach((data, channel) =>
    display8({ rows, cols, data }).forEach((level, k) => (samples[3 * k + channel] = level)),
  );
  return encodePng(rows, cols, 3, samples);
}
