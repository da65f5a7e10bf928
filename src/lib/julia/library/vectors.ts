/** Vectors, sets, searches and folds: what a picture seldom needs. */

import { folds } from './folding.ts';
import { grown } from './growing.ts';
import type { Pack } from './pack.ts';
import { setEntries } from './set.ts';
import { slices } from './slices.ts';
import { searches, sets } from './searching.ts';

export const pack: Pack = { entries: [...grown, ...sets, ...searches, ...folds, ...setEntries, ...slices] };
