import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { colourTable } from './colourmap.ts';
import { display8 } from './display.ts';
import { encodeGif } from './gif.ts';
import type { Matrix } from './types.ts';

const frames: Matrix[] = [0, 1, 2].map((t) => ({
  rows: 7,
  cols: 11,
  data: Float64Array.from({ length: 77 }, (_, k) => 0.5 + 0.6 * Math.sin(k / 5 + t)),
}));

describe('encodeGif', () => {
  it.each(['grey', 'viridis'] as const)(
    'keeps every level of every frame in %s, as another decoder sees it',
    async (colourmap) => {
      const progress: number[] = [];
      const gif = await encodeGif(frames, { delay: 120, colourmap, onProgress: (n) => progress.push(n) });
      expect(progress).toEqual([1, 2, 3]);
      const image = sharp(gif, { animated: true });
      const { pages, delay, loop } = await image.metadata();
      expect({ pages, delay, loop }).toEqual({ pages: 3, delay: [120, 120, 120], loop: 0 });
      const { data, info } = await image
        .removeAlpha()
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([11, 21]);
      const table = colourTable(colourmap);
      const expected = frames.flatMap((frame) =>
        [...display8(frame)].flatMap((level) => [...table.subarray(3 * level, 3 * level + 3)]),
      );
      expect([...data]).toEqual(info.channels === 1 ? expected.filter((_, k) => k % 3 === 0) : expected);
    },
  );

  it('asks for a frame only when it writes it, and stops when told', async () => {
    const stop = new AbortController();
    let made = 0;
    function* endless(): Generator<Matrix> {
      for (;;) {
        made += 1;
        yield { rows: 1, cols: 1, data: [0] };
      }
    }
    const onProgress = (n: number): void => {
      if (n === 4) stop.abort(new Error('enough'));
    };
    await expect(encodeGif(endless(), { delay: 50, onProgress, signal: stop.signal })).rejects.toThrow('enough');
    expect(made).toBe(5);
  });

  it('refuses no frames, and frames of different sizes', async () => {
    await expect(encodeGif([], { delay: 50 })).rejects.toThrow(RangeError);
    const other = { rows: 2, cols: 2, data: [0, 0, 0, 0] };
    await expect(encodeGif([frames[0] ?? other, other], { delay: 50 })).rejects.toThrow(
      'frame 2 is 2 x 2, the first is 7 x 11',
    );
  });
});
