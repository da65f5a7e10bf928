/** Hands an article's cells, as their reader left them, over to the lab. */

import { labFrom } from '../../notebook/lab/from-page.ts';
import { labFragment } from '../../notebook/lab/lab-link.ts';
import type { Session } from '../../notebook/session.ts';
import { isTaken, publicAddress } from '../../site/address.ts';
import { normalBase } from '../../site/links.ts';
import { exportPage } from '../Cell/take-page.ts';
import { filesOf } from '../PageState/drafts.ts';
import { keepPictures } from '../PageState/pictures.ts';
import { keepInTab, newKey } from './keep.ts';

/**
 * Leaves for the lab.
 *
 * @param about one cell with those that it needs; null: all. Rejects with one sentence for the reader.
 */
export async function sendToLab(session: Session, about: string | null): Promise<string> {
  const page = exportPage(session, about);
  const document = labFrom(
    page,
    (id) => session.text(id),
    (id) => session.look(id),
  );
  const address = new URL(`${normalBase(import.meta.env.BASE_URL)}lab/`, publicAddress().origin);
  // A cell in another page, and a saved page, have a store of their own, and are no place for a notebook.
  const taken = isTaken();
  await keepPictures([session]);
  const kept = { key: newKey(), document, files: filesOf([session]) };
  if (taken || keepInTab('lab:given', kept) !== null) {
    const fragment = await labFragment(document);
    if (fragment === null)
      throw new Error('This is too long for a link to the lab: save it as a Jupyter notebook, and open that there.');
    address.hash = fragment;
  }
  if (taken) window.open(address, '_blank', 'noopener');
  else location.assign(address);
  return 'The lab opens.';
}
