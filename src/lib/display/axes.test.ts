import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axesSvg, domain, place, scale, ticks, ticksAt, tickWords } from './axes.ts';

describe('ticks', () => {
  test('are round, inside their range, and about as many as asked for', () => {
    expect(ticks(0, 1).map((value) => place(10 * value))).toEqual(['0', '2', '4', '6', '8', '10']);
    expect(ticks(-3, 14, 4)).toEqual([0, 5, 10]);
    expect(ticks(2, 2)).toEqual([2]);
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 8 }),
        (low, span, count) => {
          const values = ticks(low, low + span, count);
          expect(values.length).toBeLessThanOrEqual(count + 1);
          const slack = 1e-6 * span;
          for (const value of values) {
            expect(value).toBeGreaterThanOrEqual(low - slack);
            expect(value).toBeLessThanOrEqual(low + span + slack);
          }
        },
      ),
    );
  });

  test('have the fewest digits that tell neighbours apart, and a true minus', () => {
    expect(tickWords([-0.5, 0, 0.5])).toEqual(['−0.5', '0.0', '0.5']);
    expect(tickWords([0.985, 0.99, 0.995])).toEqual(['0.985', '0.990', '0.995']);
    expect(tickWords([0, 20, 40])).toEqual(['0', '20', '40']);
    expect(tickWords([0, 2e6, 4e6])).toEqual(['0', '2e6', '4e6']);
    expect(tickWords([-2.5e-5, 0])).toEqual(['−2.5e−5', '0']);
  });
});

test('a domain leaves out what is not finite, and is never empty', () => {
  expect(domain([1, NaN, 3], [-2, Infinity])).toEqual([-2, 3]);
  expect(domain([4])).toEqual([3.5, 4.5]);
  expect(domain([])).toEqual([0, 1]);
});

test('axes stand where the scales say, with their labels escaped', () => {
  const frame = { left: 50, right: 250, top: 10, bottom: 110 };
  const [x, y] = [scale([0, 4], [frame.left, frame.right]), scale([0, 1], [frame.bottom, frame.top])];
  const svg = axesSvg(frame, { x: ticksAt([0, 2], x), y: ticksAt([0.5], y, ['half']), xlabel: 'a < b', end: 200 });
  expect(svg).toContain('<line class="grid" x1="50" x2="250" y1="60" y2="60"/><text x="42" y="60"');
  expect(svg).toContain('>half</text>');
  expect(svg).toContain('<line class="tick" x1="150" x2="150" y1="110" y2="115"/>');
  expect(svg).toContain('<line class="axis" x1="50" x2="200" y1="110" y2="110"/>');
  expect(svg).toContain('a &lt; b');
});
