/** Buttons that take programs along, each with what it says when it was pressed. */

import type { ExportPage } from '../../lib/export/page.ts';
import type { Session } from '../../notebook/session.ts';
import { handOver } from '../ui/hand-over.ts';
import { button, row } from '../ui/fields.ts';
import { exportPage, withPictures } from './take-page.ts';

/** A button that does something and says what happened. */
export type Doing = (words: string, act: () => Promise<string>) => HTMLButtonElement;
/** @param about one cell with those that it needs; null: all */
type Copying = (words: string, about: string | null, make: (page: ExportPage) => string) => HTMLButtonElement;
type Saving = (
  words: string,
  about: string | null,
  name: string,
  make: (page: ExportPage) => string,
) => HTMLButtonElement;

export function taker(session: Session): {
  readonly say: HTMLElement;
  readonly doing: Doing;
  readonly copying: Copying;
  readonly saving: Saving;
} {
  const say = document.createElement('p');
  say.className = 'cell-small';
  say.setAttribute('role', 'status');
  const doing: Doing = (words, act) =>
    button(words, () => {
      say.textContent = '';
      act().then(
        (said) => (say.textContent = said),
        (error: unknown) => (say.textContent = error instanceof Error ? error.message : String(error)),
      );
    });
  const copying: Copying = (words, about, make) => doing(words, async () => copied(make(exportPage(session, about))));
  const saving: Saving = (words, about, name, make) =>
    doing(words, async () => {
      const type = name.endsWith('.ipynb') ? 'application/x-ipynb+json' : 'text/plain';
      handOver(make(await withPictures(session, exportPage(session, about))), type, name);
      return `Saved as ${name}.`;
    });
  return { say, doing, copying, saving };
}

export function group(name: string, buttons: readonly HTMLElement[]): HTMLElement {
  const element = row(name);
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', name);
  element.append(...buttons);
  return element;
}

/** Puts a text into the clipboard. Rejects with one sentence for the reader. */
export async function copied(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Error('The browser does not let this page write to the clipboard.');
  }
  return 'Copied.';
}
