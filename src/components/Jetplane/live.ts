/** What a press of the jetplane button does. Loaded with the first one. */

import { awakenPage } from '../Cell/live.ts';
import { pageSession } from '../Cell/page-session.ts';
import type { Session } from '../../notebook/session.ts';
import { fetchJetplane, JETPLANE_FROM } from './jetplane.ts';

/**
 * Fetches the picture and puts it in the place of `name` in all cells of the page.
 *
 * @returns what there is to say of it
 * @throws Error with one sentence for the reader
 */
export async function putJetplane(host: Element, name: string, say: (sentence: string) => void): Promise<string> {
  say(`Asking ${JETPLANE_FROM} …`);
  const notes = await pageOf(host).setPicture(name, await fetchJetplane(), 'jetplane', true);
  return [`jetplane stands in for ${name} on this page.`, ...notes].join(' ');
}

/** Puts the page's own picture back. */
export function putBack(host: Element, name: string): string {
  pageOf(host).stand(name, null);
  return `${name} is back.`;
}

/** The live state of the article that the button stands in. */
function pageOf(host: Element): Session {
  const cell = host.closest('main, body')?.querySelector<HTMLElement>('julia-cell');
  if (!cell) throw new Error('There is no cell on this page that could use it.');
  awakenPage(cell);
  return pageSession(cell.dataset['page'] ?? '');
}
