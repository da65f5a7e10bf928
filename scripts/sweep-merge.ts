/**
 * Merges the sweep's files into what the article reads: `node scripts/sweep-merge.ts` writes
 * `content/attention/data/<plan>.json` for every plan that has runs, and prints a table.
 */
import { writeFileSync } from 'node:fs';
import { CROSSED_PLANS } from '../src/lib/attention/sweep/crossed.ts';
import { summarizeCrossed } from '../src/lib/attention/sweep/crossed-summary.ts';
import { mergePlan } from '../src/lib/attention/sweep/merge.ts';
import { PLANS } from '../src/lib/attention/sweep/plan.ts';
import { DATA_FOLDER, readCrossed, readRuns } from './sweep-files.ts';

/** Statistics need no more digits than these; what must reproduce (dots) keeps all of them. */
const digits = (key: string, value: unknown): unknown =>
  typeof value === 'number' && STATISTICS.has(key) ? Number(value.toPrecision(6)) : value;
const STATISTICS = new Set(['mean', 'sd', 'low', 'high', 'p', 'holm']);

const show = (x: number | undefined, places = 2): string => (x === undefined ? '-' : x.toFixed(places));

for (const plan of PLANS) {
  const lines = readRuns(plan.name);
  if (!lines.some((line) => line.stage === 'main')) continue;
  const result = mergePlan(plan, lines);
  writeFileSync(`${DATA_FOLDER}${plan.name}.json`, `${JSON.stringify(result, digits)}\n`);
  console.log(
    `\n${plan.name}${plan.exploratory ? ' (exploratory)' : ''}: ${result.complete ? 'complete' : 'INCOMPLETE'}; ${result.conclusion}`,
  );
  for (const arm of result.arms) {
    const d = arm.toBaseline?.accuracy;
    const l = arm.toControls?.linear?.accuracy;
    console.log(
      [
        `${arm.arm} ${arm.alpha}`.padEnd(18),
        `rate ${arm.rate ?? '?'}`.padEnd(12),
        `n ${arm.dots.length}`.padEnd(6),
        `${show(arm.accuracy?.mean)} (sd ${show(arm.accuracy?.sd)})`.padEnd(18),
        d ? `${show(d.mean)} [${show(d.t.low)}, ${show(d.t.high)}] holm ${show(d.holm, 3)}`.padEnd(36) : ''.padEnd(36),
        l ? `to linear ${show(l.mean)} [${show(l.t.low)}, ${show(l.t.high)}] holm ${show(l.holm, 3)}` : '',
        arm.verdict,
      ].join(' '),
    );
  }
}

for (const plan of CROSSED_PLANS) {
  const lines = readCrossed(plan);
  if (lines.length === 0) continue;
  const summary = summarizeCrossed(plan, lines);
  writeFileSync(`${DATA_FOLDER}crossed/${plan.name}.json`, `${JSON.stringify(summary, digits)}\n`);
  console.log(
    `\n${plan.name}: ${summary.done} of ${summary.planned} runs, ${summary.wholeSeeds} of ${summary.seeds} seeds whole`,
  );
  for (const { arm, alpha, rate, accuracy } of summary.contrasts) {
    console.log(
      `${arm} ${alpha} at ${rate ?? 'the chosen rate'}: ${show(accuracy.mean)} [${show(accuracy.t.low)}, ${show(accuracy.t.high)}]`,
    );
  }
}
