import type { Session } from '../../notebook/session.ts';
import { button } from '../ui/fields.ts';
import type { DraftFile } from './drafts.ts';
import { keepPicture, keyOf, ownPicture } from '../OwnPictures/library.ts';

const tried = new WeakSet<Blob>();

/** Keeps the files that stand on the page, each once. @returns whether there was any, and a sentence where one could not be kept */
export async function keepPictures(sessions: readonly Session[]): Promise<{ kept: boolean; why: string | null }> {
  let [kept, why]: [boolean, string | null] = [false, null];
  for (const session of sessions) {
    for (const name of session.pictures) {
      const standing = session.standing(name);
      if (standing === null || !('file' in standing.source) || tried.has(standing.source.file)) continue;
      tried.add(standing.source.file);
      why ??= await keepPicture(standing.source.file, standing.label);
      kept ||= keyOf(standing.source.file) !== null;
    }
  }
  return { kept, why };
}

/** Puts the pictures of a draft back. @returns sentences on what cannot be brought back: those of `notes` that still hold */
export async function givePictures(
  session: Session,
  files: Readonly<Record<string, DraftFile>>,
  notes: readonly string[],
): Promise<string[]> {
  const given = await Promise.all(
    Object.entries(files).map(async ([name, { key, label, fit }]) => {
      const kept = await ownPicture(key);
      if (kept === null) return null;
      return session.setPicture(name, kept.file, label, fit).then(
        () => label,
        () => null,
      );
    }),
  );
  return stillMissing(
    notes,
    given.filter((label) => label !== null),
  );
}

/** Of the sentences on missing pictures those that name none of these. */
export function stillMissing(notes: readonly string[], given: readonly string[]): string[] {
  return notes.filter((note) => !given.some((label) => note.includes(`“${label}”`)));
}

/** Says which pictures of the reader's stand on the page, each with its way back. */
export function picturesRow(row: HTMLElement, sessions: readonly Session[]): void {
  const names = sessions.flatMap((session) =>
    session.pictures.filter((name) => session.standing(name) !== null).map((name) => ({ session, name })),
  );
  const drawn = names.map(({ name }) => name).join(' ');
  if (row.dataset['drawn'] === drawn) return;
  row.dataset['drawn'] = drawn;
  row.replaceChildren(
    ...names.flatMap(({ session, name }) => [
      `Your picture stands for ${name} `,
      button('put back', () => session.stand(name, null)),
      ' ',
    ]),
  );
}
