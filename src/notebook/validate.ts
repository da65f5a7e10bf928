/** Reading what anybody may have written: records as lists of entries, since names such as `__proto__` must keep their place. */

import type { BoundValue } from '../lib/julia/view.ts';

/**
 * A record that was written as a list of entries; nothing: the empty one.
 *
 * @param broken throws, with one sentence for the reader
 */
export function recordFrom<T>(value: unknown, is: (one: unknown) => one is T, broken: () => never): Record<string, T> {
  const record: Record<string, T> = {};
  if (value === undefined) return record;
  if (!Array.isArray(value)) return broken();
  for (const entry of value as readonly unknown[]) {
    if (!Array.isArray(entry) || entry.length !== 2) return broken();
    const [name, one] = entry as [unknown, unknown];
    if (typeof name !== 'string' || !is(one)) return broken();
    Object.defineProperty(record, name, { value: one, enumerable: true, configurable: true, writable: true });
  }
  return record;
}

/** The entries of a record in an order of their own: the same text for the same record. */
export function entriesOf<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isBoundValue(value: unknown): value is BoundValue {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'boolean' || typeof value === 'string') return true;
  return isRecord(value) && typeof value['symbol'] === 'string' && Object.keys(value).length === 1;
}
