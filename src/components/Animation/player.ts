import { handOver } from '../ui/hand-over.ts';
import { onDemand } from '../ui/on-demand.ts';
import { next, sizeText, type SequencePlace } from './sequence.ts';
import { SliderRow } from './slider.ts';

const loadRecorder = onDemand(() => import('./record.ts'));
const loadFilm = onDemand(() => import('./record-webm.ts'));

/** Whether the browser can film a canvas. */
const films =
  typeof MediaRecorder === 'function' &&
  'captureStream' in HTMLCanvasElement.prototype &&
  MediaRecorder.isTypeSupported('video/webm');

/**
 * Plays a slider back and forth, steps it, and records it. Every frame is a run of the page's own programs; the next is asked for
 * once the last is computed, and none while the figure is off screen or the page hidden.
 */
export class SliderPlayer {
  readonly #host: HTMLElement;
  readonly #row: SliderRow;
  readonly #motion = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #seen = new Set<Element>();
  #place: SequencePlace;
  #playing = false;
  /** True while a frame is computed or its pause passes. */
  #turning = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #recording: AbortController | null = null;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#row = new SliderRow(host.dataset['page'] ?? '', host.dataset['name'] ?? '');
    this.#place = { position: this.#row.position, direction: 1 };
    this.#fillChoice();
    this.#motion.addEventListener('change', () => this.#motion.matches && this.stop());
    document.addEventListener('visibilitychange', () => this.#wake());
    const watcher = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.#seen.add(target);
        else this.#seen.delete(target);
      }
      this.#wake();
    });
    for (const cell of this.#cells()) watcher.observe(cell.querySelector('.cell-result') ?? cell);
  }

  async act(what: string): Promise<void> {
    switch (what) {
      case 'play':
        if (this.#playing) this.stop();
        else this.#play();
        break;
      case 'back':
      case 'on':
        await this.#step(what === 'on' ? 1 : -1);
        break;
      case 'gif':
        await this.#offer();
        break;
      case 'make':
      case 'film':
        await this.#record(what);
        break;
      case 'cancel':
        this.#recording?.abort(new DOMException('The recording was cancelled.', 'AbortError'));
        break;
    }
  }

  stop(): void {
    this.#playing = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const button = this.#button('play');
    button.textContent = 'Play';
    button.setAttribute('aria-pressed', 'false');
  }

  #play(): void {
    if (this.#motion.matches || this.#recording !== null) return;
    this.#playing = true;
    const button = this.#button('play');
    button.textContent = 'Pause';
    button.setAttribute('aria-pressed', 'true');
    this.#wake();
  }

  get #visible(): boolean {
    return !document.hidden && this.#seen.size > 0;
  }

  /** Goes on with playing if that is wanted, possible, and not under way. */
  #wake(): void {
    if (this.#playing && this.#visible && !this.#turning) void this.#turn();
  }

  async #turn(): Promise<void> {
    this.#turning = true;
    const started = performance.now();
    try {
      // The reader may have moved the slider meanwhile: play goes on from there.
      this.#place = next({ ...this.#place, position: this.#row.position }, this.#row.count);
      await this.#row.go(this.#place.position);
    } catch {
      // The cell itself says what went wrong.
      this.stop();
    }
    const rest = Math.max(0, 1000 / this.#speed() - (performance.now() - started));
    this.#timer = setTimeout(() => {
      this.#turning = false;
      this.#wake();
    }, rest);
    if (!this.#playing) {
      clearTimeout(this.#timer);
      this.#turning = false;
    }
  }

  async #step(by: 1 | -1): Promise<void> {
    this.stop();
    this.#turning = false;
    if (this.#recording !== null) return;
    const { count, position } = this.#row;
    await this.#row.go((position + by + count) % count).catch(() => undefined);
  }

  /** Opens the row of the GIF, and says what it will weigh before anything is made. */
  async #offer(): Promise<void> {
    const box = this.#part('.animate-gif');
    const button = this.#button('gif');
    if (!box.hidden) {
      if (this.#recording === null) {
        box.hidden = true;
        button.setAttribute('aria-expanded', 'false');
      }
      return;
    }
    box.hidden = false;
    this.#button('film').hidden = !films;
    button.setAttribute('aria-expanded', 'true');
    await this.#weigh();
  }

  async #weigh(): Promise<void> {
    this.#say('Weighing a frame …');
    this.stop();
    try {
      const { estimate } = await loadRecorder();
      const { frames, rows, cols, bytes } = await estimate(this.#row, this.#cell());
      this.#say(
        `${frames} frames of ${cols} × ${rows} pixels in 256 greys, ${this.#speed()} a second: about ${sizeText(bytes)}.`,
      );
    } catch (error) {
      this.#say(wordsOf(error));
    }
  }

  async #record(what: 'make' | 'film'): Promise<void> {
    if (this.#recording !== null) return;
    this.stop();
    const progress = this.#part('progress') as HTMLProgressElement;
    const recording = new AbortController();
    this.#recording = recording;
    this.#recordButtons(true);
    try {
      const wish = {
        row: this.#row,
        cell: this.#cell(),
        speed: this.#speed(),
        signal: recording.signal,
        progress: (done: number, all: number) => {
          progress.max = all;
          progress.value = done;
          // Said in quarters, so that a screen reader is not read every frame.
          if (done % Math.ceil(all / 4) === 0) this.#say(`Frame ${done} of ${all}.`);
        },
      };
      const name = `${this.#cell()}-${this.#host.dataset['name'] ?? 'animation'}`;
      const blob =
        what === 'film'
          ? await (await loadFilm()).recordWebm(wish)
          : new Blob([await (await loadRecorder()).record(wish)], { type: 'image/gif' });
      handOver(blob, blob.type, `${name}.${what === 'film' ? 'webm' : 'gif'}`);
      this.#say(`Saved, ${sizeText(blob.size)}.`);
    } catch (error) {
      this.#say(wordsOf(error));
    }
    this.#recording = null;
    this.#recordButtons(false);
  }

  #recordButtons(recording: boolean): void {
    this.#part('progress').hidden = !recording;
    this.#button('make').hidden = recording;
    this.#button('film').hidden = recording || !films;
    this.#button('cancel').hidden = !recording;
    this.#button(recording ? 'cancel' : 'make').focus();
    if (recording) this.#say('Recording …');
  }

  #fillChoice(): void {
    const label = this.#part('.animate-which');
    const select = this.#select('.animate-which select');
    const cells = this.#cells();
    select.replaceChildren(
      ...cells.map((cell, k) => new Option(titleOf(cell, k), cell.id, k === cells.length - 1, k === cells.length - 1)),
    );
    label.hidden = cells.length < 2;
    select.addEventListener('change', () => void this.#weigh());
  }

  #cells(): HTMLElement[] {
    const ids = (this.#host.dataset['cells'] ?? '').split(' ');
    return ids.map((id) => document.getElementById(id)).filter((cell) => cell !== null);
  }

  #cell(): string {
    return this.#select('.animate-which select').value;
  }

  #speed(): number {
    return Number(this.#select('.animate-speed select').value);
  }

  #say(words: string): void {
    this.#part('.animate-say').textContent = words;
  }

  #select(selector: string): HTMLSelectElement {
    return this.#part(selector) as HTMLSelectElement;
  }

  #button(name: string): HTMLButtonElement {
    return this.#part(`[data-do="${name}"]`) as HTMLButtonElement;
  }

  #part(selector: string): HTMLElement {
    const found = this.#host.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`a player without ${selector}`);
    return found;
  }
}

/** The first sentence of a cell's caption. */
function titleOf(cell: HTMLElement, k: number): string {
  const caption =
    cell
      .querySelector('.cell-caption')
      ?.textContent.trim()
      .split(/[.:]\s/)[0] ?? '';
  return caption === '' ? `picture ${k + 1}` : caption.length > 40 ? `${caption.slice(0, 38)}…` : caption;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
