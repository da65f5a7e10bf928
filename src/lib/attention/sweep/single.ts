/** One run of the sweep by itself: how it is asked for on the command line. */
import type { PlanName, Variant } from './plan.ts';

/**
 * The command that trains one run of a plan anew. With `check` it is compared, bit for bit, with the committed line; without, the
 * line is printed.
 */
export function sweepCommand(
  plan: PlanName,
  { arm, alpha, rate, seed }: Variant & { readonly rate: number; readonly seed: number },
  check = false,
): string {
  return `npm run sweep -- --task ${plan} --arm ${arm} --alpha=${alpha} --rate ${rate} --seed ${seed}${check ? ' --check' : ''}`;
}
