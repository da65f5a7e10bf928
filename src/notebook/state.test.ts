import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Program } from '../lib/julia/ast.ts';
import { parse } from '../lib/julia/parse/parse.ts';
import { restore, stateOf } from './difference.ts';
import { Session } from './session.ts';
import { initialSettings } from './settings.ts';
import { deserialize, emptyState, isEmpty, serialize, StateError, validate, type PageState } from './state.ts';
import { FakeWorker } from './testing.ts';
import { anyState } from './testing-states.ts';

describe('the state of a page', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(deserialize(serialize(state))).toEqual(state);
      }),
    );
  });

  it('is written the same whatever the order in which it came to be', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const turned = Object.fromEntries(Object.entries(state.programs).toReversed());
        expect(serialize({ ...state, programs: turned })).toBe(serialize(state));
      }),
    );
  });

  it('is refused in a sentence where it is none, and never half read', () => {
    const refusedOrRead = (read: () => PageState): void => {
      try {
        expect(deserialize(serialize(read()))).toBeDefined();
      } catch (error) {
        expect(error).toBeInstanceOf(StateError);
        expect((error as Error).message).toMatch(/^What was kept .*\.$/);
      }
    };
    fc.assert(fc.property(fc.string(), (text) => refusedOrRead(() => deserialize(text))));
    fc.assert(fc.property(fc.jsonValue(), (value) => refusedOrRead(() => validate(value))));
    const wrong = fc.constantFrom(
      'page',
      'programs',
      'bound',
      'pictures',
      'settings',
      'version',
      'looks',
      'instruments',
      'pixel',
    );
    fc.assert(
      fc.property(anyState, wrong, fc.jsonValue(), (state, key, value) => {
        const text = { ...(JSON.parse(serialize(state)) as object), [key]: value };
        refusedOrRead(() => validate(text));
      }),
    );
  });

  it.each([
    ['', 'incomplete'],
    ['{"version":1,"page":"a","programs":[["a"', 'incomplete'],
    ['[]', 'no state'],
    ['{"version":2,"page":"a"}', 'later version'],
    ['{"version":0,"page":"a"}', 'unknown version'],
    ['{"version":1,"page":"a","settings":[["engine","abacus"]]}', 'a setting'],
    ['{"version":1,"page":"a","bound":[["c",null]]}', 'a control'],
    ['{"version":1,"page":"a","programs":{"a":"1"}}', 'a program'],
  ])('%s is refused', (text, words) => {
    expect(() => deserialize(text)).toThrow(words);
  });

  it('is empty where the page is as its article has it', () => {
    expect(isEmpty(emptyState('poster'))).toBe(true);
    expect(serialize(emptyState('poster'))).toBe('{"version":1,"page":"poster"}');
    expect(isEmpty({ ...emptyState('poster'), bound: { c: 1 } })).toBe(false);
  });
});

describe('a session’s state', () => {
  const programs = [
    { id: 'knob', program: parse('@bind c Slider(0:10, default=2)') },
    { id: 'a', program: parse('A = c * mandrill') },
    { id: 'b', program: parse('A + A') },
  ];

  function open(): Session {
    return new Session(
      { page: 'poster', programs, pictures: { mandrill: '/m.png' }, settings: initialSettings },
      { worker: () => new FakeWorker(), online: () => true },
    );
  }

  const read = (source: string): Program | null => {
    try {
      return parse(source);
    } catch {
      return null;
    }
  };

  it('is empty before the reader changes anything, and again when everything is put back', () => {
    const session = open();
    expect(isEmpty(stateOf(session))).toBe(true);
    session.setProgram('b', parse('1'));
    session.setDraft('a', 'half a (');
    session.set({ engine: 'tfjs-wasm' });
    expect(isEmpty(stateOf(session))).toBe(false);
    expect(restore(session, emptyState('poster'), read)).toEqual([]);
    expect(isEmpty(stateOf(session))).toBe(true);
  });

  const edits = fc.array(
    fc.oneof(
      fc.record({
        id: fc.constantFrom('knob', 'a', 'b'),
        text: fc.constantFrom('A = 1', 'c + 1', 'A = (', '', '@bind c Slider(0:3)', 'A = c * mandrill'),
      }),
      fc.record({ bound: fc.integer({ min: 0, max: 10 }) }),
      fc.record({ engine: fc.constantFrom(null, 'tfjs-wasm' as const, 'reference' as const) }),
    ),
  );

  it('brings another session to the same state, through text', () => {
    fc.assert(
      fc.property(edits, edits, (here, there) => {
        const [one, other] = [open(), open()];
        const make = (session: Session, changes: typeof here): void => {
          for (const change of changes) {
            if ('text' in change) {
              const program = read(change.text);
              if (program === null) session.setDraft(change.id, change.text);
              else session.setProgram(change.id, program);
            } else if ('bound' in change) session.setBound('c', change.bound);
            else session.set(change);
          }
        };
        make(one, here);
        const text = serialize(stateOf(one));
        make(other, there);
        expect(restore(other, deserialize(text), read)).toEqual([]);
        const [left, right] = [stateOf(one), stateOf(other)];
        expect({ ...right, bound: {} }).toEqual({ ...left, bound: {} });
        // A control that no run has reported has no initial value to be put back to.
        expect(right.bound).toMatchObject(left.bound);
      }),
      { numRuns: 60 },
    );
  });

  it('says what it cannot bring back', () => {
    const state = { ...emptyState('poster'), programs: { gone: '1' }, pictures: { mandrill: 'mine.png' } };
    expect(restore(open(), state, read)).toEqual([
      'This page has no cell gone any more: its text was not brought back.',
      'The picture “mine.png” in place of mandrill is not kept here: choose it again.',
    ]);
  });
});
