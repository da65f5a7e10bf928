/** Keeps a reader's own runs in their browser (IndexedDB), or, where that is denied, until the page is left. */
import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB } from 'idb';
import type { PlanName } from '../../lib/attention/sweep/plan.ts';
import type { SweepLine } from '../../lib/attention/sweep/records.ts';
import { lineKey } from '../../lib/attention/sweep/records.ts';
import { rememberOwnRuns } from './remember.ts';

interface Schema extends DBSchema {
  /** A line of the sweep's record format, under `plan|key of the line`. */
  readonly runs: { readonly key: string; readonly value: SweepLine };
}

export interface RunStore {
  /** Whether what is kept is there on the next visit. */
  readonly lasting: boolean;
  load(plan: PlanName): Promise<SweepLine[]>;
  keep(plan: PlanName, line: SweepLine): Promise<void>;
  remove(plan: PlanName): Promise<void>;
}

const keyOf = (plan: PlanName, line: SweepLine): string => `${plan}|${lineKey(line)}`;
/** All keys of a plan: none of its names holds a bar, and no key a character as high as the last. */
const rangeOf = (plan: PlanName): IDBKeyRange => IDBKeyRange.bound(`${plan}|`, `${plan}|\uffff`);

/** Opens the store. Never fails: a browser that keeps nothing gets one that lasts as long as the page. */
export async function openStore(): Promise<RunStore> {
  const passing = new Map<string, SweepLine>();
  let database: IDBPDatabase<Schema> | null = null;
  try {
    database = await openDB<Schema>('attention', 1, { upgrade: (fresh) => void fresh.createObjectStore('runs') });
  } catch {
    // Denied, or absent.
  }
  const merged = (plan: PlanName, kept: readonly SweepLine[]): SweepLine[] => {
    const found = new Map(kept.map((line) => [keyOf(plan, line), line]));
    for (const [key, line] of passing) if (key.startsWith(`${plan}|`)) found.set(key, line);
    return [...found.values()];
  };
  return {
    get lasting() {
      return database !== null;
    },
    load: async (plan) => merged(plan, database ? await database.getAll('runs', rangeOf(plan)) : []),
    keep: async (plan, line) => {
      passing.set(keyOf(plan, line), line);
      try {
        await database?.put('runs', line, keyOf(plan, line));
        if (database) rememberOwnRuns(true);
      } catch {
        // No room, or taken away meanwhile: from here on the runs are the page's alone.
        database = null;
      }
    },
    remove: async (plan) => {
      for (const key of passing.keys()) if (key.startsWith(`${plan}|`)) passing.delete(key);
      await database?.delete('runs', rangeOf(plan));
      if (database && (await database.count('runs')) === 0) rememberOwnRuns(false);
    },
  };
}
