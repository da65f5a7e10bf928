/** What self-tests of engines have found on this device, in localStorage; a browser that forbids it has them done again. */

import type { ExaminedEngines } from '../../notebook/engine-link.ts';

const KEY = 'engines-examined';

/** Drivers and browsers change: after so many days a test counts no longer. */
const DAYS = 30;

type Record = readonly [key: string, worst: number, day: number];

const today = (): number => Math.floor(Date.now() / 86_400_000);

const isRecord = (value: unknown): value is Record =>
  Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number' && typeof value[2] === 'number';

function records(): readonly Record[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isRecord).filter(([, , day]) => Math.abs(today() - day) < DAYS) : [];
  } catch {
    return [];
  }
}

export const examinedEngines: ExaminedEngines = {
  known: (key) => records().find(([one]) => one === key)?.[1] ?? null,
  keep: (key, worst) => {
    const others = records().filter(([one]) => one !== key);
    // JSON has no infinity.
    const next: readonly Record[] = [[key, Math.min(worst, 1e9), today()], ...others.slice(0, 7)];
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Then the next visit tests once more.
    }
  },
};
