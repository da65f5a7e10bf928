import { describe, expect, it } from 'vitest';
import { mergePlan } from '../../lib/attention/sweep/merge.ts';
import type { Plan, Variant } from '../../lib/attention/sweep/plan.ts';
import type { SweepLine } from '../../lib/attention/sweep/records.ts';
import { missingCard, verdictCard } from './verdict.ts';

const variants: Variant[] = [
  { arm: 'V', alpha: 0 },
  { arm: 'add-NS', alpha: -0.5 },
  { arm: 'add-NS', alpha: 0.5 },
  { arm: 'linear', alpha: -0.5 },
  { arm: 'linear', alpha: 0.5 },
  { arm: 'exp', alpha: 0 },
];
const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
const plan: Plan = {
  name: 'recall',
  preset: 'recall',
  place: 'attention',
  exploratory: false,
  variants,
  families: ['add-NS'],
  rates: [0.01],
  selectionSeeds: [9001],
  seeds,
};

/** Right answers out of 1,000 of an arm at a seed. A seed moves all arms alike; `noise` moves one arm by itself. */
type Score = (variant: Variant, seed: number) => number;

function cardOf(score: Score, upTo = seeds.length, changes: Partial<Plan> = {}) {
  const line = (variant: Variant, stage: 'select' | 'main', seed: number): SweepLine => {
    const right = 700 + ((seed * 37) % 23) + score(variant, seed);
    const triple = [1 - right / 1000, right, 1000] as const;
    const results = stage === 'select' ? { validation: triple } : { probe: triple, test: triple };
    return { stage, ...variant, rate: 0.01, seed, train: 0, hash: `${variant.arm}${variant.alpha}${seed}`, ...results };
  };
  const lines = (changes.variants ?? variants).flatMap((variant) => [
    line(variant, 'select', 9001),
    ...seeds.slice(0, upTo).map((seed) => line(variant, 'main', seed)),
  ]);
  return verdictCard(mergePlan({ ...plan, ...changes }, lines));
}

const wobble = (seed: number, size: number): number => (seed % 2 ? size : -size);

describe('the verdict card', () => {
  it('says "no difference worth having" where the intervals lie within half a point of 0', () => {
    const card = cardOf(({ arm }, seed) => (arm === 'V' ? 0 : wobble(seed, 1)));
    expect(card.headline).toBe('No benefit shown');
    expect(card.found.join(' ')).toContain('No difference worth having at α = −0.5 and 0.5');
    expect(card.found.join(' ')).toContain('At no α can it be told from the linear control');
    expect(card.open).toEqual([]);
  });

  it('does not hide that S in place of V is better', () => {
    const withS = { variants: [...variants, { arm: 'S', alpha: 0 }] as const };
    const card = cardOf(({ arm }, seed) => (arm === 'S' ? 20 : 0) + wobble(seed, 1), seeds.length, withS);
    expect(card.headline).toBe('No benefit of V + α N S shown; S in place of V is better');
    expect(card.found.join(' ')).toContain('Other arms better than V: S (');
  });

  it('where the rule has nothing to say, the arms without alpha have', () => {
    const pooling = { variants: (['V', 'S', 'NS', 'centred'] as const).map((arm) => ({ arm, alpha: 0 })) };
    const score: Score = ({ arm }, seed) => ({ S: -20, NS: 20 })[arm as string] ?? wobble(seed, 1);
    expect(cardOf(score, seeds.length, pooling).headline).toBe('N S better than V; S worse than V');
    const leak = { ...pooling, name: 'independent' } as const;
    expect(cardOf(score, seeds.length, leak).headline).toMatch(/^A leak, .*: N S better than V; S worse than V$/);
    const nothing = { variants: pooling.variants.slice(0, 2) };
    expect(cardOf((_, seed) => wobble(seed, 1), seeds.length, nothing).headline).toBe('Not a test of the proposal');
  });

  it('leaves a wide interval undecided, with the seeds it would take', () => {
    const card = cardOf(({ arm }, seed) => (arm === 'add-NS' ? wobble(seed, 40) : arm === 'V' ? 0 : wobble(seed, 1)));
    expect(card.headline).toBe('No benefit shown');
    expect(card.open.join(' ')).toMatch(/Undecided: V \+ α N S at α = −0.5 and 0.5\..* \d[\d,]* seeds\./);
    expect(card.found.join(' ')).not.toContain('better');
  });

  it('says "fruitful" only where it is better than V and than centring at the same alpha', () => {
    const gain = ({ arm, alpha }: Variant): number => (arm === 'add-NS' && alpha === 0.5 ? 30 : 0);
    const card = cardOf(
      (variant, seed) =>
        gain(variant) + (variant.arm === 'V' ? 0 : wobble(seed + (variant.arm === 'linear' ? 1 : 0), 2)),
    );
    expect(card.headline).toContain('Fruitful');
    expect(card.found.join(' ')).toContain('V + α N S is better than V at α = 0.5.');
    expect(card.found.join(' ')).toContain('above it at α = 0.5');
  });

  it('says that centring does as much where it does', () => {
    const card = cardOf(({ arm }, seed) =>
      arm === 'V' || arm === 'exp' ? 0 : 30 + wobble(seed + (arm === 'linear' ? 1 : 0), 1),
    );
    expect(card.headline).toBe('It helps, but no more than centring does');
  });

  it('names what is worse, other arms too', () => {
    const card = cardOf(
      ({ arm, alpha }, seed) => (arm === 'exp' || alpha === -0.5 ? -50 : 0) + (arm === 'V' ? 0 : wobble(seed, 1)),
    );
    expect(card.found.join(' ')).toContain('V + α N S is worse than V at α = −0.5.');
    expect(card.found.join(' ')).toContain('Other arms worse than V: exp V (−');
  });

  it('concludes nothing from an unfinished plan, however clear it looks', () => {
    const card = cardOf(({ arm }) => (arm === 'add-NS' ? 100 : 0), 6);
    expect(card.headline).toBe('Not finished: no conclusion');
    expect(card.state).toBe('Incomplete: 36 of 72 runs; 6 of 6 arms lack seeds.');
    expect(card.found).toEqual([]);
  });

  it('labels exploratory plans', () => {
    expect(cardOf(() => 0, seeds.length, { exploratory: true }).state).toMatch(/^Exploratory/);
  });

  it('says how much of a plan that was not begun is missing', () => {
    expect(missingCard(44, 20).state).toContain('880 runs');
  });
});
