import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeContribution } from '../../lib/attention/sweep/contribution.ts';
import type { PlanResult } from '../../lib/attention/sweep/merge.ts';
import type { SweepLine } from '../../lib/attention/sweep/records.ts';
import { layOut } from './chart-layout.ts';
import { chartSvg } from './chart-svg.ts';
import { extraRuns, soundLines } from './extra.ts';
import { SERIES_NAMES } from './words.ts';

const recall = JSON.parse(
  readFileSync(new URL('../../../content/attention/data/recall.json', import.meta.url), 'utf8'),
) as PlanResult;
const all = { series: new Set(SERIES_NAMES), rate: null };

const run = (arm: 'V' | 'add-NS', alpha: number, seed: number, right: number): SweepLine => ({
  stage: 'main',
  arm,
  alpha,
  rate: recall.arms.find((a) => a.arm === arm && a.alpha === alpha)?.rate ?? NaN,
  seed,
  train: 1,
  probe: [0.7, right, 2048],
  test: [0.7, right, 2048],
  hash: `${seed}`.padStart(16, '0'),
});
const lines = [run('V', 0, 31, 1500), run('add-NS', -0.5, 31, 1520), run('add-NS', -0.5, 32, 1400)];

describe('exploratory runs in the plot', () => {
  const extras = extraRuns(recall, lines, 'yours');

  it('are drawn as marks of their own, and move no mean', () => {
    const [with3, without] = [layOut(recall, 'accuracy', all, extras), layOut(recall, 'accuracy', all)];
    expect(with3.series.flatMap((s) => s.extras)).toHaveLength(3);
    expect(with3.series.map(({ means, points }) => [means, points])).toEqual(
      without.series.map(({ means, points }) => [means, points]),
    );
    const svg = chartSvg(with3, '');
    expect(svg).toContain('data-origin="yours"');
    expect(svg).not.toContain('data-origin="contributed"');
    expect(chartSvg(without, '')).not.toContain('data-origin');
  });

  it('take their difference to V at the same seed among themselves', () => {
    const chart = layOut(recall, 'difference', all, extras);
    const added = chart.series.flatMap((s) => s.extras);
    // Seed 32 has no V among them, although the registered runs have one at every seed of theirs.
    expect(added.map(({ dot }) => dot.seed)).toEqual([31]);
    const base = chart.base ?? NaN;
    expect(added[0]?.y).toBeLessThan(base);
  });

  it('leave the drawing whole where a loss is no number', () => {
    const broken = { ...run('V', 0, 33, 300), test: [NaN, 300, 2048] as const };
    const chart = layOut(recall, 'loss', all, extraRuns(recall, [broken, ...lines], 'contributed'));
    expect(chart.series.flatMap((s) => s.extras)).toHaveLength(3);
    expect(chartSvg(chart, '')).not.toContain('NaN');
  });

  it('are left out where they do not fit the plan as it is', () => {
    const [first] = lines;
    if (!first) throw new Error('no line');
    const text = writeContribution('recall', [...lines, { ...first, seed: 34, rate: 0.04 }, { ...first, seed: 5 }]);
    expect(soundLines(recall, text).map(({ seed }) => seed)).toEqual([31, 31, 32]);
    expect(soundLines({ ...recall, plan: 'sorting' }, text)).toEqual([]);
    expect(soundLines(recall, 'not a contribution')).toEqual([]);
  });
});
