import type { Program } from '../lib/julia/ast.ts';
import type { BoundValue, CellReport } from '../lib/julia/view.ts';
import type { LiveProgram } from './programs.ts';
import type { DrawnReport, PictureSource, RunMessage } from './protocol.ts';

/** The state that runs are made of. It has one owner, the session; the scheduler reads it when it sends a run. */
export interface RunState {
  readonly programs: () => readonly LiveProgram[];
  /** Cells in use. */
  readonly wanted: () => readonly string[];
  readonly bound: ReadonlyMap<string, BoundValue>;
  /** What stands under a picture's name. */
  readonly source: (name: string) => PictureSource;
}

/** What has changed since the worker was last told. */
export interface Change {
  readonly programs?: boolean;
  /** Names of controls that were set. */
  readonly bound?: readonly string[];
  /** Names of pictures that are needed from now on, or that are others now. */
  readonly pictures?: readonly string[];
  /** Programs that are no cells, whose values somebody asks for. */
  readonly questions?: readonly (readonly [number, Program])[];
  /** Cells whose results the change makes old. */
  readonly affected: readonly string[];
  /**
   * A drag: results on their way are older than the hand by one step, yet newer than what is on screen, and are shown.
   * After any other change they may answer a question that is no longer asked, and wait for the next answer.
   */
  readonly continuous?: boolean;
}

export interface RunAnswer {
  readonly reports: readonly DrawnReport[];
  readonly values: readonly (readonly [number, CellReport])[];
}

/**
 * Decides what runs when: at most one run is under way, changes that come meanwhile are merged and the latest wins, and no
 * result reaches the screen that a later change has made old. Knows neither worker nor page: `post` sends, `deliver` shows.
 */
export class Scheduler {
  readonly #state: RunState;
  readonly #post: (message: RunMessage) => void;
  readonly #deliver: (answer: RunAnswer) => void;
  /** Names that a worker has been told, or will be: a new one must be told them all. */
  readonly #pictures = new Set<string>();
  /** What the worker has not been told yet. */
  #news: { programs: boolean; bound: Set<string>; pictures: Set<string> } = Scheduler.#nothing();
  /** Questions that have no answer yet. */
  readonly #questions = new Map<number, Program>();
  /** Cells that a waiting change makes old at once. */
  #outdated = new Set<string>();
  /** Results held back because a change seemed to make them old. If the next run leaves a cell alone, it did not. */
  readonly #held = new Map<string, DrawnReport>();
  #waiting = false;
  #run = 0;
  #inFlight: number | null = null;
  #open = false;

  constructor(state: RunState, post: (message: RunMessage) => void, deliver: (answer: RunAnswer) => void) {
    this.#state = state;
    this.#post = post;
    this.#deliver = deliver;
  }

  static #nothing(): { programs: boolean; bound: Set<string>; pictures: Set<string> } {
    return { programs: false, bound: new Set(), pictures: new Set() };
  }

  /** True while a run is under way or waits for one. */
  get busy(): boolean {
    return this.#inFlight !== null || this.#waiting;
  }

  /** Whether the worker has been told the picture of that name, or will be with the next run. */
  knows(picture: string): boolean {
    return this.#pictures.has(picture);
  }

  /** The picture of that name is gone: no worker is told it any more. */
  forget(picture: string): void {
    this.#pictures.delete(picture);
    this.#news.pictures.delete(picture);
  }

  change(change: Change): void {
    if (change.programs === true) this.#news.programs = true;
    for (const name of change.bound ?? []) this.#news.bound.add(name);
    for (const name of change.pictures ?? []) {
      this.#pictures.add(name);
      this.#news.pictures.add(name);
    }
    for (const [ticket, program] of change.questions ?? []) this.#questions.set(ticket, program);
    if (change.continuous !== true) for (const id of change.affected) this.#outdated.add(id);
    this.#waiting = true;
    this.#next();
  }

  /** The worker is there (anew): it knows nothing, so the next message tells it everything. */
  opened(): void {
    this.#open = true;
    this.#inFlight = null;
    this.#tellAll();
    this.#next();
  }

  /** The worker is gone. What it was doing must be done again by the next one. */
  closed(): void {
    this.#open = false;
    this.#held.clear();
    if (this.#inFlight !== null) this.#waiting = true;
    this.#inFlight = null;
  }

  /** Gives up what runs, waits or is asked. The state stays, and goes to the worker with the next change. */
  cancel(): void {
    this.#held.clear();
    this.#questions.clear();
    this.#waiting = false;
    this.#inFlight = null;
    // One of them may be what could not be read: they are told anew as they are needed.
    this.#pictures.clear();
    this.#tellAll();
  }

  /** The worker's answer to run `run`. An answer of a worker that was replaced meanwhile is ignored. */
  answered(run: number, { reports, values }: RunAnswer): void {
    if (run !== this.#inFlight) return;
    this.#inFlight = null;
    for (const [ticket] of values) this.#questions.delete(ticket);
    for (const report of reports) this.#held.set(report.id, report);
    const fresh = [...this.#held.values()].filter(({ id }) => !this.#outdated.has(id));
    for (const { id } of fresh) this.#held.delete(id);
    this.#next();
    this.#deliver({ reports: fresh, values });
  }

  /** Whether `run` is the one whose answer is awaited. */
  awaits(run: number): boolean {
    return run === this.#inFlight;
  }

  #tellAll(): void {
    this.#news = {
      programs: true,
      bound: new Set(this.#state.bound.keys()),
      pictures: new Set(this.#pictures),
    };
  }

  #next(): void {
    if (!this.#open || !this.#waiting || this.#inFlight !== null) return;
    this.#waiting = false;
    this.#outdated = new Set();
    this.#run += 1;
    this.#inFlight = this.#run;
    const { programs, bound, pictures } = this.#news;
    const message: RunMessage = {
      kind: 'run',
      run: this.#run,
      ...(programs ? { programs: this.#state.programs() } : {}),
      wanted: this.#state.wanted(),
      bound: [...this.#state.bound].filter(([name]) => bound.has(name)),
      pictures: [...pictures].map((name) => [name, this.#state.source(name)]),
      questions: [...this.#questions],
    };
    this.#news = Scheduler.#nothing();
    this.#post(message);
  }
}
