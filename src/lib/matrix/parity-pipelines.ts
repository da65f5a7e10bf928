/**
 * The studies' pictures, written against the tape, for parity tests and benchmarks. The site's own pages write them in Julia;
 * here they hold the engines alone to account.
 */
import type { Node, Ops } from './tape.ts';
import type { Dims } from './engine.ts';

/** N(x): onto [0, 1] over the whole matrix (docs/studies.md, 0.1). */
export function normalize(ops: Ops, x: Node): Node {
  const low = ops.reduce('min', x, 'all');
  const span = ops.binary('sub', ops.reduce('max', x, 'all'), low);
  return ops.binary('div', ops.binary('sub', x, low), span);
}

export type Distribution = 'exp' | 'x' | 'x+1';

/** C_f (dims 1) or R_f (dims 2) of docs/studies.md, 0.1; exp with its maximum subtracted. */
export function distribute(ops: Ops, x: Node, f: Distribution, dims: Dims): Node {
  let y = x;
  if (f === 'exp') y = ops.unary('exp', ops.binary('sub', x, ops.reduce('max', x, 'all')));
  if (f === 'x+1') y = ops.binary('add', x, ops.scalar(1));
  return ops.binary('div', y, ops.reduce('sum', y, dims));
}

/** The value transform: N(PᵀP), P = C_f(x), with N in the middle (V) or without (V', Stuttgart). */
export function value(ops: Ops, x: Node, f: Distribution, middle: boolean): Node {
  const p = distribute(ops, x, f, 1);
  const q = middle ? normalize(ops, p) : p;
  return normalize(ops, ops.matmul(ops.transpose(q), q));
}

/** N(N(R_f(x)) N(C_f(y))): the poster's product of two pictures, distributed on both sides. */
export function poster(ops: Ops, x: Node, y: Node, f: Distribution, middle = true): Node {
  const n = (node: Node): Node => (middle ? normalize(ops, node) : node);
  return normalize(ops, ops.matmul(n(distribute(ops, x, f, 2)), n(distribute(ops, y, f, 1))));
}

/** S(x) = 2 N(x) - 1 of both factors, then N of their product (docs/studies.md, 6). */
export function signed(ops: Ops, x: Node, y: Node): Node {
  const s = (node: Node): Node =>
    ops.binary('sub', ops.binary('mul', ops.scalar(2), normalize(ops, node)), ops.scalar(1));
  return normalize(ops, ops.matmul(s(x), s(y)));
}

/** The linear row-displacement warp W_0 (docs/studies.md, 7.1) as two gathers; differentiable in the picture. */
export function warp(ops: Ops, x: Node, knob = 0): Node {
  const { rows, cols } = x;
  const amplitude = (10 * (knob - 16)) / 16;
  const lower = new Float64Array(rows * cols);
  const upper = new Float64Array(rows * cols);
  const part = new Float64Array(rows * cols);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, at++) {
      const from = Math.min(rows, Math.max(1, i + 1 + amplitude * Math.sin((j + 1) / 4)));
      const floor = Math.floor(from);
      lower[at] = (floor - 1) * cols + j;
      upper[at] = (Math.min(floor + 1, rows) - 1) * cols + j;
      part[at] = from - floor;
    }
  }
  const t = ops.upload(part, rows, cols);
  const a = ops.gather(x, ops.upload(lower, rows, cols));
  const b = ops.gather(x, ops.upload(upper, rows, cols));
  return ops.binary('add', a, ops.binary('mul', t, ops.binary('sub', b, a)));
}

/** The Frobenius norm of a - b. */
export function distance(ops: Ops, a: Node, b: Node): Node {
  const d = ops.binary('sub', a, b);
  return ops.unary('sqrt', ops.reduce('sum', ops.binary('mul', d, d), 'all'));
}

/**
 * ADAM as Flux has it (rate 0.001, decay 0.9 and 0.999, epsilon 1e-8 outside the root; docs/studies.md, 12) on L(X) = ||V(W_0 X) - V(m)||
 * from X = m: the loss before the first step and after each. docs/studies.md, 13.2 gives 20.3982, 19.286 after one, 15.09 after ten.
 */
export function warpInsideLoss(ops: Ops, picture: ArrayLike<number>, size: number, steps: number): number[] {
  const { engine } = ops;
  const image = ops.upload(picture, size, size);
  const target = value(ops, image, 'x+1', true);
  const losses: number[] = [];
  const loss = (x: Node): Node => distance(ops, value(ops, warp(ops, x), 'x+1', true), target);
  let x = image;
  let [m, v] = [ops.fill(0, size, size), ops.fill(0, size, size)];
  for (let step = 1; step <= steps; step++) {
    const before = [x, m, v];
    [x, m, v] = engine.tidy(
      () => {
        const { value: at, gradients } = ops.gradient(([input]) => loss(input as Node), [x]);
        losses.push(ops.item(at));
        return adam(ops, x, gradients[0] as Node, m, v, step);
      },
      (nodes) => nodes.map((node) => node.value),
    );
    if (step > 1) engine.free(before.map((node) => node.value));
  }
  engine.tidy(
    () => losses.push(ops.item(loss(x))),
    () => [],
  );
  return losses;
}

function adam(ops: Ops, x: Node, g: Node, m: Node, v: Node, step: number): [Node, Node, Node] {
  const blend = (old: Node, next: Node, keep: number): Node =>
    ops.binary('add', ops.binary('mul', ops.scalar(keep), old), ops.binary('mul', ops.scalar(1 - keep), next));
  const first = blend(m, g, 0.9);
  const second = blend(v, ops.binary('mul', g, g), 0.999);
  const unbiased = ops.unary('sqrt', ops.binary('div', second, ops.scalar(1 - 0.999 ** step)));
  const rate = ops.scalar(0.001 / (1 - 0.9 ** step));
  const change = ops.binary('div', ops.binary('mul', rate, first), ops.binary('add', unbiased, ops.scalar(1e-8)));
  return [ops.binary('sub', x, change), first, second];
}

/** Every picture that the engines are compared on: name, and how to make it from mandrill and a second picture. */
export const pipelines: Readonly<Record<string, (ops: Ops, m: Node, other: Node) => Node>> = {
  'raw product': (ops, m, other) => normalize(ops, ops.matmul(other, m)),
  'raw symmetric': (ops, m) => normalize(ops, ops.matmul(ops.transpose(m), m)),
  'row softmax': (ops, m) => normalize(ops, distribute(ops, m, 'exp', 2)),
  'column softmax': (ops, m) => normalize(ops, distribute(ops, m, 'exp', 1)),
  'softmax left': (ops, m, other) => normalize(ops, ops.matmul(normalize(ops, distribute(ops, other, 'exp', 2)), m)),
  'softmax right': (ops, m, other) => normalize(ops, ops.matmul(other, normalize(ops, distribute(ops, m, 'exp', 1)))),
  'symmetric (transposed mandrill times mandrill)': (ops, m) => poster(ops, ops.transpose(m), m, 'exp'),
  'symmetric without the middle N': (ops, m) => poster(ops, ops.transpose(m), m, 'exp', false),
  'two pictures': (ops, m, other) => poster(ops, other, m, 'exp'),
  'two pictures without the middle N': (ops, m, other) => poster(ops, other, m, 'exp', false),
  'identity distribution': (ops, m) => value(ops, m, 'x', true),
  'identity distribution without the middle N': (ops, m) => value(ops, m, 'x', false),
  'V (x + 1)': (ops, m) => value(ops, m, 'x+1', true),
  'V prime (x + 1, no middle N)': (ops, m) => value(ops, m, 'x+1', false),
  'V of the warp': (ops, m) => value(ops, warp(ops, m), 'x+1', true),
  'V prime of the warp': (ops, m) => value(ops, warp(ops, m), 'x+1', false),
  signed: (ops, m, other) => signed(ops, other, m),
  'signed symmetric': (ops, m) => signed(ops, ops.transpose(m), m),
};

/** How far apart two pictures are. */
export interface PipelineDifference {
  /** Largest difference over the range of the first. */
  readonly relative: number;
  /** Largest difference between the displayed 8-bit pictures, in grey levels. */
  readonly levels: number;
  /** Share of displayed pixels that differ at all. */
  readonly pixels: number;
}

export function difference(right: Float64Array, other: Float64Array): PipelineDifference {
  let low = Infinity;
  let high = -Infinity;
  let most = 0;
  let levels = 0;
  let pixels = 0;
  const shown = (x: number): number => Math.round(255 * Math.min(1, Math.max(0, x)));
  right.forEach((x, k) => {
    const y = other[k] ?? NaN;
    low = Math.min(low, x);
    high = Math.max(high, x);
    most = Math.max(most, Math.abs(x - y));
    const apart = Math.abs(shown(x) - shown(y));
    levels = Math.max(levels, apart);
    if (apart !== 0) pixels++;
  });
  return { relative: most / (high - low), levels, pixels: pixels / right.length };
}
