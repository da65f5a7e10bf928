/** What can be opened: a link, an article, a notebook file, a picture. Fetched with the first of them. */

import { labFrom } from '../../notebook/lab/from-page.ts';
import type { LabDocument } from '../../notebook/lab/document.ts';
import { labText } from '../../notebook/lab/lab-text.ts';
import { isLabLink, readLabLink } from '../../notebook/lab/lab-link.ts';
import type { Session } from '../../notebook/session.ts';
import { shownName } from '../Cell/file-name.ts';
import { builtPage } from '../Cell/take-page.ts';
import { openFile, pictureName } from './reader.ts';

/** What opening asks of the lab. */
interface OpenLab {
  readonly host: HTMLElement;
  readonly session: Session;
  readonly document: LabDocument;
  open(document: LabDocument, given?: { readonly pictures?: ReturnType<typeof openFile>['pictures'] }): Promise<void>;
  add(place: number, cell: { readonly kind: 'code'; readonly source: string }): Promise<void>;
}

/** A notebook's text, in bytes. */
const LONGEST_FILE = 20_000_000;

/**
 * Opens what the address names.
 *
 * @param kept opens what this tab had open; what the address names comes after it
 * @returns one sentence for the reader. Rejects with one.
 */
export async function fromAddress(lab: OpenLab, kept: () => Promise<string>): Promise<string> {
  const { hash, search, pathname } = location;
  const sentence = await kept();
  const article = new URLSearchParams(search).get('open');
  if (isLabLink(hash)) {
    const sent = await readLabLink(hash);
    if (labText(sent) !== labText(lab.document)) await lab.open(sent);
    // Opening is no change of the reader's.
    history.replaceState(history.state, '', pathname + search + hash);
    return 'A notebook that somebody has sent you. What you change is yours.';
  }
  if (article === null) return sentence;
  history.replaceState(history.state, '', pathname);
  const address = new URL(article, location.origin);
  const home = new URL(lab.host.dataset['home'] ?? '/', location.origin);
  if (address.origin !== location.origin || !address.pathname.startsWith(home.pathname))
    throw new Error('That is no page of this site.');
  const response = await fetch(address).catch(() => null);
  if (response === null || !response.ok) throw new Error('That page could not be loaded; are you offline?');
  const page = builtPage(new DOMParser().parseFromString(await response.text(), 'text/html'), address.href);
  await lab.open(labFrom(page));
  return 'Here is a copy of your own. The article stays as it is.';
}

/** Opens a notebook file, or takes a picture or a matrix in. @returns one sentence for the reader. Rejects with one. */
export async function fromFile(lab: OpenLab, file: File): Promise<string> {
  if (!/\.(ipynb|jl)$/i.test(file.name)) return takePicture(lab, file);
  if (file.size > LONGEST_FILE) throw new Error(`${file.name} is larger than any notebook that is opened here.`);
  const { document, sentence, pictures } = openFile(await file.text(), file.name, lab.session.pictures);
  await lab.open(document, { pictures });
  return sentence;
}

/** Gives a picture a name of its own, and a cell that shows it. */
async function takePicture(lab: OpenLab, file: File): Promise<string> {
  const { session, document } = lab;
  const taken = [...session.pictures, ...session.programs.flatMap(({ program }) => program.defines)];
  const name = pictureName(file.name, taken);
  const notes = await session.setPicture(name, file, shownName(file.name), false);
  const empty = document.cells.length === 1 && document.cells[0]?.source === '';
  await lab.add(empty ? 0 : lab.document.cells.length, { kind: 'code', source: name });
  return [`Your picture is called ${name} here.`, ...notes].join(' ');
}
