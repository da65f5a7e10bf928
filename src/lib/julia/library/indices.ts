/** Indices as values: positions of two coordinates, all of an array's, its linear ones; reading and writing by function. */

import { JuliaError, argumentError, methodError } from '../errors.ts';
import { Extension } from '../extension.ts';
import { getIndex } from '../indexing/read.ts';
import { setIndex } from '../indexing/write.ts';
import { elements, isArray, lengthOf } from '../iterate.ts';
import { binary } from '../operators.ts';
import type { Runtime } from '../runtime.ts';
import { showText } from '../show/show.ts';
import { OneTo, RuledList } from '../ruled.ts';
import { Arr, Cartesian, Colours, List, Range, Tuple, TypeValue, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import type { Method, Pack } from './pack.ts';
import { entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

/** The ranges that an array, sizes, ranges or an index stand for. @throws MethodError */
function rangesOf(rt: Runtime, v: Value, name: string): readonly Range[] {
  if (v instanceof Arr || v instanceof List || v instanceof Colours)
    return [v.rows, ...(v.ndims === 2 ? [v.cols] : [])].map((n) => new OneTo(n));
  if (v instanceof Range) return [new OneTo(v.length)];
  if (!(v instanceof Tuple) || v.names) throw noMethod(name, [v]);
  return v.items.map((x) => (x instanceof Range ? x : new OneTo(Math.max(0, rt.integer(x, name)))));
}

const typesOf = (ranges: readonly Range[]): string => `${ranges.length}, Tuple{${ranges.map(typeName).join(', ')}}`;

function twoAtMost(ranges: readonly Range[], name: string): void {
  if (ranges.length === 0 || ranges.length > 2 || ranges.some((r) => !r.integer))
    throw argumentError(`${name} here are those of one or two dimensions, over ranges of whole numbers`);
}

/** `CartesianIndices(ranges)`. */
function grid(rt: Runtime, ranges: readonly Range[]): RuledList {
  twoAtMost(ranges, 'CartesianIndices');
  const [down, across] = ranges;
  const [rows, cols] = [down?.length ?? 0, across?.length ?? 1];
  rt.meter.boxes(rows * cols);
  const items = Array.from({ length: rows * cols }, (_, k) => {
    const at = [down?.at(k % rows) ?? 1n, ...(across ? [across.at(Math.floor(k / rows))] : [])];
    return new Cartesian(at);
  });
  const shown = ranges.map((r) => (r instanceof OneTo ? String(r.length) : showText(rt, r)));
  const line = `CartesianIndices((${shown.join(', ')}${shown.length === 1 ? ',' : ''}))`;
  const shape = { rows, cols, ndims: across ? 2 : 1 } as const;
  return new RuledList(items, `CartesianIndex{${ranges.length}}`, `CartesianIndices{${typesOf(ranges)}}`, line, shape);
}

/** Numbers from 1 on down the columns, under the name that Julia gives them. */
function linear(rt: Runtime, ranges: readonly Range[]): Arr {
  twoAtMost(ranges, 'LinearIndices');
  const [rows, cols] = [ranges[0]?.length ?? 0, ranges[1]?.length ?? 1];
  rt.meter.room(rows * cols);
  const ndims = ranges.length === 2 ? 2 : 1;
  const host = Float64Array.from({ length: rows * cols }, (_, k) => (k % cols) * rows + Math.floor(k / cols) + 1);
  return new Arr(
    'Int64',
    ndims,
    {
      parent: new Arr('Int64', ndims, host, rows, cols),
      place: (at) => at,
      derive: (_ops, node) => node,
      type: `LinearIndices{${typesOf(ranges)}}`,
      label: null,
    },
    rows,
    cols,
  );
}

const coordinates = (v: Value): readonly Value[] | null => (v instanceof Cartesian ? v.items : null);

/** A function of the coordinates of two indices. */
const together =
  (name: string): Method =>
  (rt, args) => {
    const [a = null, b = null] = args;
    const [p, q] = [coordinates(a), coordinates(b)];
    if (args.length !== 2 || !p || !q) return undefined;
    if (p.length !== q.length) throw methodError(name, args.map(typeName));
    return new Cartesian(p.map((x, k) => rt.call(rt.fn(name), [x, q[k] ?? null])));
  };

const constant =
  (x: bigint): Method =>
  (_rt, [a = null]) => {
    const p = coordinates(a);
    return p ? new Cartesian(p.map(() => x)) : undefined;
  };

const methods: Readonly<Record<string, Method>> = {
  '+': together('+'),
  '-': (rt, args, keywords) => {
    const [only = null, more] = args;
    const p = coordinates(only);
    if (p && more === undefined) return new Cartesian(p.map((x) => binary(rt, '*', -1n, x)));
    return together('-')(rt, args, keywords);
  },
  '*': (rt, args) => {
    const [a = null, b = null] = args;
    const [p, factor] = a instanceof Cartesian ? [a.items, b] : [coordinates(b), a];
    if (args.length !== 2 || !p || typeof factor !== 'bigint') return undefined;
    return new Cartesian(p.map((x) => binary(rt, '*', x, factor)));
  },
  max: together('max'),
  min: together('min'),
  zero: constant(0n),
  one: constant(1n),
  oneunit: constant(1n),
  length: (_rt, [v = null]) => (v instanceof Cartesian ? BigInt(v.items.length) : undefined),
  ':': (rt, args) => {
    const [a = null, b = null] = args;
    const [p, q] = [coordinates(a), coordinates(b)];
    if (args.length !== 2 || !p || !q || p.length !== q.length) return undefined;
    const ranges = p.map((x, k): Range => {
      const [from, to] = [rt.integer(x), rt.integer(q[k] ?? null)];
      return new Range(from, 1, Math.max(0, to - from + 1), true, true);
    });
    return grid(rt, ranges);
  },
};

/** `iterate(v, state)`: positions are the states of what has places, those of anything else are counted. */
function iterated(rt: Runtime, v: Value, state: Value | undefined): Value {
  if (v instanceof Range) {
    // A range's state is the element before.
    const k = state === undefined ? 0 : Math.round((rt.number(state, 'iterate') - v.start) / v.step) + 1;
    return k < v.length ? new Tuple([v.at(k), v.at(k)]) : null;
  }
  const at = state === undefined ? 1 : rt.integer(state, 'iterate');
  if (isArray(v) || v instanceof Tuple) {
    if (at > lengthOf(v)) return null;
    return new Tuple([getIndex(rt, v, [BigInt(at)]), BigInt(at + 1)]);
  }
  let k = 0;
  let place = 1;
  for (const x of elements(rt, v)) {
    const next = typeof v === 'string' ? place + lengthInBytes(x) : place + 1;
    if (++k >= at || place >= at) return new Tuple([x, BigInt(next)]);
    place = next;
  }
  return null;
}

function lengthInBytes(v: Value): number {
  return typeof v === 'object' && v !== null && 'value' in v && typeof v.value === 'string'
    ? new TextEncoder().encode(v.value).length
    : 1;
}

function holds(rt: Runtime, name: string, v: Value, at: readonly Value[]): boolean {
  if (!isArray(v)) throw noMethod(name, [v, ...at]);
  try {
    getIndex(rt, v, at);
    return true;
  } catch (error) {
    if (error instanceof JuliaError && error.julia === 'BoundsError') return false;
    throw error;
  }
}

const entries: readonly Entry[] = [
  entry(
    {
      name: 'CartesianIndex',
      signature: 'CartesianIndex(i, j)',
      doc: 'A place in a matrix; adds, subtracts and indexes.',
      examples: [
        [
          'I = CartesianIndex(1, 2); A = [1 2; 3 4]; I + CartesianIndex(1, 0), A[I], I[2]',
          '(CartesianIndex(2, 2), 2, 2)',
        ],
      ],
    },
    [1, Infinity],
    (rt, args) => {
      const [first = null] = args;
      const parts = args.length === 1 && first instanceof Tuple ? first.items : args;
      if (parts.length > 2) throw argumentError('arrays have one or two dimensions here');
      return new Cartesian(parts.map((x) => BigInt(rt.integer(x, 'CartesianIndex'))));
    },
  ),
  entry(
    {
      name: 'CartesianIndices',
      signature: 'CartesianIndices(A)',
      doc: 'All places of A, or of sizes or ranges in a tuple.',
      examples: [['A = [2 6; 4 7; 3 1]; CartesianIndices(A)[5]', 'CartesianIndex(2, 2)']],
    },
    [1, 1],
    (rt, [v = null]) => grid(rt, rangesOf(rt, v, 'CartesianIndices')),
  ),
  entry(
    {
      name: 'LinearIndices',
      signature: 'LinearIndices(A)',
      doc: 'The positions of A’s elements, counted down the columns.',
      examples: [['A = [2 6; 4 7; 3 1]; LinearIndices(A)[2, 2]', '5']],
    },
    [1, 1],
    (rt, [v = null]) => linear(rt, rangesOf(rt, v, 'LinearIndices')),
  ),
  entry(
    {
      name: 'OneTo',
      signature: 'Base.OneTo(n)',
      doc: 'The range 1:n, as axes have it.',
      examples: [['Base.OneTo(3)', 'Base.OneTo(3)']],
    },
    [1, 1],
    (rt, [n = null]) => new OneTo(Math.max(0, rt.integer(n, 'Base.OneTo'))),
  ),
  entry(
    {
      name: 'checkbounds',
      signature: 'checkbounds(Bool, A, i...)',
      doc: 'Whether the indices lie in A; without Bool, an error where they do not.',
      differentiable: 'no',
      examples: [['checkbounds(Bool, [1 2; 3 4], 2, 3), checkbounds(Bool, [1, 2], 2)', '(false, true)']],
    },
    [1, Infinity],
    (rt, args) => {
      const [first = null, ...rest] = args;
      if (!(first instanceof TypeValue)) {
        if (!isArray(first)) throw noMethod('checkbounds', args);
        getIndex(rt, first, rest);
        return null;
      }
      const [v = null, ...at] = rest;
      return holds(rt, 'checkbounds', v, at);
    },
  ),
  entry(
    {
      name: 'isassigned',
      signature: 'isassigned(A, i...)',
      doc: 'Whether A has an element there.',
      differentiable: 'no',
      examples: [['isassigned([1, 2], 3)', 'false']],
    },
    [1, Infinity],
    (rt, [v = null, ...at]) => holds(rt, 'isassigned', v, at),
  ),
  entry(
    { name: 'getindex', signature: 'getindex(A, i...)', doc: 'A[i...].', examples: [['getindex([5, 6], 2)', '6']] },
    [1, Infinity],
    (rt, [v = null, ...at]) => getIndex(rt, v, at),
  ),
  entry(
    {
      name: 'setindex!',
      signature: 'setindex!(A, x, i...)',
      doc: 'A[i...] = x; the value is A.',
      differentiable: 'no',
      examples: [['setindex!([5, 6], 7, 2)', '2-element Vector{Int64}: 5 7']],
    },
    [2, Infinity],
    (rt, [v = null, x = null, ...at]) => {
      setIndex(rt, v, at, x, false);
      return v;
    },
  ),
  entry(
    {
      name: 'iterate',
      signature: 'iterate(itr, state)',
      doc: 'The next element with the state after it, or nothing.',
      differentiable: 'no',
      examples: [['iterate([5, 6]), iterate([5, 6], 3)', '((5, 2), nothing)']],
    },
    [1, 2],
    (rt, [v = null, state]) => {
      if (v instanceof Extension && v.iterate && state === undefined) {
        for (const x of elements(rt, v)) return new Tuple([x, 2n]);
        return null;
      }
      return iterated(rt, v, state);
    },
  ),
];

export const pack: Pack = { entries, methods };
