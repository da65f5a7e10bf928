import { expect, test } from 'vitest';
import { PRELUDE, OWN_LOSS } from './prelude.ts';
import { productLoss, transformed, warped } from '../../lib/matrix/descent-loss.ts';
import { mandrill } from '../../lib/matrix/parity-pictures.ts';
import { ReferenceEngine } from '../../lib/matrix/reference.ts';
import { ownLoss } from '../../lib/julia/own-loss.ts';
import type { Node } from '../../lib/matrix/tape.ts';

const size = 24;

async function withLoss(source: string): Promise<{
  value: number;
  gradient: Float64Array;
  right: { value: number; gradient: Float64Array };
}> {
  const { ops, bind } = await ownLoss(new ReferenceEngine(), PRELUDE, source);
  const start = ops.upload(mandrill(size), size, size);
  const T = transformed(ops, warped(ops, start), 'V');
  const at = (loss: (x: Node) => Node): { value: number; gradient: Float64Array } => {
    const { value, gradients } = ops.gradient(([x]) => loss(x as Node), [start]);
    return { value: ops.item(value), gradient: ops.download(gradients[0] as Node) };
  };
  return { ...at(bind({ T, start })), right: at(productLoss(ops, T, { transform: 'V', inside: false, hold: false })) };
}

test("the study's loss, written in Julia, is the built-in one", async () => {
  const { value, gradient, right } = await withLoss('loss(x) = norm(V(x) - T)');
  expect(value).toBeCloseTo(right.value, 10);
  gradient.forEach((g, k) => expect(g).toBeCloseTo(right.gradient[k] ?? NaN, 8));
});

test("the article's warp differentiates", async () => {
  const { value, gradient } = await withLoss('loss(x) = norm(warp(x, 0) - start)');
  expect(value).toBeGreaterThan(0);
  expect(gradient.every(Number.isFinite)).toBe(true);
});

test('the suggestion can be descended from at the start', async () => {
  const { value, gradient, right } = await withLoss(OWN_LOSS);
  expect(value).toBeCloseTo(right.value, 10);
  expect(gradient.every(Number.isFinite)).toBe(true);
});

test.each([
  ['loss(x) = norm(V(x) - TT)', /TT/],
  ['loss(x) = V(x)', /must give a number/],
  ['distance(x) = norm(x)', /must define a function loss/],
  ['loss(x) = norm(V(x) - T', /ParseError/],
  ['loss(x) = norm(x * ones(3, 3))', /DimensionMismatch/],
])('%s is refused', async (source, words) => {
  await expect(withLoss(source)).rejects.toThrow(words);
});
