/** Matrices turned, cut into lines and put together again; quantiles. */

import { argumentError, undefKeywordError } from '../errors.ts';
import { colon, getIndex } from '../indexing/read.ts';
import { arrayOf, gathered, isArray, vectorOf } from '../iterate.ts';
import { binary } from '../operators.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, List, scalarType } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import { ordering } from './orders.ts';
import { entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

const call = (rt: Runtime, name: string, args: Value[], keywords?: Keywords): Value =>
  rt.call(rt.fn(name), args, keywords);

function along(rt: Runtime, keywords: Keywords, name: string): 1 | 2 {
  const given = keywords.get('dims');
  if (given === undefined) throw undefKeywordError('dims');
  const d = rt.integer(given, name);
  if (d !== 1 && d !== 2) throw argumentError(`dims must be 1 or 2, got ${d}`);
  return d;
}

/** Quarter turns to the left. */
function turned(rt: Runtime, v: Value, quarters: number): Value {
  const k = ((quarters % 4) + 4) % 4;
  if (k === 0) return call(rt, 'copy', [v]);
  if (k === 2) return call(rt, 'reverse', [v]);
  return call(rt, 'reverse', [call(rt, 'permutedims', [v])], new Map([['dims', k === 1 ? 1n : 2n]]));
}

function turn(name: string, doc: string, quarters: number, value: string): Entry {
  const about = {
    name,
    signature: `${name}(A, k)`,
    doc,
    examples: [[`${name}([1 2; 3 4])`, `2×2 Matrix{Int64}: ${value}`]] as const,
  };
  return entry(about, [1, 2], (rt, [v = null, k = 1n]) => {
    if (!isArray(v) || !('ndims' in v) || v.ndims !== 2) throw noMethod(name, [v]);
    return turned(rt, v, quarters * rt.integer(k, name));
  });
}

/** By the seventh definition of Hyndman and Fan, as Statistics has it. */
function quantile(rt: Runtime, order: readonly Value[], p: Value): Value {
  const x = rt.number(p, 'quantile');
  if (!(x >= 0 && x <= 1)) throw argumentError('input probability out of [0,1] range');
  const h = (order.length - 1) * x;
  const [low = null, high = null] = [order[Math.floor(h)], order[Math.ceil(h)]];
  return binary(rt, '+', low, binary(rt, '*', h - Math.floor(h), binary(rt, '-', high, low)));
}

function joined(rt: Runtime, parts: readonly Value[], dims: 1 | 2): Value {
  if (parts.every((x) => scalarType(x)))
    return dims === 1 ? arrayOf(rt, parts, 1, parts.length, 2) : arrayOf(rt, parts, parts.length, 1, 2);
  const beside = call(rt, 'hcat', [...parts]);
  return dims === 1 ? beside : call(rt, 'permutedims', [beside]);
}

export const slices: readonly Entry[] = [
  turn('rotl90', 'A turned to the left by k quarters.', 1, '2 4 1 3'),
  turn('rotr90', 'A turned to the right by k quarters.', -1, '3 1 4 2'),
  turn('rot180', 'A turned by k halves.', 2, '4 3 2 1'),
  entry(
    {
      name: 'selectdim',
      signature: 'selectdim(A, d, i)',
      doc: 'A view of row (d = 1) or column (d = 2) i.',
      examples: [['collect(selectdim([1 2; 3 4], 2, 1))', '2-element Vector{Int64}: 1 3']],
    },
    [3, 3],
    (rt, [v = null, d = null, i = null]) => {
      if (!(v instanceof Arr)) throw noMethod('selectdim', [v, d, i]);
      const dim = rt.integer(d, 'selectdim');
      if (dim < 1 || dim > v.ndims) throw argumentError(`selectdim: dimension ${dim} out of range`);
      return call(rt, 'view', v.ndims === 1 ? [v, i] : dim === 1 ? [v, i, colon] : [v, colon, i]);
    },
  ),
  entry(
    {
      name: 'dropdims',
      signature: 'dropdims(A; dims)',
      doc: 'A without a dimension of length 1.',
      examples: [['dropdims([1 2 3]; dims=1)', '3-element Vector{Int64}: 1 2 3']],
    },
    [1, 1],
    (rt, [v = null], keywords) => {
      if (!(v instanceof Arr)) throw noMethod('dropdims', [v]);
      const d = along(rt, keywords, 'dropdims');
      if (v.ndims !== 2 || (d === 1 ? v.rows : v.cols) !== 1) throw argumentError('dropped dims must all be size 1');
      return call(rt, 'vec', [v]);
    },
  ),
  entry(
    {
      name: 'mapslices',
      signature: 'mapslices(f, A; dims)',
      doc: 'f of each column (dims=1) or row (2), put together again.',
      examples: [
        ['mapslices(sum, [1 2; 3 4]; dims=1)', '1×2 Matrix{Int64}: 4 6'],
        ['mapslices(reverse, [1 2; 3 4]; dims=2)', '2×2 Matrix{Int64}: 2 1 4 3'],
      ],
    },
    [2, 2],
    (rt, [f = null, v = null], keywords) => {
      if (!(v instanceof Arr)) throw noMethod('mapslices', [f, v]);
      const d = along(rt, keywords, 'mapslices');
      const lines = gathered(rt, call(rt, d === 1 ? 'eachcol' : 'eachrow', [v]));
      return joined(
        rt,
        lines.map((x) => rt.call(f, [call(rt, 'copy', [x])])),
        d,
      );
    },
  ),
  entry(
    {
      name: 'eachslice',
      signature: 'eachslice(A; dims)',
      doc: 'The rows (dims=1) or columns (2) of A, one after another.',
      examples: [['sum.(eachslice([1 2; 3 4]; dims=1))', '2-element Vector{Int64}: 3 7']],
    },
    [1, 1],
    (rt, [v = null], keywords) => call(rt, along(rt, keywords, 'eachslice') === 1 ? 'eachrow' : 'eachcol', [v]),
  ),
  entry(
    {
      name: 'sortslices',
      signature: 'sortslices(A; dims, rev, by, lt)',
      doc: 'The rows (dims=1) or columns (2) of A in order.',
      differentiable: 'no',
      examples: [
        ['sortslices([3 1; 1 2; 1 0]; dims=1)', '3×2 Matrix{Int64}: 1 0 1 2 3 1'],
        ['sortslices([3 1; 1 2]; dims=2, by = sum)', '2×2 Matrix{Int64}: 1 3 2 1'],
      ],
    },
    [1, 1],
    (rt, [v = null], keywords) => {
      if (!(v instanceof Arr) || v.ndims !== 2) throw noMethod('sortslices', [v]);
      const d = along(rt, keywords, 'sortslices');
      const lines = gathered(rt, call(rt, d === 1 ? 'eachrow' : 'eachcol', [v]));
      const places = vectorOf(
        rt,
        ordering(rt, lines, keywords).map((k) => BigInt(k + 1)),
      );
      return getIndex(rt, v, d === 1 ? [places, colon] : [colon, places]);
    },
  ),
  entry(
    {
      name: 'stack',
      signature: 'stack(itr; dims)',
      doc: 'Vectors as the columns of a matrix, or as its rows (dims=1).',
      examples: [['stack([[1, 2], [3, 4]])', '2×2 Matrix{Int64}: 1 3 2 4']],
    },
    [1, 1],
    (rt, [v = null], keywords) => {
      const parts = gathered(rt, v);
      const rows = keywords.get('dims') !== undefined && along(rt, keywords, 'stack') === 1;
      if (parts.length === 0) throw argumentError('cannot stack an empty collection');
      if (parts.some((x) => isArray(x) && 'ndims' in x && x.ndims === 2)) throw noMethod('stack', [v]);
      if (parts.every((x) => scalarType(x))) return vectorOf(rt, parts);
      const beside = call(rt, 'hcat', parts);
      return rows ? call(rt, 'permutedims', [beside]) : beside;
    },
  ),
  entry(
    {
      name: 'quantile',
      signature: 'quantile(v, p)',
      doc: 'The number below which a share p of v lies, between neighbours linearly.',
      examples: [['quantile([1, 2, 3, 4], 0.25), quantile([3, 1, 2], [0, 0.5, 1])', '(1.75, [1.0, 2.0, 3.0])']],
    },
    [2, 2],
    (rt, [v = null, p = null]) => {
      if (!isArray(v)) throw noMethod('quantile', [v, p]);
      const order = gathered(rt, call(rt, 'sort', [call(rt, 'vec', [v])]));
      if (order.length === 0) throw argumentError('empty data vector');
      if (!isArray(p)) return quantile(rt, order, p);
      const all = gathered(rt, p).map((x) => quantile(rt, order, x));
      return p instanceof List ? new List(all) : vectorOf(rt, all);
    },
  ),
];
