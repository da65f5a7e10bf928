import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dragBox, largestBox, moveBox, scaleBox, type CropBox, type PictureSize } from './crop-box.ts';

const size = fc.record({ width: fc.integer({ min: 1, max: 5000 }), height: fc.integer({ min: 1, max: 5000 }) });
const aspect = fc.double({ min: 0.2, max: 5, noNaN: true });

function expectInside(picture: PictureSize, box: CropBox, proportions: number): void {
  expect(box.left).toBeGreaterThanOrEqual(-1e-6);
  expect(box.top).toBeGreaterThanOrEqual(-1e-6);
  expect(box.left + box.width).toBeLessThanOrEqual(picture.width + 1e-6);
  expect(box.top + box.height).toBeLessThanOrEqual(picture.height + 1e-6);
  expect(box.width).toBeCloseTo(box.height * proportions, 4);
}

describe('a box to cut out', () => {
  it('is as large as it can be at first, in the middle', () => {
    expect(largestBox({ width: 300, height: 200 }, 1)).toEqual({ left: 50, top: 0, width: 200, height: 200 });
    expect(largestBox({ width: 300, height: 200 }, 3)).toEqual({ left: 0, top: 50, width: 300, height: 100 });
  });

  it('stays inside, whatever the hand does', () => {
    const step = fc.oneof(
      fc.record({
        right: fc.double({ min: -9e3, max: 9e3, noNaN: true }),
        down: fc.double({ min: -9e3, max: 9e3, noNaN: true }),
      }),
      fc.record({ factor: fc.double({ min: 0.01, max: 50, noNaN: true }) }),
    );
    fc.assert(
      fc.property(size, aspect, fc.array(step, { maxLength: 8 }), (picture, proportions, steps) => {
        let box = largestBox(picture, proportions);
        for (const one of steps)
          box = 'factor' in one ? scaleBox(picture, box, one.factor) : moveBox(picture, box, one.right, one.down);
        expectInside(picture, box, proportions);
      }),
    );
  });

  it('is drawn from one corner to another', () => {
    const picture = { width: 300, height: 200 };
    expect(dragBox(picture, 1, { x: 10, y: 20 }, { x: 60, y: 40 })).toEqual({
      left: 10,
      top: 20,
      width: 50,
      height: 50,
    });
    expect(dragBox(picture, 1, { x: 100, y: 100 }, { x: 40, y: 90 })).toEqual({
      left: 40,
      top: 40,
      width: 60,
      height: 60,
    });
    // No farther than the picture goes.
    expect(dragBox(picture, 1, { x: 250, y: 10 }, { x: 900, y: 900 })).toEqual({
      left: 250,
      top: 10,
      width: 50,
      height: 50,
    });
  });
});
