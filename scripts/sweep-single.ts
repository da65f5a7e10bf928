/** One run of the sweep by itself: what `npm run sweep` does when a seed is named. */
import { differences } from '../src/lib/attention/sweep/contribution.ts';
import { chosenRate } from '../src/lib/attention/sweep/jobs.ts';
import type { Plan, Variant } from '../src/lib/attention/sweep/plan.ts';
import { lineKey } from '../src/lib/attention/sweep/records.ts';
import { ARM_NAMES } from '../src/lib/attention/transforms.ts';
import { rerun } from './rerun.ts';
import { readRuns } from './sweep-files.ts';

/** As the command line has them. */
export interface SingleOptions {
  readonly arm: string | undefined;
  readonly alpha: string | undefined;
  readonly rate: string | undefined;
  readonly seed: string;
  readonly check: boolean;
  readonly folder?: string;
}

/** @throws RangeError for an arm, an alpha or a number that the plan does not have. */
function variantOf(plan: Plan, { arm, alpha }: SingleOptions): Variant {
  const name = ARM_NAMES.find((one) => one === arm);
  const value = Number(alpha ?? 0);
  const found = plan.variants.find((variant) => variant.arm === name && variant.alpha === value);
  if (found) return found;
  const there = plan.variants.map((variant) => `${variant.arm} ${variant.alpha}`).join(', ');
  throw new RangeError(`${plan.name} has no arm ${arm ?? '(give --arm)'} at alpha ${value}; it has ${there}`);
}

/**
 * Trains one main run of a plan; the rate is the chosen one unless another is named. Without `check` it returns its line; with it,
 * whether the committed line of that run came out again, bit for bit.
 */
export async function runSingle(plan: Plan, options: SingleOptions): Promise<{ text: string; fine: boolean }> {
  const variant = variantOf(plan, options);
  const lines = readRuns(plan.name, options.folder);
  const rate = options.rate === undefined ? chosenRate(plan, variant, lines) : Number(options.rate);
  const seed = Number(options.seed);
  if (rate === undefined || !(rate > 0)) throw new RangeError('the rate of this arm is not chosen yet: give --rate');
  if (!Number.isSafeInteger(seed) || seed < 1) throw new RangeError(`a seed is a whole number above 0, not ${seed}`);
  const run = { stage: 'main', ...variant, rate, seed } as const;
  const committed = lines.find((line) => lineKey(line) === lineKey(run));
  if (options.check && !committed) return { text: 'There is no committed line of this run.', fine: false };
  const again = await rerun(plan, run);
  if (!options.check || !committed) return { text: JSON.stringify(again), fine: true };
  const wrong = differences(committed, again);
  if (wrong.length > 0) return { text: `Not equal: ${wrong.join('; ')}.`, fine: false };
  const [loss, right, asked] = again.test ?? [NaN, NaN, NaN];
  return {
    text: `Equal, bit for bit: accuracy ${(100 * right) / asked} %, loss ${loss}, weights ${again.hash}.`,
    fine: true,
  };
}
