import { describe, expect, it } from 'vitest';
import { random } from '../random.ts';
import { Trainer } from '../trainer.ts';
import { runConfig } from '../presets.ts';
import { chosenRate, mainJobs, selectionJobs } from './jobs.ts';
import { mergePlan, verdictOf } from './merge.ts';
import type { Plan } from './plan.ts';
import { grid, planConfig, planNamed, PLANS, shardOf } from './plan.ts';
import type { SweepLine } from './records.ts';
import { lineKey, parseLines, toLine } from './records.ts';

const PLAN: Plan = {
  name: 'recall',
  preset: 'recall',
  place: 'attention',
  exploratory: false,
  variants: [{ arm: 'V', alpha: 0 }, ...grid('add-NS', 0.5, 0.5), ...grid('linear', 0.5, 0.5), { arm: 'S', alpha: 0 }],
  families: ['add-NS'],
  rates: [0.1, 0.2],
  selectionSeeds: [9001, 9002],
  seeds: [1, 2, 3, 4, 5, 6, 7, 8],
};
const [FIRST = { arm: 'V', alpha: 0 } as const] = PLAN.variants;

/** Lines as a sweep would write them: rate 0.2 is the better one, `effect` adds points to an arm. */
function lines(effect: (arm: string, alpha: number) => number, noise = 0.2): SweepLine[] {
  const r = random(4, 'noise');
  const base = { train: 1, hash: 'h' };
  const selection = selectionJobs(PLAN, PLAN.variants, []).map((job): SweepLine => ({
    ...base,
    ...job,
    validation: [1, job.rate === 0.2 ? 80 : 70, 100],
  }));
  const luck = new Map(PLAN.seeds.map((seed) => [seed, 5 * r.uniform()]));
  const main = mainJobs(PLAN, PLAN.variants, selection).map((job): SweepLine => {
    const right = 7000 + 100 * ((luck.get(job.seed) ?? 0) + effect(job.arm, job.alpha) + noise * (r.uniform() - 0.5));
    return { ...base, ...job, test: [1, right, 10_000], probe: [1, right / 10, 1000] };
  });
  return [...selection, ...main];
}

describe('plans', () => {
  it('run at least what was promised', () => {
    const { variants, seeds } = planNamed('recall');
    // Seventeen alphas: sixteen and 0, which is V.
    for (const arm of ['add-NS', 'linear']) expect(variants.filter((v) => v.arm === arm).length).toBe(16);
    expect(seeds.length).toBe(30);
    const fashion = planNamed('fashion-10k');
    for (const arm of ['add-NS', 'linear', 'add-S'])
      expect(fashion.variants.filter((v) => v.arm === arm).length).toBe(12);
    expect(planNamed('fashion-60k').variants.length).toBe(7);
    expect(planNamed('sorting').variants.length).toBeGreaterThanOrEqual(8);
    expect(() => planNamed('nothing')).toThrow(/no plan named/);
  });

  it.each(PLANS)('$name: selection seeds are no main seeds, no run twice', (plan) => {
    expect(plan.selectionSeeds.filter((s) => plan.seeds.includes(s))).toEqual([]);
    const keys = selectionJobs(plan, plan.variants, []).map(lineKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(plan.variants[0]).toEqual({ arm: 'V', alpha: 0 });
  });

  it('shards share all arms, none twice', () => {
    const parts = [1, 2, 3].flatMap((i) => shardOf(PLAN, i, 3));
    expect(parts.length).toBe(PLAN.variants.length);
    expect(new Set(parts)).toEqual(new Set(PLAN.variants));
    expect(() => shardOf(PLAN, 4, 3)).toThrow(RangeError);
  });
});

describe('what is left to do', () => {
  it('chooses the rate by validation, and only when all selection runs are there', () => {
    const all = lines(() => 0).filter((l) => l.stage === 'select');
    expect(chosenRate(PLAN, FIRST, all)).toBe(0.2);
    expect(chosenRate(PLAN, FIRST, all.slice(1))).toBeUndefined();
    expect(mainJobs(PLAN, PLAN.variants, [])).toEqual([]);
    const level = all.map((l): SweepLine => ({ ...l, validation: [l.rate === 0.1 ? 0.5 : 1, 80, 100] }));
    expect(chosenRate(PLAN, FIRST, level)).toBe(0.1);
    const broken = all.map((l): SweepLine => ({ ...l, validation: [l.rate === 0.1 ? NaN : 1, 80, 100] }));
    expect(chosenRate(PLAN, FIRST, broken)).toBe(0.2);
  });

  it('goes on where it was, whatever was finished', () => {
    const all = lines(() => 0);
    const jobs = selectionJobs(PLAN, PLAN.variants, all.slice(0, 5));
    expect(jobs.length).toBe(PLAN.variants.length * 4 - 5);
    expect(mainJobs(PLAN, PLAN.variants, all)).toEqual([]);
    expect(mainJobs(PLAN, PLAN.variants, all.slice(0, -3)).map(lineKey)).toEqual(all.slice(-3).map(lineKey));
  });

  it('reads a file that a kill cut short', () => {
    const rows = lines(() => 0).map((l) => JSON.stringify(l));
    const text = `${rows.slice(0, 4).join('\n')}\n${rows[0] ?? ''}\n{"stage":"main"}\n${(rows[4] ?? '').slice(0, 40)}`;
    const { lines: read, dropped } = parseLines(text);
    expect(read.length).toBe(4);
    expect(dropped).toBe(2);
  });

  it('a line names the run that makes it again', () => {
    const plan = planNamed('sorting');
    const config = { ...planConfig(plan, { arm: 'linear', alpha: 0.5 }, 0.02, 3), steps: 5 };
    const trainer = new Trainer(config);
    trainer.step(5);
    const [line] = parseLines(JSON.stringify(toLine('main', trainer.record(['probe', 'test'])))).lines;
    expect(line).toMatchObject({ stage: 'main', arm: 'linear', alpha: 0.5, rate: 0.02, seed: 3, hash: trainer.hash() });
    expect(line?.test).toEqual(line?.probe);
    expect(runConfig('sorting', { arm: 'linear', alpha: 0.5, rate: 0.02, seed: 3, steps: 5 })).toEqual(config);
  });
});

describe('merging', () => {
  it('finds an effect where there is one, and pairs by seed', () => {
    const result = mergePlan(
      PLAN,
      lines((arm, alpha) => (arm === 'add-NS' && alpha > 0 ? 1 : 0)),
    );
    const arm = result.arms.find((a) => a.arm === 'add-NS' && a.alpha > 0);
    // Seeds differ by up to five points, yet the paired interval is narrow.
    expect(arm?.toBaseline?.accuracy.mean).toBeCloseTo(1, 0);
    expect(arm?.toBaseline?.accuracy.t.low ?? 0).toBeGreaterThan(0.8);
    expect(arm?.accuracy?.sd).toBeGreaterThan(0.5);
    expect(arm?.verdict).toBe('better');
    expect(result.conclusion).toBe('fruitful');
    expect(result.complete).toBe(true);
    expect(result.arms[0]?.verdict).toBe('baseline');
    expect(result.arms.find((a) => a.arm === 'S')?.verdict).toBe('no difference worth having');
  });

  it('does not call fruitful what centring does as well', () => {
    const result = mergePlan(
      PLAN,
      lines((arm, alpha) => (arm !== 'S' && alpha > 0 ? 1 : 0)),
    );
    expect(result.conclusion).toBe('helps, but no more than centring does');
    expect(
      mergePlan(
        PLAN,
        lines(() => 0),
      ).conclusion,
    ).toBe('no benefit shown');
    expect(
      mergePlan(
        PLAN,
        lines((arm) => (arm === 'S' ? -2 : 0)),
      ).arms.at(-1)?.verdict,
    ).toBe('worse');
  });

  it('says undecided when the interval is wide, incomplete when seeds are missing', () => {
    const wide = mergePlan(
      PLAN,
      lines(() => 0, 8),
    );
    expect(wide.arms.slice(1).every((a) => a.verdict === 'undecided')).toBe(true);
    expect(wide.arms[1]?.seedsNeeded).toBeGreaterThan(8);
    const partial = mergePlan(PLAN, lines(() => 0).slice(0, -1));
    expect(partial.complete).toBe(false);
    expect(partial.arms.at(-1)?.verdict).toBe('incomplete');
    expect(mergePlan(PLAN, []).conclusion).toBe('incomplete');
    expect(verdictOf(undefined, true)).toBe('incomplete');
  });

  it('corrects each family by itself, missing members included', () => {
    const all = lines((arm) => (arm === 'add-NS' ? 0.1 : 0));
    const missing = all.filter((l) => !(l.stage === 'main' && l.arm === 'add-NS' && l.alpha > 0));
    const tested = mergePlan(PLAN, missing).arms.find((a) => a.arm === 'add-NS' && a.alpha < 0)?.toBaseline?.accuracy;
    expect(tested?.holm).toBeCloseTo(Math.min(1, 2 * (tested?.p ?? NaN)), 12);
  });
});
