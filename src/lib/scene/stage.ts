import { isSoftwareRenderer } from '../software-renderer.ts';
import { PerspectiveCamera, Vector3, WebGLRenderer } from 'three';
import type { Scene } from 'three';
import { direction, FIELD_OF_VIEW, fitDistance } from './orbit.ts';
import type { Orbit } from './orbit.ts';

/** Something to look at. A view owns its geometries, materials and textures and gives them back in `dispose`. */
export interface SceneView {
  /** Drawn in order; each later one lies over the earlier ones, whatever its depth. */
  readonly passes: readonly Scene[];
  /** Point the camera turns around, in world units. */
  readonly target: readonly [number, number, number];
  /** Half sizes that must fit, in world units: to either side of the target, and up and down. */
  readonly reach: { readonly across: number; readonly rise: number };
  /** Coarser drawing while something changes, where drawing is slow; says whether that makes another picture. */
  setMoving?(moving: boolean): boolean;
  dispose(): void;
}

/** A point of the canvas in CSS pixels from its top left corner. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

export interface Ray {
  readonly origin: readonly [number, number, number];
  readonly direction: readonly [number, number, number];
}

/** What the graphics card still holds for us, as three counts it. */
export interface Held {
  readonly geometries: number;
  readonly textures: number;
  readonly programs: number;
}

/** Milliseconds without a change after which what was drawn coarsely is drawn finely, once. */
const SETTLED = 250;

/**
 * A canvas that draws a view when, and only when, something changed: every change calls `invalidate`, any number of calls make one frame.
 * Throws where the browser has no WebGL2.
 */
export class Stage {
  /** Frames drawn since the stage was made. */
  frames = 0;
  /** What draws, in the browser's words. */
  readonly renderer: string;
  /** True where a processor draws instead of a graphics card; views may then do less while they move. */
  readonly software: boolean;
  readonly #renderer: WebGLRenderer;
  readonly #camera = new PerspectiveCamera((FIELD_OF_VIEW * 180) / Math.PI, 1, 0.01, 100);
  readonly #onFrame: () => void;
  #orbit: Orbit = { yaw: 0, pitch: 0, zoom: 1 };
  #view: SceneView | null = null;
  #retired: SceneView[] = [];
  #request = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #width = 1;
  #height = 1;

  /** `onFrame` runs after every drawn frame, for labels that follow the picture. */
  constructor(canvas: HTMLCanvasElement, onFrame: () => void = () => {}) {
    this.#renderer = new WebGLRenderer({ canvas, antialias: false, alpha: true, powerPreference: 'low-power' });
    // Edges are smoothed by drawing at twice the size where a graphics card makes that cheap (see `resize`), not by multisampling: in
    // software that alone would double every frame's time, and whether it is software shows only after the context is made.
    this.#renderer.autoClear = false;
    this.#renderer.setClearColor(0x000000, 0);
    this.#onFrame = onFrame;
    const gl = this.#renderer.getContext();
    const name = gl.getExtension('WEBGL_debug_renderer_info');
    this.renderer = String(gl.getParameter(name ? name.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
    this.software = isSoftwareRenderer(this.renderer);
  }

  get orbit(): Orbit {
    return this.#orbit;
  }

  set orbit(orbit: Orbit) {
    this.#orbit = orbit;
    this.invalidate();
  }

  get held(): Held {
    const { memory, programs } = this.#renderer.info;
    return { geometries: memory.geometries, textures: memory.textures, programs: programs?.length ?? 0 };
  }

  /**
   * Shows a view, or nothing. The earlier view is disposed after the next frame, so that a view of the same kind finds its shaders compiled.
   */
  show(view: SceneView | null): void {
    if (this.#view) this.#retired.push(this.#view);
    this.#view = view;
    this.invalidate();
  }

  /** Size in CSS pixels, and device pixels to each of them. */
  resize(width: number, height: number, ratio: number): void {
    const pixels = this.software ? 1 : Math.max(2, Math.min(ratio, 3));
    // An observer's first call says what is known already: no frame for that.
    if (width === this.#width && height === this.#height && pixels === this.#renderer.getPixelRatio()) return;
    this.#width = Math.max(1, width);
    this.#height = Math.max(1, height);
    this.#renderer.setPixelRatio(pixels);
    this.#renderer.setSize(this.#width, this.#height, false);
    this.invalidate();
  }

  /** Asks for one frame; a view that a processor draws may be coarse in it, and is drawn finely once nothing has changed for a while. */
  invalidate(): void {
    this.#ask();
    clearTimeout(this.#settling);
    if (!this.software || !this.#view?.setMoving) return;
    this.#view.setMoving(true);
    this.#settling = setTimeout(() => this.settle(), SETTLED);
  }

  /** Asks for the fine picture now, if the last one was coarse. */
  settle(): void {
    clearTimeout(this.#settling);
    if (this.#view?.setMoving?.(false)) this.#ask();
  }

  #ask(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame(() => this.render());
  }

  /** Draws at once, instead of the frame that was asked for. */
  render(): void {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#aim();
    this.#renderer.clear();
    this.#view?.passes.forEach((scene, index) => {
      if (index > 0) this.#renderer.clearDepth();
      this.#renderer.render(scene, this.#camera);
    });
    this.#retire();
    this.frames += 1;
    this.#onFrame();
  }

  /** Where a world point lies on the canvas. */
  project(point: readonly [number, number, number]): ScreenPoint {
    this.#aim();
    const { x, y } = new Vector3(...point).project(this.#camera);
    return { x: ((x + 1) / 2) * this.#width, y: ((1 - y) / 2) * this.#height };
  }

  /** The ray from the camera through a point of the canvas. */
  ray({ x, y }: ScreenPoint): Ray {
    this.#aim();
    const origin = this.#camera.position;
    const through = new Vector3((x / this.#width) * 2 - 1, 1 - (y / this.#height) * 2, 0.5).unproject(this.#camera);
    through.sub(origin).normalize();
    return { origin: [origin.x, origin.y, origin.z], direction: [through.x, through.y, through.z] };
  }

  /**
   * Reads one pixel of what `render` has just drawn, in the same task: red, green, blue, alpha in 0 ... 255. For tests and measurements; it
   * waits for the graphics card.
   */
  readDrawn({ x, y }: ScreenPoint): [number, number, number, number] {
    const gl = this.#renderer.getContext();
    const ratio = this.#renderer.getPixelRatio();
    const bytes = new Uint8Array(4);
    const fromBottom = gl.drawingBufferHeight - 1 - Math.floor(y * ratio);
    gl.readPixels(Math.floor(x * ratio), fromBottom, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    return [bytes[0] ?? 0, bytes[1] ?? 0, bytes[2] ?? 0, bytes[3] ?? 0];
  }

  /** Gives everything back, the graphics context included. The stage is of no use afterwards. */
  dispose(): void {
    this.show(null);
    clearTimeout(this.#settling);
    cancelAnimationFrame(this.#request);
    this.#retire();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
  }

  #retire(): void {
    for (const view of this.#retired) view.dispose();
    this.#retired = [];
  }

  #aim(): void {
    const aspect = this.#width / this.#height;
    const target = new Vector3(...(this.#view?.target ?? [0, 0, 0]));
    const { across, rise } = this.#view?.reach ?? { across: 1, rise: 1 };
    const distance = fitDistance(across, rise, FIELD_OF_VIEW, aspect) / this.#orbit.zoom;
    this.#camera.aspect = aspect;
    this.#camera.position
      .set(...direction(this.#orbit))
      .multiplyScalar(distance)
      .add(target);
    this.#camera.lookAt(target);
    this.#camera.updateProjectionMatrix();
    this.#camera.updateMatrixWorld();
  }
}
