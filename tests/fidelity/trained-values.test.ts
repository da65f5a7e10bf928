/** The attention article's value and attention matrices are those of a trained model: train it again and compare. */
import { expect, it } from 'vitest';
import { chosenRate } from '../../src/lib/attention/sweep/jobs.ts';
import { planConfig, planNamed } from '../../src/lib/attention/sweep/plan.ts';
import { Trainer } from '../../src/lib/attention/trainer.ts';
import { readRuns } from '../../scripts/sweep-files.ts';
import { cellsOf } from './articles.ts';

/** The matrix that a cell assigns to `name`, written out row by row. */
function written(source: string, name: string): string[][] {
  const [, body = ''] = new RegExp(`^${name} = \\[([^\\]]*)\\]`, 'm').exec(source) ?? [];
  return body
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
}

const rounded = ({ cols, data }: { cols: number; data: Float32Array }): string[][] =>
  Array.from({ length: data.length / cols }, (_, row) =>
    Array.from(data.subarray(row * cols, (row + 1) * cols), (x) => x.toFixed(2).replace('-0.00', '0.00')),
  );

it('prints the values and the attention of plain V, recall, seed 1, on the first test sample', () => {
  const plan = planNamed('recall');
  const lines = readRuns(plan.name);
  const plain = { arm: 'V', alpha: 0 } as const;
  const rate = chosenRate(plan, plain, lines);
  const line = lines.find((l) => l.stage === 'main' && l.arm === 'V' && l.rate === rate && l.seed === 1);
  const trainer = new Trainer(planConfig(plan, plain, rate ?? NaN, 1));
  while (!trainer.done) trainer.step(100);
  expect(trainer.hash()).toBe(line?.hash);

  const [first] = trainer.task.heldOut('test', trainer.config.batch);
  const layer = first && trainer.insight(first).layers[0];
  const source = cellsOf('attention').find(({ id }) => id === 'weights')?.source ?? '';
  const [values, attention] = [layer?.values, layer?.attention[0]];
  if (!values || !attention) throw new Error('the model has no layer');
  expect(written(source, 'V')).toEqual(rounded(values));
  expect(written(source, 'A')).toEqual(rounded(attention));
});
