/** The notebook of the lab, its history, and everything that is done with it. */

import { sameBound, type BoundValue } from '../../lib/julia/view.ts';
import type { Program } from '../../lib/julia/ast.ts';
import { boundOf, bringControls } from '../../notebook/difference.ts';
import {
  addCell,
  blankDocument,
  changeCell,
  isBlank,
  moveCell,
  placeOf,
  removeCell,
  renumbered,
  type LabDocument,
  type NewCell,
} from '../../notebook/lab/document.ts';
import { isLabLink, labFragment } from '../../notebook/lab/lab-link.ts';
import { Timeline } from '../../notebook/lab/timeline.ts';
import { sameLook } from '../../notebook/look.ts';
import type { LabFile } from '../../notebook/lab/lab-file.ts';
import type { Session } from '../../notebook/session.ts';
import { pageSession } from '../Cell/page-session.ts';
import { part } from '../Cell/part.ts';
import { addressBy } from '../Cell/state-address.ts';
import { lendPictures } from '../OwnPictures/lend.ts';
import { filesOf, type DraftFile } from '../PageState/drafts.ts';
import { keepPictures } from '../PageState/pictures.ts';
import { adopt } from '../ui/adopt.ts';
import { copyAddress } from '../ui/copy-address.ts';
import { onDemand } from '../ui/on-demand.ts';
import { roving } from '../ui/roving.ts';
import { stepAsked } from '../ui/step-keys.ts';
import { askForPictures, givePictureFiles, restorePictures } from './asked.ts';
import { LabCells } from './cells.ts';
import { forgetTab, keepInBrowser, keepInTab, newKey, readTab, type KeptLab } from './keep.ts';
import style from './lab-live.css?inline';

adopt(style);

const loadReader = onDemand(() => import('./reader.ts'));
const loadOpen = onDemand(() => import('./open.ts'));

/** How long the reader's hand rests before what it made is kept. */
const KEEP_AFTER_MS = 250;
/** How long a sentence stays. */
const SAY_MS = 15_000;
const at = { from: 0, to: 0 };
const EMPTY: Program = { source: '', body: { kind: 'block', body: [], ...at }, defines: [], reads: [], silent: false };

/** A notebook as Undo knows it: opening another is a step too. */
type Step = Pick<KeptLab, 'key' | 'document'>;

/** What a notebook is opened with. */
interface Opening {
  readonly key?: string;
  /** Pictures of the reader's that this browser keeps, by their names in the notebook. */
  readonly files?: Readonly<Record<string, DraftFile>>;
  /** Pictures that came with the notebook. */
  readonly pictures?: LabFile['pictures'];
}

export class Lab {
  readonly host: HTMLElement;
  readonly session: Session;
  readonly #cells: LabCells;
  readonly #name: HTMLInputElement;
  readonly #timeline = new Timeline<Step>();
  #step: Step = { key: newKey(), document: blankDocument() };
  /** As it was opened: what is only looked at is not kept beside the notebooks of the reader's own. */
  #opened: LabDocument | null = null;
  /** While the page is brought to the notebook, the page's own changes are no news. */
  #bringing = 0;
  #ready: Promise<void> = Promise.resolve();
  /** What was kept is opened once; another link comes after it. */
  #restored = false;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #hushing: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement) {
    this.host = host;
    this.session = pageSession('lab');
    this.#name = part(host, '.lab-name') as HTMLInputElement;
    this.#cells = new LabCells(host, this.session, {
      written: (id, source) => this.#replace(changeCell(this.document, id, { source, note: '' }), `text ${id}`),
      folded: (id, folded) => this.#adopt(changeCell(this.document, id, { folded })),
    });
    this.session.watch({
      changing: (what) => what.startsWith('program:') && this.#timeline.rest(),
      changed: () => this.#follow(),
      picture: (name) => this.#pictureChanged(name),
    });
    addressBy(this.session, async () => (await labFragment(this.document)) ?? '');
    this.#name.addEventListener('input', () => this.#replace({ ...this.document, name: this.#name.value }, 'name'));
    void lendPictures([this.session]);
    roving(part(host, '.lab-actions'), 'button');
    document.addEventListener('keydown', (event) => this.#key(event));
    addEventListener('pagehide', () => this.#keepHere());
    if (this.#name.value !== '') this.#replace({ ...this.document, name: this.#name.value }, 'name');
  }

  get document(): LabDocument {
    return this.#step.document;
  }

  get key(): string {
    return this.#step.key;
  }

  /** One sentence for the reader. */
  say(sentence: string): void {
    const box = part(this.host, '.lab-say');
    box.textContent = sentence;
    clearTimeout(this.#hushing);
    this.#hushing = setTimeout(() => (box.textContent = ''), SAY_MS);
  }

  /** Does what may fail, and says so. */
  async attempt(act: () => Promise<string>): Promise<void> {
    try {
      this.say(await act());
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
    }
  }

  /** Adds a cell and begins to write in it. */
  async add(place: number, cell: NewCell): Promise<void> {
    const { document, id } = addCell(this.document, place, cell);
    await this.change(document);
    if (cell.source === '') this.#cells.edit(id);
    else this.#cells.section(id)?.scrollIntoView({ block: 'nearest' });
  }

  async move(id: string, by: -1 | 1): Promise<void> {
    await this.change(moveCell(this.document, id, by));
  }

  async remove(id: string): Promise<void> {
    const place = placeOf(this.document, id);
    await this.change(removeCell(this.document, id));
    const next = this.document.cells[Math.min(place, this.document.cells.length - 1)];
    const section = next === undefined ? null : this.#cells.section(next.id);
    section?.querySelector<HTMLElement>('[data-lab="delete"]')?.focus();
    this.say('The cell is gone. Undo brings it back.');
  }

  edit(id: string): void {
    this.#cells.edit(id);
  }

  /** Makes another document of the notebook, as a step of its own. */
  async change(document: LabDocument): Promise<void> {
    if (document === this.document) return;
    this.#replace(document, null);
    await this.#bring();
  }

  async turn(how: 'undo' | 'redo'): Promise<void> {
    const step = this.#timeline[how](this.#step);
    if (step === null) return;
    this.#step = step;
    this.#changed();
    await this.#bring();
  }

  /** Opens a notebook in the place of the one there is, which is one step back. */
  async open(document: LabDocument, { key = newKey(), files = {}, pictures }: Opening = {}): Promise<void> {
    // What was written a moment ago is kept before another takes its place.
    if (this.#keeping !== undefined) await this.#keep();
    const before = this.#step;
    if (!isBlank(before.document)) this.#timeline.note(before);
    // Under ids of their own: what was known of the cells that stood here is not theirs.
    this.#step = { key, document: renumbered(document, before.document) };
    this.#opened = this.document;
    for (const name of this.session.pictures)
      if (this.session.standing(name) !== null && files[name] === undefined && !pictures?.has(name)) {
        this.#bringing += 1;
        this.session.stand(name, null);
        this.#bringing -= 1;
      }
    this.#changed();
    await restorePictures(this.session, files);
    if (pictures) await givePictureFiles(this.session, pictures, document.pictures);
    await this.#bring();
    this.#asked();
  }

  /** Settled once all is open that the address says or that was kept: what the reader does comes after it. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Opens what the address says, or what was kept. */
  openAddress(): void {
    this.#ready = this.#ready.then(() =>
      this.attempt(async () => (await loadOpen()).fromAddress(this, () => this.#openKept())),
    );
  }

  /** A file that the reader gives. */
  async bring(file: File): Promise<void> {
    await this.#ready;
    this.say(`Reading ${file.name} …`);
    await this.attempt(async () => (await loadOpen()).fromFile(this, file));
  }

  /** Copies the link that leads to this notebook, or says what to do where there is none. */
  async copyLink(): Promise<void> {
    await this.attempt(async () => {
      const fragment = await labFragment(this.document);
      if (fragment === null)
        return 'This notebook is too long for a link. Save as a file gives one that the lab opens again.';
      const address = new URL(fragment, location.origin + location.pathname).href;
      const own = Object.keys(this.document.pictures).length > 0;
      const copied = own
        ? 'Link copied. Your own pictures stay here: whoever opens it is asked for them.'
        : 'Link copied.';
      return copyAddress(address, copied);
    });
  }

  async #openKept(): Promise<string> {
    if (this.#restored) return '';
    this.#restored = true;
    const given = readTab('lab:given');
    forgetTab('lab:given');
    const kept = readTab('lab');
    // What was written here before is one step back.
    if (kept !== null && !isBlank(kept.document)) await this.open(kept.document, kept);
    if (given === null) return '';
    await this.open(given.document, given);
    return 'Here is a copy of your own. The article stays as it is.';
  }

  /** What the reader did in a cell has changed the session: the notebook follows. */
  #follow(): void {
    if (this.#bringing > 0) return;
    const { session } = this;
    let next = this.document;
    let run = '';
    for (const { id, kind, source, look } of next.cells) {
      if (kind !== 'code' || session.original(id) === undefined) continue;
      const text = session.text(id);
      if (text !== source) [next, run] = [changeCell(next, id, { source: text, note: '' }), `text ${id}`];
      if (!sameLook(session.look(id), look))
        [next, run] = [changeCell(next, id, { look: session.look(id) }), `look ${id}`];
    }
    const bound = boundOf(session);
    if (!sameControls(bound, next.bound)) [next, run] = [{ ...next, bound }, 'controls'];
    if (next !== this.document) this.#replace(next, run);
  }

  /** A picture that the reader puts in is the notebook's, and one that is put back no longer. */
  #pictureChanged(name: string): void {
    if (this.#bringing > 0) return;
    const label = this.session.standing(name)?.label;
    const others = Object.entries(this.document.pictures).filter(([other]) => other !== name);
    const pictures = Object.fromEntries(label === undefined ? others : [...others, [name, label]]);
    if (label !== this.document.pictures[name]) this.#replace({ ...this.document, pictures }, null);
    this.#asked();
  }

  /** @param run see `Timeline.note` */
  #replace(document: LabDocument, run: string | null): void {
    if (document === this.document) return;
    this.#timeline.note(this.#step, run);
    this.#adopt(document);
  }

  /** A change that is no step: a program unfolds by itself where it fails. */
  #adopt(document: LabDocument): void {
    if (document === this.document) return;
    this.#step = { key: this.key, document };
    this.#changed();
  }

  /** Brings the page to the notebook, whatever it is by then. */
  async #bring(): Promise<void> {
    this.#bringing += 1;
    try {
      const { session } = this;
      const wanting = this.document.cells.some(
        ({ id, kind, source }) => source !== '' && kind !== 'text' && session.text(id) !== source,
      );
      const reader = wanting ? await loadReader() : null;
      const read = (source: string): Program | null => (source === '' ? EMPTY : (reader?.programOf(source) ?? null));
      const { name, cells, bound } = this.document;
      if (this.#name.value !== name) this.#name.value = name;
      const code = cells.filter(({ kind }) => kind === 'code');
      session.arrange(code.map(({ id, source }) => ({ id, program: session.program(id) ?? read(source) ?? EMPTY })));
      this.#cells.show(cells, (source) => (source === '' ? '' : (reader?.codeHtml(source) ?? '')));
      for (const { id, source, look } of code) {
        if (session.text(id) !== source) {
          const program = read(source);
          if (program === null) session.setDraft(id, source);
          else session.setProgram(id, program);
        }
        session.setLook(id, look);
      }
      bringControls(session, new Map(Object.entries(bound)));
    } finally {
      this.#bringing -= 1;
    }
  }

  #asked(): void {
    askForPictures(part(this.host, '.lab-asked'), this.session, Object.entries(this.document.pictures));
  }

  #changed(): void {
    for (const act of ['undo', 'redo'] as const) {
      const button = part(this.host, `[data-lab="${act}"]`) as HTMLButtonElement;
      button.disabled = act === 'undo' ? !this.#timeline.canUndo : !this.#timeline.canRedo;
    }
    // The address tells the sender's notebook until the reader changes it.
    if (isLabLink(location.hash) && this.#bringing === 0)
      history.replaceState(history.state, '', location.pathname + location.search);
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => void this.#keep(), KEEP_AFTER_MS);
  }

  #keepHere(): string | null {
    return keepInTab('lab', { ...this.#step, files: filesOf([this.session]) });
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    const { why: lost } = await keepPictures([this.session]);
    const tab = this.#keepHere();
    const own = this.document === this.#opened ? null : { ...this.#step, files: filesOf([this.session]) };
    const why = (own === null ? null : await keepInBrowser(own)) ?? tab ?? lost;
    if (why !== null) this.say(why);
  }

  /** Ctrl-Z and its kin, where no text is being written; Alt with an arrow moves the cell that has the focus. */
  #key(event: KeyboardEvent): void {
    const { target, key } = event;
    const section = target instanceof Element ? target.closest<HTMLElement>('.lab-cell') : null;
    if (event.altKey && !event.ctrlKey && (key === 'ArrowUp' || key === 'ArrowDown') && section !== null) {
      event.preventDefault();
      const focus = document.activeElement as HTMLElement | null;
      void this.move(section.dataset['cell'] ?? '', key === 'ArrowUp' ? -1 : 1).then(() => focus?.focus());
      return;
    }
    const step = stepAsked(event);
    if (step === null) return;
    event.preventDefault();
    void this.turn(step);
  }
}

function sameControls(
  some: Readonly<Record<string, BoundValue>>,
  other: Readonly<Record<string, BoundValue>>,
): boolean {
  const names = Object.keys(some);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => some[name] !== undefined && other[name] !== undefined && sameBound(some[name], other[name]))
  );
}
