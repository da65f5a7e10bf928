/** One program on the reference engine and on another: everything a reader could see, and what they could not. */
import { ReferenceEngine } from '../../src/lib/matrix/reference.ts';
import { loadPack, packs } from '../../src/lib/julia/library/packs.ts';
import type { Pack } from '../../src/lib/julia/library/pack.ts';
import { Notebook } from '../../src/lib/julia/notebook.ts';
import { parse } from '../../src/lib/julia/parse/parse.ts';
import { Shadow } from './shadow.ts';
import { Noisy } from './noisy.ts';
import type { CellSource } from '../../src/lib/julia/notebook.ts';
import type { CellReport } from '../../src/lib/julia/view.ts';
import type { Engine } from '../../src/lib/matrix/engine.ts';
import type { ArrayProgram } from './programs.ts';

const library = new Map<string, Pack>();

/**
 * Fetches the whole library: to be called before the first program. Not awaited at the module's top, since in a bundle the library's
 * chunks would then wait for the one that waits for them.
 */
export async function fetchLibrary(): Promise<void> {
  for (const name of Object.keys(packs)) library.set(name, await loadPack(name));
}

type Tested = Engine & { readonly tensors?: () => number };

const reference = new ReferenceEngine();

/** A sentence that says what differs; null where nothing does. */
export function difference(engine: Tested, program: ArrayProgram): string | null {
  const cells = program.statements.map((source, k): CellSource => ({ id: `${k}`, program: parse(source) }));
  const before = [engine.memory().buffers, engine.memory().bytes, engine.tensors?.() ?? 0].join();
  const right = run(reference, cells);
  const other = run(engine, cells);
  const after = [engine.memory().buffers, engine.memory().bytes, engine.tensors?.() ?? 0].join();
  if (before !== after) return `left over: buffers, bytes, tensors were ${before}, are ${after}`;
  const shadow = new Shadow(engine);
  const shadowed = run(shadow, cells);
  const wrong = shadow.verify();
  if (wrong !== null) return wrong;
  for (const [k, report] of right.entries()) {
    const apart =
      unlike(report, other[k]) ??
      unequal(other[k], shadowed[k]) ??
      (far(report, other[k], [0, 0]).length > 0 ? tooFar(cells, k, report, other[k]) : null);
    if (apart !== null) return `${program.statements[k]}: ${apart}`;
  }
  return null;
}

function run(engine: Engine, cells: readonly CellSource[]): CellReport[] {
  const notebook = new Notebook(engine, {}, { packs: library });
  notebook.setCells(cells);
  const reports = notebook.run();
  notebook.setCells([]);
  return reports;
}

/** Kinds, shapes, types and errors are the same on every engine, to the letter. */
function unlike(right: CellReport, other: CellReport | undefined): string | null {
  const [words, otherWords] = [describe(right), other ? describe(other) : 'no report'];
  return words === otherWords ? null : `${otherWords} instead of ${words}`;
}

function describe({ view, trouble }: CellReport): string {
  if (trouble) return `ERROR: ${trouble.message}`;
  if (view?.kind === 'matrix')
    return `${view.rows}x${view.cols} ${view.eltype} ${view.vector ? 'vector' : 'matrix'} ${view.summary ?? ''}`;
  return view?.kind ?? 'nothing';
}

function numbersIn(report: CellReport | undefined): ArrayLike<number> {
  const view = report?.view;
  return view?.kind === 'matrix' ? view.data : view?.kind === 'number' ? [view.value] : [];
}

/** The engine must give the same numbers whether or not the shadow holds back what it frees. */
function unequal(one: CellReport | undefined, two: CellReport | undefined): string | null {
  const [a, b] = [numbersIn(one), numbersIn(two)];
  for (let k = 0; k < Math.max(a.length, b.length); k++)
    if (!Object.is(a[k], b[k]) && a[k] !== b[k]) return `element ${k} is ${a[k]} in one run and ${b[k]} in another`;
  return null;
}

/** Places where the numbers of two reports are further apart than allowed: by place where a list of allowances is given for each. */
function far(one: CellReport | undefined, two: CellReport | undefined, allowed: ArrayLike<number>): number[] {
  const [a, b] = [numbersIn(one), numbersIn(two)];
  const found: number[] = [];
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k] as number, b[k] as number];
    // Roundings may make anything of this number, also none.
    if (allowed[k] === Infinity) continue;
    if (!(Math.abs(x - y) <= (allowed[k] ?? 0)) && Math.fround(x) !== y && !(Number.isNaN(x) && Number.isNaN(y)))
      found.push(k);
  }
  return found;
}

/**
 * Whether the end results are further apart than single precision explains. How much it explains is found by running the
 * program in double precision with every operand disturbed by a few units of single precision, at random: what the program
 * makes of such disturbances it makes of roundings too. A result that the disturbances do not move must be right to the last digits.
 */
function tooFar(
  cells: readonly CellSource[],
  at: number,
  right: CellReport,
  other: CellReport | undefined,
): string | null {
  const exact = numbersIn(right);
  const spread = new Float64Array(exact.length);
  const largest = Float64Array.from(exact, Math.abs);
  const smallest = Float64Array.from(exact, Math.abs);
  let apart: number[] = [];
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const noisy = numbersIn(run(new Noisy(seed), cells)[at]);
    for (let k = 0; k < spread.length; k++) {
      const moved = Math.abs((noisy[k] as number) - (exact[k] as number));
      // A disturbance that reaches infinity or NaN may be anything.
      spread[k] = Math.max(spread[k] as number, Number.isFinite(moved) ? moved : Infinity);
      largest[k] = Math.max(largest[k] as number, Math.abs(noisy[k] as number));
      smallest[k] = Math.min(smallest[k] as number, Math.abs(noisy[k] as number));
    }
    const allowed = spread.map(
      (x, k) =>
        4 * x + 4e-7 * Math.abs(exact[k] as number) + 1e-30 + beyond(smallest[k] as number, largest[k] as number),
    );
    apart = far(right, other, allowed);
    if (apart.length === 0) return null;
  }
  // Among thousands of such numbers a few lie beyond what two dozen disturbances show. (What each operation did was checked by itself.)
  const undetermined = spread.filter((_, k) => beyond(smallest[k] as number, largest[k] as number) > 0).length;
  if (50 * apart.length <= undetermined) return null;
  const [first = 0] = apart;
  return `element ${first} is ${numbersIn(other)[first]} instead of ${exact[first]}, and roundings explain ${spread[first]}`;
}

/** Most programs are settled by the first. */
const ROUNDS = 24;

/** The smallest number of single precision. */
const SMALLEST = 2 ** -149;

/**
 * Where roundings leave a number not even its order of magnitude (an exponential of a sine of large numbers), a few disturbances do not find
 * its range: it may lie as many orders beyond the largest of them as they span.
 */
function beyond(smallest: number, largest: number): number {
  const span = largest / Math.max(smallest, SMALLEST);
  return span > 1000 ? largest * span : 0;
}
