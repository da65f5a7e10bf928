/** Runs the cells of a notebook file, by the rules of whatever wrote it: what `npm run notebook` reports. */

import type { Program } from '../src/lib/julia/ast.ts';
import { parseError } from '../src/lib/julia/errors.ts';
import type { FileCell, NotebookFile } from '../src/lib/julia/formats/index.ts';
import { allPacks } from '../src/lib/julia/library/all.ts';
import { Notebook } from '../src/lib/julia/notebook.ts';
import { parse } from '../src/lib/julia/parse/parse.ts';
import { SequentialSession, jupyterScreen } from '../src/lib/julia/session.ts';
import { viewText } from '../src/lib/julia/show/display.ts';
import { toTrouble } from '../src/lib/julia/source.ts';
import type { ColourView, MatrixView, Picture, Trouble, View } from '../src/lib/julia/view.ts';
import type { Engine } from '../src/lib/matrix/engine.ts';

export type Drawn = MatrixView | ColourView;

/** A code cell's run. */
export interface CellRun {
  readonly cell: FileCell;
  readonly trouble: Trouble | null;
  readonly text: string | null;
  readonly picture: Drawn | null;
  readonly displays: readonly { readonly text: string | null; readonly picture: Drawn | null }[];
  readonly printed: string;
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

export interface RunOptions {
  readonly steps?: number;
}

const blank: Omit<CellRun, 'cell'> = {
  trouble: null,
  text: null,
  picture: null,
  displays: [],
  printed: '',
  notes: [],
  milliseconds: 0,
};

/** The file's code cells, run; in their order, each as soon as it is known. */
export function* runNotebook(
  file: NotebookFile,
  engine: Engine,
  pictures: ReadonlyMap<string, Picture>,
  options: RunOptions = {},
): Generator<CellRun> {
  const cells = file.cells.filter(({ kind }) => kind === 'code');
  if (file.kind === 'pluto') yield* runPluto(cells, engine, pictures);
  else yield* runInOrder(cells, engine, pictures, options);
}

/** Lines that IJulia does not give to Julia. */
function command({ source }: FileCell): Partial<CellRun> | null {
  const [, mark] = /^\s*([;\]?])/.exec(source) ?? [];
  if (mark === undefined) return null;
  if (mark === ']') return { notes: ['packages need no installing here: what the subset knows of them is there'] };
  if (mark === '?') return { notes: ['help is not shown here; docs/julia-subset.md says what each function does'] };
  return {
    trouble: toTrouble(parseError('a shell command: there is no shell here', { from: 0, to: source.length }), source),
  };
}

function* runInOrder(
  cells: readonly FileCell[],
  engine: Engine,
  pictures: ReadonlyMap<string, Picture>,
  { steps }: RunOptions,
): Generator<CellRun> {
  const session = new SequentialSession(engine, pictures, {
    packs: allPacks,
    ...(steps === undefined ? {} : { steps }),
  });
  for (const cell of cells) {
    const other = command(cell);
    if (other) {
      yield { ...blank, ...other, cell };
      continue;
    }
    const program = parsed(cell.source);
    if (!('body' in program)) {
      yield { ...blank, cell, trouble: program };
      continue;
    }
    const { output, ...report } = session.run(program);
    yield { ...report, ...output, cell };
  }
}

function parsed(source: string): Program | Trouble {
  try {
    return parse(source);
  } catch (error) {
    return toTrouble(error, source);
  }
}

/** A cell of Pluto is one expression. */
function severalExpressions({ source, body }: Program): Trouble | null {
  const [, second] = body.body;
  const [first] = body.body;
  if (!first || !second || source.slice(first.to, second.from).includes(';')) return null;
  return toTrouble(
    parseError(
      'extra token after end of expression: a Pluto cell is one expression; put `begin ... end` around it',
      second,
    ),
    source,
  );
}

function* runPluto(
  cells: readonly FileCell[],
  engine: Engine,
  pictures: ReadonlyMap<string, Picture>,
): Generator<CellRun> {
  const budget = { operations: Infinity, elements: Infinity, bytes: 2 ** 32 };
  const notebook = new Notebook(engine, pictures, { packs: allPacks, budget });
  const troubles = new Map<number, Trouble>();
  const programs = cells.flatMap((cell, k) => {
    if (cell.disabled) return [];
    const program = parsed(cell.source);
    const trouble = 'body' in program ? severalExpressions(program) : program;
    if (trouble) troubles.set(k, trouble);
    return 'body' in program && !trouble ? [{ id: String(k), program }] : [];
  });
  notebook.setCells(programs);
  const reports = new Map(notebook.run().map((report) => [report.id, report]));
  for (const [k, cell] of cells.entries()) {
    const report = reports.get(String(k));
    if (!report) {
      const notes = cell.disabled ? ['the cell is disabled in the file'] : [];
      yield { ...blank, cell, notes, trouble: troubles.get(k) ?? null };
      continue;
    }
    const { view, trouble, printed, milliseconds } = report;
    yield { ...blank, cell, trouble, printed, milliseconds, ...outputOf(view) };
  }
}

function outputOf(view: View | null): { text: string | null; picture: Drawn | null } {
  if (!view || view.kind === 'nothing') return { text: null, picture: null };
  const drawn = view.kind === 'colour' || (view.kind === 'matrix' && view.eltype.startsWith('Gray{'));
  return { text: viewText(view, jupyterScreen), picture: drawn ? view : null };
}
