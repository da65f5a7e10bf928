/** Sequences that are made from a rule, and shown as it. */

import { List, Range } from './values.ts';
import type { Shape, Value } from './values.ts';

/** What is made from a rule and shown as it, not by its elements: `'a':'e'`, `CartesianIndices((2, 2))`. */
export class RuledList extends List {
  override readonly type: string;
  override readonly line: string;
  constructor(items: Value[], eltype: string, type: string, line: string, shape: Shape | null = null) {
    super(items, eltype, shape);
    this.type = type;
    this.line = line;
  }
}

/** `Base.OneTo(n)`: what the axes of an array are. */
export class OneTo extends Range {
  override readonly type = 'Base.OneTo{Int64}';

  constructor(length: number) {
    super(1, 1, length, true, true);
  }
}
