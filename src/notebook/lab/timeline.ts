/** Steps that can be taken back. */
const LONGEST = 200;

/** What something was before, and, after Undo, what it was then: values that are never changed, replaced by others. */
export class Timeline<T> {
  #past: T[] = [];
  #future: T[] = [];
  /** What changed last: more of the same is no new step. */
  #last: string | null = null;

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /**
   * @param before what is about to be replaced
   * @param run names a run of changes that is one step, such as the typing in one cell; null: a step of its own
   */
  note(before: T, run: string | null = null): void {
    this.#future = [];
    if (run !== null && run === this.#last) return;
    this.#last = run;
    this.#past.push(before);
    if (this.#past.length > LONGEST) this.#past.shift();
  }

  /** The next change is a step of its own, whatever it is. */
  rest(): void {
    this.#last = null;
  }

  /** @returns what to go back to, or null */
  undo(now: T): T | null {
    return this.#turn(this.#past, this.#future, now);
  }

  redo(now: T): T | null {
    return this.#turn(this.#future, this.#past, now);
  }

  #turn(from: T[], to: T[], now: T): T | null {
    const step = from.pop();
    if (step === undefined) return null;
    this.#last = null;
    to.push(now);
    return step;
  }
}
