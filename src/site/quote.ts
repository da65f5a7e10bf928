/** *Quote in an issue*: where a reader selects words of an article, a button opens an issue with these words and the way to them. Nothing is sent by itself. */

import { publicAddress } from './address.ts';
import { REPOSITORY } from './repository.ts';

/** What an address can hold is limited: a longer quotation is cut. */
const LONGEST = 1200;

const button = document.createElement('button');
button.type = 'button';
button.className = 'button quote-button';
button.textContent = 'Quote in an issue';
button.hidden = true;
// The press must not take the selection away before it is read.
button.addEventListener('pointerdown', (event) => event.preventDefault());
button.addEventListener('click', () => {
  const words = quoted();
  if (words !== null) window.open(issueFor(words, placeOf()), '_blank', 'noopener');
});
document.body.append(button);

document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') button.hidden = true;
});

/** Shows the button beside what is selected, and hides it where nothing of an article is. */
export function followSelection(): void {
  const range = quoted() === null ? null : getSelection()?.getRangeAt(0);
  const box = range?.getBoundingClientRect();
  button.hidden = box === undefined || box.width === 0;
  if (box === undefined) return;
  // Below the words: above them a phone has its own menu.
  const left = Math.min(Math.max(8, box.left), innerWidth - button.offsetWidth - 8);
  button.style.insetInlineStart = `${left + scrollX}px`;
  button.style.insetBlockStart = `${box.bottom + scrollY + 10}px`;
}

/** The selected words, if they are an article's prose; null: none, or a program, which has its own report. */
function quoted(): string | null {
  const selection = getSelection();
  const article = document.querySelector('main');
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed || article === null) return null;
  const within = selection.getRangeAt(0).commonAncestorContainer;
  const element = within instanceof Element ? within : within.parentElement;
  if (element === null || !article.contains(element) || element.closest('input, textarea, .cm-editor, pre'))
    return null;
  const words = selection.toString().replace(/\s+/g, ' ').trim();
  return words.length < 3 ? null : words;
}

/** The nearest heading before the selection, as an address. */
function placeOf(): URL {
  const address = publicAddress();
  address.hash = '';
  const start = getSelection()?.getRangeAt(0).startContainer;
  const before = [...document.querySelectorAll<HTMLElement>('main :is(h2, h3)[id]')].filter(
    (heading) =>
      start !== undefined && (heading.compareDocumentPosition(start) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  const id = before.at(-1)?.id;
  if (id !== undefined) address.hash = id;
  return address;
}

/** The address of a new issue with the words quoted. */
export function issueFor(words: string, place: URL): URL {
  const cut = words.length > LONGEST ? `${words.slice(0, LONGEST)} …` : words;
  const issue = new URL(`${REPOSITORY}/issues/new`);
  issue.searchParams.set('title', `On “${cut.slice(0, 60)}${cut.length > 60 ? ' …' : ''}”`);
  issue.searchParams.set('body', `> ${cut}\n\n${place.href}\n\n`);
  return issue;
}
