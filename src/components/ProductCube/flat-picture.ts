import { extentOf } from '../../lib/scene/matrix.ts';
import type { SceneMatrix, Pixel } from '../../lib/scene/matrix.ts';
import { make } from '../MatrixSurface/dom.ts';
import { drawPicture } from '../PixelTrace/picture.ts';

interface Pointing {
  point(pixel: Pixel): void;
  step(rows: number, cols: number): void;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The product as a plain picture that can be pointed at, for browsers without WebGL2. */
export class FlatPicture {
  readonly canvas = make('canvas', {
    class: 'cube-flat',
    tabindex: '0',
    role: 'application',
    'aria-label': 'C as a picture; arrow keys move the pixel',
  });
  #matrix: SceneMatrix | null = null;

  constructor(pointing: Pointing) {
    const { canvas } = this;
    const point = (event: PointerEvent): void => {
      const pixel = this.#pixelAt(event);
      if (pixel) pointing.point(pixel);
    };
    canvas.addEventListener('pointermove', point);
    canvas.addEventListener('pointerdown', point);
    canvas.addEventListener('keydown', (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      pointing.step(...step);
    });
  }

  show(matrix: SceneMatrix): void {
    this.#matrix = matrix;
    drawPicture(this.canvas, matrix, extentOf(matrix.data));
  }

  #pixelAt({ clientX, clientY }: PointerEvent): Pixel | null {
    if (!this.#matrix) return null;
    const { rows, cols } = this.#matrix;
    const box = this.canvas.getBoundingClientRect();
    const row = Math.floor(((clientY - box.top) / box.height) * rows);
    const col = Math.floor(((clientX - box.left) / box.width) * cols);
    return row >= 0 && col >= 0 && row < rows && col < cols ? { row, col } : null;
  }
}
