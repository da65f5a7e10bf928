import { pixelSentence, formatNumber } from '../../lib/scene/chart.ts';
import { checkMatrix, extentOf } from '../../lib/scene/matrix.ts';
import type * as SceneModule from '../../lib/scene/index.ts';
import type { SceneMatrix, Pixel } from '../../lib/scene/matrix.ts';
import { RELIEF } from '../../lib/scene/height-field.ts';
import { FROM_ABOVE, SURFACE_HOME } from '../../lib/scene/orbit.ts';
import { cubehelixPalette, divergingPalette, greyPalette } from '../../lib/scene/palette.ts';
import type { Palette, PaletteName } from '../../lib/scene/palette.ts';
import type { Stage } from '../../lib/scene/stage.ts';
import type { SurfaceView } from '../../lib/scene/surface.ts';
import { readColours } from './colours.ts';
import { button, labelled, make, placeLabel } from './dom.ts';
import { SceneElement } from './scene-element.ts';

const HELP = 'Drag to turn, two fingers (or Ctrl and wheel) to zoom, point to read a value.';
const PALETTES: readonly (readonly [PaletteName, string])[] = [
  ['grey', 'grey'],
  ['cubehelix', 'cubehelix'],
  ['diverging', 'blue to orange'],
];

/**
 * `<matrix-surface>`: a matrix as a height field. Set `matrix`; optional `palette`, `relief` and `name` (how the readout calls it).
 * Dispatches `pixel` when the reader points at one.
 */
export class SurfaceElement extends SceneElement<SurfaceView> {
  protected readonly homeOrbit = SURFACE_HOME;
  /** How readouts call the matrix. */
  name = 'A';
  #matrix: SceneMatrix | null = null;
  #palette: PaletteName = 'grey';
  #relief = RELIEF;
  readonly #readout = make('p', { class: 'scene-readout', 'aria-live': 'polite' });
  readonly #message = make('p', { class: 'scene-message', role: 'status' });
  readonly #label = make('span', { class: 'scene-label', hidden: '', 'aria-hidden': 'true' });
  readonly #help = make('p', { class: 'scene-help' }, HELP);
  readonly #height = make('input', { type: 'range', min: '0', max: '0.6', step: '0.01', value: String(RELIEF) });
  readonly #heightValue = make('output', {}, RELIEF.toFixed(2));
  readonly #palettes = make('select', {}, ...PALETTES.map(([value, text]) => make('option', { value }, text)));

  get matrix(): SceneMatrix | null {
    return this.#matrix;
  }

  /** Throws a MatrixShapeError unless sizes and data agree. */
  set matrix(matrix: SceneMatrix | null) {
    if (matrix) checkMatrix(matrix);
    this.#matrix = matrix;
    this.#describe();
    if (matrix) void this.refresh();
    else this.close();
  }

  get palette(): PaletteName {
    return this.#palette;
  }

  set palette(palette: PaletteName) {
    this.#palette = palette;
    this.#palettes.value = palette;
    if (this.view) this.view.palette = this.#colours();
    this.changed();
  }

  /** Height of the highest value in lengths of the longer side, 0 ... 0.6. */
  get relief(): number {
    return this.#relief;
  }

  set relief(relief: number) {
    this.#relief = relief;
    this.#height.value = String(relief);
    this.#heightValue.value = relief.toFixed(2);
    if (this.view) this.view.relief = relief;
    this.changed();
  }

  protected get size(): { rows: number; cols: number } | null {
    return this.#matrix;
  }

  protected get canvasLabel(): string {
    const matrix = this.#matrix;
    const size = matrix ? `, ${matrix.rows} rows by ${matrix.cols} columns` : '';
    return `Matrix ${this.name} as a surface${size}. Arrow keys move the pixel, Shift and arrow keys turn, plus and minus zoom, Home resets.`;
  }

  protected build(): readonly Node[] {
    this.#height.addEventListener('input', () => (this.relief = this.#height.valueAsNumber));
    this.#palettes.addEventListener('change', () => {
      const chosen = PALETTES.find(([value]) => value === this.#palettes.value);
      if (chosen) this.palette = chosen[0];
    });
    const reset = (): void => {
      this.relief = RELIEF;
      this.resetView();
    };
    const controls = make(
      'div',
      { class: 'scene-controls' },
      labelled('height', this.#height, this.#heightValue),
      labelled('colours', this.#palettes),
      make(
        'span',
        { class: 'scene-group' },
        button('From above', 'Look straight down: the picture', () => this.move(FROM_ABOVE)),
        button('−', 'Farther', () => this.zoom(1 / 1.3)),
        button('+', 'Nearer', () => this.zoom(1.3)),
        button('Reset', 'First view and height again', reset),
      ),
    );
    return [
      make(
        'div',
        { class: 'scene-figure' },
        make('div', { class: 'scene-frame' }, this.#label, this.#message),
        this.#readout,
        controls,
        this.#help,
      ),
    ];
  }

  protected makeView(scene: typeof SceneModule, stage: Stage): SurfaceView {
    if (!this.#matrix) throw new Error('a surface needs its matrix');
    const view = new scene.SurfaceView(this.#matrix, this.#colours(), stage.software);
    view.relief = this.#relief;
    this.#message.textContent = view.extent.constant ? 'A constant picture: no value differs from another.' : '';
    // Drawn in software, a large surface has fewer grid lines than the matrix has rows: say so.
    const coarse =
      view.stride === 1
        ? ''
        : ` Without a graphics card the outline has a line at every ${view.stride} pixels; light and colours have them all.`;
    this.#help.textContent = HELP + coarse;
    return view;
  }

  protected pointOf(view: SurfaceView, pixel: Pixel): readonly [number, number, number] {
    return view.pointOver(pixel);
  }

  protected drawn(): void {
    // The corner that tells which way up the matrix lies.
    const place = this.locate({ row: 0, col: 0 });
    this.#label.hidden = !place;
    const frame = this.#label.parentElement;
    if (!place || !frame) return;
    this.#label.textContent = `${this.name}[1, 1]`;
    placeLabel(this.#label, place.x, place.y - 16, { width: frame.clientWidth, height: frame.clientHeight });
  }

  protected selected(pixel: Pixel | null): void {
    if (pixel && this.#matrix) this.#readout.textContent = pixelSentence(this.name, this.#matrix, pixel);
    else this.#describe();
  }

  protected tell(sentence: string): void {
    this.#message.textContent = sentence;
  }

  protected cannotDraw(reason: string): void {
    this.classList.add('no-webgl');
    this.#message.textContent = `${reason}. The numbers below still follow the page.`;
  }

  #describe(): void {
    const matrix = this.#matrix;
    if (!matrix) return;
    const { low, high } = extentOf(matrix.data);
    this.#readout.textContent = `${matrix.rows} × ${matrix.cols}, from ${formatNumber(low)} to ${formatNumber(high)}`;
  }

  #colours(): Palette {
    if (this.#palette === 'cubehelix') return cubehelixPalette();
    if (this.#palette === 'grey') return greyPalette();
    const { left, right } = readColours(this);
    return divergingPalette(left, right);
  }
}

if (!customElements.get('matrix-surface')) customElements.define('matrix-surface', SurfaceElement);

declare global {
  interface HTMLElementTagNameMap {
    'matrix-surface': SurfaceElement;
  }
}
