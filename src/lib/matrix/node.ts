import type { Buffer } from './engine.ts';
import type { Pullback } from './pullbacks.ts';

/**
 * A matrix, and how it came about. Nodes that depend on no `gradient` input have no parents: their history is not kept.
 * There is no global tape: the graph hangs from the nodes, so whatever nobody can reach any more is garbage.
 */
export interface Node {
  readonly rows: number;
  readonly cols: number;
  readonly value: Buffer;
  /** Grows with time, so that descending order is a topological order for the reverse pass. */
  readonly order: number;
  /** True where a `gradient` input can be reached through `parents`. */
  readonly tracked: boolean;
  /** Everything the reverse pass reads besides the node's own value. Empty where not tracked. */
  readonly parents: readonly Node[];
  readonly pullback: Pullback | null;
}
