import './cube.css';
import '../PixelTrace/element.ts';
import { pixelName, formatNumber } from '../../lib/scene/chart.ts';
import { Computer } from '../../lib/scene/compute.ts';
import { at, checkFactors } from '../../lib/scene/matrix.ts';
import type * as SceneModule from '../../lib/scene/index.ts';
import type { Factors, SceneMatrix, Pixel } from '../../lib/scene/matrix.ts';
import { stepsOf } from '../../lib/scene/build-up.ts';
import type { LayerOrder } from '../../lib/scene/build-up.ts';
import { FROM_FRONT } from '../../lib/scene/orbit.ts';
import { barsLabel } from '../../lib/scene/trace.ts';
import type { CubeView, LayerScale } from '../../lib/scene/cube.ts';
import type { Stage } from '../../lib/scene/stage.ts';
import { button, labelled, make, placeLabel } from '../MatrixSurface/dom.ts';
import { SceneElement } from '../MatrixSurface/scene-element.ts';
import { pixelIn } from '../PixelTrace/selection.ts';
import { FlatPicture } from './flat-picture.ts';
import { StepPlayer } from './player.ts';

/** Factors, and their product where the caller has it already; otherwise it is computed in a worker. */
export interface CubeFactors extends Factors {
  readonly product?: SceneMatrix;
}

const ORDERS: Readonly<Record<LayerOrder, { readonly text: string; readonly unit: string }>> = {
  dot: { text: 'dot products, pixel by pixel', unit: 'pixel' },
  outer: { text: 'outer products, layer by layer', unit: 'layer' },
  column: { text: 'column by column', unit: 'column' },
};

/**
 * `<product-cube>`: A · B = C as a cube, with the trace of the selected pixel beside it. Set `factors`. Dispatches `pixel` when the reader
 * points at a pixel of C. Attribute `trace="off"` leaves the 2D trace to a `<product-trace>` elsewhere on the page.
 */
export class CubeElement extends SceneElement<CubeView> {
  protected readonly homeOrbit = { yaw: -0.62, pitch: 0.42, zoom: 1 };
  #factors: CubeFactors | null = null;
  #product: SceneMatrix | null = null;
  #computer = new Computer();
  #order: LayerOrder = 'outer';
  #scale: LayerScale = 'own';
  #step: number | null = null;
  #flat: FlatPicture | null = null;
  readonly #readout = make('p', { class: 'scene-readout', 'aria-live': 'polite' });
  readonly #message = make('p', { class: 'scene-message', role: 'status' });
  /** What the message says while nothing else is to be said: why there is no cube, or nothing. */
  #standing = '';
  readonly #barsNote = make('p', { class: 'scene-help' });
  readonly #labels = {
    left: make('span', { class: 'scene-label cube-left', 'aria-hidden': 'true' }, 'A'),
    right: make('span', { class: 'scene-label cube-right', 'aria-hidden': 'true' }, 'B'),
    product: make('span', { class: 'scene-label', 'aria-hidden': 'true' }, 'C = A · B'),
    summit: make('span', { class: 'scene-label', 'aria-hidden': 'true', hidden: '' }),
  };
  readonly #trace = make('product-trace');
  readonly #player = new StepPlayer({
    show: (step) => this.#build(step),
    describe: (step, steps) => `${ORDERS[this.#order].unit} ${step} of ${steps}`,
  });
  readonly #orders = make(
    'select',
    {},
    ...Object.entries(ORDERS).map(([value, { text }]) => make('option', { value }, text)),
  );
  readonly #own = make('input', { type: 'checkbox' });
  readonly #ownLabel = labelled('', this.#own, 'stretch every partial sum to full contrast');
  readonly #meansOut = make('input', { type: 'checkbox' });
  readonly #unfold = make('input', { type: 'checkbox' });

  get factors(): CubeFactors | null {
    return this.#factors;
  }

  /** Throws a MatrixShapeError when the factors do not fit. */
  set factors(factors: CubeFactors | null) {
    if (factors) checkFactors(factors);
    this.#factors = factors;
    this.#product = factors?.product ?? null;
    this.#trace.factors = factors;
    this.#computer.dispose();
    if (!factors) {
      this.close();
      return;
    }
    if (!this.#product && this.isConnected) void this.#multiply(factors);
    this.#player.setSteps(stepsOf(this.#order, factors));
    void this.refresh();
    this.#drawFlat();
  }

  /** The product C shown; null until it is known. */
  get product(): SceneMatrix | null {
    return this.#product;
  }

  /** Shows C after `step` steps of an order, as the reader's own controls do; all of it for null. */
  showStep(order: LayerOrder, step: number | null): void {
    if (order !== this.#order) this.#chooseOrder(order);
    if (this.#factors) this.#player.go(step ?? stepsOf(order, this.#factors));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#factors && !this.#product) void this.#multiply(this.#factors);
  }

  override disconnectedCallback(): void {
    this.#player.stop();
    this.#computer.dispose();
    super.disconnectedCallback();
  }

  protected get size(): { rows: number; cols: number } | null {
    return this.#factors && { rows: this.#factors.left.rows, cols: this.#factors.right.cols };
  }

  protected get canvasLabel(): string {
    const factors = this.#factors;
    const size = factors
      ? ` A is ${factors.left.rows} by ${factors.left.cols}, B is ${factors.right.rows} by ${factors.right.cols}.`
      : '';
    return `The product C = A B as a cube: A on the left, B on top, C in front.${size} Arrow keys move the pixel of C, Shift and arrow keys turn, plus and minus zoom, Home resets.`;
  }

  protected build(): readonly Node[] {
    this.#orders.value = this.#order;
    this.#orders.addEventListener('change', () => this.#chooseOrder(this.#orders.value as LayerOrder));
    this.#own.checked = this.#scale === 'own';
    this.#own.addEventListener('change', () => {
      this.#scale = this.#own.checked ? 'own' : 'final';
      this.#build(this.#step);
    });
    this.#meansOut.addEventListener('change', () => this.#showMeans());
    this.#unfold.addEventListener('change', () => this.#fold());
    const reset = (): void => {
      this.#unfold.checked = false;
      this.#fold();
      this.resetView();
    };
    const { left, right, product, summit } = this.#labels;
    const main = make(
      'div',
      { class: 'cube-main' },
      make('div', { class: 'scene-frame' }, left, right, product, summit, this.#message),
      this.#readout,
      make('div', { class: 'scene-controls' }, labelled('build C by ', this.#orders), this.#ownLabel),
      this.#player.element,
      make(
        'div',
        { class: 'scene-controls' },
        labelled('', this.#meansOut, 'take the means out'),
        labelled('', this.#unfold, 'unfold'),
        make(
          'span',
          { class: 'scene-group' },
          button('−', 'Farther', () => this.zoom(1 / 1.3)),
          button('+', 'Nearer', () => this.zoom(1.3)),
          button('Reset', 'First view again', reset),
        ),
      ),
      this.#barsNote,
    );
    const figure = make('div', { class: 'scene-figure' }, make('div', { class: 'cube-layout' }, main));
    if (this.getAttribute('trace') !== 'off')
      figure.firstElementChild?.append(make('div', { class: 'cube-trace' }, this.#trace));
    return [figure];
  }

  protected makeView(scene: typeof SceneModule, stage: Stage): CubeView {
    if (!this.#factors) throw new Error('a cube needs its factors');
    const view = new scene.CubeView(this.#factors, stage.software);
    view.unfold = this.#unfold.checked ? 1 : 0;
    view.meansOut = this.#meansOut.checked;
    if (this.#product) view.setProduct(this.#product);
    view.build(this.#order, this.#step, this.#scale);
    return view;
  }

  protected pointOf(view: CubeView, pixel: Pixel): readonly [number, number, number] {
    return view.pointOf(pixel);
  }

  protected drawn(): void {
    const { view, stage } = this;
    const frame = this.querySelector('.scene-frame');
    if (!view || !stage || !frame) return;
    const size = { width: frame.clientWidth, height: frame.clientHeight };
    const anchors = view.anchors();
    const place = (
      label: HTMLElement,
      anchor: readonly [number, number, number] | null,
      dx: number,
      dy: number,
    ): void => {
      label.hidden = anchor === null;
      if (!anchor) return;
      const { x, y } = stage.project(anchor);
      placeLabel(label, x + dx, y + dy, size);
    };
    place(this.#labels.left, anchors.left, -14, 14);
    place(this.#labels.right, anchors.right, 0, -16);
    place(this.#labels.product, anchors.product, 0, 18);
    place(this.#labels.summit, anchors.summit, 34, -10);
    if (this.#step !== null && !view.advance()) this.changed();
  }

  protected selected(pixel: Pixel | null): void {
    const product = this.#product;
    if (!pixel || !this.#factors) {
      this.#readout.textContent = 'Point at a pixel of C to see where it comes from.';
      this.#barsNote.textContent = '';
      return;
    }
    const value = product ? formatNumber(at(product, pixel.row, pixel.col)) : '…';
    this.#labels.summit.textContent = value;
    this.#readout.textContent = `${pixelName('C', pixel)} = row ${pixel.row + 1} of A · column ${pixel.col + 1} of B = ${value}`;
    const bars = this.view?.bars;
    this.#barsNote.textContent = bars
      ? `In the cube: ${barsLabel(bars, this.#factors.left.cols)}; the stair is their running sum.`
      : '';
  }

  protected tell(sentence: string): void {
    this.#message.textContent = sentence === '' ? this.#standing : sentence;
  }

  protected cannotDraw(reason: string): void {
    this.classList.add('no-webgl');
    this.#standing = `${reason}: here is C as a picture. The trace works all the same.`;
    this.#message.textContent = this.#standing;
    const frame = this.querySelector('.scene-frame');
    if (!frame || this.#flat) return;
    this.#flat = new FlatPicture({ point: (pixel) => this.point(pixel), step: (rows, cols) => this.step(rows, cols) });
    frame.prepend(this.#flat.canvas);
    this.#drawFlat();
  }

  #drawFlat(): void {
    if (this.#product) this.#flat?.show(this.#product);
  }

  async #multiply(factors: CubeFactors): Promise<void> {
    this.#message.textContent = 'Multiplying…';
    try {
      const product = await this.#computer.product(factors);
      if (this.#factors !== factors) return;
      this.#product = product;
      this.#message.textContent = this.#standing;
      this.view?.setProduct(product);
      this.#drawFlat();
      this.selected(pixelIn(this.size));
      this.changed();
    } catch (error) {
      // Closed or given other factors meanwhile: the product is not wanted any more.
      if (error instanceof DOMException || this.#factors !== factors) return;
      this.#message.textContent = `The product could not be computed: ${String(error)}`;
    }
  }

  #chooseOrder(order: LayerOrder): void {
    this.#order = order;
    this.#orders.value = order;
    this.#ownLabel.hidden = order !== 'outer';
    if (this.#factors) this.#player.setSteps(stepsOf(order, this.#factors));
  }

  #build(step: number | null): void {
    this.#step = step;
    this.view?.build(this.#order, step, this.#scale);
    this.changed();
  }

  #showMeans(): void {
    if (this.view) this.view.meansOut = this.#meansOut.checked;
    this.changed();
  }

  #fold(): void {
    if (this.view) this.view.unfold = this.#unfold.checked ? 1 : 0;
    this.move(this.#unfold.checked ? FROM_FRONT : this.homeOrbit);
    this.changed();
  }
}

if (!customElements.get('product-cube')) customElements.define('product-cube', CubeElement);

declare global {
  interface HTMLElementTagNameMap {
    'product-cube': CubeElement;
  }
}
