import './scene.css';
import type * as SceneExports from '../../lib/scene/index.ts';
import type { Pixel } from '../../lib/scene/matrix.ts';
import { turn, zoomBy } from '../../lib/scene/orbit.ts';
import type { Orbit } from '../../lib/scene/orbit.ts';
import type { PaletteColours } from '../../lib/scene/shading.ts';
import type { Held, Ray, ScreenPoint, Stage, SceneView } from '../../lib/scene/stage.ts';
import { onDemand } from '../ui/on-demand.ts';
import { onPixel, pointAt, selectedPixel } from '../PixelTrace/selection.ts';
import type { Selection } from '../PixelTrace/selection.ts';
import { onTheme, readColours } from './colours.ts';
import { bindKeys, bindPointers } from './gestures.ts';

type SceneModule = typeof SceneExports;
/** The chunk that holds three.js, loaded once, with the first view that is looked at. */
const loadScene = onDemand(() => import('../../lib/scene/index.ts'));

/** A view with pixels that can be pointed at. */
export interface PixelView extends SceneView {
  setColours(colours: PaletteColours): void;
  select(pixel: Pixel | null): void;
  pick(ray: Ray): Pixel | null;
}

interface Size {
  readonly rows: number;
  readonly cols: number;
}

/** How often a view opens again after the browser took its context. */
const LOSSES = 3;
const NO_WEBGL = 'This browser cannot draw in 3D (no WebGL2)';
const TAKEN_AWAY = 'The browser has taken the graphics away from this view, more than once';

/**
 * What every 3D figure shares: the canvas exists only while it is near the reader's eyes, draws only when something changed, turns by mouse,
 * touch and keys, follows the theme and the page's selected pixel, and reads its readout out.
 */
export abstract class SceneElement<V extends PixelView> extends HTMLElement {
  protected stage: Stage | null = null;
  protected view: V | null = null;
  /** Lives from connection to disconnection; ends every listener. */
  protected control = new AbortController();
  protected abstract readonly homeOrbit: Orbit;
  #open: AbortController | null = null;
  #opening = false;
  /** What draws could not be fetched, and the reader was told. */
  #missing = false;
  #near = false;
  #losses = 0;
  /** Where the reader or the page has turned the view last; null: never. */
  #orbit: Orbit | null = null;
  /** What the page has selected last. */
  #seen: Selection | null = null;
  #built = false;

  /** Frames drawn so far by the present canvas. */
  get frames(): number {
    return this.stage?.frames ?? 0;
  }

  /** What the graphics card holds for this figure; null while it is closed. */
  get held(): Held | null {
    return this.stage?.held ?? null;
  }

  /** Draws once and reads pixels of the canvas (CSS pixels): for tests and measurements. Nothing while closed. */
  read(...places: readonly ScreenPoint[]): (readonly [number, number, number, number])[] {
    const { stage } = this;
    stage?.render();
    return stage ? places.map((place) => stage.readDrawn(place)) : [];
  }

  /** Canvas point of a pixel of the matrix; null while closed. */
  locate(pixel: Pixel): ScreenPoint | null {
    const point = this.view && this.pointOf(this.view, pixel);
    return point && this.stage ? this.stage.project(point) : null;
  }

  /** Where it is seen from; kept while the canvas is closed. A reader who turns it dispatches `orbit`. */
  get orbit(): Orbit {
    return this.#orbit ?? this.homeOrbit;
  }

  set orbit(orbit: Orbit) {
    this.#orbit = orbit;
    if (this.stage) this.stage.orbit = orbit;
  }

  /** Whether it is seen from where it was at first. */
  get isHome(): boolean {
    const { yaw, pitch, zoom } = this.homeOrbit;
    return this.orbit.yaw === yaw && this.orbit.pitch === pitch && this.orbit.zoom === zoom;
  }

  /** Back to where it is seen from at first. */
  goHome(): void {
    this.orbit = this.homeOrbit;
  }

  connectedCallback(): void {
    this.control = new AbortController();
    const { signal } = this.control;
    if (!this.#built) {
      this.#built = true;
      this.append(...this.build());
    }
    onPixel(() => this.#follow(), signal);
    onTheme(() => this.#paint(), signal);
    // A screen's height around what can be seen, so that scrolling does not meet an empty frame.
    const watcher = new IntersectionObserver(
      (entries) => {
        this.#near = entries.at(-1)?.isIntersecting ?? false;
        if (this.#near) void this.refresh();
        else this.close();
      },
      { rootMargin: '100% 0px' },
    );
    watcher.observe(this);
    signal.addEventListener('abort', () => watcher.disconnect(), { once: true });
  }

  disconnectedCallback(): void {
    this.control.abort();
    this.#near = false;
    this.close();
  }

  /** Makes the view anew from the present data, opening the canvas if need be. Resolves when it is shown. */
  async refresh(): Promise<void> {
    if (!this.#near || !this.size || this.#opening) return;
    if (!this.stage) await this.#start();
    if (this.stage) await this.#show(this.stage);
  }

  /** Gives the canvas and everything on the graphics card back. Data stays; coming near opens it again. */
  close(): void {
    this.#open?.abort();
    this.#open = null;
    this.view = null;
    this.stage?.dispose();
    this.stage = null;
    this.querySelector('.scene-frame canvas')?.remove();
    this.classList.remove('is-open');
  }

  /** The figure's own elements; the first time only. Must hold a `.scene-frame`. */
  protected abstract build(): readonly Node[];
  protected abstract makeView(scene: SceneModule, stage: Stage): V;
  /** Size of the matrix whose pixels are pointed at; null without data. */
  protected abstract get size(): Size | null;
  protected abstract get canvasLabel(): string;
  protected abstract pointOf(view: V, pixel: Pixel): readonly [number, number, number];
  /** After every frame: place labels, go on with what takes several frames. */
  protected abstract drawn(): void;
  protected abstract selected(pixel: Pixel | null): void;
  /** Says a sentence where the view is to be; none for ''. */
  protected abstract tell(sentence: string): void;
  /** The browser cannot draw in 3D: say so, with the reason, and keep the rest. */
  protected abstract cannotDraw(reason: string): void;

  protected changed(): void {
    this.stage?.invalidate();
  }

  protected resetView(): void {
    this.move(this.homeOrbit);
  }

  protected zoom(factor: number): void {
    this.move(zoomBy(this.orbit, factor));
  }

  /** Turns the view on behalf of the reader. */
  protected move(orbit: Orbit): void {
    this.orbit = orbit;
    this.dispatchEvent(new CustomEvent('orbit', { bubbles: true }));
  }

  /** Selects a pixel on the page on behalf of the reader. */
  protected point(pixel: Pixel): void {
    if (this.size) pointAt(this, pixel, this.size);
  }

  /** Moves the page's pixel; starts in the middle. */
  protected step(rows: number, cols: number): void {
    const { size } = this;
    if (!size) return;
    const from = this.#seenIn(size) ?? { row: size.rows >> 1, col: size.cols >> 1 };
    const within = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));
    this.point({ row: within(from.row + rows, size.rows), col: within(from.col + cols, size.cols) });
  }

  async #start(): Promise<void> {
    this.#opening = true;
    try {
      const scene = await this.#scene();
      const frame = this.querySelector<HTMLElement>('.scene-frame');
      if (!scene || !this.#near || !frame) return;
      const canvas = document.createElement('canvas');
      canvas.tabIndex = 0;
      canvas.setAttribute('role', 'application');
      canvas.setAttribute('aria-roledescription', '3D view');
      canvas.setAttribute('aria-label', this.canvasLabel);
      frame.prepend(canvas);
      try {
        this.stage = new scene.Stage(canvas, () => this.drawn());
      } catch {
        canvas.remove();
        this.cannotDraw(NO_WEBGL);
        return;
      }
      this.#open = new AbortController();
      this.#listen(canvas, frame, this.#open.signal);
      this.stage.orbit = this.orbit;
      this.classList.add('is-open');
    } finally {
      this.#opening = false;
    }
  }

  /** What draws; null, with a word to the reader, while it cannot be fetched. It is tried again when the browser is online. */
  async #scene(): Promise<SceneModule | null> {
    try {
      const scene = await loadScene();
      if (this.#missing) this.tell('');
      this.#missing = false;
      return scene;
    } catch (error) {
      this.#missing = true;
      this.tell(error instanceof Error ? error.message : String(error));
      addEventListener('online', () => void this.refresh(), { once: true, signal: this.control.signal });
      return null;
    }
  }

  async #show(stage: Stage): Promise<void> {
    const scene = await this.#scene();
    if (!scene || this.stage !== stage) return;
    this.view = this.makeView(scene, stage);
    stage.show(this.view);
    this.querySelector('.scene-frame canvas')?.setAttribute('aria-label', this.canvasLabel);
    this.#paint();
    this.#follow();
  }

  #listen(canvas: HTMLCanvasElement, frame: HTMLElement, signal: AbortSignal): void {
    const gestures = {
      turn: (yaw: number, pitch: number) => this.move(turn(this.orbit, yaw, pitch)),
      zoom: (factor: number) => this.zoom(factor),
      point: (at: ScreenPoint) => {
        const pixel = this.stage && this.view?.pick(this.stage.ray(at));
        if (pixel) this.point(pixel);
      },
      step: (rows: number, cols: number) => this.step(rows, cols),
      reset: () => this.resetView(),
    };
    bindPointers(canvas, gestures, signal);
    bindKeys(canvas, gestures, signal);
    const fit = (): void => {
      const { clientWidth: width, clientHeight: height } = frame;
      if (width > 0 && height > 0) this.stage?.resize(width, height, devicePixelRatio);
    };
    fit();
    const resize = new ResizeObserver(fit);
    resize.observe(frame);
    signal.addEventListener('abort', () => resize.disconnect(), { once: true });
    const lost = (): void => this.#lost();
    canvas.addEventListener('webglcontextlost', lost, { signal });
  }

  // The browser took the context (too many, or the card was reset): try again, but not for ever.
  #lost(): void {
    this.#losses += 1;
    this.close();
    if (this.#losses > LOSSES) this.cannotDraw(TAKEN_AWAY);
    else void this.refresh();
  }

  #seenIn(size: Size | null): Pixel | null {
    const seen = this.#seen;
    return seen && seen.rows === size?.rows && seen.cols === size.cols ? { row: seen.row, col: seen.col } : null;
  }

  #follow(): void {
    // A reader who has stopped pointing elsewhere still looks here at what was pointed at; a pixel of another size takes it away.
    this.#seen = selectedPixel() ?? this.#seen;
    const pixel = this.#seenIn(this.size);
    this.view?.select(pixel);
    this.selected(pixel);
    this.changed();
  }

  #paint(): void {
    this.view?.setColours(readColours(this));
    this.changed();
  }
}
