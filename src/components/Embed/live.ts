/** What an embed does on demand: it shows a state, and copies links. */

import { restore } from '../../notebook/difference.ts';
import { readLink } from '../../notebook/link.ts';
import { awaken } from '../Cell/live.ts';
import { openSessions, pageSession } from '../Cell/page-session.ts';
import { loadEditor } from '../Cell/panels.ts';
import { stateAddress } from '../Cell/state-address.ts';

/** Shows a state that a link holds, `1.…`. @returns what could not be brought back, in sentences for the reader */
export async function show(element: HTMLElement, packed: string): Promise<string> {
  try {
    const { state } = await readLink(`#state=${packed}`);
    if (state.page !== element.dataset['page']) throw new Error('This state belongs to another page of the site.');
    const { read } = await loadEditor();
    if (Object.keys(state.programs).length > 0) await wholePage(state.page);
    const cell = awaken(element);
    const session = pageSession(state.page);
    const notes = restore(session, state, (source) => {
      const result = read(source);
      return 'program' in result ? result.program : null;
    });
    cell.activate();
    return notes.join(' ');
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)} Here is the article's cell.`, {
      cause: error,
    });
  }
}

/** A text that the reader changed may need other programs of its page than the article's did. */
async function wholePage(page: string): Promise<void> {
  const programs = document.querySelector(`script[data-julia-programs="${CSS.escape(page)}"]`);
  if (programs === null || openSessions().length > 0) return;
  const response = await fetch('../programs.json').catch(() => null);
  if (response?.ok !== true) throw new Error('The programs of this page could not be loaded; are you offline?');
  programs.textContent = await response.text();
}

/** Copies the address of the article at this cell, as the reader has it. */
export async function copyLink(cell: HTMLElement): Promise<string> {
  const address = await stateAddress(pageSession(cell.dataset['page'] ?? ''), cell.id);
  try {
    await navigator.clipboard.writeText(address);
    return 'Link copied.';
  } catch {
    return `This browser does not let the page copy. The link: ${address}`;
  }
}
