/** `copy` and `deepcopy`. */

import { methodError } from './errors.ts';
import { Extension } from './extension.ts';
import { adjoint } from './operators.ts';
import type { Runtime } from './runtime.ts';
import { Arr, Cartesian, Colours, Dict, List, Pair, Ref, Tuple, typeName } from './values.ts';
import type { Value } from './values.ts';

/** The elements in an array, list or dictionary of its own; what is immutable is itself. */
export function copied(rt: Runtime, v: Value): Value {
  if (v instanceof Arr) {
    // A copy of x' is the transpose of a copy of x; of any other array, a plain one.
    if (v.row && v.share) return adjoint(rt, copied(rt, v.share.parent));
    return new Arr(v.eltype, v.ndims, v.host && !v.share ? v.host.slice() : rt.node(v), v.rows, v.cols, false, v.bits);
  }
  if (v instanceof List) return new List([...v.items], v.eltype, v);
  if (v instanceof Colours) return new Colours(v.planes, v.type, v.ndims);
  if (v instanceof Dict) {
    const copy = new Dict();
    copy.types = v.types;
    for (const [key, e] of v.entries) copy.entries.set(key, { ...e });
    return copy;
  }
  if (v instanceof Extension && v.copy) return v.copy();
  if (v instanceof Extension && v.deep) throw methodError('copy', [typeName(v)]);
  return v;
}

/** Copies what is mutable all the way down; what occurs twice is copied once. */
export function deepCopied(rt: Runtime, v: Value, seen: Map<Value, Value>): Value {
  const known = seen.get(v);
  if (known !== undefined) return known;
  const inner = (x: Value): Value => deepCopied(rt, x, seen);
  const kept = <T extends Value>(copy: T): T => {
    seen.set(v, copy);
    return copy;
  };
  if (v instanceof Tuple) return v instanceof Cartesian ? v : kept(new Tuple(v.items.map(inner), v.names));
  if (v instanceof Pair) return kept(new Pair(inner(v.key), inner(v.value)));
  if (v instanceof Ref) {
    const copy = kept(new Ref(null));
    copy.value = inner(v.value);
    return copy;
  }
  if (v instanceof Extension && v.deep) return v.deep(inner, kept);
  const copy = copied(rt, v);
  if (copy === v) return v;
  kept(copy);
  if (copy instanceof List) copy.items.forEach((x, k) => (copy.items[k] = inner(x)));
  if (copy instanceof Dict) for (const e of copy.entries.values()) e.value = inner(e.value);
  return copy;
}
