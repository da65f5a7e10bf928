import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeInNode } from '../decode-node.ts';
import { eightBit } from '../luma.ts';

/** Two colours, black and white; then one frame. */
function gifOf(
  { screen, frame, flags = 0, control = [] }: { screen: number[]; frame: number[]; flags?: number; control?: number[] },
  data: number[],
): Uint8Array {
  const [w = 0, h = 0] = screen;
  const [x = 0, y = 0, fw = 0, fh = 0] = frame;
  return Uint8Array.of(
    ...Buffer.from('GIF89a'),
    w,
    0,
    h,
    0,
    0x80,
    0,
    0,
    0,
    0,
    0,
    255,
    255,
    255,
    ...control,
    0x2c,
    x,
    0,
    y,
    0,
    fw,
    0,
    fh,
    0,
    flags,
    2,
    data.length,
    ...data,
    0,
    0x3b,
  );
}

/** Three-bit codes, lowest bit first: clear (4), samples, end (5). */
function codes(...list: number[]): number[] {
  const bits = list.flatMap((code) => [code & 1, (code >> 1) & 1, (code >> 2) & 1]);
  return Array.from({ length: Math.ceil(bits.length / 8) }, (_, k) =>
    bits.slice(8 * k, 8 * k + 8).reduce((byte, bit, n) => byte | (bit << n), 0),
  );
}

async function reds(file: Uint8Array): Promise<number[]> {
  return [...eightBit((await decodeInNode(file)).raster).rgb].filter((_, k) => k % 3 === 0);
}

describe('GIF', () => {
  it.each([2, 5, 17, 256])('agrees with sharp on %i colours', async (colours) => {
    const data = Uint8Array.from({ length: 3 * 71 * 53 }, (_, k) => (k * k * 7 + 3 * k) % 256);
    const file = await sharp(data, { raw: { width: 71, height: 53, channels: 3 } })
      .gif({ colours })
      .toBuffer();
    const expected = await sharp(file).flatten({ background: '#fff' }).raw().toBuffer();
    expect(Buffer.from(eightBit((await decodeInNode(file)).raster).rgb).equals(expected)).toBe(true);
  });

  it('lays a frame that is smaller than its screen on white, and a transparent colour too', async () => {
    const file = gifOf(
      { screen: [3, 2], frame: [1, 1, 2, 1], control: [0x21, 0xf9, 4, 1, 0, 0, 1, 0] },
      codes(4, 0, 1, 5),
    );
    expect(await reds(file)).toEqual([255, 255, 255, 255, 0, 255]);
    expect((await decodeInNode(file)).notes).toEqual(['Transparent parts are laid on white.']);
  });

  it('puts interlaced rows in their places', async () => {
    // Rows come in the order 0, 4, 2, 1, 3; the second of them is white.
    const file = gifOf({ screen: [1, 5], frame: [0, 0, 1, 5], flags: 0x40 }, codes(4, 0, 4, 1, 4, 0, 4, 0, 4, 0, 5));
    expect(await reds(file)).toEqual([0, 0, 0, 0, 255]);
  });

  it('takes a file without its last byte, and refuses data that end early', async () => {
    const whole = gifOf({ screen: [2, 1], frame: [0, 0, 2, 1] }, codes(4, 0, 1, 5));
    expect(await reds(whole.subarray(0, whole.length - 1))).toEqual([0, 255]);
    const early = gifOf({ screen: [2, 1], frame: [0, 0, 2, 1] }, codes(4, 0, 5));
    await expect(decodeInNode(early)).rejects.toMatchObject({ problem: 'broken' });
    await expect(decodeInNode(whole.subarray(0, 30))).rejects.toMatchObject({ problem: 'broken' });
  });
});
