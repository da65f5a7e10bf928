/** What the attention article says in words of the follow-up to sorting, held against the results beside it. */
import { describe, expect, it } from 'vitest';
import bentData from '../../content/attention/data/sorting-bent.json' with { type: 'json' };
import closerData from '../../content/attention/data/sorting-closer.json' with { type: 'json' };
import fashionData from '../../content/attention/data/fashion-10k.json' with { type: 'json' };
import againData from '../../content/attention/data/fashion-60k-again.json' with { type: 'json' };
import allPicturesData from '../../content/attention/data/fashion-60k.json' with { type: 'json' };
import authorRuns from '../../content/attention/author-runs.json' with { type: 'json' };
import poolingData from '../../content/attention/data/fashion-10k-pooling.json' with { type: 'json' };
import deepData from '../../content/attention/data/sorting-deep.json' with { type: 'json' };
import independentData from '../../content/attention/data/independent.json' with { type: 'json' };
import longData from '../../content/attention/data/sorting-long.json' with { type: 'json' };
import recallData from '../../content/attention/data/recall.json' with { type: 'json' };
import sortingData from '../../content/attention/data/sorting.json' with { type: 'json' };
import { numbersOf } from '../../src/components/SweepPlot/numbers.ts';
import { verdictCard } from '../../src/components/SweepPlot/verdict.ts';
import type { ArmResult, PlanResult } from '../../src/lib/attention/sweep/merge.ts';
import { runConfig } from '../../src/lib/attention/presets.ts';
import { planNamed } from '../../src/lib/attention/sweep/plan.ts';
import type { ArmName } from '../../src/lib/attention/transforms.ts';

const results = [recallData, sortingData, closerData, bentData, longData] as unknown as PlanResult[];
const [recall, sorting, closer, bent, long] = results as [PlanResult, PlanResult, PlanResult, PlanResult, PlanResult];

/** The arm's results at the alphas that `where` lets through. */
function arms(result: PlanResult, name: ArmName, where: (alpha: number) => boolean = () => true): readonly ArmResult[] {
  const found = result.arms.filter(({ arm, alpha }) => arm === name && where(alpha));
  expect(found).not.toHaveLength(0);
  return found;
}

describe('clothes', () => {
  const clothes = fashionData as unknown as PlanResult;

  it('is complete; one alpha of twelve is better, by less than half a point, and so is standardising', () => {
    expect(clothes).toMatchObject({ complete: true, conclusion: 'fruitful' });
    expect(arms(clothes, 'add-NS')).toHaveLength(12);
    const better = clothes.arms.filter(({ verdict }) => verdict === 'better');
    expect(better.map(({ arm, alpha }) => [arm, alpha])).toEqual([
      ['add-NS', -0.5],
      ['standardised', 0],
    ]);
    expect(better[0]?.toBaseline?.accuracy.t.high).toBeLessThan(0.5);
    expect(verdictCard(clothes).headline).toContain('by too little to be worth having');
  });

  it('arms with the largest rate lie lower than those with the middle one, by about what the proposal gains', () => {
    const [, middle, largest] = planNamed('fashion-10k').rates;
    const mean = (rate: number | undefined): number => {
      const here = clothes.arms.filter((arm) => arm.rate === rate).map(({ accuracy }) => accuracy?.mean ?? NaN);
      return here.reduce((sum, x) => sum + x, 0) / here.length;
    };
    const gain = arms(clothes, 'add-NS', (alpha) => alpha === -0.5)[0]?.toBaseline?.accuracy.mean ?? NaN;
    const gap = mean(middle) - mean(largest);
    expect(gap).toBeGreaterThan(gain / 2);
    expect(gap).toBeLessThan(2 * gain);
  });
});

describe('55,000 pictures', () => {
  const allPictures = allPicturesData as unknown as PlanResult;
  const again = againData as unknown as PlanResult;

  it('is complete; nothing is gained at 0.5, but S in place of V is better, and so is standardising', () => {
    expect(allPictures).toMatchObject({ complete: true, conclusion: 'no benefit shown' });
    expect(arms(allPictures, 'add-NS').map(({ alpha, verdict }) => [alpha, verdict])).toEqual([
      [0.5, 'no difference worth having'],
    ]);
    const better = allPictures.arms.filter(({ verdict }) => verdict === 'better').map(({ arm }) => arm);
    expect(better).toEqual(['S', 'standardised']);
    expect(verdictCard(allPictures).headline).toContain('S in place of V is better');
  });

  it('on 10,000 pictures S could not be told from V', () => {
    const [before] = arms(fashionData as unknown as PlanResult, 'S');
    expect(before?.toBaseline?.accuracy.t.low).toBeLessThan(0);
    expect(before?.toBaseline?.accuracy.t.high).toBeGreaterThan(0);
  });

  it('once more: S is better again and better than V/N; nothing else is told from V', () => {
    expect(again).toMatchObject({ complete: true, exploratory: true });
    expect(again.arms.filter(({ verdict }) => verdict === 'better').map(({ arm }) => arm)).toEqual(['S']);
    const [low] = /\((.*) to/.exec(numbersOf(again).between(['S'], ['gain']))?.slice(1) ?? [];
    expect(Number(low)).toBeGreaterThan(0);
    const others = again.arms.filter(({ arm }) => arm !== 'V' && arm !== 'S');
    for (const { toBaseline } of others) expect(toBaseline?.accuracy.holm).toBeGreaterThan(0.05);
  });

  it('N S gains nothing, nor does V/N; no softmax over features was run', () => {
    expect(arms(allPictures, 'NS')[0]?.verdict).toBe('no difference worth having');
    expect(arms(again, 'gain')[0]?.verdict).toBe('no difference worth having');
    for (const { arms: all } of [allPictures, again])
      expect(all.filter(({ arm }) => arm === 'features' || arm === 'add-features')).toEqual([]);
  });

  it('are three times the steps', () => {
    expect(runConfig('fashion-60k').steps).toBe(3 * runConfig('fashion-10k').steps);
  });
});

describe('pooling', () => {
  const pooling = poolingData as unknown as PlanResult;
  const [base, , alone, tenfold] = authorRuns.runs;

  it('S costs what it cost the author, V + S and V - S nothing worth having', () => {
    expect(pooling).toMatchObject({ complete: true, exploratory: true });
    expect(alone?.variant).toBe('S');
    const [s] = arms(pooling, 'S');
    const cost = (base?.best ?? NaN) - (alone?.best ?? NaN);
    expect(s?.verdict).toBe('worse');
    expect(-(s?.toBaseline?.accuracy.t.low ?? NaN)).toBeGreaterThan(cost);
    expect(-(s?.toBaseline?.accuracy.t.high ?? NaN)).toBeLessThan(cost);
    for (const { verdict } of arms(pooling, 'add-S')) expect(verdict).toBe('no difference worth having');
  });

  it('N S, sixteen times S, is a little better, and so is centring; ten times S was worse for the author', () => {
    expect(tenfold?.variant).toBe('10 S');
    expect(tenfold?.best).toBeLessThan(alone?.best ?? NaN);
    const better = pooling.arms.filter(({ verdict }) => verdict === 'better').map(({ arm }) => arm);
    expect(better).toEqual(['NS', 'centred']);
  });
});

describe('sorting', () => {
  it('is complete, and fruitful by the registered rules; V had chosen the largest rate', () => {
    expect(sorting).toMatchObject({ complete: true, conclusion: 'fruitful' });
    expect(arms(sorting, 'V')[0]?.rate).toBe(Math.max(...planNamed('sorting').rates));
  });

  it('closer: V does not choose the largest rate, and stands where it stood', () => {
    const [before, now] = [arms(sorting, 'V')[0], arms(closer, 'V')[0]];
    expect(closer.complete).toBe(true);
    expect(now?.rate).toBeLessThan(Math.max(...planNamed('sorting-closer').rates));
    expect(Math.abs((now?.accuracy?.mean ?? NaN) - (before?.accuracy?.mean ?? NaN))).toBeLessThan(1);
  });

  it('closer: the proposal gains at every alpha below zero, the linear control at none', () => {
    for (const { verdict } of arms(closer, 'add-NS', (alpha) => alpha < 0)) expect(verdict).toBe('better');
    for (const { verdict } of arms(closer, 'linear')) expect(verdict).not.toBe('better');
  });

  it('closer: below zero no bent control helps, and the exponential does harm; above zero both beat the proposal', () => {
    for (const { verdict } of arms(closer, 'add-exp', (alpha) => alpha < 0)) expect(verdict).toBe('worse');
    for (const { verdict } of arms(closer, 'add-features', (alpha) => alpha < 0)) expect(verdict).not.toBe('better');
    for (const name of ['add-exp', 'add-features'] as const)
      for (const { verdict } of arms(closer, name, (alpha) => alpha > 0)) expect(verdict).toBe('better');
    for (const { toControls } of arms(closer, 'add-NS', (alpha) => alpha > 0))
      for (const control of ['add-exp', 'add-features'] as const) {
        expect(toControls?.[control]?.accuracy.mean).toBeLessThan(0);
        expect(toControls?.[control]?.accuracy.holm).toBeLessThan(0.05);
      }
  });

  it('bent: the softmax over features gains as much at its best as the proposal does', () => {
    expect(bent.complete).toBe(true);
    for (const { verdict } of bent.arms.slice(1)) expect(verdict).toBe('better');
    const best = Math.max(...arms(bent, 'add-features').map(({ accuracy }) => accuracy?.mean ?? NaN));
    expect(arms(bent, 'add-features', (alpha) => alpha === 1)[0]?.accuracy?.mean).toBe(best);
    expect(Math.abs(best - (arms(bent, 'add-NS')[0]?.accuracy?.mean ?? NaN))).toBeLessThan(0.5);
  });

  it('long: both softmaxes gain at -0.5, the one over features more; V chose the largest rate', () => {
    expect(long.complete).toBe(true);
    expect(arms(long, 'V')[0]?.rate).toBe(Math.max(...planNamed('sorting-long').rates));
    const [tokens, features] = [arms(long, 'add-NS')[0], arms(long, 'add-features')[0]];
    expect([tokens?.verdict, features?.verdict]).toEqual(['better', 'better']);
    expect(tokens?.toControls?.['add-features']?.accuracy.t.high).toBeLessThan(0);
  });
});

it('sorting, deep: all four are worse than V; twice as wide, twice as long, two layers of two heads', () => {
  const deep = deepData as unknown as PlanResult;
  expect(deep).toMatchObject({ complete: true, exploratory: true });
  expect(deep.arms.map(({ verdict }) => verdict)).toEqual(['baseline', 'worse', 'worse', 'worse', 'worse']);
  const [small, large] = [runConfig('sorting'), runConfig('sorting-deep')];
  expect([large.layers, large.heads]).toEqual([2, 2]);
  expect([large.width, large.steps]).toEqual([2 * small.width, 2 * small.steps]);
});

it('independent tokens, one of eight: what sees all tokens is right far too often, V and the running softmax are not', () => {
  const independent = independentData as unknown as PlanResult;
  expect(independent).toMatchObject({ complete: true, exploratory: true });
  expect(runConfig('independent').steps).toBe(300);
  const right = (name: ArmName): number => arms(independent, name)[0]?.accuracy?.mean ?? NaN;
  for (const name of ['V', 'prefix'] as const) expect(Math.abs(right(name) - 100 / 8)).toBeLessThan(1);
  for (const name of ['NS', 'centred'] as const) expect(right(name)).toBeGreaterThan(60);
  expect(verdictCard(independent).headline).toMatch(/^A leak/);
});

it('on recall one arm is better than V: the softmax over features', () => {
  expect(recall.arms.filter(({ verdict }) => verdict === 'better').map(({ arm }) => arm)).toEqual(['features']);
});

it('learning rates were chosen from three, from five in the follow-ups to sorting, by three seeds or two', () => {
  for (const { plan } of [...results, fashionData as unknown as PlanResult]) {
    const { rates, selectionSeeds } = planNamed(plan);
    expect(rates, plan).toHaveLength(plan.startsWith('sorting-') ? 5 : 3);
    expect(selectionSeeds, plan).toHaveLength(plan.startsWith('fashion') ? 2 : 3);
  }
});
