/** Vectors, dictionaries, iteration, sorting. */

import { hostBytes } from '../host-size.ts';
import { assignInto, broadcast } from '../broadcast.ts';
import { argumentError, boundsError, dimensionMismatch } from '../errors.ts';
import { summary } from '../show/show.ts';
import { copied, deepCopied } from '../copy.ts';
import { dictOf } from '../dict.ts';
import { storable } from '../indexing/write.ts';
import { Extension } from '../extension.ts';
import { enumerated, zipped } from '../lazy.ts';
import { arrayOf, gathered, elements, lengthOf, numbers, sameShape, vectorOf } from '../iterate.ts';
import { adjoint } from '../operators.ts';
import { eachOf, folded } from '../memory.ts';
import type { Runtime } from '../runtime.ts';
import { OneTo } from '../ruled.ts';
import {
  Arr,
  Cartesian,
  Char,
  Colours,
  Dict,
  List,
  Range,
  Tuple,
  typeName,
  boxed,
  elementType,
  withBits,
  scalarType,
} from '../values.ts';
import type { Value } from '../values.ts';
import { dimsOf, entry, noMethod, sequentialOnly } from './table.ts';
import type { About, Entry } from './table.ts';

function sizeOf(v: Value): bigint[] {
  if (v instanceof Arr || v instanceof Colours || v instanceof List)
    return v.ndims === 1 ? [BigInt(v.rows)] : [BigInt(v.rows), BigInt(v.cols)];
  return scalarType(v) ? [] : [BigInt(lengthOf(v))];
}

function grow(rt: Runtime, target: Value, added: readonly Value[], name: string): Value {
  sequentialOnly(rt, name);
  if (target instanceof Extension && target.add) {
    rt.mutable(target, name);
    for (const x of added) target.add(x);
    return target;
  }
  if (target instanceof List) {
    rt.mutable(target, name);
    rt.meter.boxes(target.items.length + added.length);
    for (const x of added) {
      rt.meter.hold(hostBytes(x));
      target.items.push(x);
    }
    if (target.items.length === added.length && target.eltype !== 'Any') target.eltype = elementType(added);
    return target;
  }
  if (!(target instanceof Arr) || target.ndims !== 1) throw noMethod(name, [target, ...added]);
  rt.mutable(target, name);
  const host = rt.host(target);
  rt.meter.alive(host.length + added.length);
  const data = roomier(host, host.length + added.length);
  added.forEach((x, k) => (data[host.length + k] = storable(rt.number(x), target.eltype)));
  rt.resize(target, data, name);
  return target;
}

/** The same numbers with room for more behind them: the memory doubles, so that n pushes cost n moves. */
function roomier(host: Float64Array, length: number): Float64Array {
  const { buffer, byteOffset } = host;
  if (byteOffset === 0 && buffer.byteLength >= length * 8) return new Float64Array(buffer, 0, length);
  const larger = new Float64Array(Math.max(8, 2 * length));
  larger.set(host);
  return larger.subarray(0, length);
}

export function shrink(rt: Runtime, target: Value, end: 'first' | 'last', name: string): Value {
  sequentialOnly(rt, name);
  if (target instanceof Extension && target.remove) {
    rt.mutable(target, name);
    for (const x of elements(rt, target)) if (target.remove(x)) return x;
    throw argumentError('set must be non-empty');
  }
  if (lengthOf(target) === 0) throw argumentError('array must be non-empty');
  if (target instanceof List) rt.mutable(target, name);
  if (target instanceof List) return (end === 'last' ? target.items.pop() : target.items.shift()) ?? null;
  if (!(target instanceof Arr) || target.ndims !== 1) throw noMethod(name, [target]);
  rt.mutable(target, name);
  const host = rt.host(target);
  const gone = boxed(host[end === 'last' ? host.length - 1 : 0] ?? NaN, target.eltype);
  rt.resize(target, end === 'last' ? host.slice(0, -1) : host.slice(1), name);
  return gone;
}

/** foldl: reduce(f, itr; init). */
function fold(about: About): Entry {
  return entry(about, [2, 2], (rt, [f = null, v = null], keywords) => {
    const init = keywords.get('init');
    const joined = (all: readonly Value[]): Value => {
      const [first, ...others] = init === undefined ? all : [init, ...all];
      if (first === undefined)
        throw argumentError(
          'reducing over an empty collection is not allowed; consider supplying `init` to the reducer',
        );
      return folded(rt, first, others, f, (a, b) => rt.call(f, [a, b]));
    };
    const items = gathered(rt, v);
    const dims = about.name === 'reduce' ? dimsOf(rt, keywords) : 'all';
    if (dims === 'all' || !(v instanceof Arr || v instanceof List)) return joined(items);
    const [lines, size] = dims === 1 ? [v.cols, v.rows] : [v.rows, v.cols];
    const results = Array.from({ length: lines }, (_, line) =>
      joined(Array.from({ length: size }, (_, k) => items[dims === 1 ? line * size + k : k * lines + line] ?? null)),
    );
    return arrayOf(rt, results, dims === 1 ? 1 : lines, dims === 1 ? lines : 1, v.ndims);
  });
}

function ends(about: About<'first' | 'last'>): Entry {
  const { name } = about;
  return entry(about, [1, 2], (rt, [v = null, n]) => {
    if (name === 'first' && v instanceof Extension) {
      const all: Value[] = [];
      const wanted = n === undefined ? 1 : rt.integer(n);
      if (wanted > 0) for (const x of elements(rt, v)) if (all.push(x) >= wanted) break;
      if (n !== undefined) return vectorOf(rt, all);
      if (all.length === 0) throw argumentError('collection must be non-empty');
      return all[0] ?? null;
    }
    const items = v instanceof Range ? null : gathered(rt, v);
    const size = items ? items.length : lengthOf(v);
    if (n !== undefined) {
      const all = items ?? gathered(rt, v);
      const count = Math.min(rt.integer(n), size);
      return vectorOf(rt, name === 'first' ? all.slice(0, count) : all.slice(size - count));
    }
    if (size === 0) throw boundsError(summary(v), name === 'first' ? '1' : '0');
    const k = name === 'first' ? 0 : size - 1;
    return (items ? items[k] : (v as Range).at(k)) ?? null;
  });
}

export const collections: readonly Entry[] = [
  entry(
    { name: 'size', signature: 'size(A, dim)', doc: 'Sizes as a tuple, or one of them.' },
    [1, 2],
    (rt, [v = null, dim]) => {
      const sizes = sizeOf(v);
      if (dim === undefined) return new Tuple(sizes);
      const d = rt.integer(dim);
      if (d < 1) throw argumentError(`dimension ${d} out of range`);
      return sizes[d - 1] ?? 1n;
    },
  ),
  entry({ name: 'length', signature: 'length(v)', doc: 'Number of elements.' }, [1, 1], (_rt, [v = null]) =>
    BigInt(lengthOf(v)),
  ),
  entry({ name: 'ndims', signature: 'ndims(A)', doc: 'Number of dimensions.' }, [1, 1], (_rt, [v = null]) =>
    BigInt(sizeOf(v).length),
  ),
  entry(
    { name: 'isempty', signature: 'isempty(v)', doc: 'Whether there are no elements.' },
    [1, 1],
    (_rt, [v = null]) => lengthOf(v) === 0,
  ),
  entry({ name: 'axes', signature: 'axes(A, dim)', doc: 'Index ranges.' }, [1, 2], (rt, [v = null, dim]) => {
    const ranges = sizeOf(v).map((n) => new OneTo(Number(n)));
    if (dim === undefined) return new Tuple(ranges);
    return ranges[rt.integer(dim) - 1] ?? new OneTo(1);
  }),
  entry(
    { name: 'eachindex', signature: 'eachindex(A, B...)', doc: 'All indices, of arrays of one shape.' },
    [1, Infinity],
    (rt, args) => {
      const [v = null, ...others] = args;
      const other = others.find((b) => sizeOf(b).join() !== sizeOf(v).join());
      if (other !== undefined) {
        const indices = [v, other].map((b) => {
          const sizes = sizeOf(b);
          return sizes.length === 1 ? `Base.OneTo(${sizes.join()})` : `CartesianIndices((${sizes.join(', ')}))`;
        });
        throw dimensionMismatch(`all inputs to eachindex must have the same indices, got ${indices.join(' and ')}`);
      }
      // What lies in memory in another order has no fast positions.
      const turned = args.some(
        (b) => b instanceof Arr && b.ndims === 2 && /^(Adjoint|Transpose|SubArray.*false)/.test(typeName(b)),
      );
      if (turned) return rt.call(rt.fn('CartesianIndices', 'indices'), [v]);
      return typeof v === 'string' || v instanceof Dict ? rt.call(rt.fn('keys'), [v]) : new OneTo(lengthOf(v));
    },
  ),
  entry({ name: 'step', signature: 'step(r)', doc: 'The step of a range.' }, [1, 1], (_rt, [v = null]) => {
    if (!(v instanceof Range)) throw noMethod('step', [v]);
    return v.integer ? BigInt(v.step) : v.step;
  }),
  entry({ name: 'firstindex', signature: 'firstindex(v)', doc: 'The first index, 1.' }, [1, 1], () => 1n),
  entry({ name: 'lastindex', signature: 'lastindex(v)', doc: 'The last linear index.' }, [1, 1], (_rt, [v = null]) =>
    BigInt(lengthOf(v)),
  ),
  ends({ name: 'first', signature: 'first(v, n)', doc: 'The first element, or the first n.' }),
  ends({ name: 'last', signature: 'last(v, n)', doc: 'The last element, or the last n.' }),
  entry(
    { name: 'collect', signature: 'collect(itr)', doc: 'The elements as an array of their own.' },
    [1, 1],
    (rt, [v = null]) => {
      if (v instanceof Arr) return copied(rt, v);
      if (v instanceof Range) return numbers(rt, v, 'collect');
      if (v instanceof Extension) rt.meter.room(v.known?.() ?? 0);
      const shape = v instanceof Extension ? v.shape : v instanceof List ? v : undefined;
      const items = gathered(rt, v);
      return shape ? arrayOf(rt, items, shape.rows, shape.cols, shape.ndims) : vectorOf(rt, items);
    },
  ),
  entry(
    { name: 'copy', signature: 'copy(A)', doc: 'A copy that may be changed by itself.' },
    [1, 1],
    (rt, [v = null]) => {
      const wrap = v instanceof Arr ? v.share?.wrap : undefined;
      if (!wrap || !(v instanceof Arr) || !v.share) return copied(rt, v);
      return wrap(numbers(rt, copied(rt, v.share.parent), 'copy'));
    },
  ),
  entry(
    { name: 'deepcopy', signature: 'deepcopy(A)', doc: 'A copy that may be changed by itself.' },
    [1, 1],
    (rt, [v = null]) => deepCopied(rt, v, new Map()),
  ),
  entry(
    { name: 'copyto!', signature: 'copyto!(A, B)', doc: 'Writes B’s elements into A.' },
    [2, 2],
    (rt, [a = null, b = null]) => (assignInto(rt, a, b), a),
  ),
  entry(
    { name: 'fill!', signature: 'fill!(A, x)', doc: 'Writes x into every place.' },
    [2, 2],
    (rt, [a = null, x = null]) => (assignInto(rt, a, x), a),
  ),
  entry(
    { name: 'clamp!', signature: 'clamp!(A, low, high)', doc: 'Puts what lies beyond the bounds on them, in place.' },
    [3, 3],
    (rt, [a = null, low = null, high = null]) => {
      if (!(a instanceof Arr)) throw noMethod('clamp!', [a, low, high]);
      assignInto(rt, a, broadcast(rt, rt.fn('clamp'), [a, low, high]));
      return a;
    },
  ),
  entry(
    { name: 'popfirst!', signature: 'popfirst!(v)', doc: 'Removes and returns the first element.' },
    [1, 1],
    (rt, [v = null]) => shrink(rt, v, 'first', 'popfirst!'),
  ),
  entry(
    { name: 'push!', signature: 'push!(v, x...)', doc: 'Adds elements at the end.' },
    [2, Infinity],
    (rt, [v = null, ...added]) => grow(rt, v, added, 'push!'),
  ),
  entry(
    { name: 'append!', signature: 'append!(v, itr)', doc: 'Adds all elements of itr at the end.' },
    [2, 2],
    (rt, [v = null, more = null]) => grow(rt, v, gathered(rt, more), 'append!'),
  ),
  entry(
    { name: 'map', signature: 'map(f, A, B...)', doc: 'f at every element.' },
    [2, Infinity],
    (rt, [f = null, first = null, ...rest]) => {
      if (first instanceof Tuple) {
        const others = rest.map((v) => gathered(rt, v));
        const least = Math.min(first.items.length, ...others.map((o) => o.length));
        return new Tuple(
          first.items.slice(0, least).map((x, k) => rt.call(f, [x, ...others.map((o) => o[k] ?? null)])),
        );
      }
      const shape = sizeOf(first).join();
      if (rest.some((other) => sizeOf(other).join() !== shape)) {
        // Of vectors the shortest decides; matrices must agree.
        for (const other of rest)
          if (sizeOf(first).length > 1) sameShape(numbers(rt, first, 'map'), numbers(rt, other, 'map'));
        const all = [first, ...rest].map((v) => gathered(rt, v));
        const least = Math.min(...all.map((items) => items.length));
        return broadcast(
          rt,
          f,
          all.map((items) => new List(items.slice(0, least))),
        );
      }
      const mapped = broadcast(rt, f, [first instanceof Dict ? new List(gathered(rt, first)) : first, ...rest]);
      if (!(mapped instanceof Arr)) return mapped;
      const rows = [first, ...rest].every((v) => v instanceof Arr && v.row);
      return rows ? adjoint(rt, rt.call(rt.fn('vec'), [mapped])) : withBits(mapped, false);
    },
  ),
  entry(
    { name: 'foreach', signature: 'foreach(f, A)', doc: 'Calls f at every element.' },
    [2, 2],
    (rt, [f = null, v = null]) => {
      sequentialOnly(rt, 'foreach');
      eachOf(
        rt,
        f,
        elements(rt, v),
        (x) => void rt.call(f, [x]),
        () => [v],
      );
      return null;
    },
  ),
  fold({ name: 'reduce', signature: 'reduce(f, itr; dims, init)', doc: 'f between all elements, from the left.' }),
  fold({ name: 'foldl', signature: 'foldl(f, itr; init)', doc: 'f between all elements, from the left.' }),
  entry(
    { name: 'filter', signature: 'filter(f, v)', doc: 'The elements at which f is true.' },
    [2, 2],
    (rt, [f = null, v = null]) => {
      const kept: Value[] = [];
      const test = (x: Value): void => {
        if (rt.truth(rt.call(f, [x]))) kept.push(x);
      };
      eachOf(rt, f, gathered(rt, v), test, () => [v, ...kept]);
      if (v instanceof Dict) {
        const dict = dictOf(rt, [new List(kept)]);
        dict.types = v.types;
        return dict;
      }
      if (v instanceof Extension && v.remove && v.copy) {
        const copy = v.copy();
        const left = new Set(kept);
        for (const x of elements(rt, v)) if (!left.has(x) && copy instanceof Extension) copy.remove?.(x);
        return copy;
      }
      if (typeof v === 'string') return kept.map((c) => (c instanceof Char ? c.value : '')).join('');
      if (v instanceof Tuple) return new Tuple(kept);
      // None left: still of the type that v holds.
      return kept.length === 0 && v instanceof Arr
        ? new Arr(v.eltype, 1, new Float64Array(0), 0, 1)
        : vectorOf(rt, kept);
    },
  ),
  entry(
    { name: 'findall', signature: 'findall(f, v)', doc: 'Indices at which f, or v itself, is true.' },
    [1, 2],
    (rt, [f = null, v]) => {
      const source = v === undefined ? f : v;
      if (v instanceof Dict)
        return vectorOf(
          rt,
          [...v.entries.values()].flatMap((e) => (rt.truth(rt.call(f, [e.value])) ? [e.key] : [])),
        );
      const tests = v === undefined ? f : broadcast(rt, f, [v]);
      const matrix = (source instanceof Arr || source instanceof List) && source.ndims === 2 ? source : null;
      const found = gathered(rt, tests).flatMap((test, k): Value[] => {
        if (!rt.truth(test)) return [];
        return [
          matrix
            ? new Cartesian([BigInt((k % matrix.rows) + 1), BigInt(Math.floor(k / matrix.rows) + 1)])
            : BigInt(k + 1),
        ];
      });
      return found.length === 0 ? new Arr('Int64', 1, new Float64Array(0), 0, 1) : vectorOf(rt, found);
    },
  ),
  entry(
    {
      name: 'findfirst',
      signature: 'findfirst(f, v)',
      doc: 'First index at which f, or v itself, is true; else nothing.',
    },
    [1, 2],
    (rt, [f = null, v]) => {
      if (v instanceof Dict) {
        for (const e of v.entries.values()) if (rt.truth(rt.call(f, [e.value]))) return e.key;
        return null;
      }
      const tests = v === undefined ? f : broadcast(rt, f, [v]);
      const source = v === undefined ? f : v;
      const rows = (source instanceof Arr || source instanceof List) && source.ndims === 2 ? source.rows : null;
      let k = 0;
      for (const test of elements(rt, tests)) {
        if (rt.truth(test))
          return rows === null
            ? BigInt(k + 1)
            : new Cartesian([BigInt((k % rows) + 1), BigInt(Math.floor(k / rows) + 1)]);
        k++;
      }
      return null;
    },
  ),
  entry(
    { name: 'enumerate', signature: 'enumerate(v)', doc: 'Pairs of position and element.' },
    [1, 1],
    (rt, [v = null]) => enumerated(rt, v),
  ),
  entry(
    { name: 'zip', signature: 'zip(a, b...)', doc: 'Tuples of elements at the same position.' },
    [1, Infinity],
    (rt, args) => zipped(rt, args),
  ),
];
