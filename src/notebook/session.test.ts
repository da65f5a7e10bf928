import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from '../lib/julia/parse/parse.ts';
import type { CellReport, Picture } from '../lib/julia/view.ts';
import type { PageProgram } from './programs.ts';
import type { FromNotebook, PictureSource } from './protocol.ts';
import { Session } from './session.ts';
import { initialSettings } from './settings.ts';
import { FakeWorker, localWorker } from './testing.ts';

const report = (id: string): CellReport => ({
  id,
  view: { kind: 'nothing' },
  trouble: null,
  printed: '',
  controls: [],
  milliseconds: 1,
});

/** A page: `a` reads the picture and the knob, `b` reads `a`, `slow` is stored and `after` needs it, `alone` needs nothing. */
const programs: readonly PageProgram[] = [
  { id: 'knob', program: parse('@bind c Slider(0:10)') },
  { id: 'a', program: parse('A = c * mandrill') },
  { id: 'b', program: parse("A' * A") },
  { id: 'slow', program: parse('S = 1'), stored: true },
  { id: 'after', program: parse('S + 1') },
  { id: 'alone', program: parse('1 + 1') },
];

let workers: FakeWorker[];
let online: boolean;
let session: Session;
let told: string[];

beforeEach(() => {
  workers = [];
  told = [];
  online = true;
  session = new Session(
    { page: 'test', programs, pictures: { mandrill: 'https://site/mandrill.png' }, settings: initialSettings },
    {
      worker: () => {
        const worker = new FakeWorker();
        workers.push(worker);
        return worker;
      },
      online: () => online,
    },
  );
  for (const { id } of programs) {
    session.listen(id, {
      report: () => told.push(`${id} shown`),
      busy: (busy) => told.push(`${id} ${busy ? 'waits' : 'rests'}`),
      notice: (sentence) => told.push(`${id}: ${sentence}`),
      engine: () => undefined,
      picture: (name) => told.push(`${id} has another ${name}`),
    });
  }
});

const worker = (): FakeWorker => workers.at(-1) ?? new FakeWorker();
const runs = (): ReturnType<typeof worker.prototype.of> => worker().of('run');
const ready: FromNotebook = { kind: 'ready', engine: 'tfjs-webgl', why: 'fast' };

function done(run: number, ids: readonly string[], tickets: readonly number[] = []): void {
  const values = tickets.map((ticket) => [ticket, report('')] as const);
  worker().say({ kind: 'done', run, reports: ids.map(report), values, milliseconds: 1 });
}

/** Clears what was told so far. */
function hear(): string[] {
  return told.splice(0);
}

describe('a session', () => {
  it('starts no worker before a cell is touched, and then computes what the cell needs', () => {
    expect(workers).toHaveLength(0);
    session.activate('b');
    expect(worker().of('start')).toHaveLength(1);
    expect(worker().of('run')).toHaveLength(0);
    worker().say(ready);
    const [run] = worker().of('run');
    expect(run?.wanted).toEqual(['knob', 'a', 'b']);
    expect(run?.pictures).toEqual([['mandrill', { id: 'site mandrill', url: 'https://site/mandrill.png' }]]);
    expect(run?.programs).toHaveLength(programs.length);
    done(1, ['knob', 'a', 'b']);
    expect(session.busy).toBe(false);
    expect(hear()).toEqual([
      ...['knob waits', 'a waits', 'b waits', 'b waits'],
      ...['knob shown', 'a shown', 'b shown'],
      ...['knob rests', 'a rests', 'b rests'],
    ]);
    session.activate('b');
    expect(worker().of('run')).toHaveLength(1);
  });

  it('a drag sends numbers only, never shows an older result, and ends with the last value', () => {
    session.activate('b');
    worker().say(ready);
    done(1, ['knob', 'a', 'b']);
    for (const value of [1, 2, 3, 4]) session.setBound('c', value);
    expect(worker().of('run')).toHaveLength(2);
    done(2, ['a', 'b']);
    expect(session.busy).toBe(true);
    done(2, ['a', 'b']);
    const [, second, third, fourth] = worker().of('run');
    expect(second).toMatchObject({ bound: [['c', 1]], pictures: [] });
    expect(second?.programs).toBeUndefined();
    expect(third?.bound).toEqual([['c', 4]]);
    expect(fourth).toBeUndefined();
    done(3, ['a', 'b']);
    expect(session.busy).toBe(false);
    expect(session.bound.get('c')).toBe(4);
  });

  it('an edit during a run drops what it makes old, and keeps what it leaves alone', () => {
    session.activate('b');
    session.activate('alone');
    worker().say(ready);
    done(1, ['knob', 'a', 'b', 'alone']);
    session.setBound('c', 1);
    session.rerun('alone');
    session.setProgram('b', parse('A + A'));
    hear();
    done(2, ['a', 'b']);
    expect(hear()).toEqual(['a shown']);
    done(3, ['b', 'alone']);
    expect(hear().filter((one) => one.endsWith('shown'))).toEqual(['b shown', 'alone shown']);
    expect(session.busy).toBe(false);
  });

  it('an edit touches those that read the name before, and those that read it now', () => {
    for (const id of ['b', 'alone']) session.activate(id);
    worker().say(ready);
    done(1, ['knob', 'a', 'b', 'alone']);
    hear();
    session.setProgram('a', parse('B = 1'));
    expect(hear()).toEqual(['a waits', 'b waits']);
    expect(
      worker()
        .of('run')[1]
        ?.programs?.map(({ revision }) => revision),
    ).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it('a stored cell, and those that need it, run only when the reader wants it', () => {
    session.activate('slow');
    session.activate('after');
    expect(workers).toHaveLength(0);
    session.rerun('slow');
    worker().say(ready);
    expect(worker().of('run')[0]?.wanted).toEqual(['slow']);
    done(1, ['slow']);
    // Its result is there now: a touch is enough.
    session.activate('after');
    expect(worker().of('run')[1]?.wanted).toEqual(['slow', 'after']);
  });

  it('a lost engine is replaced by the next, which is told everything, and the reader is told in a sentence', () => {
    session.activate('b');
    session.setBound('c', 3);
    worker().say(ready);
    const [first] = workers;
    worker().say({ kind: 'lost', engine: 'tfjs-webgl', message: 'its context is gone' });
    expect(first?.ended).toBe(true);
    expect(workers).toHaveLength(2);
    expect(worker().of('start')[0]?.settings.engine).toBe('tfjs-wasm');
    expect(session.busy).toBe(true);
    worker().say({ kind: 'ready', engine: 'tfjs-wasm', why: 'lost' });
    expect(worker().of('run')[0]).toMatchObject({ bound: [['c', 3]], wanted: ['knob', 'a', 'b'] });
    expect(worker().of('run')[0]?.pictures).toHaveLength(1);
    expect(hear()).toContain('b: WebGL was lost (its context is gone); WASM goes on.');
    // What the first one still says is not heard.
    first?.say({ kind: 'done', run: 1, reports: [report('b')], values: [], milliseconds: 1 });
    expect(hear()).toEqual([]);
  });

  it('where no engine is left the reader is told, and the next touch tries again', () => {
    session.set({ engine: 'reference' });
    session.activate('alone');
    worker().die('no memory');
    expect(hear()).toContain('alone: The engine could not be started: no memory. The picture from the build stays.');
    expect(session.busy).toBe(false);
    session.activate('alone');
    expect(workers).toHaveLength(2);
  });

  it('offline, an engine that does not come is not looked for elsewhere', () => {
    online = false;
    session.activate('alone');
    worker().die('');
    expect(workers).toHaveLength(1);
    expect(hear().some((one) => one.includes('you are offline'))).toBe(true);
  });

  it('stop ends the run; nothing of it is shown, and a touch computes anew', () => {
    session.activate('b');
    worker().say(ready);
    const [first] = workers;
    session.stop();
    expect(first?.ended).toBe(true);
    expect(session.busy).toBe(false);
    worker().say(ready);
    expect(runs()).toHaveLength(0);
    session.activate('b');
    expect(worker().of('run')[0]?.wanted).toEqual(['knob', 'a', 'b']);
  });

  it('a picture that cannot be read is said to those that wait, and read again at the next touch', () => {
    session.activate('a');
    worker().say(ready);
    worker().say({ kind: 'unready', run: 1, pictures: ['mandrill'], sentence: 'The picture could not be loaded.' });
    expect(hear()).toContain('a: The picture could not be loaded.');
    // The knob needs no picture.
    expect(worker().of('run')[1]?.wanted).toEqual(['knob']);
    done(2, ['knob']);
    expect(session.busy).toBe(false);
    session.activate('a');
    expect(worker().of('run')[2]?.pictures).toHaveLength(1);
  });
});

it('cells that need a picture that cannot be read do not keep the others from being computed', () => {
  session.activate('a');
  session.activate('alone');
  worker().say(ready);
  worker().say({ kind: 'unready', run: 1, pictures: ['mandrill'], sentence: 'It could not be loaded.' });
  expect(hear().filter((one) => one.includes('loaded'))).toEqual(['a: It could not be loaded.']);
  expect(worker().of('run')[1]).toMatchObject({ wanted: ['knob', 'alone'], pictures: [] });
  done(2, ['knob', 'alone']);
  expect(session.busy).toBe(false);
  session.activate('a');
  expect(worker().of('run')[2]?.pictures).toHaveLength(1);
});

it('a picture that is lent is told when a program asks for it, and again when it is another', () => {
  session.lend('cat', 'https://site/cat.png');
  session.activate('alone');
  worker().say(ready);
  expect(worker().of('run')[0]?.pictures).toEqual([]);
  done(1, ['alone']);
  session.setProgram('alone', parse('picture("cat")'));
  const lent = ['picture cat', { id: 'site picture cat', url: 'https://site/cat.png' }];
  expect(worker().of('run')[1]).toMatchObject({ wanted: ['alone'], pictures: [lent] });
  done(2, ['alone']);
  session.lend('cat', new Blob(['mine']));
  expect(worker().of('run')[2]).toMatchObject({ wanted: ['alone'], pictures: [['picture cat', { id: 'file 1' }]] });
  // It is no picture of the page, and has no place of its own.
  expect(session.picturesOf('alone')).toEqual([]);
});

describe('a picture of the reader’s', () => {
  const read = (ticket: number, rows: number): void =>
    worker().say({ kind: 'read', ticket, facts: { rows, cols: rows, notes: ['It was cropped.'] } });

  it('stands under the name once it has been read, fitted to the one that it replaces', async () => {
    session.activate('a');
    worker().say(ready);
    done(1, ['knob', 'a']);
    const given = session.setPicture('mandrill', new Blob(['x']), 'mine.png', true);
    expect(worker().of('read')[0]?.source).toMatchObject({ url: 'https://site/mandrill.png' });
    read(1, 512);
    await Promise.resolve();
    await Promise.resolve();
    expect(worker().of('read')[1]?.source).toMatchObject({ fit: { rows: 512, cols: 512 } });
    expect(session.standing('mandrill')).toBeNull();
    read(2, 512);
    expect(await given).toEqual(['It was cropped.']);
    expect(session.standing('mandrill')).toMatchObject({ label: 'mine.png', rows: 512 });
    expect(hear()).toContain('a has another mandrill');
    expect(worker().of('run')[1]?.pictures[0]?.[1]).toMatchObject({ id: 'file 1' });
    session.stand('mandrill', null);
    done(2, ['a']);
    expect(worker().of('run')[2]?.pictures[0]?.[1].id).toBe('site mandrill');
  });

  it('that is no picture changes nothing', async () => {
    const given = session.setPicture('mandrill', new Blob(['x']), 'text.txt', false);
    worker().say({ kind: 'refused', ticket: 1, sentence: 'This is no picture.' });
    await expect(given).rejects.toThrow('This is no picture.');
    expect(session.standing('mandrill')).toBeNull();
  });

  it('given while another is read: the later counts', async () => {
    const first = session.setPicture('mandrill', new Blob(['x']), 'first', false);
    const second = session.setPicture('mandrill', new Blob(['y']), 'second', false);
    read(2, 4);
    await second;
    read(1, 3);
    await first;
    expect(session.standing('mandrill')).toMatchObject({ label: 'second', rows: 4 });
  });
});

describe('a question', () => {
  it('is computed after what it needs, and answered apart from the cells', async () => {
    const asked = session.evaluate([parse('A'), parse("A'")]);
    worker().say(ready);
    const [run] = worker().of('run');
    expect(run?.wanted).toEqual(['knob', 'a']);
    expect(run?.questions.map(([, { source }]) => source)).toEqual(['A', "A'"]);
    expect(run?.pictures).toHaveLength(1);
    done(1, ['knob', 'a'], [1, 2]);
    expect(await asked).toHaveLength(2);
    expect(hear()).toEqual(['knob waits', 'a waits', 'knob shown', 'a shown', 'knob rests', 'a rests']);
  });

  it('is refused with a sentence where the page is stopped', async () => {
    const asked = session.evaluate([parse('A')]);
    session.stop();
    await expect(asked).rejects.toThrow('The page was stopped.');
  });
});

describe('a session and its worker, with the reference engine', () => {
  const grey = (level: number): Picture => ({ rows: 2, cols: 2, grey: new Float64Array(4).fill(level / 255) });

  function page(...sources: string[]): { session: Session; reports: Map<string, CellReport>; reads: string[] } {
    const reports = new Map<string, CellReport>();
    const reads: string[] = [];
    const readPicture = (source: PictureSource): Promise<{ picture: Picture; notes: [] }> => {
      reads.push(source.id);
      return Promise.resolve({ picture: grey('url' in source ? 51 : 102), notes: [] });
    };
    const own = new Session(
      {
        page: 'test',
        programs: sources.map((source, k) => ({ id: `${k}`, program: parse(source) })),
        pictures: { mandrill: '/mandrill.png' },
        settings: initialSettings,
      },
      { worker: () => localWorker(readPicture), online: () => true },
    );
    sources.forEach((_, k) =>
      own.listen(`${k}`, {
        report: (one) => reports.set(one.id, one),
        busy: () => undefined,
        notice: () => undefined,
        engine: () => undefined,
        picture: () => undefined,
      }),
    );
    return { session: own, reports, reads };
  }

  async function settled({ session: own }: { session: Session }): Promise<void> {
    while (own.busy) await new Promise((resolve) => setTimeout(resolve));
  }

  const numberOf = (one: CellReport | undefined): number | undefined =>
    one?.view?.kind === 'number' ? one.view.value : undefined;

  it('runs, follows a control, and decodes a picture once', async () => {
    const own = page('@bind c Slider(1:9)', 'S = c * sum(mandrill)', 'S + 1');
    own.session.activate('2');
    await settled(own);
    expect(numberOf(own.reports.get('2'))).toBeCloseTo(1.8);
    own.session.setBound('c', 5);
    await settled(own);
    expect(numberOf(own.reports.get('2'))).toBeCloseTo(5);
    await own.session.setPicture('mandrill', new Blob(['x']), 'mine', false);
    await settled(own);
    expect(numberOf(own.reports.get('1'))).toBeCloseTo(8);
    own.session.stand('mandrill', null);
    await settled(own);
    expect(numberOf(own.reports.get('1'))).toBeCloseTo(4);
    expect(own.reads).toEqual(['site mandrill', 'file 1']);
  });

  it('takes other cells in: those that stay keep their values, and who needs what came or went is computed again', async () => {
    const own = page('a = 1', 'b = a + 1', 'c = 10', 'c + 1');
    const cell = (id: string, source: string): PageProgram => ({ id, program: parse(source) });
    for (const id of ['1', '3']) own.session.activate(id);
    await settled(own);
    own.reports.clear();
    // `0` goes, `new` defines its name, and the others change places.
    own.session.arrange([cell('3', ''), cell('2', ''), cell('1', ''), cell('new', 'a = 7')]);
    expect(own.session.programs.map(({ id, program }) => [id, program.source])).toEqual([
      ['3', 'c + 1'],
      ['2', 'c = 10'],
      ['1', 'b = a + 1'],
      ['new', 'a = 7'],
    ]);
    await settled(own);
    expect(numberOf(own.reports.get('1'))).toBe(8);
    expect([...own.reports.keys()]).not.toContain('3');
    own.session.arrange([cell('1', '')]);
    await settled(own);
    expect(own.reports.get('1')?.trouble?.name).toBe('UndefVarError');
    // An id that comes back is another cell.
    own.session.arrange([cell('new', 'a = 9'), cell('1', '')]);
    await settled(own);
    expect(numberOf(own.reports.get('1'))).toBe(10);
  });

  it('a picture of the reader’s may have a name of its own, for as long as it stands', async () => {
    const own = page('sum(kitten)', '1');
    own.session.activate('0');
    await settled(own);
    expect(own.reports.get('0')?.trouble?.name).toBe('UndefVarError');
    await own.session.setPicture('kitten', new Blob(['x']), 'kitten.png', false);
    await settled(own);
    expect(numberOf(own.reports.get('0'))).toBeCloseTo(1.6);
    expect(own.session.pictures).toContain('kitten');
    expect(own.session.picturesOf('0')).toEqual(['kitten']);
    own.session.stand('kitten', null);
    await settled(own);
    expect(own.reports.get('0')?.trouble?.name).toBe('UndefVarError');
    expect(own.session.pictures).not.toContain('kitten');
  });

  it('a control goes with its cell: one of the same name begins anew', async () => {
    const own = page('@bind c Slider(1:9)', 'c');
    own.session.activate('1');
    await settled(own);
    own.session.setBound('c', 5);
    await settled(own);
    expect(numberOf(own.reports.get('1'))).toBe(5);
    own.session.arrange([
      { id: 'again', program: parse('@bind c Slider(1:9)') },
      { id: '1', program: parse('') },
    ]);
    await settled(own);
    expect(numberOf(own.reports.get('1'))).toBe(1);
    expect([...own.session.bound]).toEqual([]);
  });

  it('starts no worker for cells that come and go before one is in use', () => {
    session.arrange([{ id: 'fresh', program: parse('1') }]);
    expect(workers).toHaveLength(0);
    expect(session.programs.map(({ id }) => id)).toEqual(['fresh']);
    expect(session.original('fresh')?.program.source).toBe('1');
    session.activate('fresh');
    worker().say(ready);
    expect(
      worker()
        .of('run')[0]
        ?.programs?.map(({ id }) => id),
    ).toEqual(['fresh']);
  });

  it('answers questions in the scope of the page, and leaves nothing of them behind', async () => {
    const own = page('A = [1 2; 3 4]', 'sum(A)');
    const [value, wrong, unknown] = await own.session.evaluate([
      parse('B = A .+ 1; sum(B)'),
      parse('A * [1, 2, 3]'),
      parse('B'),
    ]);
    expect(numberOf(value)).toBe(14);
    expect(wrong?.trouble?.message).toContain('DimensionMismatch');
    expect(unknown?.trouble?.name).toBe('UndefVarError');
    own.session.setProgram('0', parse('A = [5 6]'));
    const [changed] = await own.session.evaluate([parse('sum(A)')]);
    expect(numberOf(changed)).toBe(11);
  });

  it('answers what is asked at the news of another picture with that picture', async () => {
    const own = page('sum(mandrill)');
    const answers: (number | undefined)[] = [];
    own.session.watch({
      picture: () => {
        void own.session.evaluate([parse('sum(mandrill)')]).then(([value]) => answers.push(numberOf(value)));
      },
    });
    await own.session.setPicture('mandrill', new Blob(['x']), 'mine', false);
    await settled(own);
    await own.session.evaluate([parse('1')]);
    expect(answers).toEqual([1.6]);
  });

  it('fetches the part of the library that a question names', async () => {
    const own = page('A = [4 0; 0 9]');
    const [value] = await own.session.evaluate([parse('using LinearAlgebra; det(A)')]);
    expect(numberOf(value)).toBeCloseTo(36);
  });
});
describe('the self-test of an engine', () => {
  const fast = 'tfjs-webgl: fast';
  let known: Map<string, number>;
  let words: string[];

  beforeEach(() => {
    known = new Map();
    words = [];
    session = new Session(
      { page: 'test', programs, pictures: {}, settings: initialSettings },
      {
        worker: () => {
          const one = new FakeWorker();
          workers.push(one);
          return one;
        },
        online: () => true,
        examined: { known: (key) => known.get(key) ?? null, keep: (key, worst) => void known.set(key, worst) },
      },
    );
    session.listen('alone', {
      report: () => undefined,
      busy: () => undefined,
      notice: (sentence) => told.push(sentence),
      engine: (text) => words.push(text),
      picture: () => undefined,
    });
    session.activate('alone');
    worker().say(ready);
  });

  it('is asked for once, and what it finds is told', () => {
    expect(worker().of('examine')).toHaveLength(1);
    worker().say({ kind: 'examined', worst: 3.2e-6 });
    expect(words.at(-1)).toBe('WebGL: fast; exact to 3e-6 here');
    expect(known.get(fast)).toBe(3.2e-6);
    session.stop();
    session.rerun('alone');
    worker().say(ready);
    expect(worker().of('examine')).toHaveLength(0);
    expect(words.at(-1)).toBe('WebGL: fast; exact to 3e-6 here');
  });

  it('that fails ends the engine: the next computes everything again, and the reader is told', () => {
    expect(runs()).toHaveLength(1);
    worker().say({ kind: 'examined', worst: 0.02 });
    const next = worker();
    expect(workers).toHaveLength(2);
    expect(next.of('start')[0]?.settings.engine).toBe('tfjs-wasm');
    next.say({ kind: 'ready', engine: 'tfjs-wasm', why: 'as asked for' });
    expect(next.of('run')).toHaveLength(1);
    expect(told.at(-1)).toBe(
      'WebGL was lost (its self-test on this device is off by 2e-2, where 0.0001 is allowed); WASM goes on.',
    );
  });

  it('that has failed before keeps the engine from running anything', () => {
    known.set(fast, Infinity);
    session.stop();
    session.rerun('alone');
    const refused = worker();
    refused.say(ready);
    expect(refused.of('run')).toHaveLength(0);
    expect(worker().of('start')[0]?.settings.engine).toBe('tfjs-wasm');
    worker().say({ kind: 'ready', engine: 'tfjs-wasm', why: 'as asked for' });
    expect(told.at(-1)).toMatch(/^WebGL did not start \(its self-test .* more than it can say/);
  });

  it('is not asked of the engine that the others are compared with', () => {
    session.set({ engine: 'reference' });
    worker().say({ kind: 'ready', engine: 'reference', why: 'as asked for' });
    expect(worker().of('examine')).toHaveLength(0);
  });
});
