import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Shown } from '../lib/display/describe.ts';
import { describeAny } from '../lib/display/describe-plot.ts';
import { asPicture, displayBytes } from '../lib/display/picture.ts';
import { drawsRandom, picturesOf, upstream } from '../lib/julia/graph.ts';
import type { Program } from '../lib/julia/ast.ts';
import { order } from '../lib/julia/order.ts';
import { toTrouble } from '../lib/julia/source.ts';
import type { CellReport, ColourView, Control, MatrixView, Trouble } from '../lib/julia/view.ts';
import { writePicture, writeWhole, type FilePixels } from './picture-file.ts';

/** A cell to compute. */
export interface CellJob {
  readonly id: string;
  readonly program: Program;
  readonly show: string;
}

/** What a cell came to, as kept in the cache. */
export interface BuildOutcome {
  readonly result: Shown;
  /** File of the result's picture in the cache folder. */
  readonly picture: string | null;
  readonly trouble: Trouble | null;
  readonly printed: string;
  readonly controls: readonly Control[];
}

/**
 * Runs the wanted programs of a page, in one scope. All are given, since a cell's place among them decides its random stream. The
 * build passes the reference engine's notebook; tests pass their own.
 */
export type RunPage = (
  cells: readonly { readonly id: string; readonly program: Program }[],
  wanted: ReadonlySet<string>,
) => Promise<readonly CellReport[]>;

export interface ComputeOptions {
  readonly folder: string;
  /** Changes when the library that computes changes. */
  readonly version: string;
  /** Names of the pictures that programs may use, with a hash of each one's pixels. */
  readonly pictures: ReadonlyMap<string, string>;
  readonly run: RunPage;
  /** Outcomes that are known already, and not to be computed: those of stored cells. */
  readonly known?: ReadonlyMap<string, BuildOutcome>;
}

/**
 * Results of the cells of one page. A cell whose own program, upstream programs, pictures and library are unchanged comes
 * from the cache; the others are run, with what they need, in one notebook. What fails is never kept: another cell may be the cause,
 * and that cell is not in the key.
 */
export async function computePage(
  jobs: readonly CellJob[],
  options: ComputeOptions,
): Promise<Map<string, BuildOutcome>> {
  await mkdir(options.folder, { recursive: true });
  const outcomes = new Map<string, BuildOutcome>([...(options.known ?? []), ...misplaced(jobs)]);
  const files = new Map(jobs.map((job) => [job.id, join(options.folder, `${cacheKey(job, jobs, options)}.json`)]));
  for (const { id } of jobs) {
    if (outcomes.has(id)) continue;
    const kept = await readOutcome(files.get(id) ?? '', options.folder);
    if (kept !== null) outcomes.set(id, kept);
  }
  const missing = jobs.filter((job) => !outcomes.has(job.id)).map((job) => job.id);
  if (missing.length === 0) return outcomes;
  const reports = await options.run(jobs, new Set(upstream(jobs, missing)));
  const byId = new Map(reports.map((report) => [report.id, report]));
  for (const job of jobs) {
    const report = byId.get(job.id);
    if (report === undefined || outcomes.has(job.id)) continue;
    const outcome = await toOutcome(report, job, options.folder);
    if (outcome.trouble === null) await writeWhole(files.get(job.id) ?? '', JSON.stringify(outcome));
    outcomes.set(job.id, outcome);
  }
  return outcomes;
}

/**
 * The cells that cannot run beside the page's others: a name that two of them define, a ring of cells that wait for each other. Asked of
 * the whole page each time, since a cell that is itself unchanged can become one of these, or cease to be one.
 */
function misplaced(jobs: readonly CellJob[]): (readonly [string, BuildOutcome])[] {
  const { troubles } = order(jobs.map(({ program }) => program));
  return jobs.flatMap(({ id, program, show }, k) => {
    const error = troubles[k] ?? null;
    if (error === null) return [];
    const trouble = toTrouble(error, program.source);
    return [[id, { result: describeAny(null, show), picture: null, trouble, printed: '', controls: [] }]];
  });
}

/** Everything that decides a cell's result, hashed. */
export function cacheKey(
  job: CellJob,
  jobs: readonly CellJob[],
  options: Pick<ComputeOptions, 'version' | 'pictures'>,
): string {
  const needed = new Set(upstream(jobs, [job.id]));
  const sources = jobs.filter((other) => needed.has(other.id)).map((other) => other.program.source);
  const pictures = picturesOf(jobs, job.id, [...options.pictures.keys()]).map((name) => [
    name,
    options.pictures.get(name),
  ]);
  // A cell that draws random numbers draws others when it moves to another place on the page.
  const places = jobs.flatMap(({ id, program }, k) => (needed.has(id) && drawsRandom(program) ? [k] : []));
  const parts = JSON.stringify([options.version, sources, job.program.source, job.show, pictures, places]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 24);
}

async function readOutcome(path: string, folder: string): Promise<BuildOutcome | null> {
  try {
    const outcome = JSON.parse(await readFile(path, 'utf8')) as BuildOutcome;
    if (outcome.picture !== null) await readFile(join(folder, outcome.picture));
    return outcome;
  } catch {
    // Absent, cut short, or its picture was deleted: compute again.
    return null;
  }
}

async function toOutcome(report: CellReport, job: CellJob, folder: string): Promise<BuildOutcome> {
  const { view, trouble, printed, controls } = report;
  const shown = asPicture(view, job.show);
  const picture = shown === null ? null : await writePicture(folder, pixelsOf(shown));
  return { result: describeAny(view, job.show), picture, trouble, printed, controls };
}

function pixelsOf(view: MatrixView | ColourView): FilePixels {
  return { rows: view.rows, cols: view.cols, channels: view.kind === 'colour' ? 3 : 1, bytes: displayBytes(view) };
}
