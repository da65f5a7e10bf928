/**
 * The value transforms, as data. Attention computes A V; an arm replaces V by `value * V + part * T(V)`.
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

/** out = value * V + part * T(V). */
export interface ValueTransform {
  readonly kind: TransformKind;
  readonly value: number;
  readonly part: number;
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

const fixed = (kind: TransformKind, value: number, part: number) => (): ValueTransform => ({ kind, value, part });

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
    transform: (_alpha, tokens) => ({ kind: 'softmax', value: 0, part: tokens }),
  },
  'mix-S': {
    formula: '(1 - a) V + a S(V)',
    meaning: 'the proposal with its mixing weight',
    usesAlpha: true,
    transform: (alpha) => ({ kind: 'softmax', value: 1 - alpha, part: alpha }),
  },
  'mix-NS': {
    formula: '(1 - a) V + a N S(V)',
    meaning: 'the mixed form, scaled by N',
    usesAlpha: true,
    transform: (alpha, tokens) => ({ kind: 'softmax', value: 1 - alpha, part: alpha * tokens }),
  },
  'add-S': {
    formula: 'V + a S(V)',
    meaning: 'the grid that was asked for: a change of about a/N',
    usesAlpha: true,
    transform: (alpha) => ({ kind: 'softmax', value: 1, part: alpha }),
  },
  'add-NS': {
    formula: 'V + a N S(V)',
    meaning: 'the grid, scaled by N so that alpha matters',
    usesAlpha: true,
    transform: (alpha, tokens) => ({ kind: 'softmax', value: 1, part: alpha * tokens }),
  },
  linear: {
    formula: 'V + a (V - m)',
    meaning: 'the first-order part of V + a N S(V), with no softmax',
    usesAlpha: true,
    transform: (alpha) => ({ kind: 'centred', value: 1, part: alpha }),
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
    transform: (_alpha, tokens) => ({ kind: 'none', value: 1 / tokens, part: 0 }),
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
    transform: (_alpha, _tokens, headWidth) => ({ kind: 'features', value: 0, part: headWidth }),
  },
  'add-exp': {
    formula: 'V + a exp(V)',
    meaning: 'an exponential of each value by itself: the bend of the softmax without its sum over the tokens',
    usesAlpha: true,
    transform: (alpha) => ({ kind: 'exp', value: 1, part: alpha }),
  },
  'add-features': {
    formula: 'V + a d softmax over the features of V',
    meaning: 'the same mixture with a softmax along the other axis',
    usesAlpha: true,
    transform: (alpha, _tokens, headWidth) => ({ kind: 'features', value: 1, part: alpha * headWidth }),
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
    transform: (alpha) => ({ kind: 'prefix', value: 1, part: alpha }),
  },
} as const satisfies Record<string, Arm>;

export type ArmName = keyof typeof ARMS;

export const ARM_NAMES = Object.keys(ARMS) as readonly ArmName[];

/** The transform of an arm at one alpha. */
export function valueTransform(arm: ArmName, alpha: number, tokens: number, headWidth: number): ValueTransform {
  return ARMS[arm].transform(alpha, tokens, headWidth);
}
