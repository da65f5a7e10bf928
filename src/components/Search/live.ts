/** The search: a dialog over the index that the build has made of all pages. What is found is read from the site's own files. */

import { normalBase } from '../../site/links.ts';
import { adopt } from '../ui/adopt.ts';
import style from './search.css?inline';

adopt(style);

/** What is used of Pagefind's browser part, https://pagefind.app/docs/api/ */
interface Pagefind {
  options(options: { readonly baseUrl: string; readonly excerptLength: number }): Promise<void>;
  /** Null where a later call came within the given time. */
  debouncedSearch(words: string, options: object, milliseconds: number): Promise<{ results: readonly Result[] } | null>;
}
interface Result {
  data(): Promise<Page>;
}
interface Page {
  readonly meta: { readonly title?: string };
  readonly sub_results: readonly { readonly title: string; readonly url: string; readonly excerpt: string }[];
}

/** Pages whose places are shown, and places of each. */
const MOST_PAGES = 8;
const MOST_PLACES = 3;

const base = normalBase(import.meta.env.BASE_URL);
let pagefind: Promise<Pagefind> | null = null;
let dialog: HTMLDialogElement | null = null;

export function openSearch(): void {
  dialog ??= makeDialog();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input')?.select();
}

function makeDialog(): HTMLDialogElement {
  const made = document.createElement('dialog');
  made.className = 'search';
  made.setAttribute('aria-label', 'Search');
  made.innerHTML = `<form method="dialog"><input type="search" aria-label="Search all articles and the Julia here" placeholder="Search all articles and the Julia here" autocomplete="off" spellcheck="false"><button>Close</button></form><p class="search-count" role="status"></p><ol class="search-found"></ol>`;
  document.body.append(made);
  const [input, count, list] = [made.querySelector('input'), made.querySelector('p'), made.querySelector('ol')];
  if (input === null || count === null || list === null) throw new Error('the search is not whole');
  input.addEventListener('input', () => void search(input.value.trim(), count, list));
  // Enter goes to what is found first.
  input.form?.addEventListener('submit', (event) => {
    if (event.submitter !== null && document.activeElement !== input) return;
    event.preventDefault();
    list.querySelector('a')?.click();
  });
  made.addEventListener('keydown', (event) => move(event, input, [...list.querySelectorAll('a')]));
  made.addEventListener('click', ({ target }) => {
    // The backdrop is the dialog's own; a link within this page leaves the dialog otherwise open.
    if (target === made || (target instanceof Element && target.closest('a') !== null)) made.close();
  });
  return made;
}

/** The arrow keys lead from the words to what was found, and back. */
function move(event: KeyboardEvent, input: HTMLElement, links: readonly HTMLElement[]): void {
  // Escape would empty the words first, and close the dialog only then.
  if (event.key === 'Escape') (event.currentTarget as HTMLDialogElement).close();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const stops = [input, ...links];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
}

async function search(words: string, count: HTMLElement, list: HTMLElement): Promise<void> {
  if (words === '') {
    count.textContent = '';
    list.replaceChildren();
    return;
  }
  try {
    const answer = await (await load()).debouncedSearch(words, {}, 120);
    if (answer === null) return;
    const pages = await Promise.all(answer.results.slice(0, MOST_PAGES).map((result) => result.data()));
    const found = pages.flatMap((page) => page.sub_results.slice(0, MOST_PLACES).map((place) => entry(page, place)));
    list.replaceChildren(...found);
    count.textContent =
      found.length === 0
        ? `Nothing found for “${words}”.`
        : `${found.length} ${found.length === 1 ? 'place' : 'places'} on ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}`;
  } catch (error) {
    console.error(error);
    list.replaceChildren();
    count.textContent = 'The index could not be read; are you offline? Change a letter to try again.';
  }
}

function entry(page: Page, { title, url, excerpt }: Page['sub_results'][number]): HTMLElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = url;
  const name = document.createElement('b');
  const of = page.meta.title ?? '';
  name.textContent = title === of ? title : `${of} · ${title}`;
  const words = document.createElement('span');
  // Pagefind escapes what it cuts out of the pages, and marks the words that were looked for.
  words.innerHTML = excerpt;
  link.append(name, words);
  item.append(link);
  return item;
}

/** The index's own program. Not in the bundle: it lies beside the index, which is made after it. */
async function load(): Promise<Pagefind> {
  pagefind ??= (async () => {
    // A browser remembers that a module did not come: each try has an address of its own.
    const address = `${base}pagefind/pagefind.js${failures === 0 ? '' : `?${failures}`}`;
    const made = (await import(/* @vite-ignore */ address)) as Pagefind;
    await made.options({ baseUrl: base, excerptLength: 18 });
    return made;
  })().catch((error: unknown) => {
    failures += 1;
    pagefind = null;
    throw error;
  });
  return pagefind;
}

let failures = 0;
