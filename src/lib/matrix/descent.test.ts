import { describe, expect, test } from 'vitest';
import golden from '../../../tests/fixtures/descents.json' with { type: 'json' };
import { createEngine } from './choose.ts';
import { Descent, DescentError } from './descent.ts';
import { productLoss, transformed, warped } from './descent-loss.ts';
import { mandrill } from './parity-pictures.ts';
import { ReferenceEngine } from './reference.ts';
import { Ops } from './tape.ts';
import type { LossOptions } from './descent-loss.ts';
import type { DescentOptimiser } from './descent.ts';

const { toy } = golden;
const study: LossOptions = { transform: 'V', inside: false, hold: false };
const adam: DescentOptimiser = { kind: 'adam', rate: 0.001 };

function toyDescent(ops = new Ops(new ReferenceEngine()), options = study, optimiser = adam): Descent {
  const target = transformed(ops, ops.upload(toy.target.flat(), 3, 3), options.transform);
  return new Descent(ops, productLoss(ops, target, options), toy.X0.flat(), 3, 3, optimiser);
}

/** The study's problem on a small mandrill: from m to V(w). */
function smallDescent(ops: Ops, options: LossOptions, optimiser: DescentOptimiser, size = 48): Descent {
  const m = mandrill(size);
  const target = transformed(ops, warped(ops, ops.upload(m, size, size)), options.transform);
  return new Descent(ops, productLoss(ops, target, options), m, size, size, optimiser);
}

describe("the author's toy of 3 x 3 pixels", () => {
  test('loss and gradient at the start', () => {
    const descent = toyDescent();
    expect(descent.loss()).toBeCloseTo(toy.loss0, 12);
    descent.gradient().forEach((g, k) => expect(g).toBeCloseTo(toy.gradient.flat()[k] ?? NaN, 8));
  });

  test('628 steps of ADAM', () => {
    const descent = toyDescent();
    const losses: number[] = [];
    for (let k = 0; k < 628; k++) losses.push(descent.step());
    losses.push(descent.loss());
    for (const [k, loss] of Object.entries(toy.losses)) expect(losses[Number(k)]).toBeCloseTo(loss, 7);
    descent.state().forEach((x, k) => expect(x).toBeCloseTo(toy.state628.flat()[k] ?? NaN, 6));
    expect(descent.steps).toBe(628);
  });

  test('one plain step of 0.05', () => {
    const ops = new Ops(new ReferenceEngine());
    const descent = toyDescent(ops);
    const moved = toy.X0.flat().map((x, k) => x - 0.05 * (descent.gradient()[k] ?? NaN));
    const target = transformed(ops, ops.upload(toy.target.flat(), 3, 3), 'V');
    expect(ops.item(productLoss(ops, target, study)(ops.upload(moved, 3, 3)))).toBeCloseTo(toy.afterStep, 9);
  });
});

test('the line search never raises the loss, and its steps are along the gradient', () => {
  const descent = smallDescent(new Ops(new ReferenceEngine()), study, { kind: 'plain', rate: 0.003 });
  const [before, gradient] = [descent.state(), descent.gradient()];
  const losses = [descent.step()];
  const moved = descent.state().map((x, k) => (before[k] ?? NaN) - x);
  const length = Math.max(...moved.map((d, k) => d / (gradient[k] ?? NaN)).filter(Number.isFinite));
  moved.forEach((d, k) => expect(d).toBeCloseTo(length * (gradient[k] ?? NaN), 9));
  for (let k = 0; k < 8; k++) losses.push(descent.step());
  losses.slice(1).forEach((loss, k) => expect(loss).toBeLessThan(losses[k] ?? NaN));
});

test('held extremes change the gradient and not the loss', () => {
  const ops = new Ops(new ReferenceEngine());
  const free = smallDescent(ops, study, adam);
  const held = smallDescent(ops, { ...study, hold: true }, adam);
  expect(held.loss()).toBe(free.loss());
  const norm = (x: Float64Array): number => Math.hypot(...x);
  expect(norm(held.gradient())).toBeLessThan(0.5 * norm(free.gradient()));
});

test('the warp inside the loss: its gradient is that of finite differences', () => {
  const ops = new Ops(new ReferenceEngine());
  const size = 12;
  const m = mandrill(size);
  const target = transformed(ops, ops.upload(m, size, size), 'V');
  const loss = productLoss(ops, target, { ...study, inside: true });
  const descent = new Descent(ops, loss, m, size, size, adam);
  const gradient = descent.gradient();
  for (const at of [0, 17, 60, 143]) {
    const value = (by: number): number =>
      ops.item(
        loss(
          ops.upload(
            Float64Array.from(m, (x, k) => (k === at ? x + by : x)),
            size,
            size,
          ),
        ),
      );
    expect((value(1e-6) - value(-1e-6)) / 2e-6).toBeCloseTo(gradient[at] ?? NaN, 4);
  }
});

test('a picture that makes the target has no way down, and says so', () => {
  const ops = new Ops(new ReferenceEngine());
  const target = transformed(ops, ops.upload(toy.X0.flat(), 3, 3), 'V');
  const descent = new Descent(ops, productLoss(ops, target, study), toy.X0.flat(), 3, 3, adam);
  expect(() => descent.step()).toThrow(DescentError);
  expect(() => descent.step()).toThrow(/loss is zero/);
});

test('a constant picture is refused with a sentence', () => {
  const ops = new Ops(new ReferenceEngine());
  const target = transformed(ops, ops.upload(toy.X0.flat(), 3, 3), 'V');
  const descent = new Descent(ops, productLoss(ops, target, study), new Float64Array(9).fill(0.5), 3, 3, adam);
  expect(() => descent.step()).toThrow(/no number/);
});

test('on tfjs a step frees all but its state, and the run can be repeated to the bit', async () => {
  const ops = new Ops(await createEngine('tfjs-wasm'));
  const run = (optimiser: DescentOptimiser): { losses: number[]; buffers: number[] } => {
    const before = ops.engine.memory().buffers;
    const descent = smallDescent(ops, study, optimiser);
    const [losses, buffers]: [number[], number[]] = [[], []];
    for (let k = 0; k < 4; k++) {
      losses.push(descent.step());
      buffers.push(ops.engine.memory().buffers - before);
    }
    descent.dispose();
    return { losses, buffers };
  };
  for (const optimiser of [adam, { kind: 'plain', rate: 0.003 } as const]) {
    const [first, second] = [run(optimiser), run(optimiser)];
    expect(second.losses).toEqual(first.losses);
    expect(new Set(first.buffers).size).toBe(1);
  }
});
