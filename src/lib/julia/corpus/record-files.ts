/** The recorded facts on disk, and the subset's answers to them; for tests, scripts and the build, never for the browser. */

import { readFileSync, readdirSync } from 'node:fs';
import { judge, programOf, readRecord, type RecordedAnswer, type Fact, type RecordVerdict } from './record.ts';
import { evaluate } from '../testing.ts';

/** Programs that do not agree, by verdict and reason. */
export type KnownDifference = Record<Exclude<RecordVerdict, 'agrees'>, Record<string, string[]>>;

export interface Checked {
  readonly fact: Fact;
  readonly answer: RecordedAnswer;
  readonly verdict: RecordVerdict;
}

const folder = new URL(`file://${process.cwd()}/tests/fixtures/julia-doctests/`);
export const knownFile = new URL('known.json', folder);

export const knownDifferences = (): KnownDifference => JSON.parse(readFileSync(knownFile, 'utf8')) as KnownDifference;

export function recordedFacts(): readonly Fact[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.txt'));
  return files.toSorted().flatMap((file) => readRecord(readFileSync(new URL(file, folder), 'utf8')));
}

export function checkFacts(): readonly Checked[] {
  return recordedFacts().map((fact) => {
    const answer = answerTo(fact);
    return { fact, answer, verdict: judge(fact, answer) };
  });
}

/** A session's earlier inputs run too; what they print is not part of the answer. */
function answerTo(fact: Fact): RecordedAnswer {
  const { printed, text, trouble } = evaluate(programOf(fact));
  const earlier = /print|@show|@time/.test(fact.before) ? evaluate(fact.before).printed : '';
  return {
    printed: printed.startsWith(earlier) ? printed.slice(earlier.length) : printed,
    text: trouble ? '' : text,
    trouble,
  };
}
