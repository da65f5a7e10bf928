/** The alpha plot in one sentence, for readers who cannot see it. The table beside it has every number. */
import type { PlanResult } from '../../lib/attention/sweep/merge.ts';
import type { ChartKind } from './chart-layout.ts';
import type { SeriesName } from './words.ts';
import { alphaText, fixed, PLAN_WORDS, SERIES, SERIES_NAMES, seriesOf, signed } from './words.ts';

const SUBJECT: Readonly<Record<ChartKind, string>> = {
  accuracy: 'Test accuracy in percent',
  loss: 'Test loss in nats',
  difference: 'Test accuracy minus that of V at the same seed, in points',
};

/** Alternative text of one chart. */
export function chartAlt(result: PlanResult, kind: ChartKind, shown: ReadonlySet<SeriesName>): string {
  const digits = kind === 'loss' ? 3 : 1;
  const say = kind === 'difference' ? signed : fixed;
  const lines = SERIES_NAMES.filter((name) => name !== 'others').flatMap((name) => {
    const means = result.arms
      .filter((arm) => seriesOf(arm) === name && shown.has(name))
      .flatMap((arm) => {
        const summary = kind === 'difference' ? arm.toBaseline?.accuracy : arm[kind];
        return summary ? [{ alpha: arm.alpha, mean: summary.mean }] : [];
      })
      .sort((a, b) => a.alpha - b.alpha);
    if (!means.length) return [];
    if (name === 'V') return [`V: mean ${say(means[0]?.mean ?? NaN, digits)}`];
    return [
      `${SERIES[name].label}: ${means.map(({ alpha, mean }) => `${say(mean, digits)} at ${alphaText(alpha)}`).join(', ')}`,
    ];
  });
  return `${PLAN_WORDS[result.plan]}. ${SUBJECT[kind]}, a dot for each training run, against alpha. Means: ${lines.join('; ')}.`;
}
