/** The live part: loaded on the first touch of any cell of a page. */

import { LiveCell } from './live-cell.ts';
import { pageSession } from './page-session.ts';

const cells = new WeakMap<HTMLElement, LiveCell>();

/** Brings a cell to life, once. */
export function awaken(element: HTMLElement): LiveCell {
  const known = cells.get(element);
  if (known !== undefined) return known;
  const cell = new LiveCell(element, pageSession(element.dataset['page'] ?? ''));
  cells.set(element, cell);
  return cell;
}

/** All cells of the element's page: a change in one may show in any. */
export function awakenPage(element: HTMLElement): LiveCell {
  const page = element.dataset['page'] ?? '';
  for (const other of document.querySelectorAll<HTMLElement>(`julia-cell[data-page="${CSS.escape(page)}"]`))
    awaken(other);
  return awaken(element);
}
