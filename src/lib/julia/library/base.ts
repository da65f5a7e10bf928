/**
 * The part of the library that most programs of some length need, and the first picture of a page does not: functions of numbers and of
 * arrays, dictionaries, printing. Where a program names one of its functions it is fetched with the program; the rest of the library
 * may call it too (Runtime.fn).
 */

import { divideMatrices } from '../derivative/solve.ts';
import { collections } from './collections.ts';
import { colours } from './colours.ts';
import { dictionaries } from './dictionaries.ts';
import { elementary } from './elementary.ts';
import { linear } from './linear.ts';
import { making } from './making.ts';
import { makers } from './make.ts';
import { numerals } from './numerals.ts';
import { orders } from './orders.ts';
import { outputs } from './output.ts';
import type { Pack } from './pack.ts';
import { resizing } from './resize.ts';
import { sorting } from './sorting.ts';
import { meanOfArrays, summaries } from './summaries.ts';
import { textMethods } from './text-methods.ts';
import { texts } from './text.ts';

export const pack: Pack = {
  entries: [
    ...elementary,
    ...numerals,
    ...resizing,
    ...summaries,
    ...linear,
    ...makers,
    ...collections,
    ...sorting,
    ...making,
    ...dictionaries,
    ...texts,
    ...outputs,
    ...colours,
  ],
  methods: { ...textMethods, ...orders, mean: meanOfArrays, '/': divideMatrices },
};
