/**
 * What the standard library offers, in words: one line a function. Completion and hover in the editor, the tables of the documentation
 * and the tests read it. In a page this module is data: the build evaluates it and ships its two exports as they are
 * (src/plugins/library-words.ts), without the functions themselves.
 */

import { allPacks } from './all.ts';
import { table } from './index.ts';
import { typesInWords } from './types.ts';
import type { About } from './table.ts';

export interface Described extends About {
  /** The pack that holds it; null for what every page carries. */
  readonly pack: string | null;
  /** `Type` where it is one, or a constant: then it is completed without a bracket. */
  readonly kind: 'function' | 'type';
}

export const register: readonly Described[] = [
  ...table.map(({ about }): Described => ({ ...about, pack: null, kind: 'function' })),
  ...typesInWords.map((about): Described => ({ ...about, pack: null, kind: 'type' })),
  ...[...allPacks].flatMap(([pack, { entries, words = [] }]) => [
    ...entries.map(({ about }): Described => ({ ...about, pack, kind: 'function' })),
    ...words.map((about): Described => ({ ...about, pack, kind: 'type' })),
  ]),
];

/** The pack of every name that is in one. */
export const packOfName: Readonly<Record<string, string>> = Object.fromEntries(
  register.flatMap(({ name, pack }) => (pack === null ? [] : [[name, pack] as const])),
);
