/** The live part of <lab-notebook>: what its buttons do. */

import { blankDocument, changeCell, placeOf } from '../../notebook/lab/document.ts';
import { readLab } from '../../notebook/lab/lab-text.ts';
import { part } from '../Cell/part.ts';
import { onDemand } from '../ui/on-demand.ts';
import { Lab } from './lab.ts';

const loadTake = onDemand(() => import('./take.ts'));
const loadShelf = onDemand(() => import('./shelf.ts'));

const labs = new WeakMap<HTMLElement, Lab>();

export function labOf(host: HTMLElement): Lab {
  const known = labs.get(host);
  if (known !== undefined) return known;
  const lab = new Lab(host);
  labs.set(host, lab);
  return lab;
}

/** @param button what was pressed: a button of the lab's, or the code of a cell */
export function press(lab: Lab, button: HTMLElement): void {
  const act = button.dataset['lab'] ?? '';
  const id = button.closest<HTMLElement>('.lab-cell')?.dataset['cell'];
  void lab.ready.then(() => (id === undefined ? pressBar(lab, act, button) : pressCell(lab, act, id, button)));
}

async function pressCell(lab: Lab, act: string, id: string, button: HTMLElement): Promise<void> {
  const { document: notebook } = lab;
  const place = placeOf(notebook, id);
  const cell = notebook.cells[place];
  if (cell === undefined) return;
  // An empty cell is written in wherever it is touched.
  if (button.matches('.cell-code') && cell.source === '') lab.edit(id);
  switch (act) {
    case 'up':
    case 'down':
      await lab.move(id, act === 'up' ? -1 : 1);
      button.focus();
      break;
    case 'fold':
      await lab.change(changeCell(notebook, id, { folded: !cell.folded }));
      break;
    case 'delete':
      await lab.remove(id);
      break;
    case 'code-below':
      await lab.add(place + 1, { kind: 'code', source: '' });
      break;
    case 'text-below':
      await lab.add(place + 1, { kind: 'text', source: '' });
      break;
    case 'edit':
      if (cell.kind === 'listing') await lab.change(changeCell(notebook, id, { kind: 'code', note: '' }));
      lab.edit(id);
      break;
  }
}

async function pressBar(lab: Lab, act: string, button: HTMLElement): Promise<void> {
  const { host } = lab;
  switch (act) {
    case 'undo':
    case 'redo':
      await lab.turn(act);
      break;
    case 'new':
      await lab.open(blankDocument());
      lab.say('A blank page. Undo, and Your notebooks, lead back to the one before.');
      break;
    case 'open':
      part(host, '.lab-file').click();
      break;
    case 'save':
      await lab.attempt(async () => (await loadTake()).saveLab(lab.session, lab.document));
      break;
    case 'link':
      await lab.copyLink();
      break;
    case 'code-end':
      await lab.add(lab.document.cells.length, { kind: 'code', source: '' });
      break;
    case 'text-end':
      await lab.add(lab.document.cells.length, { kind: 'text', source: '' });
      break;
    case 'start':
      await start(lab, button.dataset['start'] ?? '');
      break;
    case 'take':
    case 'shelf':
      await lab.attempt(async () => {
        await toggle(lab, act, button);
        return '';
      });
      break;
  }
}

/** Opens a starting point of the page, and goes to its top. */
async function start(lab: Lab, id: string): Promise<void> {
  const all = JSON.parse(part(lab.host, '[data-lab-starts]').textContent) as Record<string, string>;
  await lab.open(readLab(all[id] ?? ''));
  lab.say('A copy of your own: change what you like.');
  part(lab.host, '.lab-bar').scrollIntoView({ block: 'start' });
  part(lab.host, '.lab-cells').focus({ preventScroll: true });
}

async function toggle(lab: Lab, act: 'take' | 'shelf', button: HTMLElement): Promise<void> {
  const panel = part(lab.host, `#lab-${act}`);
  if (panel.hidden) {
    if (act === 'take') (await loadTake()).fillTake(panel, lab.session);
    else
      await (
        await loadShelf()
      ).fillShelf(panel, lab.key, ({ key, text, files }) => {
        close(lab);
        void lab.attempt(async () => {
          await lab.open(readLab(text), { key, files });
          return 'Here it is, as you left it.';
        });
      });
  }
  const open = panel.hidden;
  close(lab);
  panel.hidden = !open;
  button.setAttribute('aria-expanded', String(open));
}

function close({ host }: Lab): void {
  for (const panel of host.querySelectorAll<HTMLElement>('.lab-panel')) panel.hidden = true;
  for (const button of host.querySelectorAll('.lab-actions [aria-expanded]'))
    button.setAttribute('aria-expanded', 'false');
}
