/** What the attention article says in words of the follow-up to sorting, held against the results beside it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import bentData from '../../content/attention/data/sorting-bent.json' with { type: 'json' };
import closerData from '../../content/attention/data/sorting-closer.json' with { type: 'json' };
import fashionData from '../../content/attention/data/fashion-10k.json' with { type: 'json' };
import againData from '../../content/attention/data/fashion-60k-again.json' with { type: 'json' };
import allPicturesData from '../../content/attention/data/fashion-60k.json' with { type: 'json' };
import authorRuns from '../../src/components/SweepPlot/author-runs.json' with { type: 'json' };
import poolingData from '../../content/attention/data/fashion-10k-pooling.json' with { type: 'json' };
import deepData from '../../content/attention/data/sorting-deep.json' with { type: 'json' };
import independentData from '../../content/attention/data/independent.json' with { type: 'json' };
import longData from '../../content/attention/data/sorting-long.json' with { type: 'json' };
import recallData from '../../content/attention/data/recall.json' with { type: 'json' };
import sortingData from '../../content/attention/data/sorting.json' with { type: 'json' };
import { copiesIn, numbersOf, pooledMinusV } from '../../src/components/SweepPlot/numbers.ts';
import { verdictCard } from '../../src/components/SweepPlot/verdict.ts';
import type { ArmResult, PlanResult } from '../../src/lib/attention/sweep/merge.ts';
import { runConfig } from '../../src/lib/attention/presets.ts';
import { planNamed } from '../../src/lib/attention/sweep/plan.ts';
import type { SweepLine } from '../../src/lib/attention/sweep/records.ts';
import { parseLines } from '../../src/lib/attention/sweep/records.ts';
import type { ArmName } from '../../src/lib/attention/transforms.ts';

const results = [recallData, sortingData, closerData, bentData, longData] as unknown as PlanResult[];
const [recall, sorting, closer, bent, long] = results as [PlanResult, PlanResult, PlanResult, PlanResult, PlanResult];

/** The arm's results at the alphas that `where` lets through. */
function arms(result: PlanResult, name: ArmName, where: (alpha: number) => boolean = () => true): readonly ArmResult[] {
  const found = result.arms.filter(({ arm, alpha }) => arm === name && where(alpha));
  expect(found).not.toHaveLength(0);
  return found;
}

/** The lines of a plan, as they were run. */
const linesOf = (plan: string): readonly SweepLine[] =>
  parseLines(readFileSync(new URL(`../../content/attention/data/runs/${plan}.jsonl`, import.meta.url), 'utf8')).lines;

const text = readFileSync(new URL('../../content/attention/index.mdx', import.meta.url), 'utf8');

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

  it('V drew 0.008 over 0.016 by 8 answers of 10,000 on validation', () => {
    const right = (rate: number): number =>
      linesOf('fashion-10k')
        .filter((line) => line.stage === 'select' && line.arm === 'V' && line.rate === rate)
        .reduce((sum, { validation }) => sum + (validation?.[1] ?? NaN), 0);
    expect(right(0.008) - right(0.016)).toBe(8);
    expect(text).toContain('$V$ itself drew 0.008 over 0.016 by 8 answers of 10,000');
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

  it('S over both experiments is real and within half a point of nothing', () => {
    const both = pooledMinusV([allPictures, again], 'S');
    expect(both.n).toBe(40);
    expect(both.t.low).toBeGreaterThan(0);
    expect(both.t.high).toBeLessThan(0.5);
    for (const result of [allPictures, again]) expect(verdictCard(result).lines[1]?.answer).not.toMatch(/^better/);
  });

  it('the loss on the training pictures falls as well, so that it is no regularisation', () => {
    for (const plan of ['fashion-60k', 'fashion-60k-again']) {
      const train = (arm: ArmName): number => {
        const here = linesOf(plan).filter((line) => line.stage === 'main' && line.arm === arm);
        return here.reduce((sum, line) => sum + line.train, 0) / here.length;
      };
      expect(train('S')).toBeLessThan(train('V') - 0.01);
    }
  });

  it('once more: in loss, -0.5 and standardised values are told from V after correction', () => {
    for (const name of ['add-NS', 'standardised'] as const) {
      const loss = arms(again, name)[0]?.toBaseline?.loss;
      expect(loss?.mean).toBeLessThan(0);
      expect(loss?.holm).toBeLessThan(0.05);
    }
  });

  it('is below the 90.0 % of the table that is cited', () => {
    expect(arms(allPictures, 'V')[0]?.accuracy?.mean).toBeLessThan(90);
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

  it('closer: the softmax over features is undecided at -1, not shown to gain at -0.5', () => {
    const [far] = arms(closer, 'add-features', (alpha) => alpha === -1);
    expect(far?.verdict).toBe('undecided');
    expect(far?.toBaseline?.accuracy.t.low).toBeGreaterThan(0);
    expect(arms(closer, 'add-features', (alpha) => alpha === -0.5)[0]?.verdict).toBe('undecided');
  });

  it('bent: its runs of V and of the proposal are those of the closer look', () => {
    expect(copiesIn(bent, closer)).toBe(2 * bent.seeds);
    expect(verdictCard(bent, 'x').state).toContain('x');
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
  const largest = Math.max(...planNamed('sorting-deep').rates);
  expect(deep.arms.map(({ rate }) => rate)).toEqual(deep.arms.map(() => largest));
  expect(deep.arms.slice(1).map(({ alpha }) => alpha)).toEqual([-0.5, -0.5, -0.5, -0.5]);
  expect(deep.arms[0]?.accuracy?.mean).toBeGreaterThan(99);
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

it('on recall the proposal is better at no alpha, and undecided around 0.5, where half a point and more is not ruled out', () => {
  for (const { verdict } of arms(recall, 'add-NS')) expect(verdict).not.toBe('better');
  const open = arms(recall, 'add-NS', (alpha) => Math.abs(alpha) <= 0.75 && alpha !== -0.75);
  expect(open.map(({ verdict }) => verdict)).toEqual(open.map(() => 'undecided'));
  expect(open).toHaveLength(5);
  expect(arms(recall, 'add-NS', (alpha) => alpha === 0.5)[0]?.toBaseline?.accuracy.t.high).toBeGreaterThan(0.5);
});

it('headlines by rules that were added later say so, others do not', () => {
  const added = [fashionData, allPicturesData, againData] as unknown as PlanResult[];
  for (const result of added) expect(verdictCard(result).state, result.plan).toMatch(/rule was added when the result/);
  for (const result of [recall, sorting, closer]) expect(verdictCard(result).state).not.toMatch(/rule was added/);
});

it('the author made seven runs', () => {
  expect(authorRuns.runs).toHaveLength(7);
  const about = readFileSync(new URL('../../content/about/index.mdx', import.meta.url), 'utf8');
  expect(about.match(/seven runs/gi)).toHaveLength(2);
  expect(about).not.toMatch(/eight runs/i);
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
