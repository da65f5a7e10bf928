import type { Program } from '../lib/julia/ast.ts';
import { downstream, lentKey, picturesOf, reachedBy, upstream } from '../lib/julia/graph.ts';
import type { BoundValue, CellReport, Control } from '../lib/julia/view.ts';
import type { EngineName } from '../lib/matrix/engine.ts';
import { EngineLink, type LinkSurroundings } from './engine-link.ts';
import type { CellListener, SessionWatcher } from './listeners.ts';
import { sameLook, type Look } from './look.ts';
import { PicturePlaces, type Standing } from './picture-places.ts';
import type { LiveProgram, PagePayload, PageProgram } from './programs.ts';
import type { PictureSource } from './protocol.ts';
import { Questions } from './questions.ts';
import { Scheduler, type RunAnswer, type Change } from './scheduler.ts';
import { sameSettings, type Settings } from './settings.ts';
import { ENGINE_WORDS } from './succession.ts';

export interface SessionStart extends PagePayload {
  /** The page's pictures: absolute addresses by name. */
  readonly pictures: Readonly<Record<string, string>>;
  readonly settings: Settings;
}

/**
 * A page's notebook: the one owner of what its reader changes. It holds the programs as edited, the controls' values, the pictures, the
 * choice of an engine, and which cells are in use; cells, players and figures subscribe. A cell is computed only once
 * somebody touches it or something it depends on. Knows no document.
 */
export class Session {
  readonly page: string;
  /** The settings that the page was opened with. */
  readonly start: Settings;
  /** Programs of the numbers in the page's prose. */
  readonly values: readonly Program[];
  #originals: ReadonlyMap<string, PageProgram>;
  #programs: ReadonlyMap<string, LiveProgram>;
  readonly #bound = new Map<string, BoundValue>();
  readonly #places: PicturePlaces;
  readonly #looks = new Map<string, Look>();
  /** Texts that the reader has written and not run, or that are no Julia. */
  readonly #drafts = new Map<string, string>();
  /** The page's controls, as the last runs reported them. */
  readonly #controls = new Map<string, Control>();
  #settings: Settings;
  readonly #active = new Set<string>();
  readonly #waiting = new Set<string>();
  readonly #listeners = new Map<string, CellListener>();
  readonly #watchers = new Set<SessionWatcher>();
  readonly #questions = new Questions();
  readonly #scheduler: Scheduler;
  readonly #link: EngineLink;
  #engineWords = '';
  #revision = 0;
  /** The revision of the programs that the worker knows. */
  #told: number | null = null;

  constructor(start: SessionStart, around: LinkSurroundings) {
    this.page = start.page;
    this.#originals = new Map(start.programs.map((one) => [one.id, one]));
    this.#programs = new Map(start.programs.map((one) => [one.id, { ...one, revision: 0 }]));
    this.#places = new PicturePlaces(start.pictures);
    this.values = start.values ?? [];
    this.start = start.settings;
    this.#settings = start.settings;
    this.#scheduler = new Scheduler(
      {
        programs: () => this.programs,
        wanted: () => [...this.#active],
        bound: this.#bound,
        source: (name) => this.#places.source(name),
      },
      (message) => this.#link.run(message),
      (answer) => this.#deliver(answer),
    );
    this.#link = new EngineLink(start.settings, around, {
      ready: (engine, why, moved) => this.#ready(engine, why, moved),
      examined: (worst) => this.#examined(worst),
      done: ({ run, ...answer }) => this.#scheduler.answered(run, answer),
      unready: (run, pictures, sentence) => this.#scheduler.awaits(run) && this.#unready(pictures, sentence),
      closed: () => this.#scheduler.closed(),
      failed: (sentence) => this.#fail(sentence),
    });
  }

  listen(id: string, listener: CellListener): void {
    this.#listeners.set(id, listener);
    if (this.#engineWords !== '') listener.engine(this.#engineWords);
  }

  watch(watcher: SessionWatcher): void {
    this.#watchers.add(watcher);
  }

  /** True from a change until everything that it touches is computed. */
  get busy(): boolean {
    return this.#waiting.size > 0;
  }

  /** All programs as edited, in the page's order. */
  get programs(): readonly LiveProgram[] {
    return [...this.#programs.values()];
  }

  /** Grows with every edit of a program: whoever derives something from all programs knows by it whether to do so again. */
  get revision(): number {
    return this.#revision;
  }

  /** The controls that the reader has set. */
  get bound(): ReadonlyMap<string, BoundValue> {
    return this.#bound;
  }

  /** The page's controls by name, as its last runs reported them. */
  get controls(): ReadonlyMap<string, Control> {
    return this.#controls;
  }

  /** What the reader has set for the whole page. */
  get settings(): Settings {
    return this.#settings;
  }

  /** Names of the page's pictures. */
  get pictures(): readonly string[] {
    return this.#places.names;
  }

  /** Lends the page a picture that programs ask for by `picture("name")`: by its address, or as a file of the reader's. */
  lend(name: string, from: string | Blob): void {
    const key = lentKey(name);
    const source = typeof from === 'string' ? { id: `site ${key}`, url: from } : this.#places.fileSource(from, null);
    if (!this.#places.lend(key, source)) return;
    const affected = reachedBy(this.programs, key).filter((id) => this.#active.has(id));
    // What nobody uses yet is told when somebody does.
    if (affected.length > 0 || this.#scheduler.knows(key)) this.#send({ pictures: [key], affected });
  }

  /** What was lent to the page, by the keys of `picture("name")`. */
  get lent(): ReadonlyMap<string, PictureSource> {
    return this.#places.lent;
  }

  /** Where the site has a picture of its own; empty where the name is the reader's. */
  address(name: string): string {
    return this.#places.address(name);
  }

  /** The article's own programs, in its order. */
  get originals(): readonly PageProgram[] {
    return [...this.#originals.values()];
  }

  original(id: string): PageProgram | undefined {
    return this.#originals.get(id);
  }

  /** The cell's program as edited. */
  program(id: string): Program | null {
    return this.#programs.get(id)?.program ?? null;
  }

  /** Names of pictures that the cell depends on now, as edited. */
  picturesOf(id: string): string[] {
    return picturesOf(this.programs, id, this.pictures);
  }

  /** The cell's text as the reader left it, run or not, Julia or not. */
  text(id: string): string {
    return this.#drafts.get(id) ?? this.program(id)?.source ?? '';
  }

  /** What the reader has put under a picture's name; null: the page's own stands there. */
  standing(name: string): Standing | null {
    return this.#places.standing(name);
  }

  /** How the reader looks at the cell's result. */
  look(id: string): Look {
    return this.#looks.get(id) ?? {};
  }

  setLook(id: string, look: Look): void {
    const before = this.look(id);
    if (sameLook(look, before)) return;
    // A view that is only turned is turned in many small steps.
    const turned =
      before.view !== undefined && sameLook({ ...look, camera: undefined }, { ...before, camera: undefined });
    this.#change(`${turned ? 'camera' : 'look'}:${id}`, () => this.#looks.set(id, look));
  }

  /** The controls that stand in the page before anything was run. */
  announce(controls: readonly Control[]): void {
    for (const control of controls) this.#controls.set(control.name, control);
  }

  /** Computes a cell that was not computed yet; does nothing for one that was. */
  activate(id: string): void {
    if (this.#active.has(id) || this.#idle(id)) return;
    this.#send({ affected: [id] });
  }

  /** Runs a cell, though nothing may have changed. */
  rerun(id: string): void {
    const program = this.program(id);
    if (program !== null) this.setProgram(id, program);
  }

  /** Keeps a text that is not to be run, or cannot be: the cell goes on computing what it computed. */
  setDraft(id: string, text: string): void {
    if (text === this.text(id)) return;
    if (text === this.program(id)?.source) this.#drafts.delete(id);
    else this.#drafts.set(id, text);
    this.#changed();
  }

  setProgram(id: string, program: Program): void {
    const before = downstream(this.programs, [id]);
    const replace = (): void => {
      this.#drafts.delete(id);
      const known = this.#programs.get(id);
      this.#revision += 1;
      const next = { ...known, id, program, revision: (known?.revision ?? 0) + 1 };
      this.#programs = new Map(this.#programs).set(id, next);
    };
    if (program.source === this.program(id)?.source) replace();
    else this.#change(`program:${id}`, replace);
    // A name that is no longer defined is missed by those that read it before.
    this.#send({ affected: [...new Set([...before, ...downstream(this.programs, [id])])] }, id);
  }

  /**
   * Makes these the notebook's cells, in this order: those that are new are added, those that are missing go. A cell that is there already
   * keeps its program as edited. What is in use and reads a name that came or went is computed again.
   */
  arrange(cells: readonly PageProgram[]): void {
    const old = this.programs;
    const gone = old.filter(({ id }) => !cells.some((cell) => cell.id === id));
    const come = cells.filter(({ id }) => !this.#programs.has(id)).map(({ id }) => id);
    const before = downstream(
      old,
      gone.map(({ id }) => id),
    );
    this.#revision += 1;
    this.#originals = new Map(cells.map((cell) => [cell.id, this.#originals.get(cell.id) ?? cell]));
    // An id that comes back is another program: the worker may know the one that went.
    this.#programs = new Map(
      cells.map((cell) => [cell.id, this.#programs.get(cell.id) ?? { ...cell, revision: this.#revision }]),
    );
    for (const one of gone) this.#drop(one);
    const touched = [...new Set([...before, ...downstream(this.programs, come)])].filter((id) => this.#active.has(id));
    if (touched.length > 0) this.#send({ affected: touched });
    this.#changed();
  }

  #drop({ id, program: { defines } }: LiveProgram): void {
    this.#active.delete(id);
    this.#waiting.delete(id);
    this.#listeners.delete(id);
    this.#drafts.delete(id);
    this.#looks.delete(id);
    // A control goes with its cell, and begins anew with another.
    for (const name of defines) {
      this.#bound.delete(name);
      this.#controls.delete(name);
    }
  }

  setBound(name: string, value: BoundValue): void {
    this.#change(`bound:${name}`, () => this.#bound.set(name, value));
    this.#send({ bound: [name], affected: reachedBy(this.programs, name), continuous: true });
  }

  /**
   * Puts a file of the reader's under a picture's name.
   *
   * @param fit true: cropped and resized to the size of the picture that it replaces
   * @returns what was done to it. Rejects with one sentence for the reader; then all stays as it was.
   */
  async setPicture(name: string, file: Blob, label: string, fit: boolean): Promise<readonly string[]> {
    const turn = this.#places.nextTurn(name);
    const source = this.#places.fileSource(file, fit ? await this.#link.read(this.#places.own(name)) : null);
    const facts = await this.#link.read(source);
    if (!this.#places.isLast(name, turn)) return facts.notes;
    this.stand(name, { source, label, rows: facts.rows, cols: facts.cols });
    return facts.notes;
  }

  /** Puts a picture that was read before under a name; null: the page's own, or none where the name is the reader's. */
  stand(name: string, standing: Standing | null): void {
    this.#places.nextTurn(name);
    if (standing === this.standing(name)) return;
    this.#change(`picture:${name}`, () => this.#places.stand(name, standing));
    this.#pictureChanged(name);
  }

  /**
   * The values of programs that are no cells, in the page's scope; what they need is computed first. Rejects with a sentence where they do
   * not come; a program's own error is in its report.
   */
  evaluate(programs: readonly Program[]): Promise<CellReport[]> {
    const { asked, answer } = this.#questions.ask(programs);
    const probes = asked.map(([ticket, program]) => ({ id: `question ${ticket}`, program }));
    const list = [...this.programs, ...probes];
    const needed = upstream(
      list,
      probes.map(({ id }) => id),
    ).filter((id) => this.#programs.has(id));
    const pictures = probes.flatMap(({ id }) => picturesOf(list, id, this.#places.all));
    this.#use(needed);
    this.#run({ questions: asked, pictures, affected: [] });
    return answer;
  }

  /** Ends what runs. What was waited for is not computed until somebody touches it again. */
  stop(): void {
    this.#scheduler.cancel();
    this.#link.restart();
    this.#end('The page was stopped.');
  }

  /** Sets what holds for the whole page. Where it changes anything, everything in use is computed again, by a new worker. */
  set(settings: Partial<Settings>): void {
    const next = { ...this.#settings, ...settings };
    if (sameSettings(next, this.#settings)) return;
    this.#change('settings', () => (this.#settings = next));
    this.#link.use(next);
    this.#send({ affected: [...this.#active] });
  }

  #change(what: string, make: () => void): void {
    for (const watcher of this.#watchers) watcher.changing?.(what);
    make();
    this.#changed();
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher.changed?.();
  }

  #pictureChanged(name: string): void {
    if (this.pictures.includes(name)) this.#send({ pictures: [name], affected: reachedBy(this.programs, name) });
    else if (this.#scheduler.knows(name)) {
      // Only a new worker does not know the name.
      this.#scheduler.forget(name);
      this.#link.restart();
      this.#send({ affected: [...this.#active] });
    }
    // Told when the run is ordered: what they ask for then is computed with the new picture.
    for (const listener of this.#listeners.values()) listener.picture(name);
    for (const watcher of this.#watchers) watcher.picture?.(name);
  }

  /** A stored cell that nobody has run yet, and every cell that needs one. */
  #idle(id: string): boolean {
    return upstream(this.programs, [id]).some(
      (needed) => this.#programs.get(needed)?.stored === true && !this.#active.has(needed),
    );
  }

  /**
   * Brings the cells that a change affects, and what they need, into use, and has them run.
   *
   * @param asked the cell that the reader wants to run. Slow cells run at their wish only, not because something they need has changed.
   */
  #send(change: Change, asked?: string): void {
    const awake = change.affected.filter((id) => id === asked || !this.#idle(id));
    this.#use(upstream(this.programs, awake));
    for (const id of awake) this.#wait(id);
    // Not all that wait: what this change does not touch is not computed again, and its answer on the way is right.
    this.#run({ ...change, affected: awake });
  }

  /** Cells that are new in use wait for their first result. */
  #use(ids: readonly string[]): void {
    for (const id of ids) {
      if (!this.#active.has(id)) this.#wait(id);
      this.#active.add(id);
    }
  }

  #wait(id: string): void {
    this.#waiting.add(id);
    this.#listeners.get(id)?.busy(true);
  }

  /** Has a change computed; the worker is told the pictures that the cells in use need and it does not know. */
  #run(change: Change): void {
    this.#link.open();
    const pictures = [...new Set([...(change.pictures ?? []), ...this.#untold()])];
    // A drag sends numbers only.
    const programs = this.#told !== this.#revision;
    this.#told = this.#revision;
    this.#scheduler.change({ ...change, programs, pictures });
  }

  #allPicturesOf(id: string): string[] {
    return picturesOf(this.programs, id, this.#places.all);
  }

  /** Pictures that the cells in use need and the worker does not know. Where it knows all, no program is looked through. */
  #untold(): string[] {
    const unknown = this.#places.all.filter((name) => !this.#scheduler.knows(name));
    if (unknown.length === 0) return [];
    const needed = new Set([...this.#active].flatMap((id) => this.#allPicturesOf(id)));
    return unknown.filter((name) => needed.has(name));
  }

  #deliver({ reports, values }: RunAnswer): void {
    for (const report of reports) {
      for (const control of report.controls) this.#controls.set(control.name, control);
      this.#listeners.get(report.id)?.report(report);
    }
    if (!this.#scheduler.busy) this.#settle();
    for (const watcher of this.#watchers) watcher.delivered?.(reports);
    this.#questions.answered(values);
  }

  #settle(): void {
    for (const id of this.#waiting) this.#listeners.get(id)?.busy(false);
    this.#waiting.clear();
  }

  #ready(engine: EngineName, why: string, moved: string | null): void {
    this.#engineWords = `${ENGINE_WORDS[engine]}: ${why}`;
    for (const listener of this.#listeners.values()) {
      listener.engine(this.#engineWords);
      if (moved !== null) listener.notice(moved);
    }
    this.#scheduler.opened();
  }

  #examined(worst: number): void {
    this.#engineWords += `; exact to ${worst.toExponential(0)} here`;
    for (const listener of this.#listeners.values()) listener.engine(this.#engineWords);
  }

  /** Pictures could not be read. Cells that need them are given up until the next touch; the others are computed without. */
  #unready(pictures: readonly string[], sentence: string): void {
    this.#scheduler.cancel();
    for (const id of [...this.#active].filter((one) =>
      this.#allPicturesOf(one).some((name) => pictures.includes(name)),
    )) {
      this.#active.delete(id);
      if (!this.#waiting.delete(id)) continue;
      this.#listeners.get(id)?.notice(sentence);
      this.#listeners.get(id)?.busy(false);
    }
    for (const watcher of this.#watchers) watcher.ended?.(sentence);
    this.#questions.refused(sentence);
    if (this.busy) this.#run({ affected: [...this.#waiting] });
  }

  #fail(sentence: string): void {
    this.#scheduler.cancel();
    for (const id of this.#waiting) this.#listeners.get(id)?.notice(sentence);
    this.#end(sentence);
  }

  /** Gives up what is waited for; the next touch tries again. */
  #end(why: string): void {
    for (const id of this.#waiting) this.#active.delete(id);
    this.#settle();
    for (const watcher of this.#watchers) watcher.ended?.(why);
    this.#questions.refused(why);
  }
}
