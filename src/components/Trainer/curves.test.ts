import { describe, expect, it } from 'vitest';
import type { Curve } from './curves.ts';
import { curvesAlt, curvesSvg, HEIGHT, layOut, MARGIN, means, WIDTH } from './curves.ts';

const BOTTOM = HEIGHT - MARGIN.bottom;

const curve = (side: 'left' | 'right', length: number, changes: Partial<Curve> = {}): Curve => ({
  side,
  words: side === 'left' ? 'V' : 'V + α N S(V), α = 0.5',
  losses: Array.from({ length }, (_, k) => 2 / (k + 1)),
  accuracies: Array.from({ length }, (_, k) => k / length),
  checks: length > 9 ? [{ step: 10, loss: 0.3, right: 450, asked: 500 }] : [],
  steps: 200,
  chance: 0.125,
  ...changes,
});

describe('the curves of a training', () => {
  it('are means over equally many steps, the last perhaps of fewer', () => {
    expect(means([1, 3, 5, 7, 9], 2)).toEqual([
      { step: 1.5, value: 2 },
      { step: 3.5, value: 6 },
      { step: 5, value: 9 },
    ]);
    expect(means([], 4)).toEqual([]);
  });

  it('stay inside the drawing and run from left to right', () => {
    for (const kind of ['loss', 'accuracy'] as const) {
      const { lines, each } = layOut(kind, [curve('left', 200), curve('right', 120)]);
      expect(each).toBe(2);
      expect(lines.map(({ points }) => points.length)).toEqual([100, 60]);
      for (const { points, marks, name } of lines) {
        const all = [...points, ...marks];
        for (const { x, y } of all) {
          expect(x).toBeGreaterThanOrEqual(MARGIN.left);
          expect(x).toBeLessThanOrEqual(WIDTH - MARGIN.right);
          expect(y).toBeGreaterThanOrEqual(MARGIN.top);
          expect(y).toBeLessThanOrEqual(BOTTOM);
        }
        expect(points.every(({ x }, k) => k === 0 || x > (points[k - 1]?.x ?? Infinity))).toBe(true);
        expect(name?.x).toBeLessThan(WIDTH - 30);
      }
    }
  });

  it('keep the scale of the steps while they grow', () => {
    const early = layOut('loss', [curve('left', 20)]);
    const late = layOut('loss', [curve('left', 200)]);
    expect(early.xTicks).toEqual(late.xTicks);
    expect(early.lines[0]?.points[3]?.x).toBe(late.lines[0]?.points[3]?.x);
  });

  it('have their names apart, in the order of their ends', () => {
    const same = curve('left', 200);
    const { lines } = layOut('loss', [same, { ...same, side: 'right', losses: same.losses.map((l) => l * 1.01) }]);
    const [left, right] = lines.map(({ name }) => name?.y ?? NaN);
    // A larger loss stands higher.
    expect((left ?? 0) - (right ?? 0)).toBeCloseTo(16);
    for (const y of [left, right]) expect(y).toBeLessThanOrEqual(BOTTOM);
    const apart = layOut('accuracy', [curve('left', 200), curve('right', 20)]);
    for (const { name, points } of apart.lines) expect(name).toEqual(points.at(-1));
  });

  it('show guessing where both tasks have the same', () => {
    expect(layOut('accuracy', [curve('left', 9), curve('right', 9)]).chance).toBeCloseTo(
      BOTTOM - 0.125 * (BOTTOM - MARGIN.top),
    );
    expect(layOut('accuracy', [curve('left', 9), curve('right', 9, { chance: 0.1 })]).chance).toBeNull();
    expect(layOut('loss', [curve('left', 9)]).chance).toBeNull();
  });

  it('can be empty, short or enormous', () => {
    expect(layOut('loss', []).lines).toEqual([]);
    expect(layOut('loss', [curve('left', 0)]).lines[0]).toMatchObject({ points: [], name: null });
    expect(curvesSvg('loss', [curve('left', 0)])).not.toContain('NaN');
    expect(layOut('loss', [curve('left', 1, { steps: 1 })]).xTicks.map(({ text }) => text)).toEqual(['0', '1']);
    const huge = layOut('loss', [curve('left', 3, { losses: [1, 1e20, 3e30] })]);
    expect(huge.yTicks.every(({ text }) => text.length < 6)).toBe(true);
  });

  it('say in words what they show', () => {
    expect(curvesAlt('accuracy', [curve('left', 200), curve('right', 0)])).toBe(
      'Right answers in training, in percent, against steps. left, V: from 0 to 100 % in 200 steps; 90.0 % on validation data. ' +
        'right, V + α N S(V), α = 0.5: no step yet.',
    );
  });
});
