/** What the tests of this folder share: a program in, what a reader would see out. */

import { ReferenceEngine } from '../matrix/reference.ts';
import type { Budget } from './budget.ts';
import { allPacks } from './library/all.ts';
import { Notebook } from './notebook.ts';
import { parse } from './parse/parse.ts';
import { viewText } from './show/display.ts';
import { toTrouble } from './source.ts';
import type { CellReport, Picture, Trouble, View } from './view.ts';

export interface CellOutcome {
  readonly view: View | null;
  readonly trouble: Trouble | null;
  readonly printed: string;
  /** As the REPL shows the value, or `ERROR: message`. */
  readonly text: string;
  /** The part of the source that an error underlines. */
  readonly underlined: string;
}

export interface Setting {
  readonly pictures?: ReadonlyMap<string, Picture>;
  readonly budget?: Partial<Budget>;
}

/** Runs one program on the reference engine. */
export function evaluate(source: string, { pictures = new Map(), budget }: Setting = {}): CellOutcome {
  let report: Pick<CellReport, 'view' | 'trouble' | 'printed'>;
  try {
    const notebook = new Notebook(new ReferenceEngine(), pictures, { packs: allPacks, ...(budget ? { budget } : {}) });
    notebook.setCells([{ id: 'cell', program: parse(source) }]);
    const [first] = notebook.run();
    if (!first) throw new Error('the cell did not run');
    report = first;
  } catch (error) {
    report = { view: null, trouble: toTrouble(error, source), printed: '' };
  }
  const { view, trouble, printed } = report;
  const text = trouble ? `ERROR: ${trouble.message}` : view ? viewText(view) : '';
  return { view, trouble, printed, text, underlined: trouble ? source.slice(trouble.from, trouble.to) : '' };
}

/** The numbers of a matrix, row-major. @throws where the value is no matrix */
export function numbersOf(source: string, setting?: Setting): number[] {
  const { view, text } = evaluate(source, setting);
  if (view?.kind !== 'matrix') throw new Error(`no matrix: ${text}`);
  return Array.from(view.data);
}

/** @throws where the value is no number */
export function numberOf(source: string, setting?: Setting): number {
  const { view, text } = evaluate(source, setting);
  if (view?.kind !== 'number') throw new Error(`no number: ${text}`);
  return view.value;
}
