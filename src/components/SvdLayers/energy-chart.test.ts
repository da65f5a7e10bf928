import { describe, expect, it } from 'vitest';
import { energyCurve } from '../../lib/scene/singular.ts';
import { chartMarkup, logValues, percent } from './energy-chart.ts';

describe('energy charts', () => {
  it('leaves out what is only rounding', () => {
    expect([...logValues(Float64Array.of(100, 1, 1e-13))]).toEqual([2, 0, Number.NaN]);
  });

  it('draws both curves to their ends', () => {
    const values = Float64Array.of(10, 1);
    const markup = chartMarkup(energyCurve(values), values);
    // 0, 100/101 and all of it; log10 from 1 to 0.
    expect(markup).toContain('d="M0.5 100L1.5 0.99L2.5 0"');
    expect(markup).toContain('d="M0.5 0L1.5 100"');
  });

  it('survives a zero matrix', () => {
    const values = Float64Array.of(0, 0);
    expect(chartMarkup(energyCurve(values), values)).not.toContain('NaN');
  });

  it('has digits enough to tell nearly all of it from all', () => {
    expect([1, 0.99995, 0.985, 0.5].map(percent)).toEqual(['100 %', '99.9950 %', '98.5 %', '50.0 %']);
  });
});
