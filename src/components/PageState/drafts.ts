/**
 * What is kept of a page while its tab lives (session storage): a reload, Back and a crash find it again. Pictures of the reader's are
 * named in it and lie in the picture library.
 */

import type { Session } from '../../notebook/session.ts';
import { deserialize, isEmpty, serialize, type PageState } from '../../notebook/state.ts';
import { keyOf } from '../OwnPictures/library.ts';

/** A picture of the library that stands under a name. */
export interface DraftFile {
  readonly key: string;
  readonly label: string;
  readonly fit: boolean;
}

export interface Draft {
  readonly state: PageState;
  readonly files: Readonly<Record<string, DraftFile>>;
}

const place = (): string => `draft:${location.pathname}`;

/** @returns null, or one sentence on why nothing is kept */
export function keepDraft(sessions: readonly Session[], state: PageState): string | null {
  try {
    if (isEmpty(state)) sessionStorage.removeItem(place());
    else sessionStorage.setItem(place(), JSON.stringify({ state: serialize(state), files: filesOf(sessions) }));
    return null;
  } catch {
    return 'This browser keeps nothing for this page: your changes are lost with it. Copy link keeps them.';
  }
}

export function forgetDraft(): void {
  try {
    sessionStorage.removeItem(place());
  } catch {
    // Nothing was kept.
  }
}

/** What was kept; null where nothing was, or nothing that can be read. */
export function readDraft(): Draft | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place()) ?? '') as { state?: unknown; files?: unknown };
    return { state: deserialize(String(kept.state)), files: validFiles(kept.files) };
  } catch {
    forgetDraft();
    return null;
  }
}

/** The files of the picture library that stand in these notebooks, by name. */
export function filesOf(sessions: readonly Session[]): Record<string, DraftFile> {
  const files: Record<string, DraftFile> = {};
  for (const session of sessions) {
    for (const name of session.pictures) {
      const standing = session.standing(name);
      if (standing === null || !('file' in standing.source)) continue;
      const key = keyOf(standing.source.file);
      if (key !== null) files[name] = { key, label: standing.label, fit: standing.source.fit !== null };
    }
  }
  return files;
}

export function validFiles(value: unknown): Record<string, DraftFile> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, DraftFile] => {
      const file = entry[1] as Partial<DraftFile> | null;
      return typeof file?.key === 'string' && typeof file.label === 'string' && typeof file.fit === 'boolean';
    }),
  );
}
