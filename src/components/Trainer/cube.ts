/** One head of a model in the product cube. Loaded, with three.js, when somebody asks for it. */
import '../ProductCube/element.ts';
import { make } from '../MatrixSurface/dom.ts';
import type { Head } from './heads.ts';
import { headFactors } from './matrices.ts';
import type { Reading } from '../../lib/attention/training/protocol.ts';

export class HeadCube {
  readonly #cube = document.createElement('product-cube');
  readonly #words = make('p', { class: 'instrument-small' });

  constructor(element: HTMLElement) {
    element.replaceChildren(this.#words, this.#cube);
  }

  show({ side, layer, head }: Head, { step, insight }: Reading): void {
    this.#cube.factors = headFactors(insight, layer, head);
    const { rows, cols } = this.#cube.factors.right;
    this.#words.textContent = `The ${side} model after ${step} steps, layer ${layer + 1}, head ${head + 1}. A is its attention, ${rows} × ${rows}; B are the values it uses, ${rows} × ${cols}; C = A B is what it hands on.`;
  }
}
