import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inflateRawSync } from 'node:zlib';
import { PRESETS } from '../presets.ts';
import { readShipped } from '../tasks/fashion.ts';
import { Trainer } from '../trainer.ts';
import { chosenRate } from './jobs.ts';
import { planConfig, PLANS } from './plan.ts';
import { parseLines, toLine } from './records.ts';

const root = new URL('../../../../', import.meta.url);
const shipped = async () =>
  readShipped(new Uint8Array(inflateRawSync(await readFile(new URL('public/data/fashion-mnist-14.bin', root)))));

// What the article's dots promise: train again, land on the same number to the last digit. Two runs of each plan that needs
// at most the shipped pictures; the hash covers all weights, so one run is as strict as many. Training with changed values runs through all of
// the code that plain values do: where a run takes seconds, the plain one is among the slow tests.
const plans = PLANS.filter(({ name, preset }) => {
  const file = new URL(`content/attention/data/runs/${name}.jsonl`, root);
  return existsSync(file) && PRESETS[preset].needs !== 'all pictures';
});

const LONG: ReadonlySet<string> = new Set([
  'sorting-long',
  'sorting-deep',
  'independent',
  'echo',
  'fashion-10k',
  'fashion-10k-pooling',
]);

describe.each(plans)('the committed runs of $name', async (plan) => {
  const { lines, dropped } = parseLines(
    await readFile(new URL(`content/attention/data/runs/${plan.name}.jsonl`, root), 'utf8'),
  );

  it('are whole, and each main run has the rate that validation chose', () => {
    expect(dropped).toBeLessThanOrEqual(1);
    for (const line of lines.filter((l) => l.stage === 'main')) {
      expect(chosenRate(plan, line, lines)).toBe(line.rate);
      expect(plan.seeds).toContain(line.seed);
    }
  });

  const main = lines.filter((l) => l.stage === 'main');
  const picked = [main.find((l) => l.arm === 'V'), main.find((l) => l.arm !== 'V')].flatMap((l) => l ?? []);
  describe.each(picked)('come out again, bit for bit', (line) => {
    const tags = LONG.has(plan.name) && line.arm === 'V' ? ['slow'] : [];
    it(`${line.arm}, alpha ${line.alpha}, seed ${line.seed}`, { timeout: 180_000, tags }, async () => {
      const data = PRESETS[plan.preset].needs === 'nothing' ? undefined : await shipped();
      const trainer = new Trainer(planConfig(plan, line, line.rate, line.seed), data);
      while (!trainer.done) trainer.step(100);
      const again = toLine('main', trainer.record(['probe']));
      expect({ hash: again.hash, probe: again.probe }).toEqual({ hash: line.hash, probe: line.probe });
    });
  });
});
