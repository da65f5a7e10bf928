/** The live part of <page-state>: it keeps what the reader makes of the page, takes it back, and makes links of it. */

import { restore } from '../../notebook/difference.ts';
import { articleSnapshot, History } from '../../notebook/history.ts';
import { fragmentOf, isLink, readLink } from '../../notebook/link.ts';
import type { Session } from '../../notebook/session.ts';
import { emptyState, isEmpty, type PageState } from '../../notebook/state.ts';
import { awakenPage } from '../Cell/live.ts';
import { onSession, openSessions } from '../Cell/page-session.ts';
import { loadEditor } from '../Cell/panels.ts';
import { selectPixel } from '../PixelTrace/selection.ts';
import { lendPictures } from '../OwnPictures/lend.ts';
import { publicAddress } from '../../site/address.ts';
import { adopt } from '../ui/adopt.ts';
import { copyAddress } from '../ui/copy-address.ts';
import { onDemand } from '../ui/on-demand.ts';
import { stepAsked } from '../ui/step-keys.ts';
import { part } from '../Cell/part.ts';
import { forgetDraft, keepDraft, readDraft, type Draft } from './drafts.ts';
import { restoreFigures } from './figures.ts';
import { restoreInstruments } from './instruments.ts';
import { givePictures, keepPictures, picturesRow } from './pictures.ts';
import { giveSaved, isSaved, readSaved } from './saved.ts';
import { pageState } from './state-here.ts';
import style from './page-state.css?inline';

adopt(style);

const loadLab = onDemand(() => import('../Lab/send.ts'));

/** How long the reader's hand rests before what it made is kept. */
const KEEP_AFTER_MS = 250;
/** How long a sentence stays that nothing follows from. */
const SAY_MS = 6000;

const loadValues = onDemand(() => import('../Value/follow.ts'));
const loadSave = onDemand(() => import('../SavePage/save-page.ts'));

const keepers = new WeakMap<HTMLElement, PageKeeper>();

/** The one that keeps the page's state. */
export function keeper(host: HTMLElement): PageKeeper {
  const known = keepers.get(host) ?? new PageKeeper(host);
  keepers.set(host, known);
  return known;
}

class PageKeeper {
  readonly #host: HTMLElement;
  readonly #histories = new Map<Session, History>();
  /** What was changed last, for Undo: pages have one notebook, the gallery several. */
  #latest: Session | null = null;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #hiding: ReturnType<typeof setTimeout> | undefined;
  #showing: number | null = null;
  #opening = 0;
  /** A link or a draft is there that the page does not show (yet, or for want of its parts). */
  #unopened = false;
  #lead = 'You have changed this page.';

  constructor(host: HTMLElement) {
    this.#host = host;
    onSession((session, fresh) => {
      this.#adopt(session, fresh);
      void lendPictures([session]);
    });
    host.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest<HTMLElement>('[data-do]') : null;
      this.#press(button?.dataset['do']);
    });
    document.addEventListener('input', ({ target }) => {
      if (target instanceof Element && target.matches('[data-set]')) this.#changed();
    });
    document.addEventListener('figure', () => this.#changed());
    document.addEventListener('keydown', (event) => this.#key(event));
    document.addEventListener('submit', (event) => this.#openInLab(event));
    addEventListener('pagehide', () => this.#keep());
    // What is still to be opened must not be overwritten by a page that does not show it yet.
    if (isLink(location.hash) || readDraft() !== null || isSaved()) this.#unopened = true;
    else this.#changed();
  }

  /** Shows what the address' fragment holds. */
  async openLink(): Promise<void> {
    const hash = location.hash;
    try {
      const { state, cell } = await readLink(hash);
      const place = document.getElementById(cell ?? Object.keys(state.programs)[0] ?? '');
      const draft = readDraft();
      // What the reader had made here before is one step back.
      if (draft !== null) await this.#bring(draft.state, { lead: '', discard: '', give: giveOf(draft) });
      await this.#bring(state, {
        lead: 'A changed version of this page.',
        discard: 'Show the article',
        missing: 'This link belongs to another page of this site, or to one that is gone. Here is the article.',
      });
      // The address tells the sender's state until the reader changes it.
      if (location.hash !== hash) history.replaceState(history.state, '', hash);
      place?.scrollIntoView({ block: 'start' });
    } catch (error) {
      this.say(`${error instanceof Error ? error.message : String(error)} Here is the article.`);
    }
  }

  /** Brings back what was kept of this page. */
  async openDraft(): Promise<void> {
    const draft = readDraft();
    if (draft === null) return;
    try {
      const notes = await this.#bring(draft.state, {
        lead: 'Your changes to this page are back.',
        discard: 'Discard',
        give: giveOf(draft),
      });
      if (notes.length > 0) this.say(notes.join(' '));
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
    }
  }

  /** Shows what a page that is a file was saved with. */
  async openSaved(): Promise<void> {
    try {
      const { state, pictures } = await readSaved();
      const notes = await this.#bring(state, {
        lead: 'This page is as it was saved.',
        discard: 'Show the article',
        give: (session, missing) => giveSaved(session, pictures, missing),
      });
      if (notes.length > 0) this.say(notes.join(' '));
    } catch (error) {
      this.say(`${error instanceof Error ? error.message : String(error)} Here is the article.`);
    }
  }

  /** Copies the page's address, with all that differs from the article in its fragment, and the cell to scroll to. */
  async copyLink(cell: string | null): Promise<string> {
    const state = this.#state();
    const address = publicAddress();
    address.hash = await fragmentOf({ state, cell });
    const own = Object.keys(state.pictures).length > 0;
    const copied = own
      ? 'Link copied. Your own pictures stay here: whoever opens it is asked for one.'
      : 'Link copied.';
    const sentence = await copyAddress(address.href, copied);
    this.say(sentence);
    return sentence;
  }

  /** Gives the reader the page as one file. */
  async savePage(): Promise<void> {
    this.say('Gathering what the page needs…');
    try {
      const { savePage } = await loadSave();
      this.say(await savePage(this.#state()));
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
    }
  }

  /** One sentence in the bar. */
  say(sentence: string): void {
    // What is still to be shown must not take the sentence's place.
    if (this.#showing !== null) {
      cancelAnimationFrame(this.#showing);
      this.#show();
    }
    part(this.#host, '.page-state-say').textContent = sentence;
    part(this.#host, '.page-state-bar').hidden = false;
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => this.#show(), SAY_MS);
  }

  #adopt(session: Session, fresh: boolean): void {
    // A notebook that was changed before this part came was the article before.
    this.#histories.set(session, new History(session, fresh ? [] : [articleSnapshot(session)]));
    session.watch({
      changed: () => {
        this.#latest = session;
        this.#changed();
      },
    });
  }

  async #bring(
    state: PageState,
    words: { readonly lead: string; readonly discard: string; readonly missing?: string; readonly give?: Give },
  ): Promise<readonly string[]> {
    this.#opening += 1;
    try {
      const cell = document.querySelector<HTMLElement>(`julia-cell[data-page="${CSS.escape(state.page)}"]`);
      const instruments = restoreInstruments(state.instruments);
      const figures = restoreFigures(state.instruments);
      if (cell === null && !instruments && !figures)
        throw new Error(words.missing ?? 'What was kept belongs to another page.');
      let notes: string[] = [];
      if (cell !== null) {
        const { read } = await loadEditor();
        awakenPage(cell);
        const session = openSessions().find(({ page }) => page === state.page);
        if (session === undefined) return [];
        const parsed = (source: string): ReturnType<typeof programOf> => programOf(read(source));
        this.#histories.get(session)?.asOne(() => (notes = restore(session, state, parsed)));
        if (words.give) notes = await words.give(session, notes);
      }
      this.#unopened = false;
      selectPixel(state.pixel);
      this.#lead = words.lead;
      part(this.#host, '[data-do="discard"]').textContent = words.discard;
      if (notes.length > 0) this.say(notes.join(' '));
      else this.#show();
      return notes;
    } finally {
      this.#opening -= 1;
    }
  }

  #press(what: string | undefined): void {
    const session = this.#latest ?? openSessions()[0];
    if (session === undefined || what === undefined) return;
    const history = this.#histories.get(session);
    if (what === 'undo') history?.undo();
    else if (what === 'redo') history?.redo();
    else if (what === 'discard') this.#discard(session, history);
    else if (what.startsWith('picture ')) session.stand(what.slice('picture '.length), null);
  }

  #discard(session: Session, history: History | undefined): void {
    history?.asOne(() => restore(session, emptyState(session.page), () => null));
    restoreInstruments({});
    restoreFigures({});
    forgetDraft();
    this.#show();
  }

  /** The article's button leads to the lab with the article; of a page that was changed, with what it is now. */
  #openInLab(event: SubmitEvent): void {
    const session = this.#latest ?? openSessions()[0];
    const asks = event.target instanceof Element && event.target.matches('[data-open-lab]');
    if (!asks || session === undefined || isEmpty(this.#state())) return;
    event.preventDefault();
    loadLab()
      .then(({ sendToLab }) => sendToLab(session, null))
      .catch((error: unknown) => this.say(error instanceof Error ? error.message : String(error)));
  }

  /** Ctrl-Z and its kin, where no text is being written. */
  #key(event: KeyboardEvent): void {
    const step = stepAsked(event);
    if (step === null) return;
    const button = part(this.#host, `[data-do="${step}"]`) as HTMLButtonElement;
    if (button.disabled) return;
    event.preventDefault();
    button.click();
  }

  #changed(): void {
    if (this.#opening === 0) {
      if (isLink(location.hash)) history.replaceState(history.state, '', location.pathname + location.search);
      this.#lead = 'You have changed this page.';
      part(this.#host, '[data-do="discard"]').textContent = 'Discard';
    }
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.#keep(), KEEP_AFTER_MS);
    // A drag changes the page many times between two frames.
    this.#showing ??= requestAnimationFrame(() => this.#show());
  }

  #keep(): void {
    clearTimeout(this.#keeping);
    if (isLink(location.hash) || this.#opening > 0 || (this.#unopened && isEmpty(this.#state()))) return;
    void keepPictures(openSessions()).then(({ kept, why }) => {
      if (kept) {
        keepDraft(openSessions(), this.#state());
        void lendPictures(openSessions());
      }
      if (why !== null) this.say(why);
    });
    const why = keepDraft(openSessions(), this.#state());
    if (why !== null) this.say(why);
  }

  #state(): PageState {
    return pageState(this.#latest ?? openSessions()[0] ?? null);
  }

  #show(): void {
    this.#showing = null;
    clearTimeout(this.#hiding);
    const changed = !isEmpty(this.#state());
    const histories = [...this.#histories.values()];
    const undo = part(this.#host, '[data-do="undo"]') as HTMLButtonElement;
    const redo = part(this.#host, '[data-do="redo"]') as HTMLButtonElement;
    undo.disabled = !histories.some(({ canUndo }) => canUndo);
    redo.disabled = !histories.some(({ canRedo }) => canRedo);
    part(this.#host, '[data-do="discard"]').hidden = !changed;
    const say = part(this.#host, '.page-state-say');
    const words = changed ? this.#lead : 'The page is as its article has it.';
    if (say.textContent !== words) say.textContent = words;
    picturesRow(part(this.#host, '.page-state-pictures'), openSessions());
    // A number that does not follow for want of its part is greyed by nobody; the next change asks again.
    if (changed) loadValues().then(({ followValues }) => openSessions().forEach(followValues), console.error);
    part(this.#host, '.page-state-bar').hidden = !changed && undo.disabled && redo.disabled;
  }
}

/** Puts the reader's pictures back. @returns of the sentences on what is missing those that still hold */
type Give = (session: Session, missing: readonly string[]) => Promise<string[]>;

function giveOf({ files }: Draft): Give {
  return (session, missing) => givePictures(session, files, missing);
}

function programOf(result: ReturnType<Awaited<ReturnType<typeof loadEditor>>['read']>) {
  return 'program' in result ? result.program : null;
}
