/** The statistics beside the attention article, held against a second implementation that shares no line with the first. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { PlanResult } from '../../src/lib/attention/sweep/merge.ts';
import { PLANS } from '../../src/lib/attention/sweep/plan.ts';

const data = new URL('../../content/attention/data/', import.meta.url);
const script = fileURLToPath(new URL('statistics.py', import.meta.url));
const plans = PLANS.filter(({ name }) => existsSync(new URL(`${name}.json`, data)));
const python = spawnSync('python3', ['--version']).status === 0;

interface Again {
  readonly arm: string;
  readonly alpha: number;
  readonly measure: 'accuracy' | 'loss';
  readonly rate: number;
  readonly n: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  readonly holm: number;
}

it.skipIf(!python)(
  'Python, from the runs alone, comes to the same numbers, to six digits',
  { timeout: 120_000 },
  () => {
    const input = JSON.stringify(
      plans.map((plan) => ({ ...plan, file: fileURLToPath(new URL(`runs/${plan.name}.jsonl`, data)) })),
    );
    const ran = spawnSync('python3', [script], { input, encoding: 'utf8', maxBuffer: 1e8 });
    expect(ran.stderr).toBe('');
    const again = JSON.parse(ran.stdout) as { plan: string; arms: Again[] }[];
    let compared = 0;
    for (const { plan, arms } of again) {
      const result = JSON.parse(readFileSync(new URL(`${plan}.json`, data), 'utf8')) as PlanResult;
      expect(arms).toHaveLength(2 * (result.arms.length - 1));
      for (const { arm, alpha, measure, ...theirs } of arms) {
        const here = result.arms.find((one) => one.arm === arm && one.alpha === alpha);
        const ours = here?.toBaseline?.[measure];
        const words = `${plan}, ${arm} at ${alpha}, ${measure}`;
        expect([here?.rate, ours?.n], words).toEqual([theirs.rate, theirs.n]);
        if (!ours) throw new Error(words);
        const size = Math.abs(ours.mean) + ours.t.high - ours.t.low;
        for (const [a, b] of [
          [ours.mean, theirs.mean],
          [ours.t.low, theirs.low],
          [ours.t.high, theirs.high],
        ] as const) {
          // The file keeps six digits.
          expect(Math.abs(a - b), words).toBeLessThanOrEqual(5.01e-6 * Math.abs(a) + 1e-8 * size);
        }
        for (const [a, b] of [
          [ours.p, theirs.p],
          [ours.holm, theirs.holm],
        ] as const) {
          expect(Math.abs(a - b), `${words}: p ${a}, ${b}`).toBeLessThanOrEqual(5.1e-6 * Math.max(a, b));
        }
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(300);
  },
);

it.runIf(!python)('statistics are not compared: there is no python3', () => {
  console.warn('no python3: the statistics of the attention article were not recomputed');
});
