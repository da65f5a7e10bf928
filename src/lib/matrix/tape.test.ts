import { describe, expect, it } from 'vitest';
import { ReferenceEngine } from './reference.ts';
import { Ops } from './tape.ts';
import type { BinaryOp, UnaryOp } from './engine.ts';
import type { Node } from './tape.ts';

const ops = new Ops(new ReferenceEngine());
const rng = mulberry(7);

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Entries in (low, high), no two equal: extremes are unique and no kink is met. */
function random(rows: number, cols: number, low = 0.2, high = 1.8): Node {
  return ops.upload(
    Float64Array.from({ length: rows * cols }, () => low + (high - low) * rng()),
    rows,
    cols,
  );
}

/** A scalar that weighs every element differently, so that no error of an adjoint cancels. */
function weigh(y: Node): Node {
  const weights = ops.upload(
    Float64Array.from({ length: y.rows * y.cols }, (_, k) => Math.sin(1 + k)),
    y.rows,
    y.cols,
  );
  return ops.reduce('sum', ops.binary('mul', y, weights), 'all');
}

function square(x: Node): Node {
  return ops.binary('mul', x, x);
}

function expectGradient(f: (inputs: readonly Node[]) => Node, at: readonly Node[], digits = 5): void {
  const loss = (inputs: readonly Node[]) => weigh(f(inputs));
  const { gradients } = ops.gradient(loss, at);
  const h = 1e-6;
  at.forEach((input, which) => {
    const data = ops.download(input);
    const gradient = ops.download(gradients[which] as Node);
    data.forEach((x, k) => {
      const shifted = (by: number) => {
        const moved = data.slice();
        moved[k] = x + by;
        return ops.item(loss(at.map((node, w) => (w === which ? ops.upload(moved, node.rows, node.cols) : node))));
      };
      expect(gradient[k]).toBeCloseTo((shifted(h) - shifted(-h)) / (2 * h), digits);
    });
  });
}

describe('gradient against central differences', () => {
  const unary: UnaryOp[] = ['neg', 'exp', 'log', 'sqrt', 'sin', 'cos', 'tan', 'tanh', 'atan', 'abs', 'floor', 'sign'];
  it.each(unary)('of %s', (op) => expectGradient(([x]) => ops.unary(op, x as Node), [random(3, 4, 0.2, 0.9)]));

  const binary: BinaryOp[] = ['add', 'sub', 'mul', 'div', 'pow', 'min', 'max', 'mod', 'rem', 'atan2'];
  it.each(binary)('of %s, and of its broadcasts', (op) => {
    const f = ([x, y]: readonly Node[]) => ops.binary(op, x as Node, y as Node);
    expectGradient(f, [random(3, 4), random(3, 4)]);
    expectGradient(f, [random(3, 4), random(1, 4)]);
    expectGradient(f, [random(3, 1), random(3, 4)]);
    expectGradient(f, [random(1, 1), random(3, 1)]);
  });

  it('of matmul and transpose', () => {
    expectGradient(([x, y]) => ops.matmul(x as Node, y as Node), [random(3, 4), random(4, 2)]);
    expectGradient(([x]) => ops.matmul(ops.transpose(x as Node), x as Node), [random(3, 4)]);
  });

  it.each(['sum', 'max', 'min'] as const)('of %s along each dimension', (op) => {
    for (const dims of [1, 2, 'all'] as const) expectGradient(([x]) => ops.reduce(op, x as Node, dims), [random(3, 4)]);
  });

  it('of select', () => {
    const mask = ops.upload([1, 0, 0, 1, 1, 0], 2, 3);
    expectGradient(([x, y]) => ops.select(mask, x as Node, y as Node), [random(2, 3), random(1, 3)]);
  });

  it('of moving elements about', () => {
    expectGradient(([x]) => ops.reshape(x as Node, 6, 2), [random(3, 4)]);
    expectGradient(([x]) => ops.slice(x as Node, 1, 1, 2, 3), [random(3, 4)]);
    expectGradient(([x]) => ops.pad(x as Node, 1, 2, 5, 6), [random(3, 4)]);
    expectGradient(([x, y]) => ops.concat([x as Node, y as Node, x as Node], 1), [random(2, 3), random(1, 3)]);
    expectGradient(([x, y]) => ops.concat([x as Node, y as Node], 2), [random(2, 3), random(2, 1)]);
    const index = ops.upload([0, 5, 5, 11], 2, 2);
    expectGradient(([x]) => ops.gather(x as Node, index), [random(3, 4)]);
    expectGradient(([x]) => ops.scatterAdd(x as Node, index, 3, 4), [random(2, 2)]);
  });

  it('of the value transform N(PᵀP), P the columns of x + 1 divided by their sums', () => {
    expectGradient(([x]) => value(x as Node), [random(4, 3)]);
  });
});

function normalize(x: Node): Node {
  const low = ops.reduce('min', x, 'all');
  return ops.binary('div', ops.binary('sub', x, low), ops.binary('sub', ops.reduce('max', x, 'all'), low));
}

function value(x: Node): Node {
  const raised = ops.binary('add', x, ops.scalar(1));
  const p = ops.binary('div', raised, ops.reduce('sum', raised, 1));
  return normalize(ops.matmul(ops.transpose(p), p));
}

describe('the tape', () => {
  it('keeps no history of what depends on no input', () => {
    const y = ops.unary('exp', random(2, 2));
    expect(y.tracked).toBe(false);
    expect(y.parents).toEqual([]);
  });

  it('answers zeros for an input that the value does not depend on', () => {
    const { gradients } = ops.gradient(([x]) => ops.reduce('sum', x as Node, 'all'), [random(2, 2), random(3, 1)]);
    expect(ops.download(gradients[1] as Node)).toEqual(new Float64Array(3));
  });

  it('lets a zero adjoint stay zero in a lane that is not taken', () => {
    const x = ops.upload([0, 1, 4], 3, 1);
    const taken = ops.upload([0, 1, 1], 3, 1);
    const loss = ([y]: readonly Node[]) =>
      ops.reduce(
        'sum',
        ops.select(
          taken,
          ops.guarded(() => ops.unary('log', y as Node)),
          ops.scalar(0),
        ),
        'all',
      );
    const { gradients } = ops.gradient(loss, [x]);
    expect([...ops.download(gradients[0] as Node)]).toEqual([0, 1, 0.25]);
  });

  it('differentiates a gradient again, through its inputs and through what it captures', () => {
    const cubes = (x: Node) => ops.reduce('sum', ops.binary('mul', x, ops.binary('mul', x, x)), 'all');
    const slope = (x: Node) => ops.gradient(([y]) => cubes(y as Node), [x]).gradients[0] as Node;
    expectGradient(([x]) => slope(x as Node), [random(2, 2)]);
    const captured = ([x]: readonly Node[]) =>
      ops.gradient(([y]) => ops.reduce('sum', ops.binary('mul', x as Node, square(y as Node)), 'all'), [ones])
        .gradients[0] as Node;
    const ones = ops.fill(1, 2, 2);
    expectGradient(captured, [random(2, 2)]);
    const third = (x: Node) =>
      ops.gradient(([y]) => ops.reduce('sum', slope(y as Node), 'all'), [x]).gradients[0] as Node;
    expectGradient(([x]) => third(x as Node), [random(2, 2)]);
  });

  it('differentiates the value transform twice', () => {
    const slope = (x: Node) => ops.gradient(([y]) => weigh(value(y as Node)), [x]).gradients[0] as Node;
    expectGradient(([x]) => slope(x as Node), [random(3, 3)], 4);
  });

  it('refuses a gradient of something that is no scalar', () => {
    expect(() => ops.gradient(([x]) => x as Node, [random(2, 2)])).toThrow('gradient needs a scalar, got 2×2');
  });

  it('lists everything that a later reverse pass reads', () => {
    let inside: Node | undefined;
    ops.gradient(
      ([x]) => {
        inside = ops.reduce('sum', ops.binary('mul', ops.unary('exp', x as Node), random(2, 2)), 'all');
        return inside;
      },
      [random(2, 2)],
    );
    // sum, product, exp, the factor, the input
    expect([...ops.reachable(inside ? [inside] : [])]).toHaveLength(5);
  });
});

/** Derivatives of sum(f(x, y)) with respect to x and to y, at one number each. */
function slopes(f: (x: Node, y: Node) => Node, x: number, y: number): number[] {
  const at = [ops.scalar(x), ops.scalar(y)];
  return ops.gradient(([a, b]) => f(a as Node, b as Node), at).gradients.map((g) => ops.item(g));
}

describe('corners and poles, as ChainRules.jl has them', () => {
  const power = (x: Node, y: Node) => ops.binary('pow', x, y);
  it.each([
    [0, 2.2, 0, 0],
    [0, 1, 1, 0],
    [0, 0, 0, NaN],
    [0, 0.5, Infinity, 0],
    [0, -1, -Infinity, NaN],
    [-2, 2, -4, 4 * Math.LN2],
    [3, 0, 0, Math.log(3)],
  ])('of %d ^ %d', (x, p, byBase, byExponent) => {
    const [a, b] = slopes(power, x, p);
    expect([a, b]).toEqual([byBase, Number.isNaN(byExponent) ? NaN : expect.closeTo(byExponent, 12)]);
  });

  it.each([
    ['max', 1, 1, [0, 1]],
    ['max', 2, 1, [1, 0]],
    ['max', 1, 2, [0, 1]],
    ['min', 1, 1, [1, 0]],
    ['min', 2, 1, [0, 1]],
    ['min', 1, 2, [1, 0]],
    ['mod', 7, 2, [1, -3]],
    ['mod', -7, 2, [1, 4]],
    ['rem', -7, 2, [1, 3]],
    ['mod', 6, 2, [NaN, NaN]],
    ['rem', -6, 2, [NaN, NaN]],
    ['div', 1, 0, [Infinity, -Infinity]],
    ['atan2', 0, 0, [NaN, NaN]],
  ] as const)('of %s(%d, %d)', (op, x, y, right) => {
    expect(slopes((a, b) => ops.binary(op, a, b), x, y)).toEqual(right);
  });

  it.each([
    ['abs', 0, 0],
    ['sqrt', 0, Infinity],
    ['log', 0, Infinity],
    ['sign', 0, 0],
    ['floor', 1, 0],
    ['round', 0.5, 0],
  ] as const)('of %s(%d)', (op, x, right) => {
    expect(slopes((a) => ops.unary(op, a), x, 0)[0]).toBe(right);
  });

  it('of an extreme that is there twice: the first down the columns', () => {
    const at = ops.upload([1, 5, 5, 2], 2, 2);
    const { gradients } = ops.gradient(([x]) => ops.reduce('max', x as Node, 'all'), [at]);
    expect([...ops.download(gradients[0] as Node)]).toEqual([0, 0, 1, 0]);
  });
});
