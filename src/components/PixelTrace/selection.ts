import type { Pixel } from '../../lib/scene/matrix.ts';

/** The pixel that the reader points at, and the size of the matrix that it belongs to: figures of another size show no pixel. */
export interface Selection extends Pixel {
  readonly rows: number;
  readonly cols: number;
}

type Listener = (selection: Selection | null) => void;

let current: Selection | null = null;
const listeners = new Set<Listener>();

/** The pixel selected on this page. */
export function selectedPixel(): Selection | null {
  return current;
}

/** Selects a pixel for the whole page, or none (null). Listeners are called only if that changes something. */
export function selectPixel(selection: Selection | null): void {
  if (same(current, selection)) return;
  current = selection;
  for (const listener of [...listeners]) listener(selection);
}

/** Calls `listener` at every change until `signal` is aborted, and at once if a pixel is selected. */
export function onPixel(listener: Listener, signal: AbortSignal): void {
  if (signal.aborted) return;
  listeners.add(listener);
  signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
  if (current) listener(current);
}

/** The page's pixel where it belongs to a matrix of this size, null otherwise. */
export function pixelIn(size: { readonly rows: number; readonly cols: number } | null): Pixel | null {
  if (!size || current?.rows !== size.rows || current.cols !== size.cols) return null;
  return { row: current.row, col: current.col };
}

/** Selects a pixel of a matrix for the page and tells the element's own listeners with a bubbling `pixel` event. */
export function pointAt(
  element: HTMLElement,
  pixel: Pixel,
  size: { readonly rows: number; readonly cols: number },
): void {
  selectPixel({ row: pixel.row, col: pixel.col, rows: size.rows, cols: size.cols });
  element.dispatchEvent(new CustomEvent<Pixel>('pixel', { detail: { row: pixel.row, col: pixel.col }, bubbles: true }));
}

function same(a: Selection | null, b: Selection | null): boolean {
  return a === b || (!!a && !!b && a.row === b.row && a.col === b.col && a.rows === b.rows && a.cols === b.cols);
}
