/**
 * Packs: groups of library functions that a page fetches only where a program names one of them, each in a chunk of its own. What
 * every picture needs stands in index.ts; what is large or rare stands in a pack. A program's packs are found when it is parsed
 * (../packs-of.ts) and travel with its tree, so that whoever runs it can fetch them first.
 */

import type { Form, Runtime } from '../runtime.ts';
import type { Keywords, Value } from '../values.ts';
import type { About, Entry } from './table.ts';

/** What a function does for one kind of arguments; undefined where they are others. */
export type Method = (rt: Runtime, args: readonly Value[], keywords: Keywords) => Value | undefined;

export interface Pack {
  readonly entries: readonly Entry[];
  /** Further methods of functions by name, the pack's own or every page's: tried first. */
  readonly methods?: Readonly<Partial<Record<string, Method>>>;
  /** Names that are no functions: types, modules, constants. */
  readonly values?: (rt: Runtime) => ReadonlyMap<string, Value>;
  /** Compilers of statements, by kind of expression (../compile.ts). */
  readonly forms?: Readonly<Record<string, Form>>;
  /** What a reader is told of these. */
  readonly words?: readonly About[];
}

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
  iterators: async () => (await import('./iterators.ts')).pack,
  vectors: async () => (await import('./vectors.ts')).pack,
} satisfies Record<string, () => Promise<Pack>>;

export type PackName = keyof typeof packs;

/** @throws Error where there is no such pack, or its chunk does not arrive */
export async function loadPack(name: string): Promise<Pack> {
  if (!Object.hasOwn(packs, name)) throw new Error(`there is no part of the library called ${name}`);
  return packs[name as PackName]();
}
