/** The cells of the lab as elements: made from the page's templates, kept in the order of the notebook. */

import type { LabCell } from '../../notebook/lab/document.ts';
import type { Session } from '../../notebook/session.ts';
import { nameCell } from '../Cell/blank-cell.ts';
import { awaken } from '../Cell/live.ts';
import { part } from '../Cell/part.ts';
import { roving } from '../ui/roving.ts';
import { INVITATION } from './invitation.ts';
import { TextCell } from './text-cell.ts';

/** How far from the screen a cell is computed. */
const AHEAD = '300px';

export interface CellEvents {
  readonly written: (id: string, source: string) => void;
  readonly folded: (id: string, folded: boolean) => void;
}

export class LabCells {
  readonly #host: HTMLElement;
  readonly #list: HTMLElement;
  readonly #session: Session;
  readonly #events: CellEvents;
  readonly #sections = new Map<string, HTMLElement>();
  readonly #texts = new Map<string, TextCell>();
  /** Cells that came with a notebook are computed when they come near the screen. */
  readonly #near: IntersectionObserver;

  constructor(host: HTMLElement, session: Session, events: CellEvents) {
    this.#host = host;
    this.#list = part(host, '.lab-cells');
    this.#session = session;
    this.#events = events;
    this.#near = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: AHEAD });
    for (const section of this.#list.querySelectorAll<HTMLElement>('.lab-cell'))
      this.#adopt(section, section.dataset['cell'] ?? '');
  }

  section(id: string): HTMLElement | null {
    return this.#sections.get(id) ?? null;
  }

  /** Shows these cells, and no others. @param html a program's text in colours */
  show(cells: readonly LabCell[], html: (source: string) => string): void {
    for (const [id, section] of this.#sections) {
      if (cells.some((cell) => cell.id === id && cell.kind === section.dataset['kind'])) continue;
      section.remove();
      this.#sections.delete(id);
      this.#texts.delete(id);
    }
    let place = this.#list.firstElementChild;
    cells.forEach((cell, k) => {
      const section = this.#sections.get(cell.id) ?? this.#make(cell, html);
      if (section === place) place = place.nextElementSibling;
      else this.#list.insertBefore(section, place);
      this.#update(section, cell, k, cells.length);
    });
  }

  /** Begins to write in a cell. */
  edit(id: string): void {
    const text = this.#texts.get(id);
    if (text !== undefined) text.edit();
    else this.#sections.get(id)?.querySelector<HTMLElement>('julia-cell [data-do="edit"]')?.click();
  }

  #make({ id, kind, source }: LabCell, html: (source: string) => string): HTMLElement {
    const template = this.#host.querySelector<HTMLTemplateElement>(`[data-template="${kind}"]`);
    const model = template?.content.querySelector<HTMLElement>('.lab-cell');
    if (!model) throw new Error(`the lab has no template of a ${kind}`);
    const section = document.importNode(model, true);
    const cell = section.querySelector<HTMLElement>('julia-cell');
    if (cell !== null) nameCell(cell, id, 'lab').innerHTML = html(source);
    if (kind === 'listing') part(section, 'code').innerHTML = html(source);
    this.#list.append(section);
    this.#adopt(section, id);
    return section;
  }

  #adopt(section: HTMLElement, id: string): void {
    section.dataset['cell'] = id;
    this.#sections.set(id, section);
    roving(part(section, '.lab-tools'), 'button');
    const cell = section.querySelector<HTMLElement>('julia-cell');
    if (section.dataset['kind'] === 'text')
      this.#texts.set(id, new TextCell(section, (source) => this.#events.written(id, source)));
    if (cell === null) return;
    cell.dataset['invitation'] = INVITATION;
    awaken(cell);
    this.#near.observe(cell);
    const program = part(cell, '.cell-program') as HTMLDetailsElement;
    program.addEventListener('toggle', () => this.#events.folded(id, !program.open));
  }

  #update(section: HTMLElement, { source, folded, note, kind }: LabCell, k: number, count: number): void {
    const name = `Cell ${k + 1}`;
    section.setAttribute('aria-label', name);
    part(section, '.lab-tools').setAttribute('aria-label', `Arrange cell ${k + 1}`);
    section.querySelector('.cell-actions')?.setAttribute('aria-label', name);
    const button = (act: string): HTMLButtonElement => part(section, `[data-lab="${act}"]`) as HTMLButtonElement;
    button('up').setAttribute('aria-disabled', String(k === 0));
    button('down').setAttribute('aria-disabled', String(k === count - 1));
    button('fold').setAttribute('aria-pressed', String(folded));
    section.toggleAttribute('data-folded', folded);
    const program = section.querySelector<HTMLDetailsElement>('.cell-program');
    if (program !== null && program.open === folded) program.open = !folded;
    const box = part(section, '.lab-note');
    box.replaceChildren(...codeMarked(note));
    box.hidden = note === '';
    if (kind === 'text') {
      const text = this.#texts.get(section.dataset['cell'] ?? '');
      if (text !== undefined) text.source = source;
    }
  }

  #seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      this.#near.unobserve(target);
      if ((this.#session.program(target.id)?.source ?? '') !== '') this.#session.activate(target.id);
    }
  }
}

/** A sentence with its names in code type. */
function codeMarked(sentence: string): (string | HTMLElement)[] {
  return sentence.split('`').map((piece, k) => {
    if (k % 2 === 0) return piece;
    const code = document.createElement('code');
    code.textContent = piece;
    return code;
  });
}
