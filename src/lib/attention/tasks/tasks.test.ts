import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fashion, PIXELS, readShipped, SHIPPED, unpackShipped } from './fashion.ts';
import { nextToken } from './next-token.ts';
import { noisyRecall } from './noisy-recall.ts';
import { recall } from './recall.ts';
import { sorting } from './sorting.ts';
import type { Task } from './task.ts';
import { copy } from './task.ts';

const COMPUTED: Record<string, Task> = {
  recall: recall({ pairs: 5, keys: 7, values: 6 }),
  'noisy recall': noisyRecall({ pairs: 5, keySize: 4, values: 8, noise: 0.3 }),
  sorting: sorting({ length: 6, range: 9 }),
  independent: nextToken({ length: 8, vocabulary: 5, echo: false }),
  echo: nextToken({ length: 8, vocabulary: 5, echo: true }),
};

describe.each(Object.entries(COMPUTED))('%s', (_name, task) => {
  it('repeats with its seed and differs between seeds', () => {
    const first = (seed: number) => copy(task.training(seed, 8)());
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });

  it('keeps training, validation and test apart, even for the seeds the held-out sets use', () => {
    const held = (['validation', 'test'] as const).map((split) => task.heldOut(split, 64)[0]);
    const trained = [1, 2].map((seed) => copy(task.training(seed, 64)()));
    expect(held[0]).not.toEqual(held[1]);
    for (const h of held) for (const t of trained) expect(h).not.toEqual(t);
    expect(task.heldOut('probe', 64)).toEqual(task.heldOut('test', 64));
  });

  it('has answers within its classes, and ids within its vocabulary', () => {
    const { ids, patches, targets } = task.training(3, 32)();
    expect(Math.max(...targets)).toBeLessThan(task.classes);
    expect(targets.length).toBe(task.output === 'pool' ? 32 : 32 * task.tokens);
    const { input } = task;
    if (input.kind === 'ids') {
      expect(ids?.length).toBe(32 * task.tokens * input.fields);
      expect(Math.max(...(ids ?? [NaN]))).toBeLessThan(input.vocabulary);
    } else expect(patches?.length).toBe(32 * task.tokens * input.size);
  });
});

describe('the right answers', () => {
  it('recall: the value that stands with the asked key', () => {
    const { ids = new Int32Array(), targets } = recall({ pairs: 5, keys: 7, values: 6 }).training(1, 16)();
    for (let s = 0; s < 16; s++) {
      const pairs = Array.from({ length: 6 }, (_, p) => [ids[s * 12 + 2 * p], ids[s * 12 + 2 * p + 1]]);
      const asked = ids[s * 12 + 10];
      const matching = pairs.slice(0, -1).filter(([key]) => key === asked);
      expect(matching).toEqual([[asked, 7 + (targets[s] ?? NaN)]]);
    }
  });

  it('noisy recall: without noise, the nearest key has the value', () => {
    const { patches = new Float32Array(), targets } = noisyRecall({
      pairs: 5,
      keySize: 4,
      values: 8,
      noise: 0,
    }).training(1, 16)();
    for (let s = 0; s < 16; s++) {
      const token = (p: number): Float32Array => patches.subarray((s * 6 + p) * 12, (s * 6 + p + 1) * 12);
      const same = [0, 1, 2, 3, 4].filter((p) =>
        token(p)
          .subarray(0, 4)
          .every((x, k) => x === token(5)[k]),
      );
      expect(same.length).toBe(1);
      expect(
        token(same[0] ?? 0)
          .subarray(4)
          .indexOf(1),
      ).toBe(targets[s]);
      expect([...token(5).subarray(4)].every((x) => x === 0)).toBe(true);
    }
  });

  it('sorting: ascending, same numbers', () => {
    const { ids = new Int32Array(), targets } = sorting({ length: 6, range: 9 }).training(1, 16)();
    for (let s = 0; s < 16; s++) {
      expect([...targets.subarray(s * 6, s * 6 + 6)]).toEqual(
        [...ids.subarray(s * 6, s * 6 + 6)].sort((a, b) => a - b),
      );
    }
  });

  it('next token: the token that follows; in echo only what can be known is asked', () => {
    for (const [name, echo] of [
      ['independent', false],
      ['echo', true],
    ] as const) {
      const { ids = new Int32Array(), targets } = COMPUTED[name]?.training(1, 16)() ?? { targets: new Int32Array() };
      for (let i = 0; i < ids.length; i++) {
        const t = i % 8;
        if (echo && t < 3) expect(targets[i]).toBe(-1);
        else if (t < 7) expect(targets[i]).toBe(ids[i + 1]);
        if (echo && t >= 4) expect(ids[i]).toBe(ids[i - 4]);
      }
    }
  });
});

describe('Fashion-MNIST', async () => {
  const folder = new URL('../../../../public/data/', import.meta.url);
  const packed = await readFile(new URL('fashion-mnist-14.bin', folder));
  const readme = await readFile(new URL('README.md', folder), 'utf8');
  const content = new Uint8Array(inflateRawSync(packed));
  const data = readShipped(content);

  it('is the file whose checksums are published, and small', () => {
    expect(packed.length).toBeLessThanOrEqual(1_600_000);
    for (const bytes of [packed, content]) expect(readme).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect(() => readShipped(content.subarray(1))).toThrow(RangeError);
  });

  it('is unpacked by what browsers have', async () => {
    expect(await unpackShipped(new Blob([packed]))).toEqual(data);
    await expect(unpackShipped(new Blob([packed.subarray(0, 1000)]))).rejects.toThrow();
  });

  it('has every class about equally often', () => {
    for (const split of ['train', 'validation', 'probe'] as const) {
      const counts = new Array<number>(10).fill(0);
      for (const label of data[split].labels) counts[label] = (counts[label] ?? NaN) + 1;
      expect(data[split].labels.length).toBe(SHIPPED[split]);
      for (const n of counts) expect(Math.abs(n / SHIPPED[split] - 0.1)).toBeLessThan(0.035);
    }
  });

  it('has no picture in two splits', () => {
    const seen = (split: 'train' | 'validation' | 'probe'): Set<string> =>
      new Set(
        Array.from({ length: SHIPPED[split] }, (_, i) =>
          Buffer.from(data[split].pixels.subarray(i * PIXELS, (i + 1) * PIXELS)).toString('base64'),
        ),
      );
    const train = seen('train');
    for (const split of ['validation', 'probe'] as const) {
      for (const picture of seen(split)) expect(train.has(picture)).toBe(false);
    }
  });

  it('cuts the framed picture into patches, and shows every training picture once an epoch', () => {
    const task = fashion(data);
    const [batch] = task.heldOut('probe', 1);
    const pixel = (y: number, x: number): number => ((data.probe.pixels[y * 14 + x] ?? NaN) / 255 - 0.286) / 0.353;
    // Token 5 is the second patch of the second row: its first number is pixel (4 - 1, 4 - 1).
    expect(batch?.patches?.[5 * 16]).toBeCloseTo(pixel(3, 3), 5);
    expect(batch?.patches?.[0]).toBeCloseTo(-0.286 / 0.353, 5);
    const next = task.training(1, 100);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100; i++) for (const label of next().targets) counts[label] = (counts[label] ?? NaN) + 1;
    const all = new Array<number>(10).fill(0);
    for (const label of data.train.labels) all[label] = (all[label] ?? NaN) + 1;
    expect(counts).toEqual(all);
    expect(task.heldOut('test', 64)).toEqual([]);
  });
});
