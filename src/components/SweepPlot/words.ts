/** How arms, plans and numbers of the attention experiment are said to a reader. */
import type { ArmResult, PlanResult } from '../../lib/attention/sweep/merge.ts';
import type { PlanName } from '../../lib/attention/sweep/plan.ts';
import type { ArmName } from '../../lib/attention/transforms.ts';
import { ARMS } from '../../lib/attention/transforms.ts';

/** Groups of arms that are drawn, and filtered, together. */
export type SeriesName = 'V' | 'add-NS' | 'linear' | 'add-S' | 'add-exp' | 'add-features' | 'others';

interface SeriesWords {
  readonly label: string;
  readonly meaning: string;
}

export const SERIES: Readonly<Record<SeriesName, SeriesWords>> = {
  V: { label: 'V', meaning: 'ordinary attention' },
  'add-NS': { label: 'V + α N S', meaning: 'the proposal, scaled by the number of tokens' },
  linear: { label: 'V + α (V − m)', meaning: 'the linear control: no softmax' },
  'add-S': { label: 'V + α S', meaning: 'the grid as it was asked for, unscaled' },
  'add-exp': { label: 'V + α exp V', meaning: 'a control: each value bent by itself, no sum over the tokens' },
  'add-features': { label: 'V + α d S over features', meaning: 'a control: softmax along the other axis' },
  others: { label: 'other arms', meaning: 'without α' },
};

export const SERIES_NAMES = Object.keys(SERIES) as readonly SeriesName[];

export const PLAN_WORDS: Readonly<Record<PlanName, string>> = {
  recall: 'Associative recall',
  sorting: 'Sorting',
  'sorting-closer': 'Sorting, a closer look',
  'sorting-bent': 'Sorting, the bent controls further out',
  'sorting-long': 'Sorting, trained five times as long',
  'sorting-deep': 'Sorting, two layers of two heads',
  'fashion-10k': 'Fashion-MNIST, 10,000 pictures',
  'fashion-60k': 'Fashion-MNIST, 55,000 pictures',
  'fashion-60k-again': 'Fashion-MNIST, 55,000 pictures, once more',
  'fashion-10k-pooling': 'Fashion-MNIST, softmax in the pooling',
  independent: 'Independent tokens',
  echo: 'Echo (causal)',
};

/** The group an arm is drawn with. Arms with a weight of their own that the plot has no axis for stand with the others. */
export function seriesOf({ arm }: Pick<ArmResult, 'arm'>): SeriesName {
  return arm in SERIES ? (arm as SeriesName) : 'others';
}

const SHORT: Readonly<Partial<Record<ArmName, string>>> = {
  S: 'S',
  NS: 'N S',
  centred: 'V − m',
  standardised: '(V − m)/sd',
  gain: 'V / N',
  exp: 'exp V',
  features: 'd S over features',
  prefix: 't S, running',
  'add-prefix': 'V + α t S, running',
};

/** A number as this site prints it: a true minus, no exponent. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

/** With its sign, for differences. */
export function signed(value: number, digits: number): string {
  const text = fixed(value, digits);
  return Number(value.toFixed(digits)) > 0 ? `+${text}` : text;
}

/** An alpha with as many decimals as it needs: `−0.75`, `2`. */
export function alphaText(alpha: number): string {
  return fixed(alpha, 2).replace(/\.?0+$/, '');
}

/** An arm as a short formula. */
export function labelOf(arm: ArmName): string {
  return SHORT[arm] ?? (arm in SERIES ? SERIES[arm as SeriesName].label : ARMS[arm].formula);
}

/** Arm and alpha in one short formula: `V + α N S at α = −0.5`. */
export function armText({ arm, alpha }: Pick<ArmResult, 'arm' | 'alpha'>): string {
  return ARMS[arm].usesAlpha ? `${labelOf(arm)} at α = ${alphaText(alpha)}` : labelOf(arm);
}

/** The name under a column of the plot. */
export function shortName({ arm, alpha }: Pick<ArmResult, 'arm' | 'alpha'>): string {
  return labelOf(arm).replace(/\+ α/, `${alpha < 0 ? '−' : '+'} ${alphaText(Math.abs(alpha))}`);
}

/** `−0.70 to +2.12`. */
export function range({ low, high }: { readonly low: number; readonly high: number }, digits = 2): string {
  return `${signed(low, digits)} to ${signed(high, digits)}`;
}

/** p as papers print it. */
export function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : fixed(p, 3);
}

/** `a, b and c`. */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** Main runs that are there, and that there are to be. */
export function runCount({ arms, seeds }: PlanResult): { readonly done: number; readonly planned: number } {
  return { done: arms.reduce((sum, { dots }) => sum + dots.length, 0), planned: arms.length * seeds };
}
