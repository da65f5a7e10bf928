import { stepsPerFrame } from '../../lib/scene/build-up.ts';
import { button, labelled, make } from '../MatrixSurface/dom.ts';

/** Seconds that a whole run takes, whatever its number of steps. */
const SECONDS = 8;

export interface PlayerOptions {
  /** Called with the number of steps done, or null for "all of it". */
  readonly show: (step: number | null) => void;
  /** `layer 3 of 512` and the like. */
  readonly describe: (step: number, steps: number) => string;
}

/**
 * Step, play and scrub controls. Plays one batch of steps a frame while playing and asks for no frame otherwise. For readers who asked for
 * less motion there is no play button: they step.
 */
export class StepPlayer {
  readonly element: HTMLElement;
  #steps = 1;
  #step: number;
  #request = 0;
  readonly #options: PlayerOptions;
  readonly #slider = make('input', { type: 'range', min: '0', step: '1' });
  readonly #value = make('output');
  readonly #play: HTMLButtonElement;
  readonly #motion = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#step = 1;
    this.#play = button('Play', 'Play the steps one after another', () => this.toggle());
    this.#slider.addEventListener('input', () => this.go(this.#slider.valueAsNumber));
    this.element = make(
      'div',
      { class: 'scene-controls scene-player', role: 'group', 'aria-label': 'Steps' },
      button('«', 'Back to nothing', () => this.go(0)),
      button('‹', 'One step back', () => this.go(this.#step - 1)),
      this.#play,
      button('›', 'One step on', () => this.go(this.#step + 1)),
      button('»', 'The whole of it', () => this.go(this.#steps)),
      labelled('', this.#slider, this.#value),
    );
    this.#slider.setAttribute('aria-label', 'Step');
  }

  get step(): number {
    return this.#step;
  }

  get playing(): boolean {
    return this.#request !== 0;
  }

  /** Number of steps of the whole; goes to the end, where everything is seen. */
  setSteps(steps: number, step = steps): void {
    this.#steps = steps;
    this.#slider.max = String(steps);
    this.#play.hidden = this.#motion.matches;
    this.go(step);
  }

  /** Stops, and shows the product after `step` steps. */
  go(step: number): void {
    this.stop();
    this.#to(step);
  }

  toggle(): void {
    if (this.playing) {
      this.stop();
      return;
    }
    if (this.#step >= this.#steps) this.#to(0);
    this.#play.textContent = 'Pause';
    const batch = stepsPerFrame(this.#steps, SECONDS);
    const tick = (): void => {
      this.#to(this.#step + batch);
      if (this.#step >= this.#steps) this.stop();
      else this.#request = requestAnimationFrame(tick);
    };
    this.#request = requestAnimationFrame(tick);
  }

  stop(): void {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#play.textContent = 'Play';
  }

  #to(step: number): void {
    this.#step = Math.min(this.#steps, Math.max(0, step));
    this.#slider.value = String(this.#step);
    this.#value.value = this.#options.describe(this.#step, this.#steps);
    this.#options.show(this.#step === this.#steps ? null : this.#step);
  }
}
