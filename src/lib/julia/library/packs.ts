/**
 * Packs: groups of library functions that a page fetches only where a program names one of them, each in a chunk of its own. What
 * every picture needs stands in index.ts; what is large or rare stands in a pack. A program's packs are found when it is parsed
 * (../packs-of.ts) and travel with its tree, so that whoever runs it can fetch them first.
 */

import type { Pack } from './pack.ts';

/** To add a pack: a file that exports `pack`, and its line here. */
export const packs = {
  base: async () => (await import('./base.ts')).pack,
  bits: async () => (await import('./bits.ts')).pack,
  forms: async () => (await import('./forms.ts')).pack,
  structs: async () => (await import('./structs.ts')).pack,
  linalg: async () => (await import('./linalg.ts')).pack,
  pictures: async () => (await import('./pictures.ts')).pack,
  outside: async () => (await import('./outside.ts')).pack,
  io: async () => (await import('./io.ts')).pack,
  numbers: async () => (await import('./numbers.ts')).pack,
  strings: async () => (await import('./strings.ts')).pack,
  plots: async () => (await import('./plots.ts')).pack,
  flux: async () => (await import('./flux.ts')).pack,
  zygote: async () => (await import('./zygote.ts')).pack,
  indices: async () => (await import('./indices.ts')).pack,
  iterators: async () => (await import('./iterators.ts')).pack,
  vectors: async () => (await import('./vectors.ts')).pack,
} satisfies Record<string, () => Promise<Pack>>;

export type PackName = keyof typeof packs;

/** @throws Error where there is no such pack, or its chunk does not arrive */
export async function loadPack(name: string): Promise<Pack> {
  if (!Object.hasOwn(packs, name)) throw new Error(`there is no part of the library called ${name}`);
  return packs[name as PackName]();
}
