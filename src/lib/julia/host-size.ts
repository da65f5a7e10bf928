import { Arr, Dict, List, Tuple, type Value } from './values.ts';

/** What an object of the host takes, besides what it holds. */
const objectBytes = 120;

/** What an entry of a dictionary or a set takes, with its key. */
export const entryBytes = 120;

/** Bytes that a value takes on the host, without what its elements point to: a lower bound that costs nothing to tell. */
export function hostBytes(v: Value): number {
  if (typeof v === 'string') return 2 * v.length;
  if (v instanceof List || v instanceof Tuple) return objectBytes + 8 * v.items.length;
  if (v instanceof Arr) return objectBytes + 8 * v.length;
  if (v instanceof Dict) return objectBytes + 64 * v.entries.size;
  return typeof v === 'object' && v !== null ? objectBytes : 8;
}
