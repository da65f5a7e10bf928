import { describe, expect, it } from 'vitest';
import { runConfig } from '../../lib/attention/presets.ts';
import type { Dot } from '../../lib/attention/sweep/merge.ts';
import { Trainer } from '../../lib/attention/trainer.ts';
import { compareRun } from './compare.ts';

const trainer = new Trainer(runConfig('recall', { steps: 4, seed: 3 }));
trainer.step(4);
const record = trainer.record(['test', 'probe']);
const { test, probe } = record.results;
const dot: Dot = {
  seed: 3,
  accuracy: (100 * (test?.right ?? NaN)) / (test?.asked ?? NaN),
  loss: test?.loss ?? NaN,
  probe: probe?.right ?? NaN,
  hash: record.hash,
};

describe('comparing a run with its dot', () => {
  it('finds the same run equal', () => {
    const { equal, sentence } = compareRun(record, dot);
    expect(equal).toBe(true);
    expect(sentence).toContain(`accuracy ${dot.accuracy} %`);
  });

  it('finds the last bit of a loss, an answer, or other weights unequal', () => {
    const next = new Float64Array([dot.loss]);
    const bits = new BigUint64Array(next.buffer);
    bits[0] = (bits[0] ?? 0n) + 1n;
    expect(compareRun(record, { ...dot, loss: next[0] ?? NaN }).equal).toBe(false);
    expect(compareRun(record, { ...dot, accuracy: dot.accuracy + 100 / 2048 }).equal).toBe(false);
    expect(compareRun(record, { ...dot, hash: '0000000000000000' }).sentence).toMatch(/^Not equal.*not 0000/);
  });

  it('goes by the shipped part and the weights where there is no test set', () => {
    const small = { ...record, results: { probe: probe ?? { loss: 0, right: 0, asked: 1 } } };
    expect(compareRun(small, { ...dot, accuracy: 83.9, loss: 0.4 }).equal).toBe(true);
    expect(compareRun(small, { ...dot, probe: dot.probe + 1 }).equal).toBe(false);
  });
});
