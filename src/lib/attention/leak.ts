/** The leak probe: does an answer of a causal model depend on tokens that come after it? */
import type { Network } from './network.ts';

/**
 * Replaces the tokens after position t (each by `other(position)`) and tells how much the logits at 0..t move: the largest
 * absolute change. For a model that is causal it is 0.
 *
 * `ids` is one sample (tokens). The network must answer token by token and read one id a token.
 */
export function leak(network: Network, ids: Int32Array, t: number, other: (position: number) => number): number {
  const { tokens, classes } = network.model;
  const targets = new Int32Array(tokens).fill(-1);
  const before = network.logits({ ids, targets });
  const changed = ids.map((id, position) => (position > t ? other(position) : id));
  const after = network.logits({ ids: changed, targets });
  let largest = 0;
  for (let i = 0; i < (t + 1) * classes; i++) {
    largest = Math.max(largest, Math.abs((before[i] ?? NaN) - (after[i] ?? NaN)));
  }
  return largest;
}
