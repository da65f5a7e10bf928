/** The panel that shows a cell's result in 3D: a matrix as a surface, a product as a cube. Loaded when it is opened. */

import './views.css';
import '../MatrixSurface/element.ts';
import type { Program } from '../../lib/julia/ast.ts';
import type { MatrixView } from '../../lib/julia/view.ts';
import { VIEW_KINDS, withView, type Look, type ViewKind } from '../../notebook/look.ts';
import type { Session } from '../../notebook/session.ts';
import type { CubeElement } from '../ProductCube/element.ts';
import type { SurfaceElement } from '../MatrixSurface/element.ts';
import { button } from '../ui/fields.ts';
import { onDemand } from '../ui/on-demand.ts';
import { cameraOf, orbitOf } from '../../lib/scene/orbit.ts';
import { askMatrices } from './ask.ts';
import { factorText, productOf, type ProductPrograms } from './product.ts';

export interface ViewActions {
  readonly page: Session;
  /** The cell's program as edited. */
  readonly program: () => Program | null;
  /** The cell's result, if it is one matrix and has been computed. */
  readonly matrix: () => MatrixView | null;
  /** Which view the page's state has for this cell, and from where it is seen. */
  readonly look: () => Look;
  readonly setLook: (look: Look) => void;
  readonly leave: () => void;
}

/** A hand that turns a scene rests after this time. */
const RESTS_AFTER_MS = 250;

const loadCube = onDemand(() => import('../ProductCube/element.ts'));

const WORDS: Readonly<Record<ViewKind, string>> = { surface: 'Surface', cube: 'Product cube' };

export class ViewsPanel {
  readonly #panel: HTMLElement;
  readonly #actions: ViewActions;
  readonly #figure = document.createElement('div');
  readonly #say = document.createElement('p');
  readonly #buttons: ReadonlyMap<ViewKind, HTMLButtonElement>;
  #kind: ViewKind = 'surface';
  #product: ProductPrograms | null = null;
  /** Grows with every question for factors: an answer to an older one is dropped. */
  #asked = 0;
  #turning: ReturnType<typeof setTimeout> | undefined;

  constructor(panel: HTMLElement, actions: ViewActions) {
    this.#panel = panel;
    this.#actions = actions;
    this.#buttons = new Map(VIEW_KINDS.map((kind) => [kind, button(WORDS[kind], () => this.#choose(kind))]));
    const switches = document.createElement('div');
    switches.className = 'cell-row';
    switches.setAttribute('role', 'group');
    switches.setAttribute('aria-label', 'View');
    switches.append(...this.#buttons.values(), button('Picture only', actions.leave));
    this.#say.className = 'cell-small';
    this.#say.setAttribute('role', 'status');
    this.#figure.className = 'views-figure';
    this.#figure.addEventListener('orbit', () => this.#turned());
    panel.replaceChildren(switches, this.#say, this.#figure);
  }

  /** Brings the view to the one that the page's state has, and to where it is seen from. */
  follow(): void {
    const { view } = this.#actions.look();
    if (view !== undefined && view !== this.#kind) {
      this.#kind = view;
      this.#figure.replaceChildren();
    }
    // Turned back and forth, it is not made anew.
    if (this.#figure.childElementCount === 0) this.refresh();
    else this.#place();
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
    if (this.#product === null && program !== null) this.#kind = 'surface';
    for (const [kind, one] of this.#buttons) one.setAttribute('aria-pressed', String(kind === this.#kind));
    if (this.#kind === 'surface') this.#showSurface();
    else void this.#showCube();
  }

  #choose(kind: ViewKind): void {
    // Pressed again, a view that did not come is asked for again.
    if (kind === this.#actions.look().view) this.follow();
    else this.#actions.setLook(withView(this.#actions.look(), kind));
  }

  get #scene(): SurfaceElement | CubeElement | null {
    return this.#figure.querySelector<SurfaceElement | CubeElement>('matrix-surface, product-cube');
  }

  /** The scene is seen from where the page's state has it. */
  #place(): void {
    const { camera } = this.#actions.look();
    const scene = this.#scene;
    if (scene === null || this.#turning !== undefined) return;
    if (camera === undefined) scene.goHome();
    else scene.orbit = orbitOf(camera);
  }

  /** The reader turns the scene: the state has it once the hand rests. */
  #turned(): void {
    clearTimeout(this.#turning);
    this.#turning = setTimeout(() => {
      this.#turning = undefined;
      const [scene, look] = [this.#scene, this.#actions.look()];
      if (scene === null || look.view === undefined) return;
      this.#actions.setLook(withView(look, look.view, scene.isHome ? null : cameraOf(scene.orbit)));
    }, RESTS_AFTER_MS);
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
    this.#place();
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
      this.#place();
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
