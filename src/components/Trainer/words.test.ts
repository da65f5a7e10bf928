import { describe, expect, it } from 'vitest';
import { runConfig } from '../../lib/attention/presets.ts';
import type { RunRecord } from '../../lib/attention/trainer.ts';
import { comparison, factsWords, progressWords, resultWords, timeWords } from './words.ts';

const record = (
  right: number,
  changes: Parameters<typeof runConfig>[1] = {},
  preset: 'recall' | 'sorting' = 'recall',
) =>
  ({
    config: runConfig(preset, changes),
    steps: 300,
    trainLoss: 0.1,
    results: { test: { loss: 0.1, right, asked: 2000 } },
    hash: '',
  }) satisfies RunRecord;

describe('what the trainer says', () => {
  it('says how far it is, how fast, and how long it takes', () => {
    expect(progressWords(0, 200, 0, true)).toBe('step 0 of 200');
    expect(progressWords(40, 200, 0.1, true)).toBe('step 40 of 200 · 400 steps/s · 0.4 s left');
    expect(progressWords(40, 5000, 20, true)).toBe('step 40 of 5,000 · 2.0 steps/s · 41 min 20 s left');
    expect(progressWords(40, 200, 0.1, false)).toBe('step 40 of 200 · 400 steps/s');
    expect(progressWords(200, 200, 0.5, true)).toBe('step 200 of 200 · 400 steps/s · taking the test');
    expect(progressWords(200, 200, 0.5, false)).toBe('step 200 of 200 · 400 steps/s · 0.5 s in all');
    expect(timeWords(9.96)).toBe('10.0 s');
    expect(timeWords(119.7)).toBe('2 min 0 s');
  });

  it('gives the test where it has been taken, the validation before', () => {
    const check = { step: 40, loss: 1, right: 100, asked: 512 };
    expect(resultWords(null, undefined).number).toBe('–');
    expect(resultWords(null, check)).toEqual({ number: '19.5 %', of: 'of 512 validation answers right, at step 40' });
    expect(resultWords(record(1500), check)).toEqual({ number: '75.0 %', of: 'of 2,000 test answers right' });
  });

  it('compares runs of one task only, and says whether they are a pair', () => {
    expect(comparison(record(1500), record(1430))).toMatch(
      /^Right minus left: −3\.5 points on the same test\. .* one pair/,
    );
    expect(comparison(record(1500), record(1500, { seed: 2 }))).toMatch(/: 0\.0 points .* different seeds/);
    expect(comparison(record(1500), record(1500, {}, 'sorting'))).toBeNull();
  });

  it('counts in singular and plural', () => {
    const facts = { parameters: 9704, chance: 0.1, sample: '' };
    expect(factsWords(facts, runConfig('recall', { layers: 2 }))).toBe(
      '9,704 parameters: width 16, 1 head, 2 layers; learning rate 0.02, seed 1',
    );
  });
});
