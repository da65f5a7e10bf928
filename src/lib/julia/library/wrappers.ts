/**
 * Matrices that say of themselves what they are: `Diagonal`, `Symmetric`, `UpperTriangular`, `LowerTriangular`. They share the numbers they are
 * made from, as in Julia.
 */

import { broadcast } from '../broadcast.ts';
import { JuliaError, dimensionMismatch } from '../errors.ts';
import { numbers } from '../iterate.ts';
import type { Ops } from '../../matrix/tape.ts';
import type { Runtime } from '../runtime.ts';
import { elementText } from '../show/number.ts';
import { Arr, scalarType, typeName } from '../values.ts';
import type { Hollow, Value } from '../values.ts';
import type { Method } from './pack.ts';
import { entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

const places = (n: number, cols: number): Float64Array => Float64Array.from({ length: n }, (_, k) => k * cols + k);

function wrapped(
  name: string,
  parent: Arr,
  n: number,
  share: Omit<NonNullable<Arr['share']>, 'parent' | 'type' | 'label'>,
): Arr {
  const type = `${name}{${parent.eltype}, ${typeName(parent)}}`;
  return new Arr(parent.eltype, 2, { ...share, parent, type, label: null }, n, n);
}

const coordinates = (at: number, n: number): string => `(${Math.floor(at / n) + 1}, ${(at % n) + 1})`;

/** `Diagonal(v)`: what is off the diagonal is 0 and stays so. */
export function diagonalOf(rt: Runtime, parent: Arr): Arr {
  const n = parent.length;
  rt.meter.room(n * n);
  return wrapped('Diagonal', parent, n, {
    place: (at) => (at % (n + 1) === 0 ? at / (n + 1) : -1),
    derive: (ops: Ops, node) => ops.scatterAdd(node, ops.upload(places(n, n), n, 1), n, n),
    hollow: 'off',
    wrap: (other) => diagonalOf(rt, other),
    refuses: (at, x) =>
      at % (n + 1) === 0 || x === 0
        ? null
        : `cannot set off-diagonal entry ${coordinates(at, n)} to a nonzero value (${elementText(x, parent.eltype, false)})`,
  });
}

function square(a: Arr): number {
  if (a.rows !== a.cols) throw dimensionMismatch(`matrix is not square: dimensions are (${a.rows}, ${a.cols})`);
  return a.rows;
}

/** Places on and above the diagonal. */
const upper = (at: number, n: number): boolean => Math.floor(at / n) <= at % n;
const across = (at: number, n: number): number => (at % n) * n + Math.floor(at / n);

const mask = (n: number, holds: (at: number) => boolean): Float64Array =>
  Float64Array.from({ length: n * n }, (_, at) => Number(holds(at)));

function symmetricOf(rt: Runtime, parent: Arr, lower: boolean): Arr {
  const n = square(parent);
  const own = (at: number): boolean => (lower ? upper(across(at, n), n) : upper(at, n));
  return wrapped('Symmetric', parent, n, {
    place: (at) => (own(at) ? at : across(at, n)),
    derive: (ops: Ops, node) => ops.select(ops.upload(mask(n, own), n, n), node, ops.transpose(node)),
    wrap: (other) => symmetricOf(rt, other, lower),
    refuses: (at) => (at % (n + 1) === 0 ? null : 'Cannot set a non-diagonal index in a symmetric matrix'),
  });
}

/** What of a matrix lies on one side of its diagonal. */
export function triangularOf(rt: Runtime, parent: Arr, side: 'upper' | 'lower'): Arr {
  const n = square(parent);
  const own = (at: number): boolean => upper(side === 'upper' ? at : across(at, n), n);
  const name = side === 'upper' ? 'UpperTriangular' : 'LowerTriangular';
  const hollow: Hollow = side === 'upper' ? 'below' : 'above';
  return wrapped(name, parent, n, {
    place: (at) => (own(at) ? at : -1),
    derive: (ops: Ops, node) => ops.select(ops.upload(mask(n, own), n, n), node, ops.scalar(0)),
    hollow,
    wrap: (other) => triangularOf(rt, other, side),
    refuses: (at, x) =>
      own(at) || x === 0
        ? null
        : `cannot set index in the ${side === 'upper' ? 'lower' : 'upper'} triangular part ${coordinates(at, n)} of an ${name} matrix to a nonzero value (${elementText(x, parent.eltype, false)})`,
  });
}

function matrixArgument(rt: Runtime, v: Value, name: string): Arr {
  const a = numbers(rt, v, name);
  if (a.ndims !== 2) throw noMethod(name, [v]);
  return a;
}

export const wrappers: readonly Entry[] = [
  entry(
    {
      name: 'Diagonal',
      signature: 'Diagonal(v)',
      doc: 'The matrix with v, or the diagonal of a matrix, on its diagonal.',
      examples: [['Diagonal([1, 2])', '2×2 Diagonal{Int64, Vector{Int64}}: 1 ⋅ ⋅ 2']],
    },
    [1, 1],
    (rt, [v = null]) => {
      const a = numbers(rt, v, 'Diagonal');
      return diagonalOf(rt, a.ndims === 2 ? numbers(rt, rt.call(rt.fn('diag'), [a]), 'Diagonal') : a);
    },
  ),
  entry(
    {
      name: 'Symmetric',
      signature: 'Symmetric(A, :U)',
      doc: 'The symmetric matrix with the upper (:U) or lower (:L) triangle of A.',
      examples: [['Symmetric([1 2; 3 4])', '2×2 Symmetric{Int64, Matrix{Int64}}: 1 2 2 4']],
    },
    [1, 2],
    (rt, [v = null, side]) => {
      const which =
        side === undefined ? 'U' : typeof side === 'object' && side !== null && 'name' in side ? side.name : '';
      if (which !== 'U' && which !== 'L') throw noMethod('Symmetric', [v, side ?? null]);
      return symmetricOf(rt, matrixArgument(rt, v, 'Symmetric'), which === 'L');
    },
  ),
  ...(['upper', 'lower'] as const).map((side) => {
    const name = side === 'upper' ? 'UpperTriangular' : 'LowerTriangular';
    return entry(
      {
        name,
        signature: `${name}(A)`,
        doc: `The ${side} triangle of A, with zeros on the other side of the diagonal.`,
        examples: [
          [`${name}([1 2; 3 4])`, `2×2 ${name}{Int64, Matrix{Int64}}: ${side === 'upper' ? '1 2 ⋅ 4' : '1 ⋅ 3 4'}`],
        ],
      },
      [1, 1],
      (rt, [v = null]) => triangularOf(rt, matrixArgument(rt, v, name), side),
    );
  }),
];

const kindOf = (v: Value): string | null =>
  v instanceof Arr ? (/^(Diagonal|Symmetric)\{/.exec(v.share?.type ?? '')?.[1] ?? null) : null;

const parentOf = (v: Value): Value => (v instanceof Arr && v.share ? v.share.parent : v);

/** Like `like`, of other numbers. */
function again(rt: Runtime, like: Value, name: string, parts: Value[]): Value | undefined {
  const wrap = like instanceof Arr ? like.share?.wrap : undefined;
  return wrap?.(numbers(rt, broadcast(rt, rt.fn(name), parts), name));
}

const plus =
  (name: '+' | '-'): Method =>
  (rt, args) => {
    const [a = null, b = null] = args;
    const kind = kindOf(a);
    if (kind === null || args.length > 2 || (args.length === 2 && kindOf(b) !== kind)) return undefined;
    return again(rt, a, name, args.map(parentOf));
  };

/** Sums, products with numbers, and of diagonal matrices products and inverses, are of the same kind. */
export const wrapperMethods: Readonly<Record<string, Method>> = {
  '+': plus('+'),
  '-': plus('-'),
  '*': (rt, args) => {
    const [a = null, b = null] = args;
    const [p, q] = [kindOf(a), kindOf(b)];
    if (args.length !== 2 || (p === null && q === null)) return undefined;
    if (p === 'Diagonal' && q === 'Diagonal') return again(rt, a, '*', args.map(parentOf));
    const scales = p === null ? scalarType(a) : q === null ? scalarType(b) : null;
    return scales ? again(rt, p === null ? b : a, '*', args.map(parentOf)) : undefined;
  },
  '/': (rt, args) => {
    const [a = null, b = null] = args;
    return kindOf(a) !== null && scalarType(b) ? again(rt, a, '/', args.map(parentOf)) : undefined;
  },
  inv: (rt, [a = null]) => {
    if (kindOf(a) !== 'Diagonal') return undefined;
    const d = numbers(rt, parentOf(a), 'inv');
    const zero = rt.peek(d).indexOf(0);
    if (zero >= 0) throw new JuliaError('SingularException', `SingularException(${zero + 1})`);
    return diagonalOf(rt, numbers(rt, broadcast(rt, rt.fn('inv'), [d]), 'inv'));
  },
};
