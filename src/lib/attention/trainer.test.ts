import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import fixture from './determinism.fixture.json' with { type: 'json' };
import { hashBytes } from './hash.ts';
import type { RunConfig } from './presets.ts';
import { PRESETS, runConfig } from './presets.ts';
import { random } from './random.ts';
import { readShipped } from './tasks/fashion.ts';
import { hashAfter, Trainer } from './trainer.ts';

describe('determinism', () => {
  // The same file is checked in browsers: these hashes must come out everywhere.
  it.each(fixture.runs)(
    '$name: the weights after $steps steps are the same bits everywhere',
    async ({ config, steps, hash }) => {
      const run = config as RunConfig;
      const file = new URL('../../../public/data/fashion-mnist-14.bin', import.meta.url);
      const data =
        PRESETS[run.preset].needs === 'nothing'
          ? undefined
          : readShipped(new Uint8Array(inflateRawSync(await readFile(file))));
      expect(hashAfter(run, steps, data)).toBe(hash);
    },
  );

  it('looking does not change the outcome', () => {
    const config = runConfig('recall-demo', { arm: 'add-NS', alpha: 0.5, steps: 20 });
    const plain = new Trainer(config);
    plain.step(20);
    const watched = new Trainer(config);
    const [batch] = watched.task.heldOut('validation', 4);
    for (let i = 0; i < 20; i++) {
      watched.step();
      watched.evaluate('validation');
      if (batch) watched.insight(batch);
    }
    expect(watched.record(['probe'])).toEqual(plain.record(['probe']));
  });

  it('a record goes through JSON and names the run that makes it again', () => {
    const trainer = new Trainer(runConfig('sorting', { arm: 'NS', steps: 10, seed: 5 }));
    trainer.step(10);
    const record = JSON.parse(JSON.stringify(trainer.record(['probe']))) as ReturnType<Trainer['record']>;
    const again = new Trainer(record.config);
    again.step(record.steps);
    expect(again.record(['probe'])).toEqual(record);
  });

  it('the seed decides, the arm does not touch starting weights or data', () => {
    const start = (changes: Partial<RunConfig>): string => new Trainer(runConfig('recall', changes)).hash();
    expect(start({ arm: 'NS' })).toBe(start({ arm: 'linear', alpha: 1 }));
    expect(start({ seed: 2 })).not.toBe(start({ seed: 1 }));
    const loss = (arm: RunConfig['arm']): number => new Trainer(runConfig('recall', { arm, alpha: 0 })).step().loss;
    expect(loss('add-NS')).toBe(loss('V'));
  });

  it('FNV-1a has its published values', () => {
    const of = (text: string): string => hashBytes(new TextEncoder().encode(text));
    expect(of('')).toBe('cbf29ce484222325');
    expect(of('a')).toBe('af63dc4c8601ec8c');
    expect(of('foobar')).toBe('85944171f73967e8');
  });

  it('random streams are uniform enough, and unrelated', () => {
    const a = random(1, 'a');
    const b = random(1, 'b');
    let sum = 0;
    let product = 0;
    for (let i = 0; i < 20_000; i++) {
      const x = a.uniform();
      sum += x;
      product += (x - 0.5) * (b.uniform() - 0.5);
    }
    expect(Math.abs(sum / 20_000 - 0.5)).toBeLessThan(0.01);
    expect(Math.abs(product / 20_000)).toBeLessThan(0.003);
  });
});

describe('training', () => {
  it('the demo learns recall to more than 95 %', () => {
    const trainer = new Trainer(runConfig('recall-demo'));
    while (!trainer.done) trainer.step(50);
    const result = trainer.evaluate('test');
    expect((result?.right ?? 0) / (result?.asked ?? 1)).toBeGreaterThan(0.95);
    expect(trainer.step().step).toBe(trainer.config.steps);
  });

  it('the learning rate rises, then falls to nothing', () => {
    const trainer = new Trainer(runConfig('recall'));
    const { rate, steps } = trainer.config;
    expect(trainer.rateAt(0)).toBeCloseTo(rate / 30, 12);
    expect(trainer.rateAt(30)).toBeCloseTo(rate, 12);
    expect(trainer.rateAt(steps)).toBe(0);
  });

  it('shows attention, values and pooling of a sample', () => {
    const trainer = new Trainer(runConfig('recall-demo', { arm: 'S', steps: 30 }));
    trainer.step(30);
    const [batch] = trainer.task.heldOut('validation', 4);
    if (!batch) throw new Error('no batch');
    const { layers, pooling } = trainer.insight(batch);
    const layer = layers[0];
    const attention = layer?.attention[0];
    if (!layer || !attention || !pooling) throw new Error('nothing to see');
    for (let i = 0; i < attention.rows; i++) {
      const row = attention.data.subarray(i * attention.cols, (i + 1) * attention.cols);
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    }
    expect([layer.values.rows, layer.values.cols]).toEqual([9, 32]);
    for (let j = 0; j < 32; j++) {
      let sum = 0;
      for (let i = 0; i < 9; i++) sum += layer.transformed.data[i * 32 + j] ?? NaN;
      expect(sum).toBeCloseTo(1, 5);
    }
    expect(pooling.data.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });

  it('exports every parameter', () => {
    const trainer = new Trainer(runConfig('recall-demo'));
    const weights = trainer.weights();
    expect(weights.map((w) => w.name)).toContain('layer0.qkv.weight');
    for (const w of weights) expect(w.data.length).toBe(w.shape.reduce((a, b) => a * b, 1));
  });

  it('wants pictures for Fashion-MNIST', () => {
    expect(() => new Trainer(runConfig('fashion-10k'))).toThrow(/pictures/);
  });
});
