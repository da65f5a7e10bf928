import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeContribution } from '../src/lib/attention/sweep/contribution.ts';
import { chosenRate } from '../src/lib/attention/sweep/jobs.ts';
import { planNamed } from '../src/lib/attention/sweep/plan.ts';
import type { SweepLine } from '../src/lib/attention/sweep/records.ts';
import { recheck, recheckPlans } from './recheck.ts';
import { rerun } from './rerun.ts';
import { readRuns } from './sweep-files.ts';

const plan = planNamed('recall');
const committed = readRuns('recall');
const variants = [
  { arm: 'V', alpha: 0 },
  { arm: 'add-NS', alpha: -0.5 },
] as const;
const every = { sample: Infinity, seed: 1 };

let folder = '';
const lines: SweepLine[] = [];
const write = async (name: string, text: string): Promise<string> => {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'recheck-'));
  for (const variant of variants) {
    lines.push(await rerun(plan, { ...variant, rate: chosenRate(plan, variant, committed) ?? NaN, seed: 31 }));
  }
});
afterAll(() => rm(folder, { recursive: true }));

describe('the check of contributed runs', () => {
  it('finds honest runs sound', async () => {
    expect(await recheck([await write('honest.jsonl', writeContribution('recall', lines))], every)).toEqual([]);
  });

  it('catches a line that was tampered with, by training it again', async () => {
    const [base, other] = lines;
    if (!base || !other?.test) throw new Error('no runs');
    const [loss, right, asked] = other.test;
    for (const [field, change] of [
      ['test', { test: [loss, right + 1, asked] as const }],
      ['train', { train: other.train * (1 + Number.EPSILON) }],
      ['hash', { hash: other.hash.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) }],
    ] as const) {
      const file = await write('tampered.jsonl', writeContribution('recall', [base, { ...other, ...change }]));
      const [sentence = '', ...more] = await recheck([file], every);
      expect(more).toEqual([]);
      expect(sentence).toMatch(new RegExp(`tampered\\.jsonl:3: ${field} is .* came out as`));
    }
  });

  it('names a run that another file has, a registered seed, and a rate that was not chosen', async () => {
    const text = writeContribution('recall', lines);
    const [base] = lines;
    if (!base) throw new Error('no runs');
    const files = [
      await write('a.jsonl', text),
      await write('b.jsonl', text),
      await write(
        'c.jsonl',
        writeContribution('recall', [
          { ...base, seed: 3 },
          { ...base, seed: 32, rate: 0.04 },
        ]),
      ),
    ];
    const wrong = await recheck(files, { sample: 0, seed: 1 });
    expect(wrong[0]).toMatch(/b\.jsonl:2: this run is in .*a\.jsonl:2 already/);
    expect(wrong[1]).toMatch(/b\.jsonl:3: /);
    expect(wrong[2]).toMatch(/c\.jsonl:2: seed 3 is one of the registered seeds/);
    expect(wrong[3]).toMatch(/c\.jsonl:3: the rate of V at alpha 0 is .*, not 0.04/);
    expect(wrong.length).toBe(4);
  });

  it('is a command that fails with the line', async () => {
    const file = await write('cut.jsonl', writeContribution('recall', lines).slice(0, -30));
    const ran = spawnSync(process.execPath, [path.join(import.meta.dirname, 'recheck.ts'), '--sample', '1', file]);
    expect(ran.status).toBe(1);
    expect(String(ran.stderr)).toMatch(/cut\.jsonl:3: this is not a JSON object/);
    const fine = spawnSync(process.execPath, [path.join(import.meta.dirname, 'recheck.ts'), '--sample', '0']);
    expect([fine.status, String(fine.stderr)]).toEqual([0, '']);
  });
});

it('trains committed runs of a plan again and finds them equal', async () => {
  const said: string[] = [];
  const options = { sample: 2, seed: 3, say: (words: string) => void said.push(words) };
  expect(await recheckPlans(['recall'], options)).toEqual([]);
  expect(said).toHaveLength(2);
  await expect(recheckPlans(['nothing'], options)).rejects.toThrow(/no plan named nothing/);
});
