/** What a crossed plan says when it is complete, in the registered words. */
import type {
  MeasuredDifference,
  PartsConclusion,
  Primary,
  PrimaryName,
  Secondary,
} from '../../lib/attention/sweep/cross-fit.ts';
import { WORTH } from '../../lib/attention/sweep/merge.ts';
import type { Variant } from '../../lib/attention/sweep/plan.ts';
import { ARMS } from '../../lib/attention/transforms.ts';
import { pText, range, signed } from './words.ts';

export const CONCLUSIONS: Readonly<Record<PartsConclusion, string>> = {
  'token softmax matters': 'Token softmax matters',
  'a parametrisation': 'A parametrisation: what helps is had without the softmax over the tokens',
  'no gain shown': 'No gain shown',
};

const ASKED: Readonly<Record<PrimaryName, readonly string[]>> = {
  'better than V': ['N S − 1 less V'],
  'token axis': ['N S − 1 less exp(V) − 1', 'N S − 1 less d F − 1'],
  'equal to exp(V)/N': ['S less exp(V)/N'],
  constant: ['N S − 1 less N S'],
};

const ANSWERS: Readonly<Record<PrimaryName, readonly [holds: string, not: string]>> = {
  'better than V': ['better than V', 'not shown to be better than V'],
  'token axis': ['better than both', 'not shown to be better than both'],
  'equal to exp(V)/N': ['equal within 0.003', 'not shown to be equal'],
  constant: ['the constant matters', 'not shown to matter'],
};

/** A fraction as a reader writes it: 1/4, 1. */
export const fraction = (scale: number): string => (scale === 1 ? '1' : `1/${1 / scale}`);

const scaledText = ({ arm, alpha }: Variant): string => {
  const kind = ARMS[arm].formula.replace(/^a /, '').replaceAll(' - ', ' − ');
  return alpha === 1 ? kind.replace(/^\((.*)\)$/, '$1') : `${fraction(alpha)} ${kind}`;
};

/** One comparison: what is compared, and the cells of its row. */
export interface ComparisonRow {
  readonly words: string;
  readonly cells: readonly string[];
}

export const COMPARISON_HEADS = [
  'Loss, nats',
  'p (Holm)',
  'Answer',
  'Accuracy, points',
  'Real?',
  'Worth having?',
  'Official loss',
] as const;

const worth = ({ accuracy: { t } }: MeasuredDifference): string => {
  if (t.low >= WORTH || t.high <= -WORTH) return 'yes';
  return t.low > -WORTH && t.high < WORTH ? 'no' : 'open';
};

function cellsOf(difference: MeasuredDifference, holm: number | null, answer: string): string[] {
  const { loss, accuracy, officialLoss } = difference;
  const text = ({ mean, t }: MeasuredDifference['loss'], digits: number): string =>
    `${signed(mean, digits)} (${range(t, digits)})`;
  const real = accuracy.t.low > 0 || accuracy.t.high < 0 ? 'yes' : 'not shown';
  return [
    text(loss, 4),
    holm === null ? '' : pText(holm),
    answer,
    text(accuracy, 2),
    real,
    worth(difference),
    text(officialLoss, 4),
  ];
}

/** The four primary comparisons; the one of the token axis has two rows. */
export function primaryRows(rows: readonly Primary[]): ComparisonRow[] {
  return rows.flatMap(({ name, differences, holm, holds }) =>
    differences.map((difference, i) => ({
      words: ASKED[name][i] ?? name,
      cells: cellsOf(difference, holm, ANSWERS[name][holds ? 0 : 1]),
    })),
  );
}

/** The secondary ones. */
export function secondaryRows(rows: readonly Secondary[]): ComparisonRow[] {
  return rows.map(({ arm, less, atBest, difference, holm }) => {
    const { mean } = difference.loss;
    const told = holm === null ? '' : holm >= 0.05 ? 'not told apart' : mean < 0 ? 'better' : 'worse';
    const words = `${scaledText(arm)} less ${scaledText(less)}${atBest ? ', each at its best' : ''}`;
    return { words, cells: cellsOf(difference, holm, told) };
  });
}
