/** What the trainer says of its models. Pure: the same at build and in the page. */
import type { RunConfig } from '../../lib/attention/presets.ts';
import type { Evaluation, RunRecord } from '../../lib/attention/trainer.ts';
import { fixed, signed } from '../SweepPlot/words.ts';
import type { Check, Facts } from '../../lib/attention/training/protocol.ts';

/** Digits in groups of three. */
export const grouped = (value: number): string => value.toLocaleString('en-GB');

/** The result on the test: `100.0 % of 2,048`. */
export function testOf({ results }: RunRecord): Evaluation | undefined {
  return results.test ?? results.probe;
}

export const percent = ({ right, asked }: { readonly right: number; readonly asked: number }): string =>
  `${fixed((100 * right) / asked, 1)} %`;

/** The large number of a side, and what it is of. */
export function resultWords(record: RunRecord | null, check: Check | undefined): { number: string; of: string } {
  const test = record && testOf(record);
  if (test) return { number: percent(test), of: `of ${grouped(test.asked)} test answers right` };
  if (check)
    return { number: percent(check), of: `of ${grouped(check.asked)} validation answers right, at step ${check.step}` };
  return { number: '–', of: 'not asked yet' };
}

/** Seconds as one says them. */
export function timeWords(seconds: number): string {
  if (seconds < 10) return `${fixed(seconds, 1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `step 40 of 200 · 310 steps/s · 0.5 s left`. */
export function progressWords(step: number, steps: number, seconds: number, running: boolean): string {
  const parts = [`step ${grouped(step)} of ${grouped(steps)}`];
  if (step > 0 && seconds > 0) {
    const speed = step / seconds;
    parts.push(`${fixed(speed, speed < 10 ? 1 : 0)} steps/s`);
    if (running && step < steps) parts.push(`${timeWords((steps - step) / speed)} left`);
    if (running && step >= steps) parts.push('taking the test');
    if (step >= steps && !running) parts.push(`${timeWords(seconds)} in all`);
  }
  return parts.join(' · ');
}

export function factsWords({ parameters }: Facts, { width, heads, layers, rate, seed }: RunConfig): string {
  const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  return `${grouped(parameters)} parameters: width ${width}, ${many(heads, 'head')}, ${many(layers, 'layer')}; learning rate ${rate}, seed ${seed}`;
}

/** Both runs beside each other; null where their tests are not the same. */
export function comparison(left: RunRecord, right: RunRecord): string | null {
  const [a, b] = [testOf(left), testOf(right)];
  if (!a || !b || left.config.preset !== right.config.preset) return null;
  const points = signed(100 * (b.right / b.asked - a.right / a.asked), 1);
  const paired = left.config.seed === right.config.seed ? 'one pair of runs' : 'two runs with different seeds';
  return `Right minus left: ${points} points on the same test. That is ${paired}; the plot above shows how far runs scatter.`;
}
