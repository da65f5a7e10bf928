import { stateOf } from '../../notebook/difference.ts';
import type { Session } from '../../notebook/session.ts';
import { emptyState, type PageState } from '../../notebook/state.ts';
import { selectedPixel } from '../PixelTrace/selection.ts';
import { figuresHere } from './figures.ts';
import { instrumentsHere } from './instruments.ts';

/** What differs from the article on this page: its notebook, its instruments, its figures, the pixel that is pointed at. */
export function pageState(session: Session | null): PageState {
  const notebook = session === null ? emptyState(pageKey()) : stateOf(session);
  return { ...notebook, instruments: { ...instrumentsHere(), ...figuresHere() }, pixel: selectedPixel() };
}

/** The key of the page's notebook; of a page without one its address. */
function pageKey(): string {
  const cell = document.querySelector<HTMLElement>('julia-cell[data-page]');
  return cell?.dataset['page'] ?? location.pathname;
}
