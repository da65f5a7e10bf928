import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leak } from './leak.ts';
import type { Network } from './network.ts';
import { runConfig } from './presets.ts';
import { Trainer } from './trainer.ts';
import type { ArmName } from './transforms.ts';

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

it.each(['V', 'gain', 'exp', 'features', 'prefix', 'add-prefix'] as const)('%s never looks ahead', (arm) => {
  const network = trained(arm);
  fc.assert(
    fc.property(sample, (s) => probe(network, s) <= 1e-6),
    { seed: 1 },
  );
});

it.each(['S', 'NS', 'add-NS', 'centred', 'standardised', 'linear'] as const)('%s does look ahead', (arm) => {
  const network = trained(arm);
  fc.assert(
    fc.property(sample, (s) => probe(network, s) > 1e-6),
    { seed: 1 },
  );
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
}, 60_000);
