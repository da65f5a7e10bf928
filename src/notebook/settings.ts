/** What a reader sets for a whole page. To add a setting: a line in each of the three below, the place that obeys it, its control. */

import type { EngineName } from '../lib/matrix/engine.ts';
import { isShownEngine } from './succession.ts';

export interface Settings {
  /** Null: the fastest there is. */
  readonly engine: EngineName | null;
}

export const initialSettings: Settings = { engine: null };

/** Whether a value read from a link or a draft can be the setting. */
const isSetting: { readonly [K in keyof Settings]: (value: unknown) => boolean } = {
  engine: (value) => value === null || (typeof value === 'string' && isShownEngine(value)),
};

export function sameSettings(some: Settings, others: Settings): boolean {
  return changedSettings(some, others).length === 0;
}

/** The settings of `some` that differ from those of `others`. */
export function changedSettings(some: Settings, others: Settings = initialSettings): (keyof Settings)[] {
  return (Object.keys(initialSettings) as (keyof Settings)[]).filter((key) => some[key] !== others[key]);
}

/** Settings with what is known of them in a record; null where a known one is set to what it cannot be. */
export function settingsFrom(record: Readonly<Record<string, unknown>>): Settings | null {
  const known = Object.keys(initialSettings) as (keyof Settings)[];
  const given = known.filter((key) => Object.hasOwn(record, key));
  if (given.some((key) => !isSetting[key](record[key]))) return null;
  return { ...initialSettings, ...Object.fromEntries(given.map((key) => [key, record[key]])) };
}
