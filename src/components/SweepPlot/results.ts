/** The results that lie beside the article, found when the site is built: a plan whose file is not there yet is absent. */
import type { PlanResult } from '../../lib/attention/sweep/merge.ts';
import type { Plan, PlanName } from '../../lib/attention/sweep/plan.ts';
import { PLANS } from '../../lib/attention/sweep/plan.ts';
import type { ExtraRun } from './extra.ts';
import { extraRuns, soundLines } from './extra.ts';

const found = import.meta.glob<PlanResult>('../../../content/attention/data/*.json', {
  eager: true,
  import: 'default',
});
const addresses = import.meta.glob<string>('../../../content/attention/data/*.json', {
  eager: true,
  query: '?url',
  import: 'default',
});

const contributed = import.meta.glob<string>('../../../content/attention/contributions/*.jsonl', {
  eager: true,
  query: '?raw',
  import: 'default',
});
const contributedAt = import.meta.glob<string>('../../../content/attention/contributions/*.jsonl', {
  eager: true,
  query: '?url',
  import: 'default',
});

export interface PlanFile {
  readonly plan: Plan;
  readonly result: PlanResult;
  /** Where the page can fetch it, and the reader too. */
  readonly address: string;
  /** Runs that were handed in, and where the page can fetch them. */
  readonly extras: readonly ExtraRun[];
  readonly extrasAt: readonly string[];
}

function contributionsTo(result: PlanResult): Pick<PlanFile, 'extras' | 'extrasAt'> {
  const here = Object.entries(contributed)
    .map(([path, text]) => ({ lines: soundLines(result, text), address: contributedAt[path] ?? '' }))
    .filter(({ lines }) => lines.length > 0);
  return {
    extras: here.flatMap(({ lines }) => extraRuns(result, lines, 'contributed')),
    extrasAt: here.map(({ address }) => address),
  };
}

const registeredFirst = PLANS.toSorted((a, b) => Number(a.exploratory) - Number(b.exploratory));

/** What is there: the registered plans, then the exploratory ones. */
export const planFiles: readonly PlanFile[] = registeredFirst.flatMap((plan) => {
  const key = Object.keys(found).find((path) => path.endsWith(`/${plan.name}.json`));
  const [result, address] = [found[key ?? ''], addresses[key ?? '']];
  return result && address !== undefined && result.arms.some(({ dots }) => dots.length > 0)
    ? [{ plan, result, address, ...contributionsTo(result) }]
    : [];
});

/** The results of one plan. Throws RangeError where they are missing: the article speaks of it, so the build must not pass. */
export function planFile(name: PlanName): PlanFile {
  const file = planFiles.find(({ plan }) => plan.name === name);
  if (!file) throw new RangeError(`no results of ${name} beside the article`);
  return file;
}

/** Pre-registered plans of which nothing is there. */
export const plansMissing: readonly Plan[] = PLANS.filter(
  ({ name, exploratory }) => !exploratory && !planFiles.some(({ plan }) => plan.name === name),
);
