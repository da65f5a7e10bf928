/** The panel that shows a cell's result in 3D: a matrix as a surface, a product as a cube. Loaded when it is opened. */

import './views.css';
import '../MatrixSurface/element.ts';
import type { Program } from '../../lib/julia/ast.ts';
import type { MatrixView } from '../../lib/julia/view.ts';
import type { Session } from '../../notebook/session.ts';
import { button } from '../Cell/panel-more.ts';
import { onDemand } from '../ui/on-demand.ts';
import { askMatrices } from './ask.ts';
import { factorText, productOf, type ProductPrograms } from './product.ts';

export interface ViewActions {
  readonly page: Session;
  /** The cell's program as edited. */
  readonly program: () => Program | null;
  /** The cell's result, if it is one matrix and has been computed. */
  readonly matrix: () => MatrixView | null;
  readonly leave: () => void;
}

const loadCube = onDemand(() => import('../ProductCube/element.ts'));

type Kind = 'surface' | 'cube';

const WORDS: Readonly<Record<Kind, string>> = { surface: 'Surface', cube: 'Product cube' };

export class ViewsPanel {
  readonly #panel: HTMLElement;
  readonly #actions: ViewActions;
  readonly #figure = document.createElement('div');
  readonly #say = document.createElement('p');
  readonly #buttons: ReadonlyMap<Kind, HTMLButtonElement>;
  #kind: Kind = 'surface';
  #product: ProductPrograms | null = null;
  /** Grows with every question for factors: an answer to an older one is dropped. */
  #asked = 0;

  constructor(panel: HTMLElement, actions: ViewActions) {
    this.#panel = panel;
    this.#actions = actions;
    const kinds: readonly Kind[] = ['surface', 'cube'];
    this.#buttons = new Map(kinds.map((kind) => [kind, button(WORDS[kind], () => this.#choose(kind))]));
    const switches = document.createElement('div');
    switches.className = 'cell-row';
    switches.setAttribute('role', 'group');
    switches.setAttribute('aria-label', 'View');
    switches.append(...this.#buttons.values(), button('Picture only', actions.leave));
    this.#say.className = 'cell-small';
    this.#say.setAttribute('role', 'status');
    this.#figure.className = 'views-figure';
    panel.replaceChildren(switches, this.#say, this.#figure);
    this.refresh();
  }

  /** Brings the view up to date with the cell; a closed panel holds nothing. */
  refresh(): void {
    if (this.#panel.hidden) {
      this.#asked += 1;
      this.#figure.replaceChildren();
      return;
    }
    const program = this.#actions.program();
    this.#product = program && productOf(program);
    const cube = this.#buttons.get('cube');
    if (cube) cube.hidden = this.#product === null;
    if (this.#product === null) this.#kind = 'surface';
    for (const [kind, one] of this.#buttons) one.setAttribute('aria-pressed', String(kind === this.#kind));
    if (this.#kind === 'surface') this.#showSurface();
    else void this.#showCube();
  }

  #choose(kind: Kind): void {
    // Pressed again, a view that did not come is asked for again.
    if (kind === this.#kind && this.#figure.childElementCount > 0) return;
    this.#kind = kind;
    this.#figure.replaceChildren();
    this.refresh();
  }

  #showSurface(): void {
    this.#asked += 1;
    const matrix = this.#actions.matrix();
    this.#say.textContent = matrix === null ? 'Waiting for the result …' : '';
    if (matrix === null) return;
    const surface = this.#figure.querySelector('matrix-surface') ?? document.createElement('matrix-surface');
    surface.name = this.#actions.program()?.defines.at(-1) ?? 'C';
    surface.matrix = matrix;
    if (!surface.isConnected) this.#figure.replaceChildren(surface);
  }

  async #showCube(): Promise<void> {
    const product = this.#product;
    if (product === null) return;
    this.#asked += 1;
    const asked = this.#asked;
    this.#say.textContent = 'Fetching the factors …';
    try {
      const [[left, right]] = await Promise.all([
        askMatrices(this.#actions.page, [product.left, product.right]),
        loadCube(),
      ]);
      if (asked !== this.#asked || left === undefined || right === undefined) return;
      const cube = this.#figure.querySelector('product-cube') ?? document.createElement('product-cube');
      cube.factors = { left, right };
      if (!cube.isConnected) this.#figure.replaceChildren(cube);
      this.#say.replaceChildren('A is ', code(product.left), ', B is ', code(product.right), '.');
    } catch (error) {
      if (asked === this.#asked)
        this.#say.textContent = `No cube: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}

function code(program: Program): HTMLElement {
  const element = document.createElement('code');
  element.textContent = factorText(program);
  return element;
}
