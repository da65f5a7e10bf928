/** The results that lie beside the article, found when the site is built: a plan whose file is not there yet is absent. */
import type { PlanResult } from '../../lib/attention/sweep/merge.ts';
import type { Plan } from '../../lib/attention/sweep/plan.ts';
import { PLANS } from '../../lib/attention/sweep/plan.ts';

const found = import.meta.glob<PlanResult>('../../../content/attention/data/*.json', {
  eager: true,
  import: 'default',
});
const addresses = import.meta.glob<string>('../../../content/attention/data/*.json', {
  eager: true,
  query: '?url',
  import: 'default',
});

export interface PlanFile {
  readonly plan: Plan;
  readonly result: PlanResult;
  /** Where the page can fetch it, and the reader too. */
  readonly address: string;
}

/** What is there, in the order of the plans. */
export const planFiles: readonly PlanFile[] = PLANS.flatMap((plan) => {
  const key = Object.keys(found).find((path) => path.endsWith(`/${plan.name}.json`));
  const [result, address] = [found[key ?? ''], addresses[key ?? '']];
  return result && address !== undefined && result.arms.some(({ dots }) => dots.length > 0)
    ? [{ plan, result, address }]
    : [];
});

/** Pre-registered plans of which nothing is there. */
export const plansMissing: readonly Plan[] = PLANS.filter(
  ({ name, exploratory }) => !exploratory && !planFiles.some(({ plan }) => plan.name === name),
);
