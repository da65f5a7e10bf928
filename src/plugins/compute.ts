import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe as describeView, displayBytes, asPicture } from '../components/Cell/display.ts';
import { picturesOf, upstream } from '../components/Cell/graph.ts';
import type { StaticResult } from '../components/Cell/payload.ts';
import type { Program } from '../lib/julia/ast.ts';
import type { CellReport, ColourView, Control, MatrixView, Trouble } from '../lib/julia/view.ts';
import { writePicture, writeWhole, type Pixels } from './picture-file.ts';

/** A cell to compute. */
export interface Job {
  readonly id: string;
  readonly program: Program;
  readonly show: string;
}

/** What a cell came to, as kept in the cache. */
export interface Outcome {
  readonly result: StaticResult;
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
  readonly known?: ReadonlyMap<string, Outcome>;
}

/**
 * Results of the cells of one page. A cell whose own program, upstream programs, pictures and library are unchanged comes
 * from the cache; the others are run, with what they need, in one notebook.
 */
export async function computePage(jobs: readonly Job[], options: ComputeOptions): Promise<Map<string, Outcome>> {
  await mkdir(options.folder, { recursive: true });
  const keys = new Map(jobs.map((job) => [job.id, cacheKey(job, jobs, options)]));
  const outcomes = new Map<string, Outcome>(options.known);
  for (const job of jobs) {
    if (outcomes.has(job.id)) continue;
    const kept = await readOutcome(join(options.folder, `${keys.get(job.id) ?? ''}.json`), options.folder);
    if (kept !== null) outcomes.set(job.id, kept);
  }
  const missing = jobs.filter((job) => !outcomes.has(job.id)).map((job) => job.id);
  if (missing.length === 0) return outcomes;
  const reports = await options.run(jobs, new Set(upstream(jobs, missing)));
  const byId = new Map(reports.map((report) => [report.id, report]));
  for (const job of jobs) {
    const report = byId.get(job.id);
    if (report === undefined || outcomes.has(job.id)) continue;
    const outcome = await toOutcome(report, job, options.folder);
    await writeWhole(join(options.folder, `${keys.get(job.id) ?? ''}.json`), JSON.stringify(outcome));
    outcomes.set(job.id, outcome);
  }
  return outcomes;
}

/** Everything that decides a cell's result, hashed. */
export function cacheKey(
  job: Job,
  jobs: readonly Job[],
  options: Pick<ComputeOptions, 'version' | 'pictures'>,
): string {
  const needed = new Set(upstream(jobs, [job.id]));
  const sources = jobs.filter((other) => needed.has(other.id)).map((other) => other.program.source);
  const pictures = picturesOf(jobs, job.id, [...options.pictures.keys()]).map((name) => [
    name,
    options.pictures.get(name),
  ]);
  // A cell that draws random numbers draws others when it moves to another place on the page.
  const place = /\b(rand|randn|shuffle|randperm)\b/.test(sources.join('\n')) ? jobs.indexOf(job) : null;
  const parts = JSON.stringify([options.version, sources, job.program.source, job.show, pictures, place]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 24);
}

async function readOutcome(path: string, folder: string): Promise<Outcome | null> {
  try {
    const outcome = JSON.parse(await readFile(path, 'utf8')) as Outcome;
    if (outcome.picture !== null) await readFile(join(folder, outcome.picture));
    return outcome;
  } catch {
    // Absent, cut short, or its picture was deleted: compute again.
    return null;
  }
}

async function toOutcome(report: CellReport, job: Job, folder: string): Promise<Outcome> {
  const { view, trouble, printed, controls } = report;
  const shown = asPicture(view, job.show);
  const picture = shown === null ? null : await writePicture(folder, pixelsOf(shown));
  return { result: describeView(view, job.show), picture, trouble, printed, controls };
}

function pixelsOf(view: MatrixView | ColourView): Pixels {
  return { rows: view.rows, cols: view.cols, channels: view.kind === 'colour' ? 3 : 1, bytes: displayBytes(view) };
}

/** A hash over the source files under `folders` and the single files among them, tests apart. */
export async function hashSources(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await sourceFiles(path)) hash.update(await readFile(file));
  }
  return hash.digest('hex');
}

async function sourceFiles(path: string): Promise<string[]> {
  if (path.endsWith('.ts')) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => join(path, name));
}
