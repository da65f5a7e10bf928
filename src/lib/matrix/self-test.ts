/** A short examination of an engine on this very device, against plain loops in double precision. */

import type { Buffer, Engine } from './engine.ts';
import { Ops } from './tape.ts';

/** Rows, shared dimension, columns: odd edges, one block, the start of centred products, several blocks. */
const SHAPES = [
  [7, 5, 3],
  [64, 64, 64],
  [33, 130, 65],
  [96, 128, 96],
] as const;

/** Numbers between 0 and 1 that single precision holds. */
const numbers = (count: number, seed: number): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => Math.fround(((k * 7919 + seed * 104_729) % 997) / 997));

function product(a: Float64Array, b: Float64Array, m: number, n: number, p: number): Float64Array {
  const out = new Float64Array(m * p);
  for (let i = 0; i < m; i++)
    for (let k = 0; k < n; k++) {
      const x = a[i * n + k] ?? NaN;
      for (let j = 0; j < p; j++) out[i * p + j] = (out[i * p + j] ?? NaN) + x * (b[k * p + j] ?? NaN);
    }
  return out;
}

const turned = (a: Float64Array, rows: number, cols: number): Float64Array =>
  a.map((_, k) => a[(k % rows) * cols + Math.floor(k / rows)] ?? NaN);

/** The largest difference, over the range of what is right; infinite where a number is missing or is none. */
function apart(found: Float64Array, right: Float64Array): number {
  if (found.length !== right.length) return Infinity;
  let [low, high, most] = [Infinity, -Infinity, 0];
  right.forEach((x, k) => {
    low = Math.min(low, x);
    high = Math.max(high, x);
    const by = Math.abs((found[k] ?? NaN) - x);
    most = by >= 0 ? Math.max(most, by) : Infinity;
  });
  return most / (high - low);
}

/** Products of several shapes, a softmax down the columns, a gradient: the worst difference. Leaves nothing on the engine. */
export function selfTest(engine: Engine): number {
  let worst = 0;
  const see = (found: Buffer, right: Float64Array): void => {
    worst = Math.max(worst, apart(engine.download(found), right));
  };
  engine.tidy(
    () => {
      for (const [m, n, p] of SHAPES) {
        const [a, b] = [numbers(m * n, m), numbers(n * p, p)];
        see(engine.matmul(engine.upload(a, m, n), engine.upload(b, n, p)), product(a, b, m, n, p));
      }
      softmax(engine, see);
      gradient(engine, see);
    },
    () => [],
  );
  return worst;
}

type See = (found: Buffer, right: Float64Array) => void;

function softmax(engine: Engine, see: See): void {
  const size = 64;
  const a = numbers(size * size, 2);
  const x = engine.upload(a, size, size);
  const raised = engine.unary('exp', engine.binary('sub', x, engine.reduce('max', x, 1)));
  const sums = new Float64Array(size);
  a.forEach((value, k) => (sums[k % size] = (sums[k % size] ?? NaN) + Math.exp(value)));
  see(
    engine.binary('div', raised, engine.reduce('sum', raised, 1)),
    a.map((value, k) => Math.exp(value) / (sums[k % size] ?? NaN)),
  );
}

/** Of sum((A B) .* (A B)) by A: 2 (A B) B'. */
function gradient(engine: Engine, see: See): void {
  const [m, n, p] = [24, 40, 17];
  const [a, b] = [numbers(m * n, 3), numbers(n * p, 4)];
  const ops = new Ops(engine);
  const right = ops.upload(b, n, p);
  const { gradients } = ops.gradient(
    ([x]) => {
      const made = ops.matmul(x ?? right, right);
      return ops.reduce('sum', ops.binary('mul', made, made), 'all');
    },
    [ops.upload(a, m, n)],
  );
  const twice = product(a, b, m, n, p).map((value) => 2 * value);
  for (const one of gradients) see(one.value, product(twice, turned(b, n, p), m, p, n));
}
