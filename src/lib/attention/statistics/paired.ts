/** Paired comparison of two arms: seed by seed, so that what the seed does to both falls out. */
import { random } from '../random.ts';
import { tQuantile, tTail } from './student.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A mean with its uncertainty. Intervals are NaN for fewer than two values. */
export interface SampleSummary {
  readonly n: number;
  readonly mean: number;
  /** Standard deviation (n - 1 in the denominator). */
  readonly sd: number;
  /** 95 % t interval of the mean. */
  readonly t: Interval;
}

export interface PairedComparison extends SampleSummary {
  /** Two-sided p of the paired t test. */
  readonly p: number;
  /** 95 % studentised bootstrap interval of the mean difference. */
  readonly bootstrap: Interval;
}

const RESAMPLES = 4000;

function moments(values: readonly number[]): { mean: number; sd: number } {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(square / (n - 1)) };
}

/** Mean, deviation and 95 % t interval. */
export function summarize(values: readonly number[], level = 0.95): SampleSummary {
  const n = values.length;
  const { mean, sd } = moments(values);
  const half = n > 1 ? (tQuantile(level, n - 1) * sd) / Math.sqrt(n) : NaN;
  return { n, mean, sd, t: { low: mean - half, high: mean + half } };
}

/**
 * Studentised bootstrap interval of a mean (Efron and Tibshirani, An Introduction to the Bootstrap, chapter 12): each
 * resample gives (mean* - mean) / error*, whose quantiles replace Student's. The plain percentile interval covers too
 * little at twenty seeds. Seeded: the same data give the same interval.
 */
export function bootstrapInterval(values: readonly number[], level = 0.95, seed = 1, resamples = RESAMPLES): Interval {
  const n = values.length;
  const { mean, sd } = moments(values);
  if (n < 2 || sd === 0) return { low: n < 2 ? NaN : mean, high: n < 2 ? NaN : mean };
  const r = random(seed, 'bootstrap');
  const root = Math.sqrt(n);
  const scores: number[] = [];
  while (scores.length < resamples) {
    const again = moments(Array.from({ length: n }, () => values[r.below(n)] ?? NaN));
    // A resample of one repeated value has no deviation and says nothing.
    if (again.sd > 0) scores.push(((again.mean - mean) / again.sd) * root);
  }
  scores.sort((a, b) => a - b);
  const at = (q: number): number =>
    scores[Math.min(resamples - 1, Math.max(0, Math.round(q * (resamples - 1))))] ?? NaN;
  const error = sd / root;
  return { low: mean - at((1 + level) / 2) * error, high: mean - at((1 - level) / 2) * error };
}

/** Compares `a` with `b`, value by value: positive means a is larger. Throws when their lengths differ. */
export function comparePaired(a: readonly number[], b: readonly number[]): PairedComparison {
  if (a.length !== b.length) throw new RangeError(`pairs need equal lengths, not ${a.length} and ${b.length}`);
  const differences = a.map((x, i) => x - (b[i] ?? NaN));
  const summary = summarize(differences);
  const { n, mean, sd } = summary;
  const p = n < 2 ? NaN : sd === 0 ? (mean === 0 ? 1 : 0) : tTail((mean / sd) * Math.sqrt(n), n - 1);
  return { ...summary, p, bootstrap: bootstrapInterval(differences) };
}

/** Holm's step-down adjustment of p values: controls the chance of any false alarm in the family. Order is kept. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, i) => ({ p, i })).sort((x, y) => x.p - y.p);
  const adjusted = ps.map(() => NaN);
  let running = 0;
  order.forEach(({ p, i }, rank) => {
    running = Math.max(running, Math.min(1, (ps.length - rank) * p));
    adjusted[i] = running;
  });
  return adjusted;
}

/** Fewest seeds for which a 95 % t interval of differences with deviation `sd` reaches no further than `half` either way. */
export function seedsNeeded(sd: number, half: number, level = 0.95): number {
  if (!(half > 0) || !(sd >= 0)) throw new RangeError('the half-width must be positive');
  const fits = (n: number): boolean => (tQuantile(level, n - 1) * sd) / Math.sqrt(n) <= half;
  let high = 2;
  while (!fits(high)) high *= 2;
  let low = Math.max(2, high / 2);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}
