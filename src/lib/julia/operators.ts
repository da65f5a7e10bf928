/** The operators on any values: scalars, arrays, colours, ranges, strings, `I`. */

import { isGray, realOf } from './eltypes.ts';
import { JuliaError, dimensionMismatch, errorException, methodError } from './errors.ts';
import { identical, keyOf } from './equality.ts';
import { broadcast } from './broadcast.ts';
import { identity } from './concat.ts';
import { Extension } from './extension.ts';
import { gathered, elements, numbers, sameShape, vectorOf } from './iterate.ts';
import { Unlaneable } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { scalarBinary, scalarCompare, scalarPower } from './scalar.ts';
import { flipped } from './share.ts';
import { charArithmetic, compareText } from './strings.ts';
import {
  Arr,
  Char,
  Colour,
  Colours,
  Dict,
  Fn,
  Lane,
  List,
  Pair,
  Range,
  Scaling,
  Sym,
  Tuple,
  TypeValue,
  boxed,
  hostNumber,
  noKeywords,
  promote,
  scalarType,
  typeName,
} from './values.ts';
import type { Value } from './values.ts';

function isGrid(v: Value): boolean {
  return v instanceof Arr || v instanceof Range || v instanceof List;
}

function elementwise(rt: Runtime, name: string, a: Value, b: Value): Value {
  return broadcast(rt, new Fn(name, ([x = null, y = null]) => binary(rt, name, x, y), true), [a, b]);
}

/** Matrix product, with Julia's distinctions between vectors, rows and matrices. */
function product(rt: Runtime, a: Arr, b: Arr): Value {
  if (a.ndims === 1 && !(b.rows === 1 && b.ndims === 2)) throw methodError('*', [typeName(a), typeName(b)]);
  if (a.cols !== b.rows && b.ndims === 1) {
    throw dimensionMismatch(
      a.row
        ? `dot product arguments have${a.share?.label?.startsWith('transpose') ? ' unequal' : ''} lengths ${a.cols} and ${b.rows}`
        : `second dimension of A, ${a.cols}, does not match length of x, ${b.rows}`,
    );
  }
  const common = promote(a.eltype, b.eltype);
  if (realOf(common) === 'N0f8')
    throw new JuliaError(
      'UnsupportedError',
      'unsupported: a matrix product of N0f8 numbers, whose sums wrap around at 1; use float.(A) * float.(B)',
    );
  const type = promote(common, realOf(common) === 'Bool' ? 'Int64' : realOf(common));
  const node = rt.ops.matmul(rt.node(a), rt.node(b));
  // The product of a row and a vector is their dot product, of greys too: a number.
  if (a.row && b.ndims === 1) return new Lane(realOf(type), node);
  if (!a.row) return new Arr(type, b.ndims, node, node.rows, node.cols);
  return asRow(rt, new Arr(type, 2, node, node.rows, node.cols), a);
}

/** A row computed from rows is the adjoint of a vector again, as theirs. */
function asRow(rt: Runtime, v: Value, like: Arr): Value {
  if (!(v instanceof Arr)) return v;
  const column = new Arr(v.eltype, 1, rt.ops.reshape(rt.node(v), v.cols, 1), v.cols, 1);
  return flipped(column, like.share?.label?.startsWith('transpose') ? 'transpose' : 'adjoint');
}

const isRow = (v: Value): v is Arr => v instanceof Arr && v.row;

/** A colour of numbers of one type. */
function colourOf(channels: readonly [Value, Value, Value]): Colour {
  const type = channels.map((c) => realOf(scalarType(c) ?? 'Float64')).reduce((s, t) => realOf(promote(s, t)));
  return new Colour(channels, type === 'Bool' || type === 'Int64' ? 'N0f8' : type);
}

/** Colours add channel by channel and scale by numbers. */
function colourBinary(rt: Runtime, name: string, a: Value, b: Value): Value {
  const sum = name === '+' || name === '-';
  if (sum ? !(a instanceof Colour && b instanceof Colour) : name === '/' ? !(a instanceof Colour) : name !== '*') {
    throw methodError(name, [typeName(a), typeName(b)]);
  }
  if (a instanceof Colour && b instanceof Colour && !sum) throw methodError(name, [typeName(a), typeName(b)]);
  const channel = (k: 0 | 1 | 2): Value =>
    scalarBinary(rt, name, a instanceof Colour ? a.channels[k] : a, b instanceof Colour ? b.channels[k] : b);
  return colourOf([channel(0), channel(1), channel(2)]);
}

function scalingBinary(rt: Runtime, name: string, a: Value, b: Value): Value {
  const [scaling, other] = a instanceof Scaling ? [a, b] : [b as Scaling, a];
  if (a instanceof Scaling && b instanceof Scaling) return new Scaling(binary(rt, name, a.factor, b.factor));
  if (scalarType(other) && (name === '*' || (name === '/' && scaling === a))) {
    return new Scaling(
      scaling === a ? binary(rt, name, scaling.factor, other) : binary(rt, name, other, scaling.factor),
    );
  }
  if (other instanceof Arr && name === '*') return elementwise(rt, '*', scaling.factor, other);
  if (other instanceof Arr && (name === '+' || name === '-')) {
    if (other.rows !== other.cols)
      throw dimensionMismatch(`matrix is not square: dimensions are (${other.rows}, ${other.cols})`);
    const eye = identity(rt, scaling.factor, other.rows);
    return scaling === a ? binary(rt, name, eye, other) : binary(rt, name, other, eye);
  }
  throw methodError(name, [typeName(a), typeName(b)]);
}

/** ColorVectorSpace lets a number or grey be added to greys without a dot. */
function isGrey(v: Value): boolean {
  const type = v instanceof Arr ? v.eltype : scalarType(v);
  return type !== null && isGray(type);
}

/** `a op b` for + - * / and the other functions of two numbers. @throws MethodError, DimensionMismatch */
export function binary(rt: Runtime, name: string, a: Value, b: Value): Value {
  if (scalarType(a) && scalarType(b)) return scalarBinary(rt, name, a, b);
  const own = a instanceof Extension || b instanceof Extension ? rt.own.get(name)?.([a, b]) : undefined;
  if (own !== undefined) return own;
  if (a instanceof Scaling || b instanceof Scaling) return scalingBinary(rt, name, a, b);
  if ((a instanceof Colour || b instanceof Colour) && !isGrid(a) && !isGrid(b)) return colourBinary(rt, name, a, b);
  const text = (v: Value): string | null => (typeof v === 'string' ? v : v instanceof Char ? v.value : null);
  const [s, t] = [text(a), text(b)];
  if (name === '*' && s !== null && t !== null) {
    rt.meter.room((s.length + t.length) / 8);
    return s + t;
  }
  const char = charArithmetic(name, a, b);
  if (char !== null) return char;
  const [left, right] = [isGrid(a) || a instanceof Colours, isGrid(b) || b instanceof Colours];
  if (name === '+' || name === '-') {
    if (left && right) {
      if (a instanceof Range && b instanceof Range && a.length === b.length) {
        const sign = name === '+' ? 1 : -1;
        const by = a.step + sign * b.step;
        if (by !== 0) return new Range(a.start + sign * b.start, by, a.length, a.integer && b.integer, false);
      }
      if (a instanceof List || b instanceof List) return lists(rt, name, a, b);
      if (!(a instanceof Colours) && !(b instanceof Colours)) sameShape(numbers(rt, a, name), numbers(rt, b, name));
      const sum = elementwise(rt, name, a, b);
      return isRow(a) && isRow(b) ? asRow(rt, sum, a) : sum;
    }
    if (left !== right && (isGrey(a) || isGrey(b)) && (scalarType(a) || scalarType(b)))
      return elementwise(rt, name, a, b);
    if (left !== right && (scalarType(a) || scalarType(b))) {
      const word = name === '+' ? 'addition' : 'subtraction';
      const error = methodError(name, [typeName(a), typeName(b)]);
      error.message += `\nFor element-wise ${word}, use broadcasting with dot syntax: ${left ? 'array' : 'scalar'} .${name} ${left ? 'scalar' : 'array'}`;
      throw error;
    }
  }
  const scales = (scalarType(a) && name === '*') || (scalarType(b) && (name === '*' || name === '/' || name === '÷'));
  if ((left || right) && scales) {
    const scaled = elementwise(rt, name, a, b);
    return isRow(a) ? asRow(rt, scaled, a) : isRow(b) ? asRow(rt, scaled, b) : scaled;
  }
  if (left && right && name === '*' && !(a instanceof Colours) && !(b instanceof Colours)) {
    return product(rt, numbers(rt, a, '*'), numbers(rt, b, '*'));
  }
  if (name === '/' && (a instanceof Arr || a instanceof List) && a.ndims === 2 && b instanceof Arr && b.ndims === 2) {
    // Systems of equations are solved in the part of the library that is fetched on demand: see `divideMatrices`.
    rt.need('base');
    return rt.call(rt.fn('/'), [a, b]);
  }
  throw methodError(name, [typeName(a), typeName(b)]);
}

function lists(rt: Runtime, name: string, a: Value, b: Value): Value {
  const [xs, ys] = [gathered(rt, a), gathered(rt, b)];
  if (xs.length !== ys.length)
    throw dimensionMismatch(
      `dimensions must match: a has dims (Base.OneTo(${xs.length}),), b has dims (Base.OneTo(${ys.length}),), mismatch at 1`,
    );
  return vectorOf(
    rt,
    xs.map((x, k) => binary(rt, name, x, ys[k] ?? null)),
  );
}

/** `a ^ b`: numbers, whole powers of square matrices, repeated strings. */
export function power(rt: Runtime, a: Value, b: Value): Value {
  if (scalarType(a) && scalarType(b)) return scalarPower(rt, a, b);
  const n = hostNumber(b);
  if (typeof a === 'string' && n !== null && n >= 0) {
    rt.meter.text(a.length * n);
    return a.repeat(n);
  }
  if (!(a instanceof Arr) || n === null || typeof b !== 'bigint') throw methodError('^', [typeName(a), typeName(b)]);
  if (a.rows !== a.cols) throw dimensionMismatch(`matrix is not square: dimensions are (${a.rows}, ${a.cols})`);
  let result: Value = identity(rt, 1n, a.rows);
  let square: Value = n < 0 ? rt.call(rt.fn('inv'), [a]) : a;
  for (let e = Math.abs(n); e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = binary(rt, '*', result, square);
    if (e > 1) square = binary(rt, '*', square, square);
  }
  return result;
}

/**
 * `x^-n` with the exponent written as a number: a power of the inverse, so that integers may stand below it (`Base.literal_pow`).
 * Integers become Float64 first, which rounds once.
 */
export function literalPower(rt: Runtime, x: Value, exponent: bigint): Value {
  const type = scalarType(x);
  if (type === null) return power(rt, x, exponent);
  const base = type === 'Int64' || type === 'Bool' ? scalarBinary(rt, '*', 1, x) : x;
  if (exponent === -1n) return scalarBinary(rt, '/', 1n, base);
  return scalarPower(rt, base, exponent);
}

export function negate(rt: Runtime, v: Value): Value {
  if (typeof v === 'number') return -v;
  if (typeof v === 'bigint') return BigInt.asIntN(64, -v);
  const type = scalarType(v);
  if (type && realOf(type) === 'N0f8') return scalarBinary(rt, '-', boxed(0, type), v);
  if (v instanceof Lane) return new Lane(promote(v.eltype, 'Int64'), rt.ops.unary('neg', v.node));
  if (v instanceof Range) return new Range(-v.start, -v.step, v.length, v.integer, false);
  if (v instanceof Scaling) return new Scaling(negate(rt, v.factor));
  if (v instanceof Colour || scalarType(v) || isGrid(v) || v instanceof Colours) return binary(rt, '*', -1n, v);
  throw methodError('-', [typeName(v)]);
}

export function not(rt: Runtime, v: Value): Value {
  if (typeof v === 'boolean') return !v;
  // !isnan is a function: its answer turned round.
  if (v instanceof Fn) {
    const turned: Fn['call'] = (args, keywords) => not(rt, rt.call(v, args, keywords));
    return new Fn(`!${v.name}`, turned, false, { slots: [v], parent: null, mask: null, level: rt.level });
  }
  if (v instanceof Lane && v.eltype === 'Bool') return new Lane('Bool', rt.ops.unary('not', v.node));
  throw methodError('!', [typeName(v)]);
}

/** Joins truth values: lanes where there are lanes. */
export function conjunction(rt: Runtime, op: 'and' | 'or', a: Value, b: Value): Value {
  if (typeof a === 'boolean') return op === 'and' ? (a ? b : false) : a ? true : b;
  return new Lane('Bool', rt.ops.binary(op, rt.scalarNode(a), rt.scalarNode(b)));
}

/** `==` on any values; a lane where numbers are on the engine. */
export function equal(rt: Runtime, a: Value, b: Value): Value {
  const number = scalarCompare(rt, '==', a, b);
  if (number !== null) return number;
  // Parts may occur many times in one another: what is compared is counted, not what is held.
  rt.meter.tick();
  const grid = (v: Value): boolean => v instanceof Arr || v instanceof Range;
  if (grid(a) && grid(b)) {
    const [x, y] = [numbers(rt, a, '=='), numbers(rt, b, '==')];
    if (x.rows !== y.rows || x.cols !== y.cols || x.ndims !== y.ndims) return false;
    if (x.length === 0) return true;
    return new Lane('Bool', rt.ops.reduce('min', rt.ops.binary('eq', rt.node(x), rt.node(y)), 'all'));
  }
  const sequence = (v: Value): boolean => v instanceof List || v instanceof Arr || v instanceof Range;
  if ((a instanceof Tuple && b instanceof Tuple) || (sequence(a) && sequence(b))) {
    const [xs, ys] = [a, b].map((v) => (v instanceof Tuple ? v.items : gathered(rt, v))) as [Value[], Value[]];
    if (xs.length !== ys.length || (a instanceof Tuple && a.names?.join() !== (b as Tuple).names?.join())) return false;
    const [p, q] = [a, b].map((v) =>
      v instanceof List || v instanceof Arr ? `${v.ndims} ${v.rows}` : `1 ${xs.length}`,
    );
    if (p !== q) return false;
    return xs.reduce<Value>((all, x, k) => conjunction(rt, 'and', all, equal(rt, x, ys[k] ?? null)), true);
  }
  if (a instanceof Colour && b instanceof Colour) {
    const same = (k: 0 | 1 | 2): Value => equal(rt, a.channels[k], b.channels[k]);
    return conjunction(rt, 'and', conjunction(rt, 'and', same(0), same(1)), same(2));
  }
  if (a instanceof Pair && b instanceof Pair)
    return conjunction(rt, 'and', equal(rt, a.key, b.key), equal(rt, a.value, b.value));
  if (a instanceof Dict && b instanceof Dict) {
    if (a.entries.size !== b.entries.size) return false;
    return [...a.entries].reduce<Value>((all, [key, e]) => {
      const other = b.entries.get(key);
      return conjunction(rt, 'and', all, other ? equal(rt, e.value, other.value) : false);
    }, true);
  }
  const own = a instanceof Extension || b instanceof Extension ? rt.own.get('==')?.([a, b]) : undefined;
  if (own !== undefined) return own;
  if (a instanceof Lane || b instanceof Lane) return false;
  if (a instanceof Extension && b instanceof Extension) return a.equals ? a.equals(b) : identical(rt, a, b);
  // Types of dictionaries and sets are functions here.
  const [s, t] = [a, b].map((v) => (v instanceof TypeValue || (v instanceof Fn && v.builtin) ? v.name : null));
  if (typeof s === 'string' && s === t && /^[A-Z]/.test(s)) return true;
  const plain = (v: Value): boolean => typeof v === 'string' || v instanceof Sym || v instanceof Char || v === null;
  return plain(a) && plain(b) ? typeName(a) === typeName(b) && keyOf(rt, a) === keyOf(rt, b) : a === b;
}

/** One comparison of a chain. */
export function compare(rt: Runtime, op: string, a: Value, b: Value): Value {
  switch (op) {
    case '==':
      return equal(rt, a, b);
    case '!=':
      return not(rt, equal(rt, a, b));
    case '===':
    case '!==': {
      const lanes = [a, b].some((v) => v instanceof Lane && !v.uniform);
      const same = !lanes ? identical(rt, a, b) : scalarType(a) === scalarType(b) ? equal(rt, a, b) : false;
      return op === '===' ? same : not(rt, same);
    }
    case '≈':
      return rt.call(rt.fn('isapprox'), [a, b]);
    case '≉':
      return not(rt, rt.call(rt.fn('isapprox'), [a, b]));
    case 'in':
      return contains(rt, a, b);
    case '∉':
      return not(rt, contains(rt, a, b));
    default: {
      const number = scalarCompare(rt, op, a, b);
      if (number !== null) return number;
      const ordered = compareText(a, b);
      if (ordered !== null)
        return op === '<' ? ordered < 0 : op === '<=' ? ordered <= 0 : op === '>' ? ordered > 0 : ordered >= 0;
      // Tuples, vectors and the like are compared in the part of the library that is fetched on demand.
      rt.need('base');
      // x > y asks whether y is less.
      const args = op.startsWith('>') ? [b, a] : [a, b];
      const before = rt.methods.get('isless')?.(rt, op.length === 1 ? args : args.reverse(), noKeywords);
      if (before === undefined) throw methodError('isless', (op.startsWith('>') ? [b, a] : [a, b]).map(typeName));
      return op.length === 1 ? before : not(rt, before);
    }
  }
}

function contains(rt: Runtime, item: Value, within: Value): Value {
  if (typeof within === 'string') {
    if (item instanceof Char) return within.includes(item.value);
    throw errorException('use occursin(needle, haystack) for string containment');
  }
  if (within instanceof Range && !(item instanceof Lane)) {
    const x = hostNumber(item);
    if (x === null) return false;
    const k = Math.round((x - within.start) / within.step);
    return k >= 0 && k < within.length && within.number(k) === x;
  }
  if (within instanceof Arr && scalarType(item)) {
    if (item instanceof Lane && !item.uniform) throw new Unlaneable('looking for the element in an array');
    return new Lane('Bool', rt.ops.reduce('max', rt.ops.binary('eq', rt.node(within), rt.scalarNode(item)), 'all'));
  }
  if (within instanceof Extension && within.has) return within.has(item);
  let found: Value = false;
  for (const x of elements(rt, within)) found = conjunction(rt, 'or', found, equal(rt, x, item));
  return found;
}

/** `x'`, `transpose(x)`. */
export function adjoint(rt: Runtime, v: Value, wrapper: 'adjoint' | 'transpose' = 'adjoint'): Value {
  if (scalarType(v)) return v;
  const own = v instanceof Extension ? rt.own.get(wrapper)?.([v]) : undefined;
  if (own !== undefined) return own;
  if (v instanceof Colours) {
    const t = (k: 0 | 1 | 2) => rt.ops.transpose(v.planes[k]);
    return new Colours([t(0), t(1), t(2)], v.type);
  }
  return flipped(numbers(rt, v, wrapper), wrapper);
}
