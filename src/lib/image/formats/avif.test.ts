import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeInNode } from '../decode-node.ts';
import { eightBit } from '../luma.ts';
import { sniff } from '../sniff.ts';

const [width, height] = [23, 17];
const samples = Uint8Array.from({ length: width * height * 3 }, (_, k) => (k * k * 31 + 7 * k) % 256);
const image = (): ReturnType<typeof sharp> => sharp(samples, { raw: { width, height, channels: 3 } });

describe('AVIF', () => {
  it('gives the pixels of one that is stored as RGB, without a word', async () => {
    const file = await image().avif({ lossless: true, effort: 0 }).toBuffer();
    expect(sniff(file)).toMatchObject({ kind: 'AVIF', width, height, bitsPerSample: 8, alpha: false, complete: true });
    const { raster, notes } = await decodeInNode(file);
    expect([...eightBit(raster).rgb]).toEqual([...samples]);
    expect(notes).toEqual([]);
  });

  it('says of any other that decoders differ', async () => {
    const { notes } = await decodeInNode(await image().avif({ effort: 0 }).toBuffer());
    expect(notes).toEqual([expect.stringContaining('Decoders of AVIF')]);
  });

  it('sees transparency, and a file that is cut short', async () => {
    const file = await image().ensureAlpha(0.5).avif({ effort: 0 }).toBuffer();
    expect(sniff(file).alpha).toBe(true);
    await expect(decodeInNode(file.subarray(0, file.length - 50))).rejects.toMatchObject({ problem: 'broken' });
    await expect(decodeInNode(file.subarray(0, 40))).rejects.toMatchObject({ problem: 'broken' });
  });
});
