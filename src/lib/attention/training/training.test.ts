import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../presets.ts';
import { runConfig } from '../presets.ts';
import { Trainer } from '../trainer.ts';
import type { Check, Reading } from './protocol.ts';
import { Training, watchedRun } from './training.ts';

const trainingOf = (config: RunConfig): Training => new Training(watchedRun(config));

/** A run as the worker makes it: in slices, read and checked as it goes. */
function inSlices(config: RunConfig, milliseconds: number) {
  const run = trainingOf(config);
  const readings: Reading[] = [];
  const checks: Check[] = [];
  const losses: number[] = [];
  let slices = 0;
  let more = true;
  while (more) {
    more = run.advance(Infinity, milliseconds);
    const report = run.report();
    readings.push(...report.readings);
    checks.push(...report.checks);
    losses.push(...report.losses);
    slices++;
  }
  return { run, readings, checks, losses, slices };
}

describe('a run in slices', () => {
  const configs = [
    runConfig('recall-demo', { steps: 40 }),
    runConfig('recall-demo', { steps: 40, arm: 'add-NS', alpha: 0.5, heads: 2, layers: 2 }),
    runConfig('echo', { steps: 12, arm: 'add-prefix', alpha: 1 }),
  ];

  it.each(configs)('ends in the same bits as a run that nobody looked at: $preset, $arm', (config) => {
    const plain = new Trainer(config);
    plain.step(config.steps);
    const { run, readings, checks, slices } = inSlices(config, 1);
    expect(readings.length).toBeGreaterThan(10);
    expect(checks.length).toBeGreaterThan(5);
    expect(slices).toBeGreaterThan(10);
    expect(run.record).toEqual(plain.record(['test']));
  });

  it('reads attention at the start and at the end, and the last check is of the finished model', () => {
    const config = runConfig('recall-demo', { steps: 50 });
    const { readings, checks, losses } = inSlices(config, 5);
    expect(readings[0]?.step).toBe(0);
    expect(readings.at(-1)?.step).toBe(50);
    expect(checks.at(-1)?.step).toBe(50);
    expect(losses).toHaveLength(50);
    for (const { insight } of readings)
      for (const picture of insight.layers.flatMap(({ attention }) => attention))
        for (let r = 0; r < picture.rows; r++) {
          const sum = picture.data.subarray(r * picture.cols, (r + 1) * picture.cols).reduce((a, b) => a + b, 0);
          expect(sum).toBeCloseTo(1, 5);
        }
  });

  it('stops at the step it is told, and goes on from there', () => {
    const config = runConfig('recall-demo', { steps: 30 });
    const run = trainingOf(config);
    while (run.advance(7, 3));
    expect(run.step).toBe(7);
    expect(run.record).toBeNull();
    expect(run.advance(7, 3)).toBe(false);
    expect(run.recordNow()).toMatchObject({ steps: 7, results: {} });
    while (run.advance(99, 3));
    expect(run.record?.hash).toBe(inSlices(config, 1000).run.record?.hash);
  });

  it('says what the watched sample asks', () => {
    expect(trainingOf(configs[0] as RunConfig).facts.sample).toMatch(
      /^Token 9 asks for key \d\. Token [1-8] holds it, with value \d: the answer\.$/,
    );
    expect(trainingOf(runConfig('sorting')).facts.sample).toMatch(/^The tokens are( \d+){16}\./);
    expect(trainingOf(runConfig('echo')).facts.sample).toMatch(/repetition: (· ){7}\d( \d){8}\.$/);
  });

  it('gives up when the weights are no longer numbers, and keeps what it has', () => {
    const run = trainingOf(runConfig('recall-demo', { arm: 'exp', rate: 1, steps: 200 }));
    expect(() => {
      while (run.advance(200, 50));
    }).toThrow(/no longer numbers at step \d+; a smaller learning rate/);
    const { losses } = run.report();
    expect(losses.length).toBeGreaterThan(3);
    expect(losses.every((loss) => loss >= 0)).toBe(true);
  });
});
