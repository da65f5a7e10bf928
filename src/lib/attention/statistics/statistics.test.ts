import { describe, expect, it } from 'vitest';
import { random } from '../random.ts';
import { bootstrapInterval, comparePaired, holm, seedsNeeded, summarize } from './paired.ts';
import { incompleteBeta, logGamma, tQuantile, tTail } from './student.ts';

describe('Student t', () => {
  it('gives the table values of R (qt, pt)', () => {
    expect(tQuantile(0.95, 1)).toBeCloseTo(12.7062047, 6);
    expect(tQuantile(0.95, 9)).toBeCloseTo(2.26215716, 7);
    expect(tQuantile(0.95, 29)).toBeCloseTo(2.04522964, 7);
    expect(tQuantile(0.99, 19)).toBeCloseTo(2.86093461, 7);
    expect(tTail(2.262157163, 9)).toBeCloseTo(0.05, 8);
    expect(tTail(0, 5)).toBeCloseTo(1, 12);
  });

  it('gives exact values of gamma and beta', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 8);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 8);
    expect(incompleteBeta(0.3, 1, 1)).toBeCloseTo(0.3, 10);
    // I_x(2, 3) = 6 x^2 - 8 x^3 + 3 x^4.
    expect(incompleteBeta(0.4, 2, 3)).toBeCloseTo(6 * 0.16 - 8 * 0.064 + 3 * 0.0256, 9);
  });

  it('refuses impossible levels', () => {
    expect(() => tQuantile(1, 5)).toThrow(RangeError);
    expect(() => tQuantile(0.95, 0)).toThrow(RangeError);
  });
});

describe('paired comparison', () => {
  // R, ?t.test: the `sleep` data (Student 1908), paired: t = -4.0621, df = 9, p-value = 0.002833, -2.4598858 -0.7001142.
  const drug1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
  const drug2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

  it('agrees with R on the sleep data', () => {
    const result = comparePaired(drug1, drug2);
    expect(result.mean).toBeCloseTo(-1.58, 10);
    expect((result.mean / result.sd) * Math.sqrt(10)).toBeCloseTo(-4.0621, 4);
    expect(result.p).toBeCloseTo(0.002833, 6);
    expect(result.t.low).toBeCloseTo(-2.4598858, 6);
    expect(result.t.high).toBeCloseTo(-0.7001142, 6);
    expect(result.bootstrap.low).toBeLessThan(result.mean);
    expect(result.bootstrap.high).toBeLessThan(0);
  });

  it('is the same every time, and says nothing where there is nothing', () => {
    expect(comparePaired(drug1, drug2)).toEqual(comparePaired(drug1, drug2));
    expect(comparePaired(drug1, drug1)).toMatchObject({ mean: 0, p: 1, bootstrap: { low: 0, high: 0 } });
    expect(comparePaired([1], [0]).t.low).toBeNaN();
    expect(() => comparePaired([1, 2], [1])).toThrow(RangeError);
  });

  /** Normal to a good approximation: the sum of twelve uniforms. */
  const normal = (r: ReturnType<typeof random>): number => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += r.uniform();
    return sum;
  };

  it.each([10, 20, 30])(
    'intervals of %i normal differences cover the truth 93 to 97 times in a hundred',
    (n) => {
      const r = random(11, `coverage ${n}`);
      const trials = 1000;
      let byT = 0;
      let byBootstrap = 0;
      for (let i = 0; i < trials; i++) {
        const sample = Array.from({ length: n }, () => 0.3 + 0.5 * normal(r));
        const { t } = summarize(sample);
        if (t.low <= 0.3 && 0.3 <= t.high) byT++;
        const b = bootstrapInterval(sample, 0.95, i + 1, 400);
        if (b.low <= 0.3 && 0.3 <= b.high) byBootstrap++;
      }
      for (const covered of [byT, byBootstrap]) {
        expect(covered / trials).toBeGreaterThan(0.93);
        expect(covered / trials).toBeLessThan(0.97);
      }
    },
    60_000,
  );
});

describe('Holm', () => {
  it('agrees with R (p.adjust)', () => {
    const adjusted = holm([0.01, 0.02, 0.03, 0.04, 0.05]);
    [0.05, 0.08, 0.09, 0.09, 0.09].forEach((p, i) => expect(adjusted[i]).toBeCloseTo(p, 12));
    const shuffled = holm([0.04, 0.001, 0.5]);
    [0.08, 0.003, 0.5].forEach((p, i) => expect(shuffled[i]).toBeCloseTo(p, 12));
    expect(holm([])).toEqual([]);
  });

  it('keeps the chance of any false alarm at 5 %', () => {
    const r = random(3, 'family');
    let alarms = 0;
    for (let i = 0; i < 4000; i++) {
      if (Math.min(...holm(Array.from({ length: 12 }, () => r.uniform()))) < 0.05) alarms++;
    }
    expect(alarms / 4000).toBeGreaterThan(0.035);
    expect(alarms / 4000).toBeLessThan(0.06);
  });
});

describe('seeds needed', () => {
  it('is the first n whose interval is narrow enough', () => {
    const sd = 0.4;
    for (const half of [0.1, 0.2, 0.3]) {
      const n = seedsNeeded(sd, half);
      expect((tQuantile(0.95, n - 1) * sd) / Math.sqrt(n)).toBeLessThanOrEqual(half);
      expect((tQuantile(0.95, n - 2) * sd) / Math.sqrt(n - 1)).toBeGreaterThan(half);
    }
    expect(seedsNeeded(0, 0.1)).toBe(2);
    expect(() => seedsNeeded(1, 0)).toThrow(RangeError);
  });
});
