import type { ScreenPoint } from '../../lib/scene/stage.ts';

/** What a reader can do to a 3D view; angles in radians. */
export interface Gestures {
  turn(yaw: number, pitch: number): void;
  zoom(factor: number): void;
  /** The mouse is over a point, or a finger tapped it. */
  point(at: ScreenPoint): void;
  /** Moves the cursor by whole pixels of the matrix. */
  step(rows: number, cols: number): void;
  reset(): void;
}

const RADIANS_A_PIXEL = 0.008;
// A finger that moved less than this has tapped.
const TAP_SLOP = 6;

/**
 * Mouse: hover points, drag turns, Ctrl + wheel (a pinch on a trackpad) zooms, so that the plain wheel scrolls the page.
 * Touch: tap points, sideways drag turns (up and down scrolls the page), two fingers zoom and tilt.
 */
export function bindPointers(canvas: HTMLElement, gestures: Gestures, signal: AbortSignal): void {
  const down = new Map<number, ScreenPoint>();
  let travelled = 0;
  let spread = 0;
  const at = (event: MouseEvent): ScreenPoint => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  canvas.addEventListener(
    'pointerdown',
    (event) => {
      canvas.setPointerCapture(event.pointerId);
      down.set(event.pointerId, at(event));
      if (down.size === 1) travelled = 0;
      spread = spreadOf([...down.values()]);
    },
    { signal },
  );
  canvas.addEventListener(
    'pointermove',
    (event) => {
      const here = at(event);
      const before = down.get(event.pointerId);
      if (!before) {
        if (event.pointerType === 'mouse') gestures.point(here);
        return;
      }
      const dx = here.x - before.x;
      const dy = here.y - before.y;
      travelled += Math.hypot(dx, dy);
      down.set(event.pointerId, here);
      if (travelled <= TAP_SLOP) return;
      const share = 1 / down.size;
      gestures.turn(-dx * RADIANS_A_PIXEL * share, dy * RADIANS_A_PIXEL * share);
      if (down.size === 2) {
        const wider = spreadOf([...down.values()]);
        if (spread > 0) gestures.zoom(wider / spread);
        spread = wider;
      }
    },
    { signal },
  );
  const up = (event: PointerEvent): void => {
    if (!down.delete(event.pointerId) || down.size > 0) return;
    if (travelled <= TAP_SLOP && event.type === 'pointerup') gestures.point(at(event));
  };
  canvas.addEventListener('pointerup', up, { signal });
  canvas.addEventListener('pointercancel', up, { signal });
  canvas.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      gestures.zoom(Math.exp(-event.deltaY * 0.01));
    },
    { signal, passive: false },
  );
}

function spreadOf([a, b]: readonly ScreenPoint[]): number {
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}

/** Arrows move the cursor (Page keys by 16), Shift + arrows turn, + and - zoom, Home resets. */
export function bindKeys(target: HTMLElement, gestures: Gestures, signal: AbortSignal): void {
  target.addEventListener(
    'keydown',
    (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const act = event.shiftKey ? turning(event.key, gestures) : moving(event.key, gestures);
      if (!act) return;
      event.preventDefault();
      act();
    },
    { signal },
  );
}

function moving(key: string, gestures: Gestures): (() => void) | undefined {
  const steps: Record<string, () => void> = {
    ArrowUp: () => gestures.step(-1, 0),
    ArrowDown: () => gestures.step(1, 0),
    ArrowLeft: () => gestures.step(0, -1),
    ArrowRight: () => gestures.step(0, 1),
    PageUp: () => gestures.step(-16, 0),
    PageDown: () => gestures.step(16, 0),
    '+': () => gestures.zoom(1.2),
    '=': () => gestures.zoom(1.2),
    '-': () => gestures.zoom(1 / 1.2),
    Home: () => gestures.reset(),
  };
  return steps[key];
}

function turning(key: string, gestures: Gestures): (() => void) | undefined {
  const turns: Record<string, () => void> = {
    ArrowUp: () => gestures.turn(0, 0.1),
    ArrowDown: () => gestures.turn(0, -0.1),
    ArrowLeft: () => gestures.turn(-0.1, 0),
    ArrowRight: () => gestures.turn(0.1, 0),
    '+': () => gestures.zoom(1.2),
    _: () => gestures.zoom(1 / 1.2),
  };
  return turns[key];
}
