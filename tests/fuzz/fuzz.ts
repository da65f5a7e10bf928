/** The search for a program that breaks a promise; a batch is the same for the same seed. */
import fc from 'fast-check';
import type { Engine } from '../../src/lib/matrix/engine.ts';
import { corpus } from './corpus.ts';
import { generated } from './generated.ts';
import { judge } from './judge.ts';
import { mutated } from './mutate.ts';

export interface FuzzFindings {
  readonly tried: number;
  /** Programs that ended in an error of Julia's. */
  readonly failed: number;
  /** The slowest, in milliseconds of the processor. */
  readonly slowest: number;
  /** The first program that breaks a promise, and which; null where none does. */
  readonly found: { readonly program: string; readonly difference: string } | null;
}

const originals = corpus();
const programs = fc.oneof({ weight: 1, arbitrary: generated }, { weight: 2, arbitrary: mutated(originals) });

/** @param shrink false: the first that is found is reported as it is */
export function fuzz(engines: readonly Engine[], seed: number, runs: number, shrink = true): FuzzFindings {
  let tried = 0;
  let failed = 0;
  let slowest = 0;
  let said = '';
  const property = fc.property(programs, (program) => {
    const engine = engines[tried++ % engines.length] as Engine;
    const judged = judge(program, engine);
    if (judged.failed) failed++;
    slowest = Math.max(slowest, judged.ms);
    if (judged.wrong !== null) said = `${judged.wrong} (${engine.name})`;
    return judged.wrong === null;
  });
  const { counterexample, numRuns } = fc.check(property, { seed, numRuns: runs, endOnFailure: !shrink });
  const found = counterexample === null ? null : { program: counterexample[0], difference: said };
  return { tried: numRuns, failed, slowest, found };
}
