import { actionButton, part } from './part.ts';

/** How long a run lasts before the cell says that it waits, and before it offers to stop. */
const SAY_AFTER_MS = 200;
const STOP_AFTER_MS = 1500;

/** What a cell says of its state: whether it waits and for how long, on which engine it runs, and notices for the reader. */
export class CellStatus {
  readonly #cell: HTMLElement;
  #engine = '';
  #busySince = 0;
  /** Whether there is something to run: an open editor, a program that failed or was not run. */
  #editing = false;
  #undone: boolean;
  /** The cell waits, and was not answered yet. */
  #due = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(cell: HTMLElement) {
    this.#cell = cell;
    this.#undone = !actionButton(cell, 'run').hidden;
  }

  /** The engine and why it was chosen, in words; empty before one is there. */
  get engine(): string {
    return this.#engine;
  }

  set engine(words: string) {
    this.#engine = words;
    part(this.#cell, '.cell-status').title = words;
  }

  /** True while the run button is one that stops. */
  get stops(): boolean {
    return this.#busySince !== 0 && actionButton(this.#cell, 'run').classList.contains('cell-stop');
  }

  /** The cell's program is being edited, or no longer. */
  set editing(editing: boolean) {
    this.#editing = editing;
    this.#runButton(this.stops);
  }

  /** The cell was computed; false: it failed. */
  answered(well: boolean): void {
    this.#due = false;
    this.#undone = !well;
    this.#runButton(this.stops);
  }

  busy(busy: boolean): void {
    clearTimeout(this.#timer);
    this.#cell.toggleAttribute('data-busy', busy);
    part(this.#cell, '.cell-result').setAttribute('aria-busy', String(busy));
    if (!busy) {
      this.#busySince = 0;
      this.#undone ||= this.#due;
      this.#runButton(false);
      return;
    }
    this.#due = true;
    if (this.#busySince === 0) this.#busySince = performance.now();
    this.#tick();
  }

  /** Says what ran, and how long. */
  took(milliseconds: number): void {
    const words = milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
    this.#say(`${this.#engine.split(':')[0] ?? ''} · ${words}`);
  }

  /** One line for the reader; empty: nothing to say any more. */
  notice(sentence: string): void {
    const box = part(this.#cell, '.cell-notice');
    box.textContent = sentence;
    box.hidden = sentence === '';
  }

  /** Says how long the reader has been waiting, once a second, while there is something to wait for. */
  #tick(): void {
    const since = performance.now() - this.#busySince;
    if (since >= SAY_AFTER_MS) {
      const what = this.#engine === '' ? 'loading the engine' : 'computing';
      this.#say(since < 1000 ? `${what} …` : `${what} … ${Math.floor(since / 1000)} s`);
    }
    this.#runButton(since >= STOP_AFTER_MS && this.#engine !== '');
    const next = since < SAY_AFTER_MS ? SAY_AFTER_MS - since : since < STOP_AFTER_MS ? STOP_AFTER_MS - since : 1000;
    this.#timer = setTimeout(() => this.#tick(), next);
  }

  #runButton(stops: boolean): void {
    const button = actionButton(this.#cell, 'run');
    button.classList.toggle('cell-stop', stops);
    button.textContent = stops ? 'Stop' : 'Run';
    button.hidden = !stops && !this.#editing && !this.#undone;
  }

  #say(text: string): void {
    part(this.#cell, '.cell-status').textContent = text;
  }
}
