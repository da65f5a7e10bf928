import type { ColourmapName } from '../../lib/image/colourmap-names.ts';
import { onPixel, pixelIn, pointAt, selectPixel } from '../PixelTrace/selection.ts';
import { formatNumber } from '../../lib/display/number.ts';
import { pixelsOf, type PictureValue } from '../../lib/display/picture.ts';

/**
 * The result picture of a cell: the build's image until there are values, then a canvas in its place; and the crosshair that
 * reads row, column and value by mouse, touch and keyboard. The pixel is the page's: views of the same size show it too.
 */
export class PictureView {
  readonly #host: HTMLElement;
  readonly #readout: HTMLElement;
  readonly #facts: string;
  #canvas: HTMLCanvasElement | null = null;
  #lines: { row: HTMLElement; col: HTMLElement } | null = null;
  #value: PictureValue | null = null;
  #map: ColourmapName = 'grey';
  #at: { row: number; col: number } | null = null;
  #rows: number;
  #cols: number;
  /** The readout when nobody points. */
  facts: string;

  /** @param host the element of class `cell-picture` with the build's image inside. */
  constructor(host: HTMLElement, readout: HTMLElement) {
    this.#host = host;
    this.#readout = readout;
    this.#facts = readout.textContent;
    this.facts = this.#facts;
    const image = host.querySelector('img');
    this.#rows = Number(image?.getAttribute('height') ?? 1);
    this.#cols = Number(image?.getAttribute('width') ?? 1);
    this.#listen();
  }

  get value(): PictureValue | null {
    return this.#value;
  }

  get map(): ColourmapName {
    return this.#map;
  }

  /** Draws a value. The host takes the new shape. `pixels` are its pixels in the grey map, if they were made already. */
  show(value: PictureValue, pixels?: Uint8ClampedArray<ArrayBuffer>): void {
    this.#value = value;
    this.#rows = value.rows;
    this.#cols = value.cols;
    this.#host.style.setProperty('--rows', String(value.rows));
    this.#host.style.setProperty('--cols', String(value.cols));
    this.#host.classList.toggle('cell-picture-small', Math.max(value.rows, value.cols) <= 128);
    this.#draw(this.#map === 'grey' ? pixels : undefined);
    this.#canvas?.setAttribute('aria-label', this.facts);
    if (this.#at !== null) this.#mark(Math.min(this.#at.row, value.rows - 1), Math.min(this.#at.col, value.cols - 1));
    else this.#readout.textContent = this.facts;
  }

  setMap(map: ColourmapName): void {
    this.#map = map;
    if (this.#value !== null) this.#draw();
  }

  /** What the picture looks like, for its text alternative: said before its facts. */
  tell(words: string): void {
    this.#canvas?.setAttribute('aria-label', `${words}. ${this.facts}`);
  }

  #draw(pixels?: Uint8ClampedArray<ArrayBuffer>): void {
    const value = this.#value;
    if (value === null) return;
    const canvas = this.#canvas ?? this.#makeCanvas();
    if (canvas.width !== value.cols || canvas.height !== value.rows) {
      canvas.width = value.cols;
      canvas.height = value.rows;
    }
    canvas
      .getContext('2d')
      ?.putImageData(new ImageData(pixels ?? pixelsOf(value, this.#map), value.cols, value.rows), 0, 0);
    this.#host.querySelector('img')?.setAttribute('hidden', '');
  }

  #makeCanvas(): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    this.#host.prepend(canvas);
    this.#canvas = canvas;
    return canvas;
  }

  #listen(): void {
    const host = this.#host;
    host.addEventListener('pointermove', (event) => {
      if (event.pointerType === 'touch' && !host.hasPointerCapture(event.pointerId)) return;
      this.#pointAt(event);
    });
    host.addEventListener('pointerdown', (event) => {
      // A finger that starts sideways reads; one that starts up or down scrolls the page (touch-action: pan-y).
      if (event.pointerType === 'touch') host.setPointerCapture(event.pointerId);
      this.#pointAt(event);
    });
    host.addEventListener('pointerleave', (event) => {
      if (event.pointerType !== 'touch') this.leave();
    });
    host.addEventListener('blur', () => this.leave());
    host.addEventListener('keydown', (event) => this.#key(event));
    const control = new AbortController();
    onPixel(() => {
      // Another result has taken the picture's place.
      if (!host.isConnected) control.abort();
      else this.#follow();
    }, control.signal);
  }

  get #size(): { rows: number; cols: number } {
    return { rows: this.#rows, cols: this.#cols };
  }

  #follow(): void {
    const pixel = pixelIn(this.#size);
    if (pixel === null) this.#unmark();
    else if (pixel.row !== this.#at?.row || pixel.col !== this.#at.col) this.#mark(pixel.row, pixel.col);
  }

  #pointAt(event: PointerEvent): void {
    this.#readout.removeAttribute('aria-live');
    const box = this.#host.getBoundingClientRect();
    const col = Math.floor(((event.clientX - box.left) / box.width) * this.#cols);
    const row = Math.floor(((event.clientY - box.top) / box.height) * this.#rows);
    this.#point(Math.min(this.#rows - 1, Math.max(0, row)), Math.min(this.#cols - 1, Math.max(0, col)));
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#at ?? { row: Math.floor(this.#rows / 2), col: Math.floor(this.#cols / 2) };
    const step = event.shiftKey ? 16 : 1;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-step, 0],
      ArrowDown: [step, 0],
      ArrowLeft: [0, -step],
      ArrowRight: [0, step],
      Home: [0, -this.#cols],
      End: [0, this.#cols],
      PageUp: [-this.#rows, 0],
      PageDown: [this.#rows, 0],
    };
    const move = moves[event.key];
    if (event.key === 'Escape') this.leave();
    if (move === undefined) return;
    event.preventDefault();
    // Spoken only when the keyboard moves it: a mouse would never let the voice finish.
    this.#readout.setAttribute('aria-live', 'polite');
    const [down, right] = this.#at === null ? [0, 0] : move;
    this.#point(
      Math.min(this.#rows - 1, Math.max(0, at.row + down)),
      Math.min(this.#cols - 1, Math.max(0, at.col + right)),
    );
  }

  /** Selects a pixel, counted from 0, for the whole page. */
  #point(row: number, col: number): void {
    this.#mark(row, col);
    pointAt(this.#host, { row, col }, this.#size);
  }

  #mark(row: number, col: number): void {
    this.#at = { row, col };
    const lines = this.#lines ?? this.#makeLines();
    lines.row.hidden = false;
    lines.col.hidden = false;
    lines.row.style.top = `${((row + 0.5) / this.#rows) * 100}%`;
    lines.col.style.left = `${((col + 0.5) / this.#cols) * 100}%`;
    this.#readout.replaceChildren(
      'row ',
      marked('cell-at-row', String(row + 1)),
      ', column ',
      marked('cell-at-col', String(col + 1)),
      this.#valueWords(row, col),
    );
  }

  #valueWords(row: number, col: number): string {
    const value = this.#value;
    if (value === null) return '';
    const k = row * value.cols + col;
    if (value.kind === 'matrix') return `: ${formatNumber(value.data[k] ?? NaN, 6)}`;
    return `: red ${formatNumber(value.red[k] ?? NaN, 3)}, green ${formatNumber(value.green[k] ?? NaN, 3)}, blue ${formatNumber(value.blue[k] ?? NaN, 3)}`;
  }

  /** Takes the crosshair away, here and in the page's other pictures. */
  leave(): void {
    if (this.#at === null) return;
    this.#unmark();
    selectPixel(null);
  }

  #unmark(): void {
    this.#at = null;
    if (this.#lines !== null) {
      this.#lines.row.hidden = true;
      this.#lines.col.hidden = true;
    }
    this.#readout.textContent = this.facts;
  }

  #makeLines(): { row: HTMLElement; col: HTMLElement } {
    const line = (name: string): HTMLElement => {
      const element = document.createElement('div');
      element.className = `cell-line cell-line-${name}`;
      this.#host.append(element);
      return element;
    };
    this.#lines = { row: line('row'), col: line('col') };
    return this.#lines;
  }
}

function marked(name: string, text: string): HTMLElement {
  const element = document.createElement('b');
  element.className = name;
  element.textContent = text;
  return element;
}
