/** Matrices as matrices, and rearrangements that keep every element. */

import type { Node } from '../../matrix/tape.ts';
import { concat, matrixLiteral } from '../concat.ts';
import { argumentError, dimensionMismatch } from '../errors.ts';
import { gathered, lengthOf, numbers, vectorOf } from '../iterate.ts';
import { colon, getIndex } from '../indexing/read.ts';
import { viewOfArray } from '../indexing/view.ts';
import { adjoint } from '../operators.ts';
import { lineOf, rearranged, reshapedNode } from '../share.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, Colours, Lane, List, Range, Tuple, typeName } from '../values.ts';
import type { Shape, Value } from '../values.ts';
import { dimsOf, entry, noMethod } from './table.ts';
import type { About, Entry } from './table.ts';

/** A rearrangement applied to each plane. */
export function planewise(
  rt: Runtime,
  v: Value,
  name: string,
  work: (node: Node) => Node,
  ndims?: 1 | 2,
): Arr | Colours {
  if (v instanceof Colours) {
    const [r, g, b] = v.planes;
    return new Colours([work(r), work(g), work(b)], v.type, ndims ?? v.ndims);
  }
  const a = numbers(rt, v, name);
  const node = work(rt.node(a));
  return new Arr(a.eltype, ndims ?? a.ndims, node, node.rows, node.cols);
}

/** The elements, counted down the columns, in another shape: the same elements where the array is mutable. */
function reshaped(rt: Runtime, v: Value, shape: Shape, name: string): Value {
  if (v instanceof Colours)
    return planewise(rt, v, name, (n) => reshapedNode(rt.ops, n, shape.rows, shape.cols), shape.ndims);
  if (v instanceof List) return new List(v.items, v.eltype, shape);
  if (v instanceof Tuple) throw noMethod(name, [v]);
  return rearranged(numbers(rt, v, name), shape);
}

function reverseIndex(rt: Runtime, rows: number, cols: number, down: boolean, right: boolean): Node {
  rt.meter.room(rows * cols);
  const index = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) index[i * cols + j] = (down ? rows - 1 - i : i) * cols + (right ? cols - 1 - j : j);
  }
  return rt.ops.upload(index, rows, cols);
}

function shapeArguments(
  rt: Runtime,
  args: readonly Value[],
  total: number,
): { rows: number; cols: number; ndims: 1 | 2 } {
  const sizes = args.flatMap((v): readonly Value[] => (v instanceof Tuple ? v.items : [v]));
  if (sizes.length < 1 || sizes.length > 2) throw argumentError('arrays have one or two dimensions here');
  const known = sizes.filter((v) => v !== colon).map((v) => rt.integer(v));
  const rest = total / known.reduce((a, b) => a * b, 1);
  const [rows = 0, cols = 1] = sizes.map((v) => (v === colon ? rest : rt.integer(v)));
  if (!Number.isInteger(rest) || rows * cols !== total) {
    const text = sizes.map((v) => (v === colon ? ':' : String(rt.integer(v)))).join(', ');
    throw dimensionMismatch(
      `new dimensions (${text}${sizes.length === 1 ? ',' : ''}) must be consistent with array length ${total}`,
    );
  }
  return { rows, cols, ndims: sizes.length === 1 ? 1 : 2 };
}

function repeated(rt: Runtime, v: Value, down: number, right: number | null): Value {
  rt.meter.boxes(Math.max(down, right ?? 1));
  const copies = (part: Value, n: number, dims: 1 | 2): Value =>
    concat(
      rt,
      Array.from({ length: n }, () => part),
      dims,
    );
  rt.meter.room(lengthOf(v) * down * (right ?? 1));
  const column = copies(v, down, 1);
  return right === null ? column : copies(column, right, 2);
}

function diagonalMatrix(rt: Runtime, v: Value): Value {
  const a = numbers(rt, v, 'diagm');
  const n = a.length;
  rt.meter.room(n * n);
  const places = rt.ops.upload(
    Float64Array.from({ length: n }, (_, k) => k * n + k),
    n,
    1,
  );
  return new Arr(a.eltype, 2, rt.ops.scatterAdd(rt.node(a), places, n, n), n, n);
}

function diagonal(rt: Runtime, v: Value): Arr {
  const a = numbers(rt, v, 'diag');
  const n = Math.min(a.rows, a.cols);
  const places = rt.ops.upload(
    Float64Array.from({ length: n }, (_, k) => k * a.cols + k),
    n,
    1,
  );
  return new Arr(a.eltype, 1, rt.ops.gather(rt.node(a), places), n, 1);
}

function lines(about: About, dims: 1 | 2): Entry {
  const { name } = about;
  return entry(about, [1, 1], (rt, [v = null]) => {
    const a = numbers(rt, v, name);
    const lines = Array.from({ length: dims === 1 ? a.rows : a.cols }, (_, k) => lineOf(a, dims, k));
    return new List(lines, lines[0] ? typeName(lines[0]) : `SubArray{${a.eltype}}`);
  });
}

/** How often in each direction: 2, (2, 3). */
function countsOf(rt: Runtime, v: Value | undefined): number[] {
  if (v === undefined) return [];
  const counts = (v instanceof Tuple || v instanceof Arr ? gathered(rt, v) : [v]).map((x) => rt.integer(x, 'repeat'));
  if (counts.some((n) => n < 0)) throw argumentError('number of repetitions cannot be negative');
  return counts;
}

/** Every element repeated beside itself: A[[1, 1, 2, 2], [1, 1]]. */
function spreadOut(rt: Runtime, v: Value, down: number, right: number, vector: boolean): Value {
  const places = (size: number, times: number): Value => {
    rt.meter.fits(size * times);
    return new Arr(
      'Int64',
      1,
      Float64Array.from({ length: size * times }, (_, k) => Math.floor(k / times) + 1),
      size * times,
      1,
    );
  };
  const [rows, cols] =
    v instanceof Arr || v instanceof List || v instanceof Colours ? [v.rows, v.cols] : [lengthOf(v), 1];
  return getIndex(rt, v, vector ? [places(rows, down)] : [places(rows, down), places(cols, right)]);
}

export const linear: readonly Entry[] = [
  entry({ name: 'transpose', signature: 'transpose(A)', doc: 'Rows become columns.' }, [1, 1], (rt, [v = null]) =>
    adjoint(rt, v, 'transpose'),
  ),
  entry(
    { name: 'adjoint', signature: 'adjoint(A)', doc: 'As A′ of real numbers: the transpose.' },
    [1, 1],
    (rt, [v = null]) => adjoint(rt, v),
  ),
  entry(
    { name: 'view', signature: 'view(A, i, j)', doc: 'The elements at these indices themselves, not a copy of them.' },
    [1, Infinity],
    (rt, [v = null, ...indices]) => viewOfArray(rt, v, indices, () => getIndex(rt, v, indices)),
  ),
  entry(
    { name: 'permutedims', signature: 'permutedims(A)', doc: 'The transpose, as a matrix of its own.' },
    [1, 2],
    (rt, [v = null, order]) => {
      if (order !== undefined) {
        const [first] = gathered(rt, order).map((x) => rt.integer(x));
        if (first === 1) return planewise(rt, v, 'permutedims', (node) => node);
      }
      const flipped = adjoint(rt, v);
      return flipped instanceof Arr
        ? new Arr(flipped.eltype, 2, rt.node(flipped), flipped.rows, flipped.cols)
        : flipped;
    },
  ),
  entry({ name: 'diagm', signature: 'diagm(v)', doc: 'Matrix with v on the diagonal.' }, [1, 1], (rt, [v = null]) =>
    diagonalMatrix(rt, v),
  ),
  entry({ name: 'diag', signature: 'diag(A)', doc: 'Diagonal of A.' }, [1, 1], (rt, [v = null]) => diagonal(rt, v)),
  entry({ name: 'tr', signature: 'tr(A)', doc: 'Sum of the diagonal.' }, [1, 1], (rt, [v = null]) => {
    const whole = numbers(rt, v, 'tr');
    if (whole.rows !== whole.cols)
      throw dimensionMismatch(`matrix is not square: dimensions are (${whole.rows}, ${whole.cols})`);
    const a = diagonal(rt, v);
    return new Lane(a.eltype, rt.ops.reduce('sum', rt.node(a), 'all'));
  }),
  entry({ name: 'hcat', signature: 'hcat(A, B...)', doc: 'Side by side.' }, [1, Infinity], (rt, args) =>
    concat(rt, args, 2),
  ),
  entry({ name: 'vcat', signature: 'vcat(A, B...)', doc: 'One above the other.' }, [1, Infinity], (rt, args) =>
    concat(rt, args, 1),
  ),
  entry(
    { name: 'cat', signature: 'cat(A, B...; dims)', doc: 'Joined along dims.' },
    [1, Infinity],
    (rt, args, keywords) => {
      const dims = dimsOf(rt, keywords);
      if (dims === 'all') throw argumentError('cat needs dims = 1 or 2');
      return concat(rt, args, dims);
    },
  ),
  entry(
    { name: 'hvcat', signature: 'hvcat((cols, ...), xs...)', doc: 'Rows of so many each, one below the other.' },
    [1, Infinity],
    (rt, [counts = null, ...xs]) => {
      const widths = counts instanceof Tuple ? counts.items.map((n) => rt.integer(n, 'hvcat')) : [];
      const width = counts instanceof Tuple ? 0 : rt.integer(counts, 'hvcat');
      const rows: Value[][] = [];
      for (let from = 0; from < xs.length;) {
        const next = widths[rows.length] ?? width;
        if (next < 1) throw argumentError('hvcat: argument count does not match specified shape');
        rows.push(xs.slice(from, (from += next)));
      }
      return matrixLiteral(rt, rows);
    },
  ),
  entry(
    {
      name: 'reshape',
      signature: 'reshape(A, rows, cols)',
      doc: 'The same elements, counted down the columns, in another shape.',
    },
    [2, 3],
    (rt, [v = null, ...sizes]) => {
      const shape = shapeArguments(rt, sizes, lengthOf(v));
      return reshaped(rt, v, shape, 'reshape');
    },
  ),
  entry({ name: 'vec', signature: 'vec(A)', doc: 'All elements down one column.' }, [1, 1], (rt, [v = null]) =>
    reshaped(rt, v, { rows: lengthOf(v), cols: 1, ndims: 1 }, 'vec'),
  ),
  entry(
    { name: 'repeat', signature: 'repeat(A, m, n)', doc: 'A repeated downwards and to the right; a string repeated.' },
    [1, 3],
    (rt, [v = null, first, second], keywords) => {
      const each = countsOf(rt, keywords.get('inner'));
      const whole = countsOf(rt, keywords.get('outer'));
      if (keywords.size > 0 && first === undefined && typeof v !== 'string') {
        const [inDown = 1, inRight = 1] = each;
        const [outDown = 1, outRight = null] = whole;
        const flat = !(v instanceof Arr || v instanceof List || v instanceof Colours) || v.ndims === 1;
        const inner = inDown * inRight === 1 ? v : spreadOut(rt, v, inDown, inRight, flat && inRight === 1);
        return repeated(rt, inner, outDown, outRight);
      }
      if (first === undefined) throw argumentError('repeat needs counts, or the keyword arguments inner and outer');
      const [down, right] = [rt.integer(first), second === undefined ? null : rt.integer(second)];
      if (down < 0 || (right ?? 0) < 0) throw argumentError('number of repetitions cannot be negative');
      if (typeof v === 'string') {
        rt.meter.room((v.length * down) / 8);
        return v.repeat(down);
      }
      return repeated(rt, v, down, right);
    },
  ),
  entry(
    { name: 'reverse', signature: 'reverse(A; dims)', doc: 'The elements in the opposite order, or along dims.' },
    [1, 3],
    (rt, [v = null, first, last], keywords) => {
      if (first !== undefined) {
        // reverse(v, from, to)
        const [from, to] = [
          rt.integer(first, 'reverse'),
          last === undefined ? lengthOf(v) : rt.integer(last, 'reverse'),
        ];
        if (!(v instanceof Arr || v instanceof List || v instanceof Range) || (!(v instanceof Range) && v.ndims === 2))
          throw noMethod('reverse', [v, first, ...(last === undefined ? [] : [last])]);
        const turned = (k: bigint): bigint => (k < from || k > to ? k : BigInt(from + to) - k);
        const order = Array.from({ length: lengthOf(v) }, (_, k) => turned(BigInt(k + 1)));
        return getIndex(rt, v, [vectorOf(rt, order)]);
      }
      if (typeof v === 'string') return Array.from(v).reverse().join('');
      if (v instanceof Range) return new Range(v.last, -v.step, v.length, v.integer, false);
      if (v instanceof Tuple) return new Tuple([...v.items].reverse());
      if (v instanceof List) return new List([...v.items].reverse(), v.eltype);
      const dims = dimsOf(rt, keywords);
      return planewise(rt, v, 'reverse', (node) =>
        rt.ops.gather(node, reverseIndex(rt, node.rows, node.cols, dims !== 2, dims !== 1)),
      );
    },
  ),
  entry(
    { name: 'circshift', signature: 'circshift(A, (down, right))', doc: 'A shifted round its edges.' },
    [2, 2],
    (rt, [v = null, by = null]) => {
      const shifts = (by instanceof Tuple ? [...by.items] : [by]).map((x) => rt.integer(x));
      const [down = 0, right = 0] = shifts;
      const turn = (node: Node, k: number, dims: 1 | 2): Node => {
        const n = dims === 1 ? node.rows : node.cols;
        const s = n === 0 ? 0 : ((k % n) + n) % n;
        if (s === 0) return node;
        const cut = (at: number, size: number): Node =>
          dims === 1 ? rt.ops.slice(node, at, 0, size, node.cols) : rt.ops.slice(node, 0, at, node.rows, size);
        return rt.ops.concat([cut(n - s, s), cut(0, n - s)], dims);
      };
      return planewise(rt, v, 'circshift', (node) => turn(turn(node, down, 1), right, 2));
    },
  ),
  lines({ name: 'eachrow', signature: 'eachrow(A)', doc: 'The rows of A, one after another.' }, 1),
  lines({ name: 'eachcol', signature: 'eachcol(A)', doc: 'The cols of A, one after another.' }, 2),
  entry({ name: 'kron', signature: 'kron(A, B)', doc: 'Kronecker product.' }, [2, 2], (rt, args) => {
    const [a, b] = args.map((v) => numbers(rt, v, 'kron'));
    if (!a || !b) throw noMethod('kron', args);
    rt.meter.room(a.length * b.length);
    const rows = Array.from({ length: a.rows }, (_, i) =>
      rt.ops.concat(
        Array.from({ length: a.cols }, (_, j) =>
          rt.ops.binary('mul', rt.ops.slice(rt.node(a), i, j, 1, 1), rt.node(b)),
        ),
        2,
      ),
    );
    const node = rt.ops.concat(rows, 1);
    return new Arr(a.eltype, 2, node, node.rows, node.cols);
  }),
];
