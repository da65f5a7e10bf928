import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';

function seriesOf(program: string) {
  const { view, trouble } = evaluate(program);
  if (view?.kind !== 'plot') throw new Error(trouble?.message ?? 'no plot');
  return view.series.map((one) => ({ ...one, x: [...one.x], y: [...one.y] }));
}

describe('charts', () => {
  it('of points, and lines with points added', () => {
    expect(seriesOf('scatter([1, 2], [3, 4]; label="p", markersize=2)')).toEqual([
      { x: [1, 2], y: [3, 4], label: 'p', mark: 'points' },
    ]);
    expect(seriesOf('plot([1, 2]); scatter!([2], [5])').map(({ mark }) => mark)).toEqual([undefined, 'points']);
  });

  it('of bars', () => {
    expect(seriesOf('bar([1, 3, 5], [2, 1, 4])')).toEqual([
      { x: [1, 3, 5], y: [2, 1, 4], label: '', mark: 'bars', width: 1.6 },
    ]);
  });

  it('of counts between edges; an edge belongs to the bin on its right', () => {
    expect(seriesOf('histogram([0.0, 0.5, 1.0, 1.5, 2.0]; bins=0:1:3)')).toMatchObject([
      { x: [0.5, 1.5, 2.5], y: [2, 2, 1], width: 1 },
    ]);
    expect(seriesOf('histogram([1, 2, 2, 3]; bins=2, normalize=true)')).toMatchObject([
      { x: [1.5, 2.5, 3.5], y: [0.25, 0.5, 0.25] },
    ]);
  });

  it('count every number once, whatever the bins', () => {
    const [one] = seriesOf('using Random; Random.seed!(1); histogram(randn(1000))');
    expect(one?.y.reduce((a, b) => a + b)).toBe(1000);
    expect(one?.y.length).toBeGreaterThan(10);
  });

  it('a keyword that is not known is refused', () => {
    expect(evaluate('plot([1, 2]; yscale=:log10)').trouble?.message).toContain('yscale');
  });

  it('a heatmap stands on its first row', () => {
    expect(evaluate('heatmap([1 2; 3 4]; yflip=true, c=:viridis)').text).toBe('2×2 Matrix{Int64}:\n 1  2\n 3  4');
  });
});
