import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONTRIBUTION_LIMITS,
  differences,
  MORE,
  nextRuns,
  pairedWithV,
  readContribution,
  writeContribution,
} from './contribution.ts';
import type { Plan } from './plan.ts';
import { planNamed } from './plan.ts';
import type { SweepLine } from './records.ts';

const recall = planNamed('recall');
const NS = { arm: 'add-NS', alpha: 0.5, rate: 0.02 } as const;

const line = (changes: Partial<SweepLine> = {}): SweepLine => ({
  stage: 'main',
  ...NS,
  seed: 31,
  train: 1.5,
  probe: [1.25, 500, 1000],
  test: [1.25, 500, 1000],
  hash: '0123456789abcdef',
  ...changes,
});
const base = (changes: Partial<SweepLine> = {}): SweepLine => line({ arm: 'V', alpha: 0, ...changes });
const problemsOf = (...rows: unknown[]): string[] =>
  readContribution(rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n')).problems.map(
    ({ line: at, sentence }) => `${at}: ${sentence}`,
  );
const header = { contribution: 1, plan: 'recall', by: '' };

describe('the seeds that come next', () => {
  it('are the first after the plan’s, in order, V and the arm by turns', () => {
    const runs = nextRuns(recall, NS, 0.01, []);
    expect(runs.length).toBe(2 * MORE);
    expect(runs.slice(0, 3)).toEqual([
      { arm: 'V', alpha: 0, rate: 0.01, seed: 31 },
      { ...NS, seed: 31 },
      { arm: 'V', alpha: 0, rate: 0.01, seed: 32 },
    ]);
    expect(nextRuns(recall, { arm: 'V', alpha: 0, rate: 0.01 }, 0.01, []).length).toBe(MORE);
  });

  it('use a V that is there, go on after what is there, and complete a pair that was left alone', () => {
    const own = [base({ seed: 31, rate: 0.01 }), line({ seed: 32 }), line({ seed: 33, alpha: 1 })];
    const runs = nextRuns(recall, NS, 0.01, own, 2);
    expect(runs).toEqual([
      { arm: 'V', alpha: 0, rate: 0.01, seed: 32 },
      { ...NS, seed: 31 },
      { arm: 'V', alpha: 0, rate: 0.01, seed: 33 },
      { ...NS, seed: 33 },
    ]);
  });

  it('never touch a seed of the plan or one that others have handed in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 31, max: 60 })), fc.integer({ min: 1, max: 30 }), (others, count) => {
        const taken = new Set(others);
        const seeds = nextRuns(recall, NS, 0.01, [], count, taken).map(({ seed }) => seed);
        expect(new Set(seeds).size).toBe(count);
        for (const seed of seeds) {
          expect(taken.has(seed) || recall.seeds.includes(seed) || recall.selectionSeeds.includes(seed)).toBe(false);
        }
      }),
      { seed: 2 },
    );
    const near: Plan = { ...recall, selectionSeeds: [31, 33] };
    expect(nextRuns(near, { arm: 'V', alpha: 0, rate: 0.01 }, 0.01, [], 2).map(({ seed }) => seed)).toEqual([32, 34]);
  });
});

describe('what they say', () => {
  it('is paired by seed, and of the same pictures', () => {
    const lines = [31, 32, 33].flatMap((seed) => [
      base({ seed, test: [1, 500 + 50 * (seed - 31), 1000] }),
      line({ seed, test: [1, 510 + 50 * (seed - 31) + (seed - 32), 1000] }),
    ]);
    const found = pairedWithV([...lines, line({ seed: 34 }), base({ seed: 35 })], NS);
    expect(found?.n).toBe(3);
    expect(found?.mean).toBeCloseTo(1, 9);
    expect(found?.sd).toBeCloseTo(0.1, 9);
    const partial = line({ seed: 34, probe: [1, 900, 1000], test: undefined });
    expect(pairedWithV([...lines, partial, base({ seed: 34 })], NS)?.n).toBe(3);
    expect(pairedWithV(lines.slice(0, 2), NS)).toBeUndefined();
    expect(pairedWithV(lines, { arm: 'V', alpha: 0 })).toBeUndefined();
  });
});

describe('the file', () => {
  it('comes back as it was written, a diverged run too', () => {
    const lines = [base({ rate: 0.01 }), line(), line({ seed: 32, train: NaN, test: [NaN, 1, 1000] })];
    const { plan, by, runs, problems } = readContribution(writeContribution('recall', lines, 'A reader'));
    expect(problems).toEqual([]);
    expect([plan, by]).toEqual([recall, 'A reader']);
    expect(runs.map((r) => r.line)).toEqual([2, 3, 4]);
    runs.forEach(({ run }, i) => expect(differences(run, lines[i] ?? line())).toEqual([]));
  });

  it('says what is wrong, and in which line', () => {
    expect(problemsOf('')).toEqual(['1: this is not a JSON object']);
    expect(problemsOf(line())[0]).toMatch(/^1: the first line must be a header/);
    expect(problemsOf({ ...header, plan: 'recal' })[0]).toMatch(/^1: there is no plan "recal"; there are recall/);
    expect(problemsOf({ ...header, mail: '' }, line())).toEqual(['1: the header has a field "mail" that is none']);
    expect(problemsOf(header)).toEqual(['1: there is no run in this file']);
    expect(problemsOf(header, line(), '{"stage":')).toEqual(['3: this is not a JSON object']);
    const wrong: [Partial<Record<keyof SweepLine, unknown>>, RegExp][] = [
      [{ stage: 'select' }, /"stage" must be "main"/],
      [{ arm: 'softmax' }, /has no arm softmax at alpha 0.5/],
      [{ alpha: 0.3 }, /has no arm add-NS at alpha 0.3/],
      [{ rate: 0.03 }, /is one of 0.01, 0.02, 0.04, not 0.03/],
      [{ seed: 30 }, /seed 30 is one of the registered seeds/],
      [{ seed: 9001 }, /seed 9001 has chosen the learning rates/],
      [{ seed: 31.5 }, /"seed" must be a whole number above 0/],
      [{ test: [1, 1001, 1000] }, /"test" must be \[loss, right answers, answers\]/],
      [{ probe: undefined }, /"probe" must be/],
      [{ hash: 'abc' }, /"hash" must be 16 hexadecimal digits/],
      [{ validation: [1, 1, 1] }, /a run has no field "validation"/],
    ];
    for (const [change, words] of wrong) {
      const [problem = ''] = problemsOf(header, line({ seed: 40 }), { ...line(), ...change });
      expect(problem).toMatch(/^3: /);
      expect(problem).toMatch(words);
    }
    expect(problemsOf(header, line(), base(), line())).toEqual(['4: this run stands in line 2 already']);
  });

  it('has limits: of a line, of a name, of runs, of the whole', () => {
    const long = `{"arm":"${'x'.repeat(CONTRIBUTION_LIMITS.row)}"}`;
    expect(problemsOf(header, line(), long)).toEqual([`3: a line has at most 1000 characters, not ${long.length}`]);
    expect(problemsOf(`{"x":${'['.repeat(1000)}`)).toEqual(['1: a line has at most 1000 characters, not 1005']);
    expect(problemsOf({ ...header, by: 'y'.repeat(201) }, line())).toEqual([
      '1: "by" must be a text of at most 200 characters',
    ]);
    const many = Array.from({ length: CONTRIBUTION_LIMITS.runs + 1 }, (_, k) => line({ seed: 31 + k }));
    expect(problemsOf(header, ...many).at(-1)).toBe('10002: a file holds at most 10000 runs');
    expect(problemsOf('x'.repeat(11_000_000))).toEqual(['1: the file is larger than 10000 runs can be']);
  });

  it('wants the rate that validation chose, where it is known', () => {
    const text = writeContribution('recall', [line()]);
    expect(readContribution(text, () => 0.02).problems).toEqual([]);
    expect(readContribution(text, () => 0.04).problems[0]?.sentence).toContain('is 0.04, not 0.02');
  });
});

it('any field that differs is named; what could not be computed differs', () => {
  expect(differences(line(), line())).toEqual([]);
  expect(differences(line(), line({ hash: '0123456789abcdee' }))).toEqual([
    'hash is "0123456789abcdef", and came out as "0123456789abcdee"',
  ]);
  expect(differences(line(), line({ test: undefined }))[0]).toMatch(/^test is .* for want of the pictures$/);
  expect(differences(line({ test: undefined }), line({ train: 1.5000000000000002 }))[0]).toMatch(/^train is 1.5,/);
});
