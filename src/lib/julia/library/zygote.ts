/** Derivatives, as Zygote.jl gives them. */

import { argumentError, errorException } from '../errors.ts';
import { detached, taping, trace, withGradient } from '../derivative/gradient.ts';
import { lengthOf, numbers } from '../iterate.ts';
import type { Node } from '../../matrix/tape.ts';
import type { Runtime } from '../runtime.ts';
import { Extension } from '../extension.ts';
import { Arr, Fn, Lane, Tuple, TypeValue, scalarType } from '../values.ts';
import type { Value } from '../values.ts';
import type { Pack } from './pack.ts';
import { reshapedNode } from '../share.ts';
import { entry, noMethod } from './table.ts';

function callable(name: string, args: readonly Value[]): Value {
  const [f = null] = args;
  if (!(f instanceof Fn || f instanceof TypeValue)) throw noMethod(name, args);
  return f;
}

/** f(xs...) with its gradient: of the arguments, or of `params(...)` where that is the only one. */
function valueAndGradient(rt: Runtime, name: string, args: readonly Value[]): { value: Value; gradient: Value } {
  const f = callable(name, args);
  const [, first = null, ...others] = args;
  if (first instanceof Extension && first.gradientOf && others.length === 0) return first.gradientOf(f);
  const { value, gradients } = withGradient(rt, f, args.slice(1));
  return { value, gradient: new Tuple(gradients) };
}

/** f(xs...), and a function from a derivative of it to derivatives of the arguments. */
function pullback(rt: Runtime, args: readonly Value[]): Value {
  const f = callable('pullback', args);
  return taping(rt, () => {
    const inputs: Node[] = [];
    const traced = args.slice(1).map((x) => trace(rt, x, inputs));
    const y = rt.call(
      f,
      traced.map(({ value }) => value),
    );
    if (!scalarType(y) && !(y instanceof Arr))
      throw argumentError('pullback is taken of a function whose value is a number or an array');
    const output = scalarType(y) ? rt.scalarNode(y) : rt.node(y as Arr);
    const back = (given: readonly Value[]): Value => {
      const [seed = null] = given;
      const weights = scalarType(seed) ? rt.scalarNode(seed) : rt.node(numbers(rt, seed, 'pullback'));
      if (weights.rows !== output.rows || weights.cols !== output.cols)
        throw argumentError(`the pullback of a value of ${output.rows}×${output.cols} numbers takes as many`);
      const { ops } = rt;
      const { gradients } = ops.differentiate(ops.reduce('sum', ops.binary('mul', output, weights), 'all'), inputs);
      const found = new Map(inputs.map((input, k) => [input, gradients[k] ?? null]));
      return new Tuple(traced.map(({ answer }) => answer((input) => found.get(input) ?? null)));
    };
    // The tape hangs from y: whoever keeps the function keeps it.
    const kept = new Fn('back', back, false, { slots: [y], parent: null, mask: null, level: 0 });
    return new Tuple([detached(rt, y), kept]);
  });
}

/** One row for each number of f(x), down the columns; one column for each number of x. */
function jacobianOf(rt: Runtime, f: Value, x: Value): Value {
  if (!scalarType(x) && !(x instanceof Arr)) throw argumentError('jacobian takes numbers and arrays of numbers');
  return taping(rt, () => {
    const { ops } = rt;
    const inputs: Node[] = [];
    const y = rt.call(f, [trace(rt, x, inputs).value]);
    const output = scalarType(y) ? rt.scalarNode(y) : rt.node(numbers(rt, y, 'jacobian'));
    const [count, size] = [output.rows * output.cols, lengthOf(x)];
    if (count > 4096)
      throw errorException(`unsupported: a jacobian of more than 4096 rows; sum f(x) and take its gradient instead`);
    const column = reshapedNode(ops, output, count, 1);
    const rows = Array.from({ length: count }, (_, k) => {
      const [g] = ops.differentiate(ops.slice(column, k, 0, 1, 1), inputs).gradients;
      return g ? reshapedNode(ops, g, 1, size) : ops.fill(0, 1, size);
    });
    const node = ops.concat(rows, 1);
    if (scalarType(x)) return scalarType(y) ? new Lane('Float64', node) : new Arr('Float64', 1, node, count, 1);
    return new Arr('Float64', 2, node, node.rows, node.cols);
  });
}

/** The jacobian of the gradient: row i, column j is the second derivative by x[i] and x[j]. */
function hessian(rt: Runtime, f: Value, x: Value): Value {
  const slope = new Fn('gradient', ([at = null]) => withGradient(rt, f, [at]).gradients[0] ?? 0, false, {
    slots: [f],
    parent: null,
    mask: null,
    level: 0,
  });
  return jacobianOf(rt, slope, x);
}

const ignored =
  (name: string) =>
  (rt: Runtime, [x = null]: readonly Value[]): Value =>
    detached(rt, name === 'ignore' ? rt.call(x, []) : x instanceof Fn ? rt.call(x, []) : x);

const entries = [
  entry(
    {
      name: 'gradient',
      signature: 'gradient(f, xs...)',
      doc: 'Derivatives of the number f(xs...) with respect to each of xs, as a tuple.',
      differentiable: 'yes',
      examples: [
        ['gradient((x, y) -> x * y, 2.0, 3.0)', '(3.0, 2.0)'],
        ['gradient(t -> t[1] * t[2], (2.0, 3.0))', '((3.0, 2.0),)'],
        ['gradient(p -> p.a * p.b, (a = 2.0, b = 3.0))', '((a = 3.0, b = 2.0),)'],
        ['gradient((x, y) -> 2x, 1.0, 5.0)', '(2.0, nothing)'],
        ['gradient(x -> gradient(y -> y^3, x)[1], 2.0)', '(12.0,)'],
      ],
    },
    [1, Infinity],
    (rt, args) => valueAndGradient(rt, 'gradient', args).gradient,
  ),
  entry(
    {
      name: 'withgradient',
      signature: 'withgradient(f, xs...)',
      doc: 'The value of f(xs...) with its gradient: a tuple of val and grad.',
      differentiable: 'yes',
      examples: [['withgradient((x, y) -> x / y, 1.0, 2.0)', '(val = 0.5, grad = (0.5, -0.25))']],
    },
    [1, Infinity],
    (rt, args) => {
      const { value, gradient } = valueAndGradient(rt, 'withgradient', args);
      return new Tuple([value, gradient], ['val', 'grad']);
    },
  ),
  entry(
    {
      name: 'pullback',
      signature: 'pullback(f, xs...)',
      doc: 'The value of f(xs...), and a function from its derivative to those of xs.',
      examples: [['y, back = pullback(x -> x .^ 2, [1.0, 3.0]); y, back([1.0, 1.0])', '([1.0, 9.0], ([2.0, 6.0],))']],
    },
    [1, Infinity],
    pullback,
  ),
  entry(
    {
      name: 'jacobian',
      signature: 'jacobian(f, xs...)',
      doc: 'A matrix for each of xs: row i holds the derivatives of f(xs...)[i].',
      examples: [['jacobian(x -> [x[1] * x[2], x[1]^2], [2.0, 3.0])[1]', '2×2 Matrix{Float64}: 3.0 2.0 4.0 0.0']],
    },
    [2, Infinity],
    (rt, args) => {
      const f = callable('jacobian', args);
      const xs = args.slice(1);
      const at = (k: number): Value =>
        jacobianOf(
          rt,
          new Fn('#jacobian', ([x = null]) => rt.call(f, [...xs.slice(0, k), x, ...xs.slice(k + 1)]), false),
          xs[k] ?? null,
        );
      return new Tuple(xs.map((_, k) => at(k)));
    },
  ),
  entry(
    {
      name: 'hessian',
      signature: 'hessian(f, x)',
      doc: 'Second derivatives of the number f(x).',
      examples: [['hessian(x -> x[1]^2 * x[2], [2.0, 3.0])', '2×2 Matrix{Float64}: 6.0 4.0 4.0 0.0']],
    },
    [2, 2],
    (rt, args) => hessian(rt, callable('hessian', args), args[1] ?? null),
  ),
  ...(['ignore', 'ignore_derivatives', 'dropgrad', 'stopgradient'] as const).map((name) =>
    entry(
      {
        name,
        signature: name === 'ignore' ? 'ignore(f)' : `${name}(x)`,
        doc: name === 'ignore' ? 'f(), constant for every gradient.' : 'x, constant for every gradient.',
        examples: [
          name === 'ignore'
            ? ['gradient(x -> x * ignore(() -> x), 3.0)', '(3.0,)']
            : [`gradient(x -> x * ${name}(x), 3.0)`, '(3.0,)'],
        ],
      },
      [1, 1],
      ignored(name),
    ),
  ),
];

export const pack: Pack = { entries };
