/** What is there of the crossed plans, found when the site is built, with the checksum that their registration holds. */
import { createHash } from 'node:crypto';
import type { CrossedName, CrossedPlan } from '../../lib/attention/sweep/crossed.ts';
import { CROSSED_PLANS, crossedText } from '../../lib/attention/sweep/crossed.ts';
import type { CrossedSummary } from '../../lib/attention/sweep/crossed-summary.ts';

const found = import.meta.glob<CrossedSummary>('../../../content/attention/data/crossed/*.json', {
  eager: true,
  import: 'default',
});
/** Fetched by whoever wants them; the page itself holds none of the runs. */
const runs = import.meta.glob<string>('../../../content/attention/data/runs/fashion-{parts*,10k-rates}.jsonl', {
  eager: true,
  query: '?url',
  import: 'default',
});

export interface CrossedFile {
  readonly plan: CrossedPlan;
  readonly sha256: string;
  /** Absent while no run is there. */
  readonly summary?: CrossedSummary;
  /** Where the lines of all its runs are. */
  readonly address?: string;
}

const ending = <T>(files: Readonly<Record<string, T>>, name: string): T | undefined =>
  files[Object.keys(files).find((path) => path.endsWith(`/${name}`)) ?? ''];

/** Throws RangeError for a plan that there is not. */
export function crossedFile(name: CrossedName): CrossedFile {
  const plan = CROSSED_PLANS.find((one) => one.name === name);
  if (!plan) throw new RangeError(`there is no crossed plan ${name}`);
  const summary = ending(found, `${name}.json`);
  const address = ending(runs, `${name}.jsonl`);
  return {
    plan,
    sha256: createHash('sha256').update(crossedText(plan)).digest('hex'),
    ...(summary && { summary }),
    ...(address !== undefined && { address }),
  };
}
