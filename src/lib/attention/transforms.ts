/**
 * The value transforms, as data. Attention computes A V; an arm replaces V by `value * V + part * T(V) + shift`.
 * The proposal (the poster's "Request for Plot", 2021) is T = softmax down each column of V, over the tokens; the others
 * are the controls without which a difference cannot be read.
 */
import { CENTRED, EXP, FEATURES, NONE, SOFTMAX, STANDARDISED } from './kernels/kinds.ts';

/** The map T. All act on the value matrix of one sample and one head (tokens x features). */
export type TransformKind = 'none' | 'softmax' | 'centred' | 'standardised' | 'exp' | 'features' | 'prefix';

/** The kinds as the kernels know them; `prefix` is applied inside attention, so its V part is a plain 0. */
export const KIND_CODE: Readonly<Record<TransformKind, number>> = {
  none: NONE,
  softmax: SOFTMAX,
  centred: CENTRED,
  standardised: STANDARDISED,
  exp: EXP,
  features: FEATURES,
  prefix: NONE,
};

/** out = value * V + part * T(V) + shift, the shift being one number for all entries. */
export interface ValueTransform {
  readonly kind: TransformKind;
  readonly value: number;
  readonly part: number;
  readonly shift: number;
}

/** An arm of the experiment: how it is written, what it is, and how alpha, N and the head's width enter. */
export interface Arm {
  /** Formula for people, with N tokens, S the column softmax, m the mean over tokens. */
  readonly formula: string;
  readonly meaning: string;
  /** Whether alpha does anything. */
  readonly usesAlpha: boolean;
  readonly transform: (alpha: number, tokens: number, headWidth: number) => ValueTransform;
}

const map = (kind: TransformKind, value: number, part: number, shift = 0): ValueTransform => ({
  kind,
  value,
  part,
  shift,
});
const fixed = (kind: TransformKind, value: number, part: number) => (): ValueTransform => map(kind, value, part);

/** a (u T(V) - minus), where u, of N tokens and d features, brings the mean of T to 1. */
const scaled =
  (kind: TransformKind, minus: 0 | 1, unit: (tokens: number, headWidth: number) => number = () => 1) =>
  (alpha: number, tokens: number, headWidth: number): ValueTransform =>
    map(kind, 0, alpha * unit(tokens, headWidth), minus === 0 ? 0 : -alpha);
const byTokens = (tokens: number): number => tokens;
const byFeatures = (_tokens: number, headWidth: number): number => headWidth;

export const ARMS = {
  V: {
    formula: 'V',
    meaning: 'ordinary attention, the baseline',
    usesAlpha: false,
    transform: fixed('none', 1, 0),
  },
  S: {
    formula: 'S(V)',
    meaning: 'softmax down each column of V, as proposed',
    usesAlpha: false,
    transform: fixed('softmax', 0, 1),
  },
  NS: {
    formula: 'N S(V)',
    meaning: 'the same, scaled so that its mean is 1 and not 1/N',
    usesAlpha: false,
    transform: (_alpha, tokens) => map('softmax', 0, tokens),
  },
  'mix-S': {
    formula: '(1 - a) V + a S(V)',
    meaning: 'the proposal with its mixing weight',
    usesAlpha: true,
    transform: (alpha) => map('softmax', 1 - alpha, alpha),
  },
  'mix-NS': {
    formula: '(1 - a) V + a N S(V)',
    meaning: 'the mixed form, scaled by N',
    usesAlpha: true,
    transform: (alpha, tokens) => map('softmax', 1 - alpha, alpha * tokens),
  },
  'add-S': {
    formula: 'V + a S(V)',
    meaning: 'the grid that was asked for: a change of about a/N',
    usesAlpha: true,
    transform: (alpha) => map('softmax', 1, alpha),
  },
  'add-NS': {
    formula: 'V + a N S(V)',
    meaning: 'the grid, scaled by N so that alpha matters',
    usesAlpha: true,
    transform: (alpha, tokens) => map('softmax', 1, alpha * tokens),
  },
  linear: {
    formula: 'V + a (V - m)',
    meaning: 'the first-order part of V + a N S(V), with no softmax',
    usesAlpha: true,
    transform: (alpha) => map('centred', 1, alpha),
  },
  centred: {
    formula: 'V - m',
    meaning: 'values centred over the tokens',
    usesAlpha: false,
    transform: fixed('centred', 0, 1),
  },
  standardised: {
    formula: '(V - m) / sd',
    meaning: 'values standardised over the tokens',
    usesAlpha: false,
    transform: fixed('standardised', 0, 1),
  },
  gain: {
    formula: 'V / N',
    meaning: 'the scale of S(V) without the softmax',
    usesAlpha: false,
    transform: (_alpha, tokens) => map('none', 1 / tokens, 0),
  },
  exp: {
    formula: 'exp(V)',
    meaning: 'non-negative values, not divided by their sum',
    usesAlpha: false,
    transform: fixed('exp', 0, 1),
  },
  features: {
    formula: 'd softmax over the features of V',
    meaning: 'softmax along the other axis, scaled by the d features of a head',
    usesAlpha: false,
    transform: (_alpha, _tokens, headWidth) => map('features', 0, headWidth),
  },
  'add-exp': {
    formula: 'V + a exp(V)',
    meaning: 'an exponential of each value by itself: the bend of the softmax without its sum over the tokens',
    usesAlpha: true,
    transform: (alpha) => map('exp', 1, alpha),
  },
  'add-features': {
    formula: 'V + a d softmax over the features of V',
    meaning: 'the same mixture with a softmax along the other axis',
    usesAlpha: true,
    transform: (alpha, _tokens, headWidth) => map('features', 1, alpha * headWidth),
  },
  prefix: {
    formula: 't S over tokens up to t',
    meaning: 'the column softmax that a causal model may use',
    usesAlpha: false,
    transform: fixed('prefix', 0, 1),
  },
  'add-prefix': {
    formula: 'V + a t S over tokens up to t',
    meaning: 'the causal form of V + a N S(V)',
    usesAlpha: true,
    transform: (alpha) => map('prefix', 1, alpha),
  },
  'scaled-V': {
    formula: 'a V',
    meaning: 'a scale and nothing else',
    usesAlpha: true,
    transform: (alpha) => map('none', alpha, 0),
  },
  'scaled-centred': {
    formula: 'a (V - m)',
    meaning: 'values centred over the tokens, scaled',
    usesAlpha: true,
    transform: scaled('centred', 0),
  },
  'scaled-exp': {
    formula: 'a exp(V)',
    meaning: 'an exponential of each value by itself, scaled',
    usesAlpha: true,
    transform: scaled('exp', 0),
  },
  'scaled-exp-1': {
    formula: 'a (exp(V) - 1)',
    meaning: 'the same, and 0 where V is 0',
    usesAlpha: true,
    transform: scaled('exp', 1),
  },
  'scaled-NS': {
    formula: 'a N S(V)',
    meaning: 'softmax down each column of V, of mean a; at a = 1/N it is S',
    usesAlpha: true,
    transform: scaled('softmax', 0, byTokens),
  },
  'scaled-NS-1': {
    formula: 'a (N S(V) - 1)',
    meaning: 'the same, centred: every column has the mean 0',
    usesAlpha: true,
    transform: scaled('softmax', 1, byTokens),
  },
  'scaled-features': {
    formula: 'a d F(V)',
    meaning: 'softmax F over the d features of a head, of mean a',
    usesAlpha: true,
    transform: scaled('features', 0, byFeatures),
  },
  'scaled-features-1': {
    formula: 'a (d F(V) - 1)',
    meaning: 'the same, centred: every row of a head has the mean 0',
    usesAlpha: true,
    transform: scaled('features', 1, byFeatures),
  },
} as const satisfies Record<string, Arm>;

export type ArmName = keyof typeof ARMS;

export const ARM_NAMES = Object.keys(ARMS) as readonly ArmName[];

/** The transform of an arm at one alpha. */
export function valueTransform(arm: ArmName, alpha: number, tokens: number, headWidth: number): ValueTransform {
  return ARMS[arm].transform(alpha, tokens, headWidth);
}
