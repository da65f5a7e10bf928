/** The live part of an exercise: it changes the page through its session. */

import { doExercise, isDone, type Exercise } from '../../notebook/exercise.ts';
import { awakenPage } from '../Cell/live.ts';
import { pageSession } from '../Cell/page-session.ts';

interface LiveTry {
  readonly do: () => void;
  readonly undo: () => void;
}

const tries = new WeakMap<HTMLElement, LiveTry>();

export function act(element: HTMLElement, what: string): void {
  const live = tries.get(element) ?? awaken(element);
  tries.set(element, live);
  if (what === 'do') live.do();
  if (what === 'undo') live.undo();
}

function awaken(element: HTMLElement): LiveTry {
  const find = (selector: string): HTMLElement => {
    const found = element.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`an exercise without ${selector}`);
    return found;
  };
  const exercise = JSON.parse(find('script').textContent) as Exercise;
  const cell = document.getElementById(element.dataset['cell'] ?? '');
  if (cell === null) throw new Error('an exercise without its cell');
  awakenPage(cell);
  const session = pageSession(exercise.page);
  const [press, back, say] = [find('[data-do="do"]'), find('[data-do="undo"]'), find('.try-say')];
  let takeBack: (() => void) | null = null;
  const show = (): void => {
    // Changed again by hand, or put back there: the exercise can be done once more.
    if (takeBack !== null && !isDone(session, exercise)) takeBack = null;
    const done = takeBack !== null;
    const focus = document.activeElement;
    press.hidden = done;
    back.hidden = !done;
    if (done && focus === press) back.focus();
    if (!done && focus === back) press.focus();
    if (!done) say.textContent = '';
  };
  session.watch({ changed: show });
  return {
    do: () => {
      const undo = doExercise(session, exercise);
      takeBack = undo;
      say.textContent = 'Done: the cell shows it.';
      show();
      reveal(cell);
    },
    undo: () => {
      const undo = takeBack;
      takeBack = null;
      undo?.();
      show();
    },
  };
}

/** Scrolls to a cell of which nothing can be seen. */
function reveal(cell: HTMLElement): void {
  const { top, bottom } = (cell.querySelector('.cell-result') ?? cell).getBoundingClientRect();
  if (bottom > 0 && top < innerHeight) return;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  cell.scrollIntoView({ block: 'start', behavior: still ? 'auto' : 'smooth' });
}
