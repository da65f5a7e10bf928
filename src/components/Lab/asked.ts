/** The reader's pictures in a notebook: those that the browser keeps are put in place, the others are asked for. */

import type { Session } from '../../notebook/session.ts';
import { fileButton } from '../Cell/panel-pictures.ts';
import type { DraftFile } from '../PageState/drafts.ts';
import { givePictures } from '../PageState/pictures.ts';

export async function restorePictures(session: Session, files: Readonly<Record<string, DraftFile>>): Promise<void> {
  await givePictures(session, files, []);
}

/** Puts pictures in place that came in a notebook's own file. One that cannot be read is asked for, as if it had not come. */
export async function givePictureFiles(
  session: Session,
  pictures: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  await Promise.allSettled(
    [...pictures].map(([name, bytes]) => {
      return session.setPicture(name, new Blob([bytes]), labels[name] ?? name, session.address(name) !== '');
    }),
  );
}

/** A row for each picture that the notebook names and that is not here. */
export function askForPictures(
  box: HTMLElement,
  session: Session,
  pictures: readonly (readonly [name: string, label: string])[],
): void {
  const missing = pictures.filter(([name]) => session.standing(name) === null);
  box.replaceChildren(...missing.map(([name, label]) => row(session, name, label)));
}

function row(session: Session, name: string, label: string): HTMLElement {
  const element = document.createElement('p');
  const code = document.createElement('code');
  code.textContent = name;
  const file = document.createElement('bdi');
  file.textContent = label;
  const say = document.createElement('span');
  say.setAttribute('role', 'status');
  const choose = fileButton('Choose a file', `Choose a picture for ${name}`, (chosen) => {
    session.setPicture(name, chosen, label, session.address(name) !== '').catch((error: unknown) => {
      say.textContent = error instanceof Error ? error.message : String(error);
    });
  });
  element.append('The picture ', code, ' (', file, ') is not kept here. ', choose, ' ', say);
  return element;
}
