import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodePng } from './png.ts';
import { sniff } from './sniff.ts';

async function decodeBySharp(
  png: Uint8Array,
): Promise<{ width: number; height: number; channels: number; data: Buffer }> {
  const image = sharp(png, { failOn: 'warning' });
  // sharp would widen grey to RGB.
  const grey = (await image.metadata()).channels === 1;
  const { data, info } = await image
    .toColourspace(grey ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, data };
}

describe('encodePng', () => {
  it('keeps every sample, whatever the size and the filters chosen', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(1 as const, 3 as const),
        fc.constantFrom('fast' as const, 'small' as const),
        fc.uint8Array({ minLength: 243, maxLength: 243 }),
        async (rows, cols, channels, effort, bytes) => {
          const samples = bytes.subarray(0, rows * cols * channels);
          const png = encodePng(rows, cols, channels, samples, effort);
          const back = await decodeBySharp(png);
          expect([back.height, back.width, back.channels]).toEqual([rows, cols, channels]);
          expect([...back.data]).toEqual([...samples]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('announces what it holds', () => {
    const header = sniff(encodePng(3, 5, 1, new Uint8Array(15)));
    expect(header).toMatchObject({
      kind: 'PNG',
      width: 5,
      height: 3,
      bitsPerSample: 8,
      model: 'grey',
      alpha: false,
      complete: true,
    });
    expect(sniff(encodePng(3, 5, 3, new Uint8Array(45))).model).toBe('rgb');
  });

  it('makes gradients small, and the effort never makes a file larger', () => {
    const ramp = Uint8Array.from({ length: 256 * 256 }, (_, k) => k % 256);
    const fast = encodePng(256, 256, 1, ramp);
    expect(fast.length).toBeLessThan(1500);
    expect(encodePng(256, 256, 1, ramp, 'small').length).toBeLessThanOrEqual(fast.length);
  });

  it('gives equal files for equal pixels, and refuses samples that do not fit', () => {
    const samples = Uint8Array.from({ length: 12 }, (_, k) => 20 * k);
    expect(encodePng(2, 2, 3, samples)).toEqual(encodePng(2, 2, 3, samples.slice()));
    expect(() => encodePng(2, 3, 3, samples)).toThrow(RangeError);
    expect(() => encodePng(0, 0, 1, new Uint8Array())).toThrow(RangeError);
  });
});
