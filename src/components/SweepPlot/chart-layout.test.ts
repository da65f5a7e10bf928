import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PlanResult } from '../../lib/attention/sweep/merge.ts';
import { chartAlt } from './alt.ts';
import { HEIGHT, layOut, MARGIN, WIDTH } from './chart-layout.ts';
import { chartSvg } from './chart-svg.ts';
import { SERIES_NAMES } from './words.ts';

const recall = JSON.parse(
  readFileSync(new URL('../../../content/attention/data/recall.json', import.meta.url), 'utf8'),
) as PlanResult;
const all = { series: new Set(SERIES_NAMES), rate: null };

describe('the layout of the alpha plot', () => {
  it('has a dot for every run, inside the drawing', () => {
    const points = layOut(recall, 'accuracy', all).series.flatMap((series) => series.points);
    expect(points).toHaveLength(recall.arms.reduce((sum, { dots }) => sum + dots.length, 0));
    for (const { x, y } of points) {
      expect(x).toBeGreaterThan(MARGIN.left);
      expect(x).toBeLessThan(WIDTH);
      expect(y).toBeGreaterThanOrEqual(MARGIN.top);
      expect(y).toBeLessThanOrEqual(HEIGHT - MARGIN.bottom);
    }
  });

  it('puts higher accuracy higher, and larger alphas further right', () => {
    const means = layOut(recall, 'accuracy', all).series.find(({ name }) => name === 'add-NS')?.means ?? [];
    const byX = means.toSorted((a, b) => a.x - b.x).map(({ arm }) => arm.alpha);
    expect(byX).toEqual(byX.toSorted((a, b) => a - b));
    const byY = means.toSorted((a, b) => b.y - a.y).map(({ arm }) => arm.accuracy?.mean ?? NaN);
    expect(byY).toEqual(byY.toSorted((a, b) => a - b));
  });

  it('takes differences within a seed, and marks means beyond the close-up at its edge', () => {
    const chart = layOut(recall, 'difference', all);
    expect(chart.series.map(({ name }) => name)).not.toContain('V');
    const far = chart.series.flatMap(({ means }) => means).filter(({ beyond }) => beyond === 'below');
    expect(far.length).toBeGreaterThan(0);
    for (const { arm, y } of far) {
      expect(arm.toBaseline?.accuracy.mean).toBeLessThan(-1);
      expect(y).toBeCloseTo(HEIGHT - MARGIN.bottom, 6);
    }
    expect(chart.band?.top).toBeLessThan(chart.base ?? 0);
    expect(chart.band?.bottom).toBeGreaterThan(chart.base ?? Infinity);
  });

  it('leaves out what the filters leave out', () => {
    const rate = 0.04;
    const chart = layOut(recall, 'loss', { series: new Set(['linear'] as const), rate });
    expect(chart.series.map(({ name }) => name)).toEqual(['linear']);
    expect(chart.series.flatMap(({ points }) => points).every(({ arm }) => arm.rate === rate)).toBe(true);
  });

  it('copes with a plan of which nothing is there', () => {
    const bare = recall.arms.map(({ arm, alpha, formula }) => ({
      arm,
      alpha,
      formula,
      rate: null,
      dots: [],
      verdict: 'incomplete' as const,
    }));
    for (const kind of ['accuracy', 'loss', 'difference'] as const) {
      const svg = chartSvg(layOut({ ...recall, arms: bare }, kind, all), 'nothing');
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('draws and says only numbers', () => {
    for (const kind of ['accuracy', 'loss', 'difference'] as const) {
      const alt = chartAlt(recall, kind, all.series);
      expect(chartSvg(layOut(recall, kind, all), alt)).not.toMatch(/NaN|Infinity|undefined/);
      expect(alt).toMatch(/V \+ α \(V − m\): .*at −0\.5/);
    }
  });
});
