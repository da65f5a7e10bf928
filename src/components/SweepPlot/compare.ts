/** Whether a run that was trained again is the run of the plot, and how that is said. */
import type { Dot } from '../../lib/attention/sweep/merge.ts';
import type { RunRecord } from '../../lib/attention/trainer.ts';
import { isExtra } from './extra.ts';

export interface RunComparison {
  /** All weights and every number that this place can compute are the same. */
  readonly equal: boolean;
  readonly sentence: string;
}

/**
 * Compares a record with its dot, without any tolerance. Where the whole test set is not at hand the part that is shipped is
 * compared; the hash covers all weights, so equal hashes mean the same model and with it the same test result.
 */
export function compareRun(record: RunRecord, dot: Dot): RunComparison {
  const { test, probe } = record.results;
  const hash = record.hash === dot.hash;
  const weights = hash ? `weights ${record.hash}, equal` : `weights ${record.hash}, not ${dot.hash}`;
  if (test) {
    const accuracy = (100 * test.right) / test.asked;
    const equal = hash && accuracy === dot.accuracy && test.loss === dot.loss;
    const word = equal ? 'Equal to the last digit' : 'Not equal';
    return {
      equal,
      sentence: `${word}: accuracy ${accuracy} %, loss ${test.loss} (plot: ${dot.accuracy} %, ${dot.loss}); ${weights}.`,
    };
  }
  const right = probe?.right ?? NaN;
  const equal = hash && right === dot.probe;
  const word = equal ? 'Equal to the last bit' : 'Not equal';
  return {
    equal,
    sentence: `${word}: ${right} of the ${probe?.asked ?? 0} test pictures that the page has are right (plot: ${dot.probe}); ${weights}.${
      isExtra(dot) && !dot.whole ? '' : ` The plot's ${dot.accuracy} % is on all 10,000.`
    }`,
  };
}
