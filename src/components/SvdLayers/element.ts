import '../MatrixSurface/scene.css';
import './layers.css';
import { LayerSum } from '../../lib/scene/build-up.ts';
import { formatNumber } from '../../lib/scene/chart.ts';
import { Computer } from '../../lib/scene/compute.ts';
import { checkMatrix, extentOf } from '../../lib/scene/matrix.ts';
import type { Extent, SceneMatrix } from '../../lib/scene/matrix.ts';
import { energyCurve } from '../../lib/scene/singular.ts';
import type { SingularLayers } from '../../lib/scene/singular.ts';
import { make, labelled } from '../MatrixSurface/dom.ts';
import { StepPlayer } from '../ProductCube/player.ts';
import { drawPicture } from '../PixelTrace/picture.ts';
import { chartMarkup, markRank, percent } from './energy-chart.ts';

const LAYERS_A_FRAME = 16;

/**
 * `<singular-layers>`: a matrix built up from its singular layers, largest first, with the energy they hold beside it. Set `matrix`; the
 * decomposition is computed in a worker when the figure comes near the screen. Dispatches `layers` (detail: the SingularLayers) once known.
 */
export class LayersElement extends HTMLElement {
  /** The rank shown first. */
  startRank = 1;
  #matrix: SceneMatrix | null = null;
  #layers: SingularLayers | null = null;
  #sum: LayerSum | null = null;
  #energy: Float64Array = new Float64Array(0);
  #extent: Extent = { low: 0, high: 0, constant: true };
  #computer = new Computer();
  #control = new AbortController();
  #near = false;
  #asked = false;
  #built = false;
  #goal = 0;
  #request = 0;
  readonly #canvas = make('canvas', { role: 'img' });
  readonly #message = make('p', { class: 'scene-message', role: 'status' });
  readonly #readout = make('p', { class: 'scene-readout', 'aria-live': 'polite' });
  readonly #charts = make('div', { class: 'layers-charts' });
  readonly #own = make('input', { type: 'checkbox' });
  readonly #player = new StepPlayer({
    show: (step) => this.#show(step ?? this.#layers?.values.length ?? 0),
    describe: (step, steps) => `rank ${step} of ${steps}`,
  });

  get matrix(): SceneMatrix | null {
    return this.#matrix;
  }

  /** Throws a MatrixShapeError unless sizes and data agree. */
  set matrix(matrix: SceneMatrix | null) {
    if (matrix) checkMatrix(matrix);
    this.#matrix = matrix;
    this.#layers = null;
    this.#sum = null;
    this.#asked = false;
    this.#computer.dispose();
    this.#player.stop();
    if (matrix) {
      this.#extent = extentOf(matrix.data);
      drawPicture(this.#canvas, matrix, this.#extent);
      void this.#decompose();
    }
  }

  /** The decomposition; null until it is known. */
  get layers(): SingularLayers | null {
    return this.#layers;
  }

  /** Number of layers summed in the picture. */
  get rank(): number {
    return this.#sum?.count ?? 0;
  }

  set rank(rank: number) {
    this.#player.go(rank);
  }

  connectedCallback(): void {
    this.#control = new AbortController();
    if (!this.#built) this.#build();
    const watcher = new IntersectionObserver((entries) => {
      this.#near = entries.at(-1)?.isIntersecting ?? false;
      if (this.#near) void this.#decompose();
    });
    watcher.observe(this);
    this.#control.signal.addEventListener('abort', () => watcher.disconnect(), { once: true });
  }

  disconnectedCallback(): void {
    this.#control.abort();
    this.#near = false;
    this.#player.stop();
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#computer.dispose();
    if (!this.#layers) this.#asked = false;
  }

  #build(): void {
    this.#built = true;
    this.#own.addEventListener('change', () => this.#draw());
    const picture = make(
      'div',
      { class: 'layers-main' },
      make('div', { class: 'scene-frame layers-frame' }, this.#canvas, this.#message),
      this.#readout,
      this.#player.element,
      make('div', { class: 'scene-controls' }, labelled('', this.#own, 'stretch every partial sum to full contrast')),
    );
    this.append(make('div', { class: 'scene-figure' }, make('div', { class: 'layers-layout' }, picture, this.#charts)));
  }

  async #decompose(): Promise<void> {
    const matrix = this.#matrix;
    if (!matrix || this.#asked || !this.#near) return;
    this.#asked = true;
    // Measured: about a second for 512 x 512 and growing with the cube of the size.
    const seconds = ((Math.max(matrix.rows, matrix.cols) / 512) ** 3).toFixed(0);
    this.#message.textContent = `Finding the singular values${Number(seconds) > 0 ? ` (about ${seconds} s)` : ''}…`;
    try {
      const layers = await this.#computer.layers(matrix);
      if (this.#matrix !== matrix) return;
      this.#message.textContent = '';
      this.#layers = layers;
      this.#sum = new LayerSum(layers.factors);
      this.#energy = energyCurve(layers.values);
      this.#charts.innerHTML = chartMarkup(this.#energy, layers.values);
      this.classList.add('is-open');
      this.#player.setSteps(layers.values.length, this.startRank);
      this.dispatchEvent(new CustomEvent<SingularLayers>('layers', { detail: layers, bubbles: true }));
    } catch (error) {
      if (this.#matrix === matrix && !(error instanceof DOMException))
        this.#message.textContent = `No singular values: ${String(error)}`;
    }
  }

  #show(rank: number): void {
    this.#goal = rank;
    if (this.#request === 0) this.#advance();
  }

  // A long jump takes several frames, so that it never holds up the page.
  #advance(): void {
    this.#request = 0;
    const arrived = this.#sum?.moveTo(this.#goal, LAYERS_A_FRAME) ?? true;
    this.#draw();
    if (!arrived) this.#request = requestAnimationFrame(() => this.#advance());
  }

  #draw(): void {
    const sum = this.#sum;
    if (!sum || !this.#layers) return;
    drawPicture(this.#canvas, sum, this.#own.checked ? extentOf(sum.data) : this.#extent);
    const share = this.#energy[sum.count] ?? 0;
    const value = this.#layers.values[sum.count - 1];
    const last = value === undefined ? '' : `; singular value ${sum.count} is ${formatNumber(value)}`;
    this.#readout.textContent = `Rank ${sum.count} of ${sum.depth} holds ${percent(share)} of the energy${last}`;
    this.#canvas.setAttribute('aria-label', `The sum of the first ${sum.count} singular layers`);
    markRank(this.#charts, sum.count);
  }
}

if (!customElements.get('singular-layers')) customElements.define('singular-layers', LayersElement);

declare global {
  interface HTMLElementTagNameMap {
    'singular-layers': LayersElement;
  }
}
