import { beforeEach, describe, expect, test } from 'vitest';
import type { BoundValue, CellReport } from '../lib/julia/view.ts';
import type { PictureSource, RunMessage } from './protocol.ts';
import { Scheduler, type RunState } from './scheduler.ts';

const report = (id: string): CellReport => ({
  id,
  view: null,
  trouble: null,
  printed: '',
  controls: [],
  milliseconds: 1,
});
const mandrill: PictureSource = { id: 'site mandrill', url: '/mandrill.png' };
const program = {
  source: '1',
  body: { kind: 'block' as const, body: [], from: 0, to: 1 },
  defines: [],
  reads: [],
  silent: false,
};

let bound: Map<string, BoundValue>;
let sent: RunMessage[];
let shown: string[][];
let answers: number[];
let scheduler: Scheduler;

const state = (): RunState => ({ programs: () => [], wanted: () => [], bound, source: () => mandrill });

beforeEach(() => {
  bound = new Map();
  sent = [];
  shown = [];
  answers = [];
  scheduler = new Scheduler(
    state(),
    (message) => sent.push(message),
    ({ reports, values }) => {
      shown.push(reports.map(({ id }) => id));
      answers.push(...values.map(([ticket]) => ticket));
    },
  );
});

function set(value: number, affected: string[] = []): void {
  bound.set('c', value);
  scheduler.change({ bound: ['c'], affected, continuous: true });
}

function answer(run: number, ids: string[], tickets: number[] = []): void {
  scheduler.answered(run, { reports: ids.map(report), values: tickets.map((ticket) => [ticket, report('')]) });
}

describe('scheduler', () => {
  test('nothing is sent before the worker is there; then everything at once', () => {
    scheduler.change({ programs: true, affected: [] });
    set(1);
    scheduler.change({ pictures: ['mandrill'], affected: [] });
    expect(sent).toEqual([]);
    scheduler.opened();
    expect(sent).toEqual([
      {
        kind: 'run',
        run: 1,
        programs: [],
        wanted: [],
        bound: [['c', 1]],
        pictures: [['mandrill', mandrill]],
        questions: [],
      },
    ]);
  });

  test('at most one run is under way, and the latest value wins', () => {
    scheduler.opened();
    for (const value of [1, 2, 3, 4]) set(value, ['a']);
    expect(sent.map(({ bound }) => bound)).toEqual([[['c', 1]]]);
    answer(1, ['a']);
    expect(sent.map(({ bound }) => bound)).toEqual([[['c', 1]], [['c', 4]]]);
    answer(2, ['a']);
    expect(sent).toHaveLength(2);
    expect(scheduler.busy).toBe(false);
  });

  test('a drag repaints with every answer; an edit drops what it made old, and only that', () => {
    scheduler.opened();
    set(1, ['a', 'b']);
    set(2, ['a', 'b']);
    answer(1, ['a', 'b']);
    scheduler.change({ programs: true, affected: ['b'] });
    answer(2, ['a', 'b']);
    answer(3, ['b']);
    expect(shown).toEqual([['a', 'b'], ['a'], ['b']]);
  });

  test('a result that was held back is shown when the next run leaves its cell alone', () => {
    scheduler.opened();
    scheduler.change({ programs: true, affected: ['a'] });
    scheduler.change({ pictures: ['mandrill'], affected: ['a', 'b'] });
    answer(1, ['a']);
    expect(shown).toEqual([[]]);
    answer(2, ['b']);
    expect(shown[1]).toEqual(['a', 'b']);
    set(1);
    answer(3, []);
    expect(shown[2]).toEqual([]);
  });

  test('the next run starts before the answer is shown, so that a slow screen costs no time', () => {
    const order: string[] = [];
    const eager = new Scheduler(
      state(),
      () => order.push('post'),
      () => order.push('show'),
    );
    eager.opened();
    eager.change({ bound: ['c'], affected: [], continuous: true });
    eager.change({ bound: ['c'], affected: [], continuous: true });
    eager.answered(1, { reports: [], values: [] });
    expect(order).toEqual(['post', 'post', 'show']);
  });

  test('only what changed is sent again', () => {
    scheduler.opened();
    scheduler.change({ pictures: ['mandrill'], programs: true, affected: [] });
    answer(1, []);
    set(2);
    expect(sent[1]).toEqual({ kind: 'run', run: 2, wanted: [], bound: [['c', 2]], pictures: [], questions: [] });
  });

  test('when the worker dies its run is done again by the next one, which is told everything', () => {
    scheduler.opened();
    bound.set('c', 1);
    scheduler.change({ pictures: ['mandrill'], bound: ['c'], programs: true, affected: ['a'] });
    scheduler.closed();
    expect(scheduler.busy).toBe(true);
    answer(1, ['a']);
    expect(shown).toEqual([]);
    scheduler.opened();
    expect(sent[1]).toEqual({
      kind: 'run',
      run: 2,
      programs: [],
      wanted: [],
      bound: [['c', 1]],
      pictures: [['mandrill', mandrill]],
      questions: [],
    });
    answer(2, ['a']);
    expect(shown).toEqual([['a']]);
  });

  test('an idle worker that dies leaves nothing to do', () => {
    scheduler.opened();
    scheduler.closed();
    scheduler.opened();
    expect(sent).toEqual([]);
  });

  test('a question is asked until it is answered, by the next worker if need be', () => {
    scheduler.opened();
    scheduler.change({ questions: [[7, program]], affected: [] });
    scheduler.closed();
    scheduler.opened();
    expect(sent.map(({ questions }) => questions.map(([ticket]) => ticket))).toEqual([[7], [7]]);
    answer(2, [], [7]);
    set(1);
    expect(sent[2]?.questions).toEqual([]);
    expect(answers).toEqual([7]);
  });

  test('what is given up is not asked again, and the worker is told everything anew', () => {
    scheduler.opened();
    scheduler.change({ questions: [[7, program]], pictures: ['mandrill'], affected: ['a'] });
    scheduler.cancel();
    expect(scheduler.busy).toBe(false);
    answer(1, ['a'], [7]);
    expect(shown).toEqual([]);
    expect(scheduler.knows('mandrill')).toBe(false);
    set(1);
    expect(sent[1]).toMatchObject({ programs: [], pictures: [], questions: [] });
  });
});
