/** Where a notebook stays: the tab's own store, which a reload finds again, and the list of notebooks that the browser keeps. */

import { isBlank, type LabDocument } from '../../notebook/lab/document.ts';
import { labText, readLab } from '../../notebook/lab/lab-text.ts';
import { validFiles, type DraftFile } from '../PageState/drafts.ts';
import { keepNotebook } from './notebooks.ts';

/** A notebook, where it is kept, and the files of the picture library that stand in it. */
export interface KeptLab {
  readonly key: string;
  readonly document: LabDocument;
  readonly files: Readonly<Record<string, DraftFile>>;
}

/** What the tab has open, and what an article hands over to it. */
type Place = 'lab' | 'lab:given';

export function newKey(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
}

/** @returns null, or one sentence on why nothing is kept */
export function keepInTab(place: Place, { key, document, files }: KeptLab): string | null {
  try {
    if (isBlank(document)) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify({ key, text: labText(document), files }));
    return null;
  } catch {
    return 'This browser keeps nothing for this page: your notebook is lost with it. Save it as a file, or copy a link.';
  }
}

/** Keeps a notebook in the browser's list. @returns null, or one sentence on why it is not kept */
export async function keepInBrowser({ key, document, files }: KeptLab): Promise<string | null> {
  if (isBlank(document)) return null;
  const kept = await keepNotebook({ key, name: document.name, text: labText(document), files, changed: Date.now() });
  return kept
    ? null
    : 'This browser keeps no notebooks for this site, or has no room: save yours as a file, or copy a link.';
}

/** What was kept in a tab; null where nothing was, or nothing that can be read. */
export function readTab(place: Place): KeptLab | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? '') as { key?: unknown; text?: unknown; files?: unknown };
    return { key: String(kept.key), document: readLab(String(kept.text)), files: validFiles(kept.files) };
  } catch {
    forgetTab(place);
    return null;
  }
}

export function forgetTab(place: Place): void {
  try {
    sessionStorage.removeItem(place);
  } catch {
    // Nothing was kept.
  }
}
