import type { Program } from '../../lib/julia/ast.ts';
import type { BoundValue, Picture } from '../../lib/julia/view.ts';
import type { EngineName } from '../../lib/matrix/engine.ts';
import { EngineLink } from './engine-link.ts';
import { downstream, picturesOf, reachedBy, upstream } from './graph.ts';
import type { LiveProgram, PagePayload, PageProgram } from './payload.ts';
import type { DrawnReport } from './protocol.ts';
import { Scheduler } from './scheduler.ts';
import { ENGINE_WORDS } from './succession.ts';

/** What the page tells each of its cells. */
export interface CellListener {
  readonly report: (report: DrawnReport) => void;
  /** Cells among `ids` wait for a result, or no longer do. */
  readonly busy: (busy: boolean) => void;
  /** One line for the reader: an engine was lost, a picture could not be loaded. */
  readonly notice: (sentence: string) => void;
  readonly engine: (words: string) => void;
  readonly picture: (name: string) => void;
}

/** Who follows a whole page: its players and graphs. */
export interface PageWatcher {
  /** An answer of the worker, after the cells were told. */
  readonly delivered: (reports: readonly DrawnReport[]) => void;
  /** What was waited for will not come. */
  readonly ended: (why: string) => void;
}

/** A picture that stands under a name of the page's programs. */
export interface Standing {
  readonly picture: Picture;
  /** Said to the reader, such as a file's name; null for the page's own picture. */
  readonly label: string | null;
}

/**
 * The live state of the cells that share one scope: their programs as edited, the controls' values, the pictures, and which
 * cells are in use. A cell is computed only once somebody touches it or something it depends on.
 */
export class LivePage {
  readonly #programs: Map<string, LiveProgram>;
  readonly #originals: ReadonlyMap<string, PageProgram>;
  readonly #urls: Readonly<Record<string, string>>;
  readonly #own = new Map<string, Promise<Picture>>();
  readonly #standing = new Map<string, Standing>();
  readonly #sent = new Set<string>();
  readonly #active = new Set<string>();
  readonly #waiting = new Set<string>();
  readonly #listeners = new Map<string, CellListener>();
  readonly #watchers = new Set<PageWatcher>();
  readonly #scheduler: Scheduler;
  readonly link: EngineLink;
  #engineWords = '';
  #told = '';
  #inOrder: Promise<void> = Promise.resolve();
  /** Changes that wait for their pictures, and that the scheduler does not know yet. */
  #preparing = 0;

  constructor(payload: PagePayload, urls: Readonly<Record<string, string>>, wanted: EngineName | null) {
    this.#originals = new Map(payload.programs.map((one) => [one.id, one]));
    this.#programs = new Map(payload.programs.map((one) => [one.id, { ...one, revision: 0 }]));
    this.#urls = urls;
    this.#scheduler = new Scheduler(
      (message) => this.link.run(message),
      (reports) => this.#deliver(reports),
    );
    this.link = new EngineLink(wanted, {
      ready: (engine, why, moved) => this.#ready(engine, why, moved),
      done: ({ run, reports }) => this.#scheduler.answered(run, reports),
      closed: () => this.#scheduler.closed(),
      failed: (sentence) => this.#fail(sentence),
    });
  }

  listen(id: string, listener: CellListener): void {
    this.#listeners.set(id, listener);
    if (this.#engineWords !== '') listener.engine(this.#engineWords);
  }

  watch(watcher: PageWatcher): void {
    this.#watchers.add(watcher);
  }

  /** True from a change until everything that it touches is computed. */
  get busy(): boolean {
    return this.#waiting.size > 0;
  }

  /** All programs as edited, in the page's order. */
  get programs(): readonly LiveProgram[] {
    return this.#list();
  }

  /** Names of the page's pictures. */
  get pictures(): readonly string[] {
    return Object.keys(this.#urls);
  }

  original(id: string): PageProgram | undefined {
    return this.#originals.get(id);
  }

  /** Names of pictures that the cell depends on now, as edited. */
  picturesOf(id: string): string[] {
    return picturesOf(this.#list(), id, Object.keys(this.#urls));
  }

  standing(name: string): Standing | null {
    return this.#standing.get(name) ?? null;
  }

  /** Computes a cell that was not computed yet; does nothing for one that was. */
  activate(id: string): void {
    if (this.#active.has(id) || this.#idle(id)) return;
    this.#send([id], {});
  }

  /** Runs a cell, though nothing may have changed. */
  rerun(id: string): void {
    const current = this.#programs.get(id);
    if (current !== undefined) this.#revise(id, current.program);
  }

  setProgram(id: string, program: Program): void {
    this.#revise(id, program);
  }

  setBound(name: string, value: BoundValue): void {
    this.#send(reachedBy(this.#list(), name), { bound: [[name, value]], continuous: true });
  }

  /** Puts a picture under a name; null puts the page's own back. */
  async setPicture(name: string, standing: Standing | null): Promise<void> {
    const picture = standing?.picture ?? (await this.ownPicture(name));
    if (standing === null) this.#standing.delete(name);
    else this.#standing.set(name, standing);
    this.#sent.add(name);
    for (const listener of this.#listeners.values()) listener.picture(name);
    this.#send(reachedBy(this.#list(), name), { pictures: [[name, picture]] });
  }

  /** The picture that the page came with. Rejects with a sentence for the reader. */
  ownPicture(name: string): Promise<Picture> {
    const known = this.#own.get(name);
    if (known !== undefined) return known;
    const url = new URL(this.#urls[name] ?? '', document.baseURI).href;
    const loading = this.link.decode({ url }, null).then(({ picture }) => picture);
    this.#own.set(name, loading);
    loading.catch(() => this.#own.delete(name));
    return loading;
  }

  stop(): void {
    this.#scheduler.cancel();
    this.link.stop();
    this.#scheduler.cancel();
    for (const id of this.#waiting) this.#active.delete(id);
    this.#settle([...this.#waiting]);
    for (const { ended } of this.#watchers) ended('The page was stopped.');
  }

  /** Moves the page to another engine and computes everything in use again. */
  useEngine(engine: EngineName | null): void {
    this.link.use(engine);
    this.#send([...this.#active], {});
  }

  /** Tries again after the engine failed to start. */
  retry(): void {
    this.link.use(null);
    this.#send([...this.#active], {});
  }

  #list(): LiveProgram[] {
    return [...this.#programs.values()];
  }

  /** A stored cell that nobody has run yet, and every cell that needs one. */
  #idle(id: string): boolean {
    return upstream(this.#list(), [id]).some(
      (needed) => this.#programs.get(needed)?.stored === true && !this.#active.has(needed),
    );
  }

  #revise(id: string, program: Program): void {
    const before = downstream(this.#list(), [id]);
    this.#programs.set(id, { id, program, revision: (this.#programs.get(id)?.revision ?? 0) + 1 });
    // A name that is no longer defined is missed by those that read it before.
    this.#send([...new Set([...before, ...downstream(this.#list(), [id])])], { asked: id });
  }

  /** Brings `ids` and what they need into use, fetches their pictures, and has them run. */
  #send(
    ids: readonly string[],
    change: { bound?: [string, BoundValue][]; pictures?: [string, Picture][]; continuous?: boolean; asked?: string },
  ): void {
    // Slow cells run when the reader says so, and not because something they need has changed.
    const awake = ids.filter((id) => id === change.asked || !this.#idle(id));
    for (const id of upstream(this.#list(), awake)) {
      if (!this.#active.has(id)) this.#waiting.add(id);
      this.#active.add(id);
    }
    for (const id of awake) this.#waiting.add(id);
    this.#tellBusy(this.#waiting);
    this.link.open();
    // Taken now: a list that held the next change already would have that change computed by a run whose answer it makes old.
    const programs = this.#programsIfChanged();
    // One after another: a change that waits for a picture must not arrive after a later one, and undo it.
    this.#preparing += 1;
    this.#inOrder = this.#inOrder.then(async () => {
      try {
        const pictures = await this.#missingPictures().finally(() => (this.#preparing -= 1));
        this.#scheduler.change({
          ...programs,
          wanted: [...this.#active],
          bound: change.bound ?? [],
          pictures: [...pictures, ...(change.pictures ?? [])],
          // Not all that wait: what this change does not touch is not computed again, and its answer on the way is right.
          affected: awake,
          continuous: change.continuous ?? false,
        });
      } catch (error) {
        this.#told = '';
        this.#fail(error instanceof Error ? error.message : String(error));
      }
    });
  }

  /** All programs, unless the scheduler has exactly these: a drag sends numbers only. */
  #programsIfChanged(): { programs?: LiveProgram[] } {
    const programs = this.#list();
    const told = programs.map(({ id, revision }) => `${id}:${revision}`).join();
    if (told === this.#told) return {};
    this.#told = told;
    return { programs };
  }

  /** Pictures that the cells in use need and the scheduler does not have yet. */
  async #missingPictures(): Promise<[string, Picture][]> {
    const needed = new Set([...this.#active].flatMap((id) => this.picturesOf(id)));
    const missing = [...needed].filter((name) => !this.#sent.has(name));
    const loaded = await Promise.all(
      missing.map(async (name): Promise<[string, Picture]> => [name, await this.ownPicture(name)]),
    );
    for (const name of missing) this.#sent.add(name);
    return loaded;
  }

  #deliver(reports: readonly DrawnReport[]): void {
    for (const report of reports) this.#listeners.get(report.id)?.report(report);
    // A change that still waits for its pictures is no run yet, and its cells are busy all the same.
    if (!this.#scheduler.busy && this.#preparing === 0) this.#settle([...this.#waiting]);
    for (const { delivered } of this.#watchers) delivered(reports);
  }

  #tellBusy(ids: Iterable<string>): void {
    for (const id of ids) this.#listeners.get(id)?.busy(true);
  }

  #settle(ids: readonly string[]): void {
    for (const id of ids) {
      this.#waiting.delete(id);
      this.#listeners.get(id)?.busy(false);
    }
  }

  #ready(engine: EngineName, why: string, moved: string | null): void {
    this.#engineWords = ENGINE_WORDS[engine];
    for (const listener of this.#listeners.values()) {
      listener.engine(`${ENGINE_WORDS[engine]}: ${why}`);
      if (moved !== null) listener.notice(moved);
    }
    this.#scheduler.opened();
  }

  #fail(sentence: string): void {
    this.#scheduler.cancel();
    const waiting = [...this.#waiting];
    for (const id of waiting) {
      this.#listeners.get(id)?.notice(sentence);
      // So that the next touch tries again.
      this.#active.delete(id);
    }
    this.#settle(waiting);
    for (const { ended } of this.#watchers) ended(sentence);
  }
}

const pages = new Map<string, LivePage>();

/** The live page of that key, made from what the build left in the HTML. */
export function livePage(key: string): LivePage {
  const known = pages.get(key);
  if (known !== undefined) return known;
  const read = (name: string): unknown =>
    JSON.parse(document.querySelector(`script[data-julia-${name}="${CSS.escape(key)}"]`)?.textContent ?? '{}');
  const payload = read('programs') as PagePayload;
  const urls = read('pictures') as Record<string, string>;
  const page = new LivePage(payload, urls, engineFromAddress());
  pages.set(key, page);
  return page;
}

/** `?engine=tfjs-wasm` in the page's address asks for one engine. */
function engineFromAddress(): EngineName | null {
  const asked = new URLSearchParams(location.search).get('engine');
  return asked !== null && asked in ENGINE_WORDS ? (asked as EngineName) : null;
}
