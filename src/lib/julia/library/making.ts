/** Elements once, tuples by a function, functions after one another. */

import { keyOf } from '../equality.ts';
import { colon, getIndex } from '../indexing/read.ts';
import { elements, vectorOf } from '../iterate.ts';
import { showText } from '../show/show.ts';
import { Extension } from '../extension.ts';
import { Arr, Fn, Tuple, TypeValue, noKeywords } from '../values.ts';
import type { Value } from '../values.ts';
import { dimsOf, entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

export const making: readonly Entry[] = [
  entry(
    {
      name: 'unique',
      signature: 'unique(f, v; dims)',
      doc: 'Each element once, by itself or by f of it; of a matrix, each row or column.',
    },
    [1, 2],
    (rt, args, keywords) => {
      const [f, v = null] = args.length === 2 ? args : [undefined, args[0]];
      const dims = args.length === 1 ? dimsOf(rt, keywords) : 'all';
      const seen = new Map<string, Value>();
      let at = 0n;
      const parts = dims === 'all' || !(v instanceof Arr) ? v : rt.call(rt.fn(dims === 1 ? 'eachrow' : 'eachcol'), [v]);
      for (const x of elements(rt, parts)) {
        const key = keyOf(rt, f === undefined ? x : rt.call(f, [x]));
        at += 1n;
        if (!seen.has(key)) seen.set(key, parts === v ? x : at);
      }
      const kept = vectorOf(rt, [...seen.values()]);
      if (parts === v) return kept;
      return getIndex(rt, v, dims === 1 ? [kept, colon] : [colon, kept]);
    },
  ),
  ...(['Fix1', 'Fix2'] as const).map((name) =>
    entry(
      {
        name,
        signature: `Base.${name}(f, x)`,
        doc: `f with x for its ${name === 'Fix1' ? 'first' : 'second'} of two arguments.`,
      },
      [2, 2],
      (rt, [f = null, x = null]) =>
        new Fn(
          `Base.${name}(${showText(rt, f)}, ${showText(rt, x)})`,
          ([y = null]) => rt.call(f, name === 'Fix1' ? [x, y] : [y, x]),
          false,
          { slots: [f, x], parent: null, mask: null, level: 0 },
        ),
    ),
  ),
  entry(
    { name: 'ntuple', signature: 'ntuple(f, n)', doc: 'Tuple of f(1) to f(n).' },
    [2, 2],
    (rt, [f = null, n = null]) => {
      const count = rt.integer(n);
      rt.meter.boxes(count);
      return new Tuple(Array.from({ length: count }, (_, k) => rt.call(f, [BigInt(k + 1)])));
    },
  ),
  entry(
    { name: '∘', signature: '∘', doc: 'Composition: (f ∘ g)(x) is f(g(x)).' },
    [2, 2],
    (rt, [f = null, g = null]) => {
      const [outer, inner] = [f, g].map((part) => {
        if (part instanceof Fn || part instanceof TypeValue) return part.name;
        return part instanceof Extension && rt.own.has('()') ? showText(rt, part) : null;
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
