/**
 * The live part of a figure of factors: their values from the page's engine, the trace, and on demand the cube, the layers or the surface.
 * What is open follows the page: a picture of the reader's own, a changed program, a moved knob.
 */

import type { Factors, SceneMatrix } from '../../lib/scene/matrix.ts';
import { cameraOf, orbitOf } from '../../lib/scene/orbit.ts';
import { downstream, reachedBy } from '../../lib/julia/graph.ts';
import { pageSession } from '../Cell/page-session.ts';
import type { Session } from '../../notebook/session.ts';
import type { DrawnReport } from '../../notebook/protocol.ts';
import type { TraceElement } from '../PixelTrace/element.ts';
import { pixelIn, selectPixel } from '../PixelTrace/selection.ts';
import type { FigureRecord } from '../PageState/figures.ts';
import { onDemand } from '../ui/on-demand.ts';
import { askMatrices } from '../Views/ask.ts';
import { keptPicture } from './kept-picture.ts';
import type { FactorChoice } from './payload.ts';

const loadTrace = onDemand(() => import('../PixelTrace/element.ts'));
const loadCube = onDemand(() => import('../ProductCube/element.ts'));
const loadLayers = onDemand(() => import('../SvdLayers/element.ts'));
const loadSurface = onDemand(() => import('../MatrixSurface/element.ts'));

const figures = new WeakMap<HTMLElement, Figure>();

/** Does what a button of the figure's bar says. */
export function press(host: HTMLElement, button: HTMLElement): void {
  figureOf(host).press(button);
}

/** Brings the figure to what was kept of it: its choice, whether it is open, where it is seen from. What makes no sense is left out. */
export function restore(host: HTMLElement, kept: FigureRecord): void {
  figureOf(host).restore(kept);
}

function figureOf(host: HTMLElement): Figure {
  const figure = figures.get(host) ?? new Figure(host);
  figures.set(host, figure);
  return figure;
}

type Scene = HTMLElementTagNameMap['product-cube' | 'matrix-surface'];
type Kind = 'cube' | 'layers' | 'surface';
const OPEN_WORDS: Readonly<Record<Kind, string>> = {
  cube: 'Open the cube',
  layers: 'Take it apart',
  surface: 'Turn it',
};

class Figure {
  readonly #host: HTMLElement;
  readonly #page: Session;
  readonly #choices: readonly FactorChoice[];
  readonly #kind: Kind;
  #chosen = 0;
  #open = false;
  /** Grows with every question: an answer to an older one is dropped. */
  #asked = 0;
  #asking = false;
  /** Something that is shown may have changed since it was asked for. */
  #stale = false;
  /** What is shown, so that an answer that brings nothing new changes nothing. */
  #shown: readonly SceneMatrix[] = [];

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#page = pageSession(document.querySelector<HTMLElement>('julia-cell')?.dataset['page'] ?? '');
    this.#choices = JSON.parse(host.dataset['choices'] ?? '[]') as FactorChoice[];
    this.#kind = (host.dataset['show'] ?? 'cube') as Kind;
    this.#live.addEventListener('orbit', () => this.#turned());
    this.#page.watch({
      delivered: (reports) => this.#hear(reports),
      picture: (name) => {
        if (this.#probed((cells) => reachedBy(cells, name))) this.#follow();
      },
    });
  }

  press(button: HTMLElement): void {
    const { choice } = button.dataset;
    if (choice === undefined) this.#set(this.#chosen, !this.#open);
    else this.#set(Number(choice), this.#open);
    this.#host.dispatchEvent(new CustomEvent('figure', { bubbles: true }));
  }

  restore({ choice = '0', open, camera }: FigureRecord): void {
    if (isCamera(camera)) this.#host.dataset['camera'] = camera;
    else delete this.#host.dataset['camera'];
    const chosen = this.#choices[Number(choice)] === undefined ? 0 : Number(choice);
    if (chosen !== this.#chosen || (open === 'true') !== this.#open) this.#set(chosen, open === 'true');
    this.#aim();
  }

  #set(chosen: number, open: boolean): void {
    this.#chosen = chosen;
    this.#open = open;
    for (const one of this.#host.querySelectorAll<HTMLElement>('[data-choice]'))
      one.setAttribute('aria-pressed', String(Number(one.dataset['choice']) === chosen));
    const button = this.#host.querySelector('[data-open]');
    button?.setAttribute('aria-expanded', String(open));
    if (button) button.textContent = open ? 'Close' : OPEN_WORDS[this.#kind];
    if (!open) {
      this.#live.replaceChildren();
      this.#say('');
    }
    this.#shown = [];
    if (this.#alive) void this.#show();
  }

  /** Turns the open view to where it was left, or to where it is seen from at first. */
  #aim(): void {
    const { camera } = this.#host.dataset;
    const scene = this.#scene();
    if (!scene) return;
    if (camera === undefined) scene.goHome();
    else scene.orbit = orbitOf(camera.split(',').map(Number) as [number, number, number]);
  }

  /** The reader has turned the view. */
  #turned(): void {
    const scene = this.#scene();
    if (!scene) return;
    if (scene.isHome) delete this.#host.dataset['camera'];
    else this.#host.dataset['camera'] = cameraOf(scene.orbit).join();
    this.#host.dispatchEvent(new CustomEvent('figure', { bubbles: true }));
  }

  #scene(): Scene | null {
    return this.#live.querySelector<Scene>('product-cube, matrix-surface');
  }

  /** Whether something is shown that the page's engine answers for: a trace is, once the reader has touched the figure. */
  get #alive(): boolean {
    return this.#open || this.#kind === 'cube';
  }

  get #live(): HTMLElement {
    const found = this.#host.querySelector<HTMLElement>('.factors-live');
    if (found === null) throw new Error('a figure of factors without its place');
    return found;
  }

  /** Cells that were computed anew: are they needed here? */
  #hear(reports: readonly DrawnReport[]): void {
    const ids = reports.map(({ id }) => id);
    if (this.#probed((cells) => downstream(cells, ids))) this.#follow();
  }

  /** Whether `reached`, among the page's cells and the expressions shown here, names one of these. */
  #probed(reached: (cells: readonly { id: string; program: FactorChoice['programs'][number] }[]) => string[]): boolean {
    const probes = (this.#choices[this.#chosen]?.programs ?? []).map((program, k) => ({ id: `probe--${k}`, program }));
    const found = reached([...this.#page.programs, ...probes]);
    return probes.some(({ id }) => found.includes(id));
  }

  #isStale(): boolean {
    return this.#stale;
  }

  #follow(): void {
    if (!this.#alive) return;
    this.#stale = true;
    if (!this.#asking) void this.#show();
  }

  async #show(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const choice = this.#choices[this.#chosen];
    if (choice === undefined) return;
    this.#say('Computing …');
    this.#asking = true;
    this.#stale = false;
    try {
      const matrices = await this.#matrices(choice);
      if (asked !== this.#asked || !this.#alive) return;
      if (!sameMatrices(matrices, this.#shown)) await this.#put(matrices, choice);
      this.#shown = matrices;
      if (asked === this.#asked) this.#say('');
    } catch (error) {
      if (asked === this.#asked) this.#say(error instanceof Error ? error.message : String(error));
    } finally {
      if (asked === this.#asked) {
        this.#asking = false;
        if (this.#isStale()) void this.#show();
      }
    }
  }

  async #matrices({ programs, picture }: FactorChoice): Promise<SceneMatrix[]> {
    return picture === undefined ? askMatrices(this.#page, programs) : [await keptPicture(picture)];
  }

  async #put([first, second]: readonly SceneMatrix[], { name }: FactorChoice): Promise<void> {
    if (first === undefined) return;
    if (this.#kind === 'surface') {
      await loadSurface();
      const surface = this.#element('matrix-surface');
      surface.name = name ?? 'C';
      surface.matrix = first;
    } else if (this.#kind === 'layers') {
      await loadLayers();
      this.#element('singular-layers').matrix = first;
    } else if (second !== undefined) await this.#putFactors({ left: first, right: second });
  }

  async #putFactors(factors: Factors): Promise<void> {
    await loadTrace();
    const trace = this.#host.querySelector<TraceElement>('figure > product-trace');
    if (trace) trace.factors = factors;
    if (this.#open) {
      await loadCube();
      this.#element('product-cube').factors = factors;
    }
    // The live figure begins where the one from the build stands.
    const size = { rows: factors.left.rows, cols: factors.right.cols };
    const pixel = { row: Number(this.#host.dataset['row']) - 1, col: Number(this.#host.dataset['col']) - 1 };
    if (pixelIn(size) === null && pixel.row < size.rows && pixel.col < size.cols) selectPixel({ ...pixel, ...size });
  }

  /** The live element, made where there is none. */
  #element<K extends 'product-cube' | 'singular-layers' | 'matrix-surface'>(name: K): HTMLElementTagNameMap[K] {
    const there = this.#live.querySelector(name);
    if (there) return there;
    const made = document.createElement(name);
    this.#live.replaceChildren(made);
    this.#aim();
    return made;
  }

  #say(words: string): void {
    const status = this.#host.querySelector('.cell-status');
    if (status) status.textContent = words;
  }
}

function sameMatrices(some: readonly SceneMatrix[], others: readonly SceneMatrix[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ rows, cols, data }, k) => {
      const other = others[k];
      return other?.rows === rows && other.cols === cols && data.every((value, n) => Object.is(value, other.data[n]));
    })
  );
}

/** Three numbers with commas between them. */
function isCamera(text: string | undefined): text is string {
  const numbers = text?.split(',') ?? [];
  return numbers.length === 3 && numbers.every((one) => one !== '' && Number.isFinite(Number(one)));
}
