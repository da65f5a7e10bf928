/** The search for a program on which an engine differs from the reference engine; the same in Node and in the browser. */
import fc from 'fast-check';
import { difference } from './compare.ts';
import { plans, programOf, textOf } from './programs.ts';
import type { Engine } from '../../src/lib/matrix/engine.ts';

export interface Findings {
  /** Programs tried before the first that differs; all of them where there is none. */
  readonly tried: number;
  /** The smallest program found that differs, and how; null where none does. */
  readonly found: { readonly program: string; readonly difference: string } | null;
}

/**
 * Tries `runs` programs, the same for the same seed.
 *
 * @param shrink false: the first that differs is reported as it is. Making it small can take longer than the search.
 */
export function search(engine: Engine, seed: number, runs: number, shrink = true): Findings {
  let said = '';
  const property = fc.property(plans, (plan) => {
    const differs = difference(engine, programOf(plan));
    if (differs !== null) said = differs;
    return differs === null;
  });
  const { counterexample, numRuns } = fc.check(property, { seed, numRuns: runs, endOnFailure: !shrink });
  if (!counterexample) return { tried: numRuns, found: null };
  // Said anew: shrinking ends with programs that do not differ.
  said = difference(engine, programOf(counterexample[0])) ?? `${said} (not the second time)`;
  return { tried: numRuns, found: { program: textOf(counterexample[0]), difference: said } };
}
