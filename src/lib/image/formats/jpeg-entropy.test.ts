import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { acceptedFiles } from '../../../../tests/browser/decode-fixtures.ts';
import { decodeInNode } from '../decode-node.ts';
import { soundBytes } from './jpeg-entropy.ts';

const [width, height] = [203, 117];
const samples = Uint8Array.from({ length: width * height * 3 }, (_, k) => 128 + 90 * Math.sin(k / 50) + ((k * k) % 37));
const image = (): ReturnType<typeof sharp> => sharp(samples, { raw: { width, height, channels: 3 } });

/** Where the first scan's data begin. */
function scanOf(bytes: Uint8Array): number {
  const at = Buffer.from(bytes).indexOf(Uint8Array.of(0xff, 0xda));
  return at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
}

const codings: Readonly<Record<string, () => Promise<Buffer>>> = {
  baseline: () => image().jpeg().toBuffer(),
  'no subsampling': () => image().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
  grey: () => image().toColourspace('b-w').jpeg().toBuffer(),
  progressive: () => image().jpeg({ progressive: true }).toBuffer(),
  'optimised scans': () => image().jpeg({ mozjpeg: true }).toBuffer(),
  'shared tables': () => image().jpeg({ optimizeCoding: false }).toBuffer(),
};

describe('damage in the data of a JPEG', () => {
  it.each(Object.keys(codings))('is not seen where there is none: %s', async (name) => {
    expect(soundBytes(new Uint8Array((await codings[name]?.()) ?? []))).toBeNull();
  });

  it('is not seen in any sound fixture', async () => {
    for (const { name, bytes } of await acceptedFiles())
      if (name.endsWith('.jpg') && !/^(damaged|cut)/.test(name)) expect(soundBytes(bytes), name).toBeNull();
  });

  it.each(Object.keys(codings))('is seen where a stretch is overwritten, taken out or ends early: %s', async (name) => {
    const file = new Uint8Array((await codings[name]?.()) ?? []);
    const [from, to] = [scanOf(file), file.length - 2];
    let [seen, missed, all] = [0, 0, 0];
    for (let part = 1; part < 10; part++) {
      const at = from + Math.floor((part * (to - from)) / 10);
      const over = new Uint8Array(file);
      for (let k = 0; k < 24; k++) over[at + k] = (k * 89 + part * 31) % 255;
      const out = new Uint8Array([...file.subarray(0, at), ...file.subarray(at + 40)]);
      const early = new Uint8Array([...file.subarray(0, at), 0xff, 0xd9]);
      for (const damaged of [over, out, early]) {
        all += 1;
        const told = await sharp(damaged, { failOn: 'warning' })
          .raw()
          .toBuffer()
          .then(
            () => false,
            () => true,
          );
        if (soundBytes(damaged) !== null) seen += 1;
        else if (told) missed += 1;
      }
    }
    // All that libjpeg warns of. Codes find their step again, so that some damage is as good as another picture.
    expect(missed).toBe(0);
    expect(seen / all).toBeGreaterThan(0.7);
  });

  it('is told, with the picture', async () => {
    const file = new Uint8Array(await image().jpeg().toBuffer());
    const at = scanOf(file) + 2000;
    const damaged = new Uint8Array([...file.subarray(0, at), 0xff, 0xd9]);
    const { notes } = await decodeInNode(damaged);
    expect(notes).toEqual([expect.stringMatching(/^The file is damaged after \d+ % of its bytes; /)]);
  });
});
