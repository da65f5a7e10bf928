/** What must hold of any program whatever: a value or a located error in Julia's words, within the budget, and nothing of the host to be seen. */
import type { Engine } from '../../src/lib/matrix/engine.ts';
import { allPacks } from '../../src/lib/julia/library/all.ts';
import { Notebook } from '../../src/lib/julia/notebook.ts';
import { parse } from '../../src/lib/julia/parse/parse.ts';
import { viewText } from '../../src/lib/julia/show/display.ts';
import { toTrouble } from '../../src/lib/julia/source.ts';
import type { CellReport, Picture } from '../../src/lib/julia/view.ts';

/** A small part of what a reader has, so that a program that uses all of it is over soon. */
export const budget = { operations: 3000, elements: 1e6, bytes: 1 << 18 };

/** Milliseconds of this thread's processor in which a program is over that keeps its budget; what takes longer does work that nobody counts. */
const MOST_MS = 2500;

const ours: Picture = {
  rows: 8,
  cols: 6,
  grey: Float64Array.from({ length: 48 }, (_, k) => ((k * 37) % 256) / 255),
  rgb: { red: new Float32Array(48), green: new Float32Array(48).fill(1), blue: new Float32Array(48).fill(0.2) },
};
const pictures = new Map(['ours', 'mandrill', 'airplane'].map((name) => [name, ours]));

/** How JavaScript prints what is no value of Julia's. */
const HOST_WORDS = /\[native code\]|\[object \w+\]|\bfunction ?\w*\(.*\) ?\{|=> \{|\bclass \w+ \{|\bat .*\.ts:\d+/;

/** What the objects of the host have, as long as nobody adds to it. */
const fingerprint = (): string =>
  [Object.prototype, Array.prototype, Function.prototype, Map.prototype, globalThis]
    .map((one) => Object.getOwnPropertyNames(one).length)
    .join();

export interface Judged {
  /** What is wrong; null where nothing is. */
  readonly wrong: string | null;
  readonly failed: boolean;
  readonly ms: number;
}

/** Runs a program on an engine, as the cell of a page. */
export function judge(source: string, engine: Engine): Judged {
  const host = fingerprint();
  const began = process.threadCpuUsage();
  try {
    const { report, left } = engine.tidy(
      () => evaluated(source, engine),
      () => [],
    );
    const text = report.view === null ? '' : viewText(report.view);
    const { user, system } = process.threadCpuUsage(began);
    const ms = (user + system) / 1000;
    const wrong =
      untrue(source, report, text) ??
      (ms > MOST_MS ? `it took ${ms.toFixed(0)} ms of the processor` : null) ??
      (left === 0 ? null : `${left} buffers are left over`) ??
      (host === fingerprint() ? null : 'the host’s own objects have changed');
    return { wrong, failed: report.trouble !== null, ms };
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { wrong: `the host failed: ${words}`, failed: true, ms: 0 };
  }
}

type Report = Omit<CellReport, 'id' | 'milliseconds'>;

/** The report, and how many more buffers there are than the pictures had. */
function evaluated(source: string, engine: Engine): { report: Report; left: number } {
  let program;
  try {
    program = parse(source);
  } catch (error) {
    const report = { view: null, trouble: toTrouble(error, source), printed: '', controls: [] };
    return { report, left: 0 };
  }
  const notebook = new Notebook(engine, pictures, { packs: allPacks, budget });
  const before = engine.memory().buffers;
  notebook.setCells([{ id: 'cell', program }]);
  const [report] = notebook.run();
  notebook.setCells([]);
  if (report === undefined) throw new Error('the cell did not run');
  return { report, left: engine.memory().buffers - before };
}

function untrue(source: string, report: Report, text: string): string | null {
  const { view, trouble, printed, controls } = report;
  if ((view === null) !== (trouble !== null)) return 'neither a value nor an error, or both';
  if (trouble !== null) {
    const { name, message, from, to, line, column } = trouble;
    if (name === '' || name === 'InternalError') return `no error of Julia's: ${name} ${message}`;
    if (!(from >= 0 && from <= to && to <= source.length)) return `the error is at ${from} to ${to}: ${message}`;
    if (!(line >= 1 && column >= 1)) return `the error is in line ${line}, column ${column}: ${message}`;
  }
  try {
    structuredClone(report);
  } catch (error) {
    return `the report cannot leave its worker: ${String(error)}`;
  }
  const said = [text, trouble?.message ?? '', printed, JSON.stringify(controls)].join('\n');
  const seen = HOST_WORDS.exec(said)?.[0];
  return seen !== undefined && !source.includes(seen) ? `the host shines through: ${seen}` : null;
}
