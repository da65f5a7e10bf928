import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import golden from './fixtures/golden.json' with { type: 'json' };
import { luma8 } from './luma.ts';
import { loadAllPredefined, loadPictureFile, loadPredefined, PREDEFINED_PICTURES } from './node-pictures.ts';
import { encodePng } from './png.ts';

describe('predefined pictures', () => {
  it.each(PREDEFINED_PICTURES)('%s is 512 x 512, in colour, its grey the luma of its colours', async (name) => {
    const { rows, cols, grey, rgb } = await loadPredefined(name);
    expect([rows, cols, grey.length, rgb.red.length]).toEqual([512, 512, 262_144, 262_144]);
    for (let i = 0; i < grey.length; i += 97) {
      const [r = 0, g = 0, b = 0] = [rgb.red, rgb.green, rgb.blue].map((plane) => Math.round(255 * (plane[i] ?? 0)));
      expect(grey[i]).toBe(luma8(r, g, b) / 255);
    }
  });

  it('mandrill is the studies’ mandrill', async () => {
    const grey = (await loadAllPredefined()).get('mandrill')?.grey ?? new Float64Array();
    const bytes = Uint8Array.from(grey, (value) => Math.round(255 * value));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(golden.mandrill.sha256_of_grey8_bytes_row_major);
  });

  it('are read once', async () => {
    expect(await loadPredefined('airplane')).toBe(await loadPredefined('airplane'));
  });

  it('say what to do where they are missing', async () => {
    await expect(loadPredefined('mandrill', tmpdir())).rejects.toThrow('mandrill-colour.png');
  });
});

describe('loadPictureFile', () => {
  it('reads a file by the site’s own rules', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'picture-'));
    try {
      const name = path.join(folder, 'mine.png');
      await writeFile(name, encodePng(1, 2, 3, Uint8Array.of(255, 0, 0, 0, 0, 255)));
      const { picture, notes } = await loadPictureFile(name);
      expect([...picture.grey]).toEqual([76 / 255, 29 / 255]);
      expect(notes).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
