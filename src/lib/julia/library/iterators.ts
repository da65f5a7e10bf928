/** Base.Iterators: iterators that make their elements when asked. */

import { argumentError } from '../errors.ts';
import { gathered, elements, lengthOf, vectorOf } from '../iterate.ts';
import { Lazy } from '../lazy.ts';
import { binary } from '../operators.ts';
import type { Runtime } from '../runtime.ts';
import { Module, Range, Tuple, typeName } from '../values.ts';
import type { Shape, Value } from '../values.ts';
import type { Pack } from './pack.ts';
import { entry } from './table.ts';
import type { Entry } from './table.ts';

type Example = readonly [program: string, value: string];

interface Kind {
  readonly name: string;
  readonly signature: string;
  readonly doc: string;
  readonly example: Example;
  readonly arity: readonly [number, number];
}

const iterator = ({ name, signature, doc, example, arity }: Kind, run: (rt: Runtime, args: Value[]) => Value): Entry =>
  entry(
    { name: `Iterators.${name}`, signature: `Iterators.${signature}`, doc, differentiable: 'no', examples: [example] },
    arity,
    run,
  );

const typed = (kind: string, ...of: readonly Value[]): string =>
  `Base.Iterators.${kind}{${of.map(typeName).join(', ')}}`;

function whole(rt: Runtime, n: Value, name: string): number {
  const count = rt.integer(n, name);
  if (count < 0) throw argumentError(`${name === 'take' ? 'Take' : 'Drop'} length must be non-negative`);
  return count;
}

function* cut(items: Iterable<Value>, from: number, to: number): Generator<Value> {
  let k = 0;
  if (to <= 0) return;
  for (const x of items) {
    if (k >= from) yield x;
    if (++k >= to) return;
  }
}

/** Whether it is known to end. */
function finite(v: Lazy): boolean {
  return !/^Base\.Iterators\.(Count|Cycle|Repeated)\{/.test(v.type);
}

function* productOf(rt: Runtime, parts: readonly Value[]): Generator<Value> {
  if (parts.length === 0) {
    yield new Tuple([]);
    return;
  }
  const first = parts[0] ?? null;
  for (const rest of productOf(rt, parts.slice(1)))
    for (const x of elements(rt, first)) yield new Tuple([x, ...(rest instanceof Tuple ? rest.items : [])]);
}

const entries: readonly Entry[] = [
  iterator(
    {
      name: 'take',
      signature: 'take(itr, n)',
      doc: 'The first n elements.',
      example: ['collect(Iterators.take(1:10^9, 2))', '2-element Vector{Int64}: 1 2'],
      arity: [2, 2],
    },
    (rt, [v = null, n = null]) => {
      const count = whole(rt, n, 'take');
      const known = v instanceof Lazy && !finite(v) ? count : null;
      return new Lazy({
        type: typed('Take', v),
        parts: [v, n],
        iterate: () => cut(elements(rt, v), 0, count),
        count: () => known ?? Math.min(count, lengthOf(v)),
      });
    },
  ),
  iterator(
    {
      name: 'drop',
      signature: 'drop(itr, n)',
      doc: 'All but the first n elements.',
      example: ['collect(Iterators.drop([5, 6, 7], 1))', '2-element Vector{Int64}: 6 7'],
      arity: [2, 2],
    },
    (rt, [v = null, n = null]) => {
      const count = whole(rt, n, 'drop');
      return new Lazy({
        type: typed('Drop', v),
        parts: [v, n],
        iterate: () => cut(elements(rt, v), count, Infinity),
        count: () => Math.max(0, lengthOf(v) - count),
      });
    },
  ),
  ...([true, false] as const).map((taken) =>
    iterator(
      {
        name: taken ? 'takewhile' : 'dropwhile',
        signature: taken ? 'takewhile(f, itr)' : 'dropwhile(f, itr)',
        doc: taken
          ? 'The elements before the first at which f is false.'
          : 'The elements from the first at which f is false.',
        example: [
          `collect(Iterators.${taken ? 'take' : 'drop'}while(<(3), [1, 2, 5, 2]))`,
          taken ? '2-element Vector{Int64}: 1 2' : '2-element Vector{Int64}: 5 2',
        ],
        arity: [2, 2],
      },
      (rt, [f = null, v = null]) =>
        new Lazy({
          type: typed(taken ? 'TakeWhile' : 'DropWhile', v, f),
          parts: [f, v],
          *iterate() {
            let held = true;
            for (const x of elements(rt, v)) {
              held &&= rt.truth(rt.call(f, [x]));
              if (taken && !held) return;
              if (taken || !held) yield x;
            }
          },
        }),
    ),
  ),
  iterator(
    {
      name: 'countfrom',
      signature: 'countfrom(start, step)',
      doc: 'start, start + step and so on, without end.',
      example: ['first(Iterators.countfrom(5, 2), 3)', '3-element Vector{Int64}: 5 7 9'],
      arity: [0, 2],
    },
    (rt, [start = 1n, step = 1n]) =>
      new Lazy({
        type: typed('Count', start, step),
        parts: [start, step],
        *iterate() {
          for (let x = start; ; x = binary(rt, '+', x, step)) yield x;
        },
      }),
  ),
  iterator(
    {
      name: 'cycle',
      signature: 'cycle(itr)',
      doc: 'The elements over and over, without end.',
      example: ['first(Iterators.cycle([1, 2]), 3)', '3-element Vector{Int64}: 1 2 1'],
      arity: [1, 1],
    },
    (rt, [v = null]) =>
      new Lazy({
        type: typed('Cycle', v),
        parts: [v],
        *iterate() {
          for (let any = true; any;) {
            any = false;
            for (const x of elements(rt, v)) {
              any = true;
              yield x;
            }
          }
        },
      }),
  ),
  iterator(
    {
      name: 'repeated',
      signature: 'repeated(x, n)',
      doc: 'x n times, or without end.',
      example: ['collect(Iterators.repeated(7, 2))', '2-element Vector{Int64}: 7 7'],
      arity: [1, 2],
    },
    (rt, [x = null, n]) => {
      const count = n === undefined ? Infinity : whole(rt, n, 'take');
      return new Lazy({
        type: n === undefined ? typed('Repeated', x) : `Base.Iterators.Take{${typed('Repeated', x)}}`,
        parts: n === undefined ? [x] : [x, n],
        *iterate() {
          for (let k = 0; k < count; k++) yield x;
        },
        ...(n === undefined ? {} : { count: () => count }),
      });
    },
  ),
  iterator(
    {
      name: 'flatten',
      signature: 'flatten(itr)',
      doc: 'The elements of the elements.',
      example: ['collect(Iterators.flatten([[1, 2], [3]]))', '3-element Vector{Int64}: 1 2 3'],
      arity: [1, 1],
    },
    (rt, [v = null]) =>
      new Lazy({
        type: typed('Flatten', v),
        parts: [v],
        *iterate() {
          for (const inner of elements(rt, v)) yield* elements(rt, inner);
        },
      }),
  ),
  iterator(
    {
      name: 'reverse',
      signature: 'reverse(itr)',
      doc: 'The elements from the last to the first.',
      example: ['collect(Iterators.reverse(1:3))', '3-element Vector{Int64}: 3 2 1'],
      arity: [1, 1],
    },
    (rt, [v = null]) =>
      new Lazy({
        type: typed('Reverse', v),
        parts: [v],
        iterate: () => (v instanceof Range ? elements(rt, rt.call(rt.fn('reverse'), [v])) : gathered(rt, v).reverse()),
        count: () => lengthOf(v),
      }),
  ),
  iterator(
    {
      name: 'filter',
      signature: 'filter(f, itr)',
      doc: 'The elements at which f is true.',
      example: ['first(Iterators.filter(iseven, 1:10^9), 2)', '2-element Vector{Int64}: 2 4'],
      arity: [2, 2],
    },
    (rt, [f = null, v = null]) =>
      new Lazy({
        type: typed('Filter', f, v),
        parts: [f, v],
        *iterate() {
          for (const x of elements(rt, v)) if (rt.truth(rt.call(f, [x]))) yield x;
        },
      }),
  ),
  iterator(
    {
      name: 'map',
      signature: 'map(f, itr...)',
      doc: 'f of the elements.',
      example: ['first(Iterators.map(x -> x^2, 1:10^9), 3)', '3-element Vector{Int64}: 1 4 9'],
      arity: [2, Infinity],
    },
    (rt, [f = null, ...parts]) =>
      new Lazy({
        type: `Base.Generator{${[parts[0] ?? null, f].map(typeName).join(', ')}}`,
        parts: [f, ...parts],
        *iterate() {
          const others = parts.slice(1).map((v) => elements(rt, v));
          for (const x of elements(rt, parts[0] ?? null)) {
            const rest = others.map((one) => one.next());
            if (rest.some((next) => next.done)) return;
            yield rt.call(f, [x, ...rest.map((next): Value => (next.done ? null : next.value))]);
          }
        },
        count: () => Math.min(...parts.map(lengthOf)),
      }),
  ),
  iterator(
    {
      name: 'partition',
      signature: 'partition(itr, n)',
      doc: 'n elements at a time.',
      example: ['collect(Iterators.partition([1, 2, 3], 2))', '2-element Vector{Vector{Int64}}: [1, 2] [3]'],
      arity: [2, 2],
    },
    (rt, [v = null, n = null]) => {
      const size = rt.integer(n, 'partition');
      if (size < 1) throw argumentError(`cannot create partitions of length ${size}`);
      return new Lazy({
        type: typed('PartitionIterator', v),
        parts: [v, n],
        *iterate() {
          let part: Value[] = [];
          for (const x of elements(rt, v)) {
            if (part.push(x) < size) continue;
            yield vectorOf(rt, part);
            part = [];
          }
          if (part.length > 0) yield vectorOf(rt, part);
        },
        count: () => Math.ceil(lengthOf(v) / size),
      });
    },
  ),
  iterator(
    {
      name: 'product',
      signature: 'product(itr...)',
      doc: 'Every combination; the first changes fastest.',
      example: ['collect(Iterators.product(1:2, 3:4))', '2×2 Matrix{Tuple{Int64, Int64}}: (1, 3) (1, 4) (2, 3) (2, 4)'],
      arity: [0, Infinity],
    },
    (rt, parts) => {
      const [a, b] = parts;
      const shape: Shape | undefined =
        parts.length === 2 ? { rows: lengthOf(a ?? null), cols: lengthOf(b ?? null), ndims: 2 } : undefined;
      return new Lazy({
        type: `Base.Iterators.ProductIterator{Tuple{${parts.map(typeName).join(', ')}}}`,
        parts: [new Tuple(parts)],
        iterate: () => productOf(rt, parts),
        count: () => parts.reduce<number>((n, v) => n * lengthOf(v), 1),
        ...(shape ? { shape } : {}),
      });
    },
  ),
];

export const pack: Pack = {
  entries,
  values: () => new Map([['Iterators', new Module('Iterators')]]),
  words: [
    {
      name: 'Iterators',
      signature: 'Iterators',
      doc: 'Iterators that make their elements when asked: take, cycle, product.',
    },
  ],
};
