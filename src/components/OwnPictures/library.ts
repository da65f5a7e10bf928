/**
 * The reader's own pictures, kept in their browser (IndexedDB): they come back with a draft, and can be used in any cell of any page. Where
 * the browser keeps nothing, the page works on without.
 */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface OwnPicture {
  /** SHA-256 of the file: the same file is kept once. */
  readonly key: string;
  readonly label: string;
  readonly file: Blob;
  /** Milliseconds since 1970. */
  readonly added: number;
}

interface Schema extends DBSchema {
  readonly pictures: { readonly key: string; readonly value: OwnPicture };
}

/** Files that are kept: larger ones stay with the page. */
const LARGEST = 40_000_000;
const MOST = 60;

/** Says `kept` when another picture is kept. */
export const library = new EventTarget();

const keys = new WeakMap<Blob, string>();
let opened: Promise<IDBPDatabase<Schema> | null> | null = null;

function open(): Promise<IDBPDatabase<Schema> | null> {
  // Where storage is forbidden the very question may throw, at once.
  opened ??= Promise.resolve()
    .then(() =>
      openDB<Schema>('pictures', 1, {
        upgrade: (fresh) => void fresh.createObjectStore('pictures', { keyPath: 'key' }),
      }),
    )
    .catch(() => null);
  return opened;
}

/** The key under which a file is kept; null while it is not. */
export function keyOf(file: Blob): string | null {
  return keys.get(file) ?? null;
}

/** Keeps a file. @returns null, or one sentence on why it is not kept */
export async function keepPicture(file: Blob, label: string): Promise<string | null> {
  if (keys.has(file)) return null;
  if (file.size > LARGEST)
    return 'This picture is too large to be kept for other pages; here it stands until the page is left.';
  try {
    const database = await open();
    if (database === null) throw new Error('no database');
    const key = await digest(file);
    if ((await database.get('pictures', key)) === undefined) {
      await database.put('pictures', { key, label, file, added: Date.now() });
      const all = await ownPictures();
      for (const old of all.slice(MOST)) await database.delete('pictures', old.key);
    }
    keys.set(file, key);
    library.dispatchEvent(new Event('kept'));
    return null;
  } catch {
    return 'This browser keeps no pictures for this site, or has no room: yours stands here until the page is left.';
  }
}

/** All that is kept, the newest first; none where the browser keeps nothing. */
export async function ownPictures(): Promise<OwnPicture[]> {
  const all = (await (await open())?.getAll('pictures').catch(() => [])) ?? [];
  for (const { file, key } of all) keys.set(file, key);
  return all.toSorted((a, b) => b.added - a.added);
}

export async function ownPicture(key: string): Promise<OwnPicture | null> {
  const found = (await (await open())?.get('pictures', key).catch(() => undefined)) ?? null;
  if (found !== null) keys.set(found.file, key);
  return found;
}

/** What programs call a picture: `picture("cat")` for the file cat.jpg. */
export function nameOf(label: string): string {
  return label.replace(/\.[a-z\d]{1,5}$/i, '');
}

export async function renamePicture(key: string, label: string): Promise<void> {
  const database = await open();
  const found = await database?.get('pictures', key).catch(() => undefined);
  if (found !== undefined) await database?.put('pictures', { ...found, label }).catch(() => undefined);
}

export async function forgetPicture(key: string): Promise<void> {
  await (await open())?.delete('pictures', key).catch(() => undefined);
}

async function digest(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
