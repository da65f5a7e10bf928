/** Brings cells of the gallery into states that last a moment elsewhere: as a live cell shows them, until the reader touches the cell. */

type State = 'computing' | 'edited' | 'notice';

const show: Readonly<Record<State, (part: (selector: string) => HTMLElement) => void>> = {
  computing: (part) => {
    part('julia-cell').setAttribute('data-busy', '');
    part('.cell-result').setAttribute('aria-busy', 'true');
    part('.cell-status').textContent = 'computing … 3 s';
    const run = part('[data-do=run]');
    run.classList.add('cell-stop');
    run.textContent = 'Stop';
    run.hidden = false;
  },
  edited: (part) => {
    for (const name of ['run', 'reset']) part(`[data-do=${name}]`).hidden = false;
  },
  notice: (part) => {
    const notice = part('.cell-notice');
    notice.textContent =
      'This part could not be loaded; are you offline? Try again, or reload the page. The result from the build stays.';
    notice.hidden = false;
  },
};

for (const box of document.querySelectorAll<HTMLElement>('[data-state]')) {
  const state = box.dataset['state'] ?? '';
  if (!(state in show)) continue;
  show[state as State]((selector) => {
    const found = box.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`the gallery's ${state} cell has no ${selector}`);
    return found;
  });
}
