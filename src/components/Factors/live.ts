/** The live part of a figure of factors: their values from the page's engine, the trace, and on demand the cube or the layers. */

import type { Factors } from '../../lib/scene/matrix.ts';
import { livePage, type LivePage } from '../Cell/live-page.ts';
import type { TraceElement } from '../Trace/element.ts';
import { pixelIn, selectPixel } from '../Trace/selection.ts';
import { askMatrices } from '../Views/ask.ts';
import type { PairPrograms } from './payload.ts';

const figures = new WeakMap<HTMLElement, Figure>();

/** Does what a button of the figure's bar says. */
export function press(host: HTMLElement, button: HTMLElement): void {
  const figure = figures.get(host) ?? new Figure(host);
  figures.set(host, figure);
  figure.press(button);
}

class Figure {
  readonly #host: HTMLElement;
  readonly #page: LivePage;
  readonly #pairs: readonly PairPrograms[];
  readonly #layers: boolean;
  #chosen = 0;
  #open = false;
  /** Grows with every question: an answer to an older one is dropped. */
  #asked = 0;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#page = livePage(document.querySelector<HTMLElement>('julia-cell')?.dataset['page'] ?? '');
    this.#pairs = JSON.parse(host.dataset['pairs'] ?? '[]') as PairPrograms[];
    this.#layers = host.dataset['show'] === 'layers';
  }

  press(button: HTMLElement): void {
    if (button.dataset['pair'] === undefined) {
      this.#open = !this.#open;
      button.setAttribute('aria-expanded', String(this.#open));
      button.textContent = this.#open ? 'Close' : this.#layers ? 'Take it apart' : 'Open the cube';
      if (!this.#open) this.#live.replaceChildren();
    } else {
      this.#chosen = Number(button.dataset['pair']);
      for (const one of this.#host.querySelectorAll<HTMLElement>('[data-pair]'))
        one.setAttribute('aria-pressed', String(one === button));
    }
    if (this.#open || !this.#layers) void this.#show();
  }

  get #live(): HTMLElement {
    const found = this.#host.querySelector<HTMLElement>('.factors-live');
    if (found === null) throw new Error('a figure of factors without its place');
    return found;
  }

  async #show(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const pair = this.#pairs[this.#chosen];
    if (pair === undefined) return;
    this.#say('Computing …');
    try {
      const views = await askMatrices(this.#page, this.#layers ? [pair.product] : [pair.left, pair.right]);
      const [first, second] = views;
      if (asked !== this.#asked || first === undefined) return;
      if (this.#layers) {
        await import('../Layers/element.ts');
        this.#put('singular-layers').matrix = first;
      } else if (second !== undefined) await this.#showFactors({ left: first, right: second });
      if (asked === this.#asked) this.#say('');
    } catch (error) {
      if (asked === this.#asked) this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  async #showFactors(factors: Factors): Promise<void> {
    await import('../Trace/element.ts');
    const trace = this.#host.querySelector<TraceElement>('figure > product-trace');
    if (trace) trace.factors = factors;
    if (this.#open) {
      await import('../Cube/element.ts');
      this.#put('product-cube').factors = factors;
    }
    // The live figure begins where the one from the build stands.
    const size = { rows: factors.left.rows, cols: factors.right.cols };
    const pixel = { row: Number(this.#host.dataset['row']) - 1, col: Number(this.#host.dataset['col']) - 1 };
    if (pixelIn(size) === null && pixel.row < size.rows && pixel.col < size.cols) selectPixel({ ...pixel, ...size });
  }

  /** The live element, made where there is none. */
  #put<K extends 'product-cube' | 'singular-layers'>(name: K): HTMLElementTagNameMap[K] {
    const there = this.#live.querySelector(name);
    if (there) return there;
    const made = document.createElement(name);
    this.#live.replaceChildren(made);
    return made;
  }

  #say(words: string): void {
    const status = this.#host.querySelector('.cell-status');
    if (status) status.textContent = words;
  }
}
