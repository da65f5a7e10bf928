/**
 * <julia-examples>: rows of a program and its value. *Try* puts a live cell in the place of a row: the page's one blank cell, copied,
 * with the row's program. Each is a page of its own, since rows use the same names. Until then no row costs more than its text.
 */

import { nameCell } from '../Cell/blank-cell.ts';
import { roving } from '../ui/roving.ts';
import type { PagePayload } from '../../notebook/programs.ts';

let made = 0;

class JuliaExamples extends HTMLElement {
  connectedCallback(): void {
    roving(this, '[data-do="try"]');
    this.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('[data-do="try"]') : null;
      const row = button?.closest<HTMLElement>('.example');
      if (row) openCell(row);
    });
  }
}

function openCell(row: HTMLElement): void {
  const blank = document.querySelector<HTMLTemplateElement>('#blank-cell')?.content.querySelector<HTMLElement>('julia-cell');
  const code = row.querySelector('.example-code code');
  if (!blank || !code) return;
  const cell = document.importNode(blank, true);
  const id = `example-${(made += 1)}`;
  nameCell(cell, id, id).replaceChildren(...[...code.childNodes].map((node) => node.cloneNode(true)));
  row.replaceChildren(...row.querySelectorAll('.example-feature'), programsOf(id, code.textContent), cell);
  cell.querySelector<HTMLElement>('[data-do="run"]')?.click();
  cell.querySelector<HTMLElement>('[data-do="edit"]')?.focus();
}

/** What the live part reads: the program as text, to be parsed when it runs. */
function programsOf(id: string, source: string): HTMLElement {
  const at = { from: 0, to: source.length };
  const program = { source, body: { kind: 'block' as const, body: [], ...at }, defines: [], reads: [], silent: false };
  const payload: PagePayload = { page: id, programs: [{ id, program, unparsed: true }] };
  const script = document.createElement('script');
  script.type = 'application/json';
  script.dataset['juliaPrograms'] = id;
  script.textContent = JSON.stringify(payload);
  return script;
}

customElements.define('julia-examples', JuliaExamples);
