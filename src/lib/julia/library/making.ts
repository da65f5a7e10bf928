/** Elements once, tuples by a function, functions after one another. */

import { keyOf } from '../equality.ts';
import { elements, vectorOf } from '../iterate.ts';
import { Extension } from '../extension.ts';
import { Fn, Tuple, TypeValue, noKeywords } from '../values.ts';
import type { Value } from '../values.ts';
import { entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

export const making: readonly Entry[] = [
  entry({ name: 'unique', signature: 'unique(v)', doc: 'Each element once.' }, [1, 1], (rt, [v = null]) => {
    const seen = new Map<string, Value>();
    for (const x of elements(rt, v)) {
      const key = keyOf(rt, x);
      if (!seen.has(key)) seen.set(key, x);
    }
    return vectorOf(rt, [...seen.values()]);
  }),
  entry(
    { name: 'ntuple', signature: 'ntuple(f, n)', doc: 'Tuple of f(1) to f(n).' },
    [2, 2],
    (rt, [f = null, n = null]) => {
      const count = rt.integer(n);
      rt.meter.room(count);
      return new Tuple(Array.from({ length: count }, (_, k) => rt.call(f, [BigInt(k + 1)])));
    },
  ),
  entry(
    { name: '∘', signature: '∘', doc: 'Composition: (f ∘ g)(x) is f(g(x)).' },
    [2, 2],
    (rt, [f = null, g = null]) => {
      const [outer, inner] = [f, g].map((part) => {
        if (part instanceof Fn || part instanceof TypeValue) return part.name;
        return part instanceof Extension && rt.own.has('()') ? part.type : null;
      });
      if (outer == null || inner == null) throw noMethod('∘', [f, g]);
      // Keeps what the parts capture alive.
      return new Fn(`${outer} ∘ ${inner}`, (args) => rt.call(f, [rt.call(g, args, noKeywords)]), false, {
        slots: [f, g],
        parent: null,
        mask: null,
        level: 0,
      });
    },
  ),
];
