import { beforeEach, describe, expect, test } from 'vitest';
import type { CellReport, Picture } from '../../lib/julia/view.ts';
import type { RunMessage } from './protocol.ts';
import { Scheduler } from './scheduler.ts';

const report = (id: string): CellReport => ({
  id,
  view: null,
  trouble: null,
  printed: '',
  controls: [],
  milliseconds: 1,
});
const picture: Picture = { rows: 1, cols: 1, grey: new Float32Array(1) };

let sent: RunMessage[];
let shown: string[][];
let scheduler: Scheduler;

beforeEach(() => {
  sent = [];
  shown = [];
  scheduler = new Scheduler(
    (message) => sent.push(message),
    (reports) => shown.push(reports.map(({ id }) => id)),
  );
});

describe('scheduler', () => {
  test('nothing is sent before the worker is there; then everything at once', () => {
    scheduler.change({ programs: [], affected: [] });
    scheduler.change({ bound: [['c', 1]], affected: [] });
    scheduler.change({ pictures: [['mandrill', picture]], affected: [] });
    expect(sent).toEqual([]);
    scheduler.opened();
    expect(sent).toEqual([
      { kind: 'run', run: 1, programs: [], wanted: [], bound: [['c', 1]], pictures: [['mandrill', picture]] },
    ]);
  });

  test('at most one run is under way, and the latest value wins', () => {
    scheduler.opened();
    for (const value of [1, 2, 3, 4]) scheduler.change({ bound: [['c', value]], affected: ['a'], continuous: true });
    expect(sent.map(({ bound }) => bound)).toEqual([[['c', 1]]]);
    scheduler.answered(1, [report('a')]);
    expect(sent.map(({ bound }) => bound)).toEqual([[['c', 1]], [['c', 4]]]);
    scheduler.answered(2, [report('a')]);
    expect(sent).toHaveLength(2);
    expect(scheduler.busy).toBe(false);
  });

  test('a drag repaints with every answer; an edit drops what it made old, and only that', () => {
    scheduler.opened();
    scheduler.change({ bound: [['c', 1]], affected: ['a', 'b'], continuous: true });
    scheduler.change({ bound: [['c', 2]], affected: ['a', 'b'], continuous: true });
    scheduler.answered(1, [report('a'), report('b')]);
    scheduler.change({ programs: [], affected: ['b'] });
    scheduler.answered(2, [report('a'), report('b')]);
    scheduler.answered(3, [report('b')]);
    expect(shown).toEqual([['a', 'b'], ['a'], ['b']]);
  });

  test('a result that was held back is shown when the next run leaves its cell alone', () => {
    scheduler.opened();
    scheduler.change({ programs: [], affected: ['a'] });
    scheduler.change({ pictures: [['mandrill', picture]], affected: ['a', 'b'] });
    scheduler.answered(1, [report('a')]);
    expect(shown).toEqual([[]]);
    scheduler.answered(2, [report('b')]);
    expect(shown[1]).toEqual(['a', 'b']);
    scheduler.change({ bound: [['c', 1]], affected: [], continuous: true });
    scheduler.answered(3, []);
    expect(shown[2]).toEqual([]);
  });

  test('the next run starts before the answer is shown, so that a slow screen costs no time', () => {
    const order: string[] = [];
    const eager = new Scheduler(
      () => order.push('post'),
      () => order.push('show'),
    );
    eager.opened();
    eager.change({ bound: [['c', 1]], affected: [], continuous: true });
    eager.change({ bound: [['c', 2]], affected: [], continuous: true });
    eager.answered(1, []);
    expect(order).toEqual(['post', 'post', 'show']);
  });

  test('only what changed is sent again', () => {
    scheduler.opened();
    scheduler.change({ pictures: [['mandrill', picture]], programs: [], affected: [] });
    scheduler.answered(1, []);
    scheduler.change({ bound: [['c', 2]], affected: [], continuous: true });
    expect(sent[1]).toEqual({ kind: 'run', run: 2, wanted: [], bound: [['c', 2]], pictures: [] });
  });

  test('when the worker dies its run is done again by the next one, which is told everything', () => {
    scheduler.opened();
    scheduler.change({ pictures: [['mandrill', picture]], bound: [['c', 1]], programs: [], affected: ['a'] });
    scheduler.closed();
    expect(scheduler.busy).toBe(true);
    scheduler.answered(1, [report('a')]);
    expect(shown).toEqual([]);
    scheduler.opened();
    expect(sent[1]).toEqual({
      kind: 'run',
      run: 2,
      programs: [],
      wanted: [],
      bound: [['c', 1]],
      pictures: [['mandrill', picture]],
    });
    scheduler.answered(2, [report('a')]);
    expect(shown).toEqual([['a']]);
  });

  test('an idle worker that dies leaves nothing to do', () => {
    scheduler.opened();
    scheduler.closed();
    scheduler.opened();
    expect(sent).toEqual([]);
  });
});
