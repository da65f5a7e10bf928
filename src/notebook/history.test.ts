import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../lib/julia/parse/parse.ts';
import { restore, stateOf } from './difference.ts';
import { articleSnapshot, History } from './history.ts';
import { Session } from './session.ts';
import { initialSettings } from './settings.ts';
import { emptyState, isEmpty, serialize } from './state.ts';
import { FakeWorker } from './testing.ts';

const programs = [
  { id: 'knob', program: parse('@bind c Slider(0:10, default=2)') },
  { id: 'a', program: parse('A = c * mandrill') },
  { id: 'b', program: parse('A + A') },
];

function open(): Session {
  const session = new Session(
    { page: 'poster', programs, pictures: { mandrill: '/m.png' }, settings: initialSettings },
    { worker: () => new FakeWorker(), online: () => true },
  );
  session.announce([{ kind: 'slider', name: 'c', start: 0, stop: 10, step: 1, initial: 2, integer: true }]);
  return session;
}

const text = (session: Session): string => serialize(stateOf(session));

describe('the history of a page', () => {
  it('takes back and makes again every change, one after the other, to the same text', () => {
    const change = fc.oneof(
      fc.record({ id: fc.constantFrom('a', 'b'), source: fc.constantFrom('A = 1', 'c + 1', 'A = c * mandrill', '7') }),
      fc.record({ bound: fc.integer({ min: 0, max: 10 }) }),
      fc.record({ map: fc.constantFrom('grey' as const, 'viridis' as const) }),
      fc.record({ engine: fc.constantFrom(null, 'reference' as const) }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        const session = open();
        const history = new History(session);
        for (const one of changes) {
          if ('source' in one) session.setProgram(one.id, parse(one.source));
          else if ('bound' in one) session.setBound('c', one.bound);
          else if ('map' in one) session.setLook('b', { map: one.map });
          else session.set({ engine: one.engine });
        }
        const end = text(session);
        let steps = 0;
        for (; history.canUndo; steps++) history.undo();
        expect(steps).toBeLessThanOrEqual(changes.length);
        expect(isEmpty(stateOf(session))).toBe(true);
        for (; history.canRedo; steps--) history.redo();
        expect(steps).toBe(0);
        expect(text(session)).toBe(end);
      }),
      { numRuns: 200 },
    );
  });

  it('takes a drag for one step, and forgets what was taken back once something else is done', () => {
    const session = open();
    const history = new History(session);
    for (const value of [3, 4, 5]) session.setBound('c', value);
    history.undo();
    expect(session.bound.get('c')).toBe(2);
    expect(history.canUndo).toBe(false);
    history.redo();
    expect(session.bound.get('c')).toBe(5);
    history.undo();
    session.setProgram('b', parse('1'));
    expect(history.canRedo).toBe(false);
  });

  it('gives the program that ran before an edit, not the text that was being written', () => {
    const session = open();
    const history = new History(session);
    session.setDraft('b', 'A .+ 1');
    session.setProgram('b', parse('A .+ 1'));
    history.undo();
    expect(session.text('b')).toBe('A + A');
    history.redo();
    expect(session.text('b')).toBe('A .+ 1');
  });

  it('begins with the article where the page was changed before', () => {
    const session = open();
    session.setProgram('b', parse('1'));
    const history = new History(session, [articleSnapshot(session)]);
    history.undo();
    expect(session.text('b')).toBe('A + A');
  });

  it('takes putting everything back for one step', () => {
    const session = open();
    const history = new History(session);
    session.setProgram('b', parse('1'));
    session.setProgram('a', parse('A = 2'));
    const made = text(session);
    history.asOne(() => restore(session, emptyState('poster'), () => null));
    expect(isEmpty(stateOf(session))).toBe(true);
    history.undo();
    expect(text(session)).toBe(made);
  });
});
