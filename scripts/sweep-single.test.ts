import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { planNamed } from '../src/lib/attention/sweep/plan.ts';
import { sweepCommand } from '../src/lib/attention/sweep/single.ts';
import { readRuns } from './sweep-files.ts';
import { runSingle } from './sweep-single.ts';

const recall = planNamed('recall');
const committed = readRuns('recall').filter(({ stage }) => stage === 'main');
const one = committed.find(({ arm, alpha, seed }) => arm === 'add-NS' && alpha === -0.5 && seed === 3);
const asked = { arm: 'add-NS', alpha: '-0.5', rate: undefined, seed: '3', check: true };

it('trains a committed run again and finds it equal', async () => {
  const { text, fine } = await runSingle(recall, asked);
  expect(fine, text).toBe(true);
  expect(text).toContain(one?.hash);
  expect(JSON.parse((await runSingle(recall, { ...asked, check: false })).text)).toEqual(one);
});

it('finds another line unequal, and a run that is not there missing', async () => {
  const folder = `${await mkdtemp(path.join(tmpdir(), 'single-'))}/`;
  try {
    await writeFile(`${folder}recall.jsonl`, `${JSON.stringify({ ...one, hash: '0'.repeat(16) })}\n`);
    const found = await runSingle(recall, { ...asked, rate: String(one?.rate), folder });
    expect(found.fine).toBe(false);
    expect(found.text).toMatch(/^Not equal: hash is "0{16}"/);
    expect((await runSingle(recall, { ...asked, rate: '0.02', seed: '4', folder })).fine).toBe(false);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('refuses what the plan does not have', async () => {
  await expect(runSingle(recall, { ...asked, arm: 'NN' })).rejects.toThrow(/no arm NN at alpha -0.5; it has V 0/);
  await expect(runSingle(recall, { ...asked, alpha: '0.3' })).rejects.toThrow(/alpha 0.3/);
  await expect(runSingle(recall, { ...asked, seed: '1.5' })).rejects.toThrow(/whole number/);
  await expect(runSingle(recall, { ...asked, rate: 'fast' })).rejects.toThrow(/rate/);
});

it('is what the plot tells its readers to type', () => {
  if (!one) throw new Error('no run');
  const command = sweepCommand('recall', one, true);
  expect(command).toBe('npm run sweep -- --task recall --arm add-NS --alpha=-0.5 --rate 0.02 --seed 3 --check');
  const typed = command.replace('npm run sweep -- ', '').split(' ');
  const ran = spawnSync(process.execPath, [path.join(import.meta.dirname, 'sweep.ts'), ...typed]);
  expect(String(ran.stderr)).toBe('');
  expect([ran.status, String(ran.stdout)]).toEqual([0, expect.stringMatching(/^Equal, bit for bit/)]);
});
