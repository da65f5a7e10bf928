/** The list of the reader's notebooks: each can be opened, or thrown away. */

import { button } from '../ui/fields.ts';
import { forgetNotebook, storedNotebooks, type StoredNotebook } from './notebooks.ts';

const NAMELESS = 'A notebook without a name';

/** Fills the panel anew. @param current the key of the notebook that is open */
export async function fillShelf(
  panel: HTMLElement,
  current: string,
  open: (notebook: StoredNotebook) => void,
): Promise<void> {
  const notebooks = await storedNotebooks();
  const refresh = (): void => void fillShelf(panel, current, open);
  const words = document.createElement('p');
  words.className = 'cell-small';
  words.textContent =
    notebooks.length === 0
      ? 'None yet. What you write here is kept in this browser by itself, and listed here.'
      : 'Kept in this browser, and nowhere else.';
  const list = document.createElement('ul');
  list.className = 'lab-shelf';
  list.append(...notebooks.map((notebook) => item(notebook, current, open, refresh)));
  panel.replaceChildren(words, list);
}

function item(
  notebook: StoredNotebook,
  current: string,
  open: (notebook: StoredNotebook) => void,
  refresh: () => void,
): HTMLElement {
  const { key, name, changed } = notebook;
  const shown = name === '' ? NAMELESS : name;
  const element = document.createElement('li');
  const when = document.createElement('time');
  const date = new Date(changed);
  when.dateTime = date.toISOString();
  when.textContent = date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const go = button(shown, () => open(notebook));
  go.classList.add('lab-shelf-open');
  if (key === current) go.setAttribute('aria-current', 'true');
  const away = button('Throw away', () => void forgetNotebook(key).then(refresh));
  away.setAttribute('aria-label', `Throw away ${shown}`);
  // What is open would be kept again with the next letter.
  away.disabled = key === current;
  element.append(go, when, away);
  return element;
}
