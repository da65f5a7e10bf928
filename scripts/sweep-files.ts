/** The sweep's files: one a plan, or one a shard of a plan, of one JSON line a run. */
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CrossedName, CrossedPlan } from '../src/lib/attention/sweep/crossed.ts';
import type { CrossedLine } from '../src/lib/attention/sweep/crossed-records.ts';
import { parseCrossed } from '../src/lib/attention/sweep/crossed-records.ts';
import type { PlanName } from '../src/lib/attention/sweep/plan.ts';
import type { SweepLine } from '../src/lib/attention/sweep/records.ts';
import { parseLines } from '../src/lib/attention/sweep/records.ts';

export const DATA_FOLDER = fileURLToPath(new URL('../content/attention/data/', import.meta.url));
export const RUNS_FOLDER = `${DATA_FOLDER}runs/`;

/** The text of all files of a plan. */
function readText(plan: PlanName | CrossedName, folder: string): string {
  if (!existsSync(folder)) return '';
  const own = new RegExp(`^${plan}(\\.\\d+-of-\\d+)?\\.jsonl$`);
  return readdirSync(folder)
    .filter((name) => own.test(name))
    .sort()
    .map((name) => readFileSync(folder + name, 'utf8'))
    .join('\n');
}

/** All finished runs of a plan, from all its files. */
export function readRuns(plan: PlanName, folder = RUNS_FOLDER): SweepLine[] {
  return parseLines(readText(plan, folder)).lines;
}

/** All finished runs of a crossed plan, from all its files. */
export function readCrossed(plan: CrossedPlan, folder = RUNS_FOLDER): CrossedLine[] {
  return parseCrossed(plan, readText(plan.name, folder)).lines;
}

/** The file this shard appends to. Cuts off a last line that a kill left unfinished. */
export function openRuns(
  plan: PlanName | CrossedName,
  shard: { index: number; count: number },
  folder = RUNS_FOLDER,
): string {
  mkdirSync(folder, { recursive: true });
  const name = shard.count === 1 ? `${plan}.jsonl` : `${plan}.${shard.index}-of-${shard.count}.jsonl`;
  const path = folder + name;
  if (existsSync(path)) {
    const bytes = readFileSync(path);
    const end = bytes.lastIndexOf(10) + 1;
    if (end < bytes.length) truncateSync(path, end);
  }
  return path;
}
