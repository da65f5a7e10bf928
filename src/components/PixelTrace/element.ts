import './trace.css';
import { traceBands, traceSentence } from '../../lib/scene/chart.ts';
import { checkFactors } from '../../lib/scene/matrix.ts';
import type { Factors, Pixel } from '../../lib/scene/matrix.ts';
import { tracePixel } from '../../lib/scene/trace.ts';
import { csvAddress, dataLink } from '../../lib/display/plot-data.ts';
import { traceCsv } from './data.ts';
import { onPixel, pixelIn, pointAt } from './selection.ts';
import { traceMarkup, updateTrace } from './trace-markup.ts';

/**
 * `<product-trace>`: one pixel of a product in two dimensions. Set `factors`; it follows the page's selected pixel, and its two number
 * fields select one. Needs no WebGL.
 */
export class TraceElement extends HTMLElement {
  #factors: Factors | null = null;
  #control = new AbortController();
  #pixel: Pixel = { row: 0, col: 0 };
  #built = false;

  get factors(): Factors | null {
    return this.#factors;
  }

  /** Throws a MatrixShapeError when the factors do not fit. */
  set factors(factors: Factors | null) {
    if (factors) checkFactors(factors);
    const before = this.#size();
    this.#factors = factors;
    const size = this.#size();
    if (size && (size.rows !== before?.rows || size.cols !== before.cols)) {
      this.#pixel = { row: Math.floor(size.rows / 2), col: Math.floor(size.cols / 2) };
    }
    this.#pixel = pixelIn(size) ?? this.#pixel;
    this.#draw();
  }

  /** The pixel traced at present, counted from 0. */
  get pixel(): Pixel {
    return this.#pixel;
  }

  connectedCallback(): void {
    this.#control = new AbortController();
    onPixel(() => {
      const pixel = pixelIn(this.#size());
      if (!pixel) return;
      this.#pixel = pixel;
      this.#draw();
    }, this.#control.signal);
    this.#draw();
  }

  disconnectedCallback(): void {
    this.#control.abort();
  }

  #size(): { rows: number; cols: number } | null {
    return this.#factors && { rows: this.#factors.left.rows, cols: this.#factors.right.cols };
  }

  #draw(): void {
    const factors = this.#factors;
    if (!factors || !this.isConnected) return;
    const trace = tracePixel(factors, this.#pixel);
    const bands = traceBands(trace);
    const count = trace.left.length;
    if (!this.#built) this.#build();
    const charts = this.querySelector('.trace-bands');
    if (charts && charts.childElementCount > 0) updateTrace(charts, bands, count);
    else if (charts) charts.innerHTML = traceMarkup(bands, count);
    const sentence = this.querySelector('.trace-sentence');
    if (sentence) sentence.textContent = traceSentence(trace);
    this.#fields(factors);
  }

  #build(): void {
    this.#built = true;
    if (!this.querySelector('.trace-bands')) {
      this.innerHTML = `<p class="trace-sentence"></p><div class="trace-bands"></div>${dataLink('', 'pixel')}`;
    }
    // Written when it is wanted: the pixel moves with the pointer.
    const link = this.querySelector<HTMLAnchorElement>('.plot-data');
    link?.addEventListener('click', () => {
      if (this.#factors) link.href = csvAddress(traceCsv(tracePixel(this.#factors, this.#pixel)));
    });
    const fields = document.createElement('p');
    fields.className = 'trace-fields';
    fields.innerHTML =
      '<label>row <var>i</var> <input type="number" data-axis="row" min="1" step="1" inputmode="numeric"></label> <label>column <var>j</var> <input type="number" data-axis="col" min="1" step="1" inputmode="numeric"></label>';
    this.querySelector('.trace-bands')?.before(fields);
    fields.addEventListener('input', ({ target }) => this.#typed(target));
  }

  #typed(target: EventTarget | null): void {
    const size = this.#size();
    if (!(target instanceof HTMLInputElement) || !size || !target.checkValidity() || target.value === '') return;
    const index = target.valueAsNumber - 1;
    const pixel = target.dataset['axis'] === 'row' ? { ...this.#pixel, row: index } : { ...this.#pixel, col: index };
    pointAt(this, pixel, size);
  }

  #fields(factors: Factors): void {
    for (const input of this.querySelectorAll('input')) {
      const row = input.dataset['axis'] === 'row';
      input.max = String(row ? factors.left.rows : factors.right.cols);
      const value = String((row ? this.#pixel.row : this.#pixel.col) + 1);
      if (input.value !== value) input.value = value;
    }
  }
}

if (!customElements.get('product-trace')) customElements.define('product-trace', TraceElement);

declare global {
  interface HTMLElementTagNameMap {
    'product-trace': TraceElement;
  }
}
