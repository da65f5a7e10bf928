/** The matrices of one model on screen. Canvases are kept as long as their matrices keep their shape. */
import { make } from '../MatrixSurface/dom.ts';
import type { MatrixPanel } from './matrices.ts';
import { panelAlt, panelsOf, pixelsOf, scaleWords } from './matrices.ts';
import type { Reading } from '../../lib/attention/training/protocol.ts';

interface Shown {
  readonly canvas: HTMLCanvasElement;
  readonly scale: HTMLElement;
}

export class Sheet {
  readonly #element: HTMLElement;
  readonly #side: string;
  #shown = new Map<string, Shown>();
  /** What the present canvases are made for. */
  #shape = '';
  #reading: Reading | null = null;

  constructor(element: HTMLElement, side: string) {
    this.#element = element;
    this.#side = side;
  }

  show(reading: Reading): void {
    if (reading === this.#reading) return;
    this.#reading = reading;
    const groups = panelsOf(reading.insight);
    const shape = groups
      .map(({ panels }) => panels.map(({ key, matrix }) => `${key}${matrix.rows}x${matrix.cols}`))
      .join();
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#shown = new Map();
      this.#element.replaceChildren(
        ...groups.map(({ title, panels }) =>
          make(
            'div',
            { class: 'trainer-group' },
            ...(title === '' ? [] : [make('p', { class: 'trainer-layer' }, title)]),
            ...panels.map((panel) => this.#figure(panel)),
          ),
        ),
      );
    }
    for (const panel of groups.flatMap(({ panels }) => panels)) this.#paint(panel, reading.step);
  }

  #figure(panel: MatrixPanel): HTMLElement {
    const canvas = make('canvas', { role: 'img' });
    canvas.width = panel.matrix.cols;
    canvas.height = panel.matrix.rows;
    const scale = make('span');
    this.#shown.set(panel.key, { canvas, scale });
    const caption = make('figcaption', {}, make('span', {}, panel.title), ' ', scale);
    return make('figure', { class: 'trainer-panel', 'data-kind': panel.kind }, canvas, caption);
  }

  #paint(panel: MatrixPanel, step: number): void {
    const shown = this.#shown.get(panel.key);
    if (!shown) return;
    const { rows, cols } = panel.matrix;
    shown.canvas.getContext('2d')?.putImageData(new ImageData(pixelsOf(panel), cols, rows), 0, 0);
    shown.canvas.setAttribute('aria-label', panelAlt(panel, this.#side, step));
    shown.scale.textContent = scaleWords(panel);
  }
}
