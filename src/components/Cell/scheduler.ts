import type { BoundValue, Picture } from '../../lib/julia/view.ts';
import type { LiveProgram } from './payload.ts';
import type { DrawnReport, RunMessage } from './protocol.ts';

/** A change the reader made. */
export interface Patch {
  readonly programs?: readonly LiveProgram[];
  /** The cells in use from now on. */
  readonly wanted?: readonly string[];
  readonly bound?: readonly (readonly [string, BoundValue])[];
  readonly pictures?: readonly (readonly [string, Picture])[];
  /** Cells whose results the change makes old. */
  readonly affected: readonly string[];
  /**
   * A drag: results on their way are older than the hand by one step, yet newer than what is on screen, and are shown.
   * After any other change they may answer a question that is no longer asked, and wait for the next answer.
   */
  readonly continuous?: boolean;
}

/**
 * Decides what runs when: at most one run is under way, changes that come meanwhile are merged and the latest wins, and no
 * result reaches the screen that a later change has made old. Knows neither worker nor page: `post` sends, `deliver` shows.
 */
export class Scheduler {
  readonly #post: (message: RunMessage) => void;
  readonly #deliver: (reports: readonly DrawnReport[]) => void;
  #programs: readonly LiveProgram[] = [];
  #wanted: readonly string[] = [];
  readonly #bound = new Map<string, BoundValue>();
  readonly #pictures = new Map<string, Picture>();
  /** What the worker has not been told yet. */
  #news: { programs: boolean; bound: Set<string>; pictures: Set<string> } = Scheduler.#nothing();
  /** Cells that a waiting change makes old at once. */
  #outdated = new Set<string>();
  /** Results held back because a change seemed to make them old. If the next run leaves a cell alone, it did not. */
  readonly #held = new Map<string, DrawnReport>();
  #waiting = false;
  #run = 0;
  #inFlight: number | null = null;
  #open = false;

  constructor(post: (message: RunMessage) => void, deliver: (reports: readonly DrawnReport[]) => void) {
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

  change(patch: Patch): void {
    if (patch.programs !== undefined) {
      this.#programs = patch.programs;
      this.#news.programs = true;
    }
    this.#wanted = patch.wanted ?? this.#wanted;
    for (const [name, value] of patch.bound ?? []) {
      this.#bound.set(name, value);
      this.#news.bound.add(name);
    }
    for (const [name, picture] of patch.pictures ?? []) {
      this.#pictures.set(name, picture);
      this.#news.pictures.add(name);
    }
    if (patch.continuous !== true) for (const id of patch.affected) this.#outdated.add(id);
    this.#waiting = true;
    this.#next();
  }

  /** The worker is there (anew): it knows nothing, so the next message tells it everything. */
  opened(): void {
    this.#open = true;
    this.#inFlight = null;
    this.#news = {
      programs: true,
      bound: new Set(this.#bound.keys()),
      pictures: new Set(this.#pictures.keys()),
    };
    this.#next();
  }

  /** The worker is gone. What it was doing must be done again by the next one. */
  closed(): void {
    this.#open = false;
    this.#held.clear();
    if (this.#inFlight !== null) this.#waiting = true;
    this.#inFlight = null;
  }

  /** Gives up what runs or waits. The state stays, and goes to the next worker with the next change. */
  cancel(): void {
    this.#held.clear();
    this.#waiting = false;
    this.#inFlight = null;
  }

  /** The worker's answer to run `run`. An answer of a worker that was replaced meanwhile is ignored. */
  answered(run: number, reports: readonly DrawnReport[]): void {
    if (run !== this.#inFlight) return;
    this.#inFlight = null;
    for (const report of reports) this.#held.set(report.id, report);
    const fresh = [...this.#held.values()].filter(({ id }) => !this.#outdated.has(id));
    for (const { id } of fresh) this.#held.delete(id);
    this.#next();
    this.#deliver(fresh);
  }

  #next(): void {
    if (!this.#open || !this.#waiting || this.#inFlight !== null) return;
    this.#waiting = false;
    this.#outdated = new Set();
    this.#run += 1;
    this.#inFlight = this.#run;
    const message: RunMessage = {
      kind: 'run',
      run: this.#run,
      ...(this.#news.programs ? { programs: this.#programs } : {}),
      wanted: this.#wanted,
      bound: [...this.#bound].filter(([name]) => this.#news.bound.has(name)),
      pictures: [...this.#pictures].filter(([name]) => this.#news.pictures.has(name)),
    };
    this.#news = Scheduler.#nothing();
    this.#post(message);
  }
}
