import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import type { PlotView } from '../julia/view.ts';
import { csvAddress, dataLink, plotCsv } from './plot-data.ts';
import { plotSvg } from './plot.ts';

const line = (label: string, x: readonly number[], y: readonly number[]): PlotView['series'][number] => ({
  label,
  x: Float64Array.from(x),
  y: Float64Array.from(y),
});
const view = (...series: PlotView['series']): PlotView => ({
  kind: 'plot',
  series,
  title: '',
  xlabel: 'halvings',
  ylabel: 'correlation',
});
const drawn = (chart: PlotView, size: 'wide' | 'narrow'): Element => {
  const svg = new JSDOM(plotSvg(chart)).window.document.querySelector(`.plot-${size}`);
  if (svg === null) throw new Error('no drawing');
  return svg;
};

describe('the data of a chart', () => {
  test('lines over one x are columns beside it', () => {
    const two = view(line('block means', [1, 2], [0.25, NaN]), line('a "b", c', [1, 2], [1 / 3, -Infinity]));
    expect(plotCsv(two)).toBe('halvings,block means,"a ""b"", c"\n1,0.25,0.3333333333333333\n2,NaN,-Inf\n');
  });

  test('a line that ends early leaves its column empty', () => {
    const two = view(line('this run', [0, 1], [5, 4]), line('stored run', [0, 1, 2], [5, 3, 2]));
    expect(plotCsv(two)).toBe('halvings,this run,stored run\n0,5,5\n1,4,3\n2,,2\n');
  });

  test('lines over different x follow each other', () => {
    expect(plotCsv(view(line('', [1, 2], [3, 4]), line('b', [5], [6])))).toBe(
      'line,halvings,correlation\nline 1,1,3\nline 1,2,4\nb,5,6\n',
    );
  });

  test('every number comes back from the link exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (y) => {
        const address = csvAddress(plotCsv(view(line('', [...y.keys()], y))));
        const rows = decodeURIComponent(address.slice(address.indexOf(',') + 1))
          .trimEnd()
          .split('\n');
        expect(rows.slice(1).map((row) => Number(row.split(',')[1]))).toEqual(y);
      }),
    );
  });

  test('the link names its file', () => {
    const link = new JSDOM(dataLink('x,y\n1,2\n', 'page-cell')).window.document.querySelector('a');
    expect(link?.getAttribute('download')).toBe('page-cell.csv');
    expect(link?.getAttribute('href')).toBe('data:text/csv;charset=utf-8,x%2Cy%0A1%2C2%0A');
  });
});

describe('a chart without colour', () => {
  test.each(['wide', 'narrow'] as const)('%s: lines differ by dash and by the shape of their points', (size) => {
    const svg = drawn(view(line('a', [1, 2], [1, 2]), line('b', [1, 2], [2, 1]), line('c', [1, 2], [0, 0])), size);
    const dashes = [...svg.querySelectorAll('path[stroke-width]')].map((path) => path.getAttribute('stroke-dasharray'));
    expect(new Set(dashes).size).toBe(3);
    const shapes = [...svg.querySelectorAll('g')].map((group) => group.querySelector('path')?.getAttribute('d'));
    expect(new Set(shapes).size).toBe(3);
    expect(svg.querySelectorAll('g path')).toHaveLength(6);
  });

  test.each(['wide', 'narrow'] as const)(
    '%s: each name stands at its line’s end, and apart from the others',
    (size) => {
      const close = view(line('one', [1, 2], [0, 0.5]), line('two', [1, 2], [1, 0.5]), line('three', [1, 2], [0.3, 0]));
      const svg = drawn(close, size);
      const [width, height] = (svg.getAttribute('viewBox') ?? '').split(' ').slice(2).map(Number) as [number, number];
      const names = [...svg.querySelectorAll('.name')];
      expect(names.map((name) => name.textContent)).toHaveLength(3);
      const places = names.map((name) => Number(name.getAttribute('y'))).toSorted((a, b) => a - b);
      places.slice(1).forEach((y, k) => expect(y - (places[k] ?? NaN)).toBeGreaterThanOrEqual(16));
      for (const name of names) {
        expect(Number(name.getAttribute('y'))).toBeLessThan(height);
        expect(Number(name.getAttribute('x')) + 7.8 * name.textContent.length).toBeLessThanOrEqual(width);
      }
    },
  );

  test('a level line widens no axis, and long numbers keep clear of the axis’ name', () => {
    const svg = drawn(view(line('', [1, 2], [0.995, 0.985]), line('', [1, 2], [0.995, 0.995])), 'wide');
    const numbers = [...svg.querySelectorAll('text[text-anchor=end]')];
    expect(numbers.map((text) => text.textContent)).toContain('0.990');
    for (const text of numbers) {
      expect(Number(text.textContent)).toBeLessThanOrEqual(1);
      expect(Number(text.getAttribute('x')) - 7.8 * text.textContent.length).toBeGreaterThan(20);
    }
  });

  test('many points are a line alone', () => {
    const many = Array.from({ length: 200 }, (_, k) => k);
    expect(drawn(view(line('', many, many)), 'wide').querySelectorAll('path')).toHaveLength(1);
  });
});

test('a long line keeps its peaks and its gaps', () => {
  const many = Array.from({ length: 50_000 }, (_, k) => k);
  const peak = drawn(
    view(
      line(
        '',
        many,
        many.map((k) => (k === 12_345 ? 100 : k === 30_001 ? -100 : 0)),
      ),
    ),
    'wide',
  );
  const d = peak.querySelector('path')?.getAttribute('d') ?? '';
  const heights = [...d.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
  expect(heights.length).toBeLessThanOrEqual(2000);
  const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
  const plain = heights.filter((y) => y !== top && y !== bottom);
  expect(plain).toHaveLength(heights.length - 2);
  expect(plain[0]).toBeCloseTo((top + bottom) / 2, 0);
  const gap = drawn(
    view(
      line(
        '',
        many,
        many.map((k) => (k === 25_000 ? NaN : k)),
      ),
    ),
    'wide',
  );
  expect(gap.querySelector('path')?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
});

describe('marks', () => {
  test('points without a line, at most a few thousand of them', () => {
    const many = Array.from({ length: 10_000 }, (_, k) => k);
    const svg = drawn(view({ ...line('', many, many), mark: 'points' }), 'wide');
    expect(svg.querySelectorAll('path[stroke-linejoin]')).toHaveLength(0);
    expect(svg.querySelectorAll('g > path').length).toBeGreaterThan(2000);
    expect(svg.querySelectorAll('g > path').length).toBeLessThanOrEqual(4000);
  });

  test('bars stand on the axis, side by side', () => {
    const svg = drawn(view({ ...line('', [1, 2], [2, 4]), mark: 'bars', width: 1 }), 'wide');
    const bars = [...svg.querySelectorAll('rect')].map((rect) =>
      ['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name))),
    );
    const [[x1 = 0, y1 = 0, w1 = 0, h1 = 0] = [], [x2 = 0, y2 = 0, , h2 = 0] = []] = bars;
    expect(h2).toBeCloseTo(2 * h1, 0);
    expect(y1 + h1).toBeCloseTo(y2 + h2, 5);
    expect(y1 + h1).toBeCloseTo(Number(svg.querySelector('.axis')?.getAttribute('y1')), 0);
    expect(x1 + w1).toBeLessThanOrEqual(x2);
    expect(svg.getAttribute('aria-label')).toMatch(/^Bar chart of correlation against halvings/);
  });
});
