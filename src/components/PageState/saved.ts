/** What a page that is a file was saved with: its state as the fragment of a link, and pictures of the reader's. */

import { readLink } from '../../notebook/link.ts';
import type { Session } from '../../notebook/session.ts';
import type { PageState } from '../../notebook/state.ts';
import { SAVED_STATE, type SavedPicture, type SavedState } from '../SavePage/portable-page.ts';
import { stillMissing } from './pictures.ts';

/** Whether this page is a file that was saved with a state. */
export function isSaved(): boolean {
  return document.getElementById(SAVED_STATE) !== null;
}

/** Rejects with a StateError where the state is damaged. */
export async function readSaved(): Promise<{ state: PageState; pictures: readonly SavedPicture[] }> {
  const saved = JSON.parse(document.getElementById(SAVED_STATE)?.textContent ?? '{}') as Partial<SavedState>;
  return { state: (await readLink(saved.fragment ?? '')).state, pictures: saved.pictures ?? [] };
}

/** Puts the saved pictures in. @returns of the sentences on missing pictures those that still hold */
export async function giveSaved(
  session: Session,
  pictures: readonly SavedPicture[],
  missing: readonly string[],
): Promise<string[]> {
  const given: string[] = [];
  for (const { name, label, fit, data } of pictures) {
    const file = await (await fetch(data)).blob();
    await session.setPicture(name, file, label, fit);
    given.push(label);
  }
  return stillMissing(missing, given);
}

/** The reader's pictures that stand on a page, to be saved with it. */
export async function picturesToSave(session: Session): Promise<SavedPicture[]> {
  const standing = session.pictures.flatMap((name) => {
    const picture = session.standing(name);
    return picture !== null && 'file' in picture.source ? [{ name, label: picture.label, source: picture.source }] : [];
  });
  return Promise.all(
    standing.map(async ({ name, label, source }) => ({
      name,
      label,
      fit: source.fit !== null,
      data: await dataAddress(source.file),
    })),
  );
}

/** A file as a `data:` address. */
export function dataAddress(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('a file could not be read')));
    reader.readAsDataURL(file);
  });
}
