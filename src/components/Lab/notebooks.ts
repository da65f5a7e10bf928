/** The reader's notebooks, kept in their browser (IndexedDB). Where the browser keeps nothing, the lab works on without. */

import type { DraftFile } from '../PageState/drafts.ts';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface StoredNotebook {
  readonly key: string;
  readonly name: string;
  /** As `labText` writes it. */
  readonly text: string;
  readonly files: Readonly<Record<string, DraftFile>>;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

interface LabSchema extends DBSchema {
  readonly notebooks: { readonly key: string; readonly value: StoredNotebook };
}

let opened: Promise<IDBPDatabase<LabSchema> | null> | null = null;

function open(): Promise<IDBPDatabase<LabSchema> | null> {
  // Where storage is forbidden the very question may throw, at once.
  opened ??= Promise.resolve()
    .then(() =>
      openDB<LabSchema>('lab', 1, {
        upgrade: (fresh) => void fresh.createObjectStore('notebooks', { keyPath: 'key' }),
      }),
    )
    .catch(() => null);
  return opened;
}

/** @returns whether it is kept */
export async function keepNotebook(notebook: StoredNotebook): Promise<boolean> {
  try {
    const database = await open();
    await database?.put('notebooks', notebook);
    return database !== null;
  } catch {
    return false;
  }
}

/** All that are kept, the last changed first. */
export async function storedNotebooks(): Promise<StoredNotebook[]> {
  const all = (await (await open())?.getAll('notebooks').catch(() => [])) ?? [];
  return all.toSorted((a, b) => b.changed - a.changed);
}

export async function forgetNotebook(key: string): Promise<void> {
  await (await open())?.delete('notebooks', key).catch(() => undefined);
}
