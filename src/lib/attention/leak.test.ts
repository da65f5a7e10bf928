import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leak } from './leak.ts';
import type { Network } from './network.ts';
import { runConfig } from './presets.ts';
import { Trainer } from './trainer.ts';
import type { ArmName } from './transforms.ts';
import { ARM_NAMES } from './transforms.ts';

const trained = (arm: ArmName, alpha = 1): Network => {
  const trainer = new Trainer(runConfig('independent', { arm, alpha, steps: 30, batch: 16 }));
  trainer.step(30);
  return trainer.network;
};

const sample = fc.record({
  ids: fc.array(fc.nat(7), { minLength: 16, maxLength: 16 }).map((ids) => Int32Array.from(ids)),
  t: fc.nat(14),
  shift: fc.integer({ min: 1, max: 7 }),
});

const probe = (network: Network, { ids, t, shift }: { ids: Int32Array; t: number; shift: number }): number =>
  leak(network, ids, t, (position) => ((ids[position] ?? 0) + shift) % 8);

/** The largest entry of V in any layer, for tokens 0 to 7 twice; float32 holds exp of no more than 88.7. */
function largestValue(network: Network): number {
  const { tokens, width } = network.model;
  network.evaluate({ ids: Int32Array.from({ length: tokens }, (_, i) => i % 8), targets: new Int32Array(tokens) });
  const entries = network.at.layers.flatMap((layer) => {
    const qkv = network.floats(layer.qkv, tokens * 3 * width);
    return Array.from(qkv.filter((_, i) => i % (3 * width) >= 2 * width));
  });
  return Math.max(...entries);
}

/** Arms whose values at t know nothing of later tokens. Every other arm normalises over all of them, and leaks. */
const CAUSAL: readonly ArmName[] = [
  ...(['V', 'gain', 'exp', 'features', 'add-exp', 'add-features', 'prefix', 'add-prefix'] as const),
  ...(['scaled-V', 'scaled-exp', 'scaled-exp-1', 'scaled-features', 'scaled-features-1'] as const),
];

it.each(CAUSAL)('%s never looks ahead', (arm) => {
  const network = trained(arm);
  fc.assert(
    fc.property(sample, (s) => probe(network, s) <= 1e-6),
    { seed: 1 },
  );
});

it.each(ARM_NAMES.filter((arm) => !CAUSAL.includes(arm)))('%s does look ahead', (arm) => {
  const network = trained(arm, 0.75);
  fc.assert(
    fc.property(sample, (s) => probe(network, s) > 1e-6),
    { seed: 1 },
  );
});

it.each([-2, -0.5, 0.5, 2])('the repair holds at alpha %d, and where exp(V) alone would overflow', (alpha) => {
  for (const scale of [1, 30]) {
    const network = trained('add-prefix', alpha);
    network.weights.forEach((w, i) => (network.weights[i] = scale * w));
    fc.assert(
      fc.property(sample, (s) => {
        const leaked = probe(network, s);
        expect(network.logits({ ids: s.ids, targets: new Int32Array(16).fill(-1) }).every(Number.isFinite)).toBe(true);
        return leaked <= 1e-6;
      }),
      { seed: 1, numRuns: 25 },
    );
    if (scale === 30) expect(largestValue(network)).toBeGreaterThan(89);
  }
});

it('a leak shows as a loss below that of guessing', () => {
  const lossOf = (arm: ArmName): number => {
    const trainer = new Trainer(runConfig('independent', { arm }));
    trainer.step(300);
    return trainer.evaluate('test')?.loss ?? NaN;
  };
  // Independent tokens of eight kinds: no honest model can do better than ln 8.
  expect(lossOf('prefix')).toBeGreaterThan(Math.log(8) - 0.01);
  expect(lossOf('NS')).toBeLessThan(1);
}, 240_000);
