import { describe, expect, it } from 'vitest';
import { applyColourmap, colourTable } from './colourmap.ts';
import { COLOURMAP_NAMES } from './colourmap-names.ts';

const colour = (name: (typeof COLOURMAP_NAMES)[number], level: number): number[] => [
  ...colourTable(name).subarray(3 * level, 3 * level + 3),
];

/** CIE lightness L* of an sRGB colour. */
function lightness(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((v) =>
    v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
  );
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

describe('colourTable', () => {
  // Colours of the published tables that are not among the stored ones.
  it.each([
    ['viridis', 2, 0, [68, 1, 84]],
    ['viridis', 2, 37, [70, 51, 127]],
    ['viridis', 2, 100, [42, 118, 142]],
    ['viridis', 2, 203, [119, 209, 83]],
    ['viridis', 2, 255, [253, 231, 37]],
    ['cividis', 5, 0, [0, 34, 78]],
    ['cividis', 5, 37, [35, 60, 110]],
    ['cividis', 5, 100, [101, 104, 112]],
    ['cividis', 5, 203, [199, 183, 103]],
    ['cividis', 5, 255, [254, 232, 56]],
  ] as const)('%s is within %i levels of the published colour %i', (name, tolerance, level, expected) => {
    for (const [c, value] of colour(name, level).entries()) {
      expect(Math.abs(value - (expected[c] ?? Number.NaN))).toBeLessThanOrEqual(tolerance);
    }
  });

  it('grey is the identity', () => {
    for (const level of [0, 1, 127, 255]) expect(colour('grey', level)).toEqual([level, level, level]);
  });

  it.each(['grey', 'viridis', 'cividis'] as const)('%s only becomes lighter', (name) => {
    for (let level = 8; level < 256; level += 8) {
      expect(lightness(colour(name, level))).toBeGreaterThan(lightness(colour(name, level - 8)));
    }
  });

  it('the diverging map is lightest in the middle and falls evenly to both sides', () => {
    const middle = lightness(colour('diverging', 127));
    expect(middle).toBeGreaterThan(90);
    expect(Math.abs(lightness(colour('diverging', 0)) - lightness(colour('diverging', 255)))).toBeLessThan(10);
    for (let level = 8; level < 128; level += 8) {
      expect(lightness(colour('diverging', level))).toBeGreaterThan(lightness(colour('diverging', level - 8)));
      expect(lightness(colour('diverging', 255 - level))).toBeGreaterThan(lightness(colour('diverging', 263 - level)));
    }
    const [r = 0, , b = 0] = colour('diverging', 0);
    const [r2 = 0, , b2 = 0] = colour('diverging', 255);
    expect([b > r, r2 > b2]).toEqual([true, true]);
  });

  it.each(COLOURMAP_NAMES)('%s has 256 colours', (name) => {
    expect(colourTable(name)).toHaveLength(768);
  });
});

describe('applyColourmap', () => {
  it('paints by the range, and leaves NaN transparent', () => {
    const matrix = { rows: 1, cols: 4, data: [-1, 1, 0, Number.NaN] };
    const pixels = applyColourmap(matrix, 'diverging', { low: -1, high: 1 });
    expect([...pixels.subarray(0, 4)]).toEqual([...colour('diverging', 0), 255]);
    expect([...pixels.subarray(4, 8)]).toEqual([...colour('diverging', 255), 255]);
    expect([...pixels.subarray(8, 12)]).toEqual([...colour('diverging', 128), 255]);
    expect([...pixels.subarray(12, 16)]).toEqual([0, 0, 0, 0]);
  });

  it('paints a constant matrix in the lowest colour', () => {
    expect([...applyColourmap({ rows: 1, cols: 1, data: [3] }, 'grey', { low: 3, high: 3 })]).toEqual([0, 0, 0, 255]);
  });
});
