import { describe, expect, it } from 'vitest';
import { ReferenceEngine } from '../matrix/reference.ts';
import { createNodeCpu } from '../matrix/tfjs-node.ts';
import { allPacks } from './library/all.ts';
import { register } from './library/register.ts';
import { Notebook } from './notebook.ts';
import { parse } from './parse/parse.ts';
import { viewText } from './show/display.ts';
import type { CellReport, Picture } from './view.ts';

function notebook(
  sources: Readonly<Record<string, string>>,
  pictures: Readonly<Record<string, Picture>> = {},
): Notebook {
  const book = new Notebook(new ReferenceEngine(), pictures, { packs: allPacks });
  book.setCells(Object.entries(sources).map(([id, source]) => ({ id, program: parse(source) })));
  return book;
}

function said(reports: readonly CellReport[]): Record<string, string> {
  return Object.fromEntries(
    reports.map(({ id, view, trouble }) => [id, view ? viewText(view) : (trouble?.message ?? '')]),
  );
}

describe('reactivity', () => {
  it('runs cells in the order of dependence, and reports in the page’s', () => {
    const book = notebook({ a: 'x + 1', b: 'x = 2' });
    const reports = book.run();
    expect(reports.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(said(reports)).toEqual({ a: '3', b: '2' });
    expect(book.run()).toEqual([]);
  });

  it('runs what depends on a change and nothing else', () => {
    const book = notebook({ a: 'x = 2', b: 'y = 10x', c: 'z = 5', d: 'y + z' });
    book.run();
    book.replaceCell('a', parse('x = 3'));
    expect(said(book.run())).toEqual({ a: '3', b: '30', d: '35' });
    book.replaceCell('c', parse('z = 6'));
    expect(said(book.run())).toEqual({ c: '6', d: '36' });
  });

  it('says why a cell cannot run when the cell it needs has failed, and recovers', () => {
    const book = notebook({ a: 'x = nope', b: 'x + 1', c: '1 + 1' });
    const reports = book.run();
    expect(said(reports)).toEqual({
      a: 'UndefVarError: `nope` not defined in `Main`',
      b: 'UndefVarError: `x` not defined in `Main`, because the cell that defines it has failed',
      c: '2',
    });
    expect(reports[1]?.trouble).toMatchObject({ line: 1, column: 1, from: 0, to: 1 });
    book.replaceCell('a', parse('x = 1'));
    expect(said(book.run())).toEqual({ a: '1', b: '2' });
  });

  it('gives a name one cell', () => {
    const book = notebook({ a: 'x = 1', b: 'x = 2', c: 'x' });
    expect(said(book.run()).a).toMatch(/^Multiple definitions for x/);
    book.replaceCell('b', parse('y = 2'));
    expect(said(book.run())).toEqual({ a: '1', b: '2', c: '1' });
  });

  it('lets any cell assign `_`, which is nobody’s name', () => {
    const book = notebook({
      a: '_ = 1',
      b: '_, x = 2, 3; _ = 4',
      c: 'f(_, y) = y; [f(k, x) for _ in 1:2, k in 1:1]',
      d: '__, _ = 5, 6',
    });
    expect(said(book.run())).toMatchObject({ a: '1', b: '4', d: '(5, 6)' });
    expect(book.run()).toEqual([]);
  });

  it('forgets what a replaced cell defined', () => {
    const book = notebook({ a: 'x = 1', b: 'x' });
    book.run();
    book.replaceCell('a', parse('y = 1'));
    expect(said(book.run())).toEqual({ a: '1', b: 'UndefVarError: `x` not defined in `Main`' });
  });

  it('draws the same random numbers again when a cell runs again', () => {
    const book = notebook({ a: 'k = 1', b: 'k * rand()', c: 'rand()' });
    const first = said(book.run());
    expect(first.b).not.toBe(first.c);
    book.replaceCell('a', parse('k = 1.0'));
    expect(said(book.run()).b).toBe(first.b);
  });

  it('keeps functions, methods and closures across cells', () => {
    const book = notebook({ a: 'f(x) = 2x; f(x, y) = x * y', b: 'add(n) = x -> f(x) + n', c: 'add(1)(3), f(2, 5)' });
    expect(said(book.run()).c).toBe('(7, 10)');
  });
});

describe('controls', () => {
  it('start at their initial value and take what is set', () => {
    const book = notebook({ a: '@bind c Slider(0:0.05:4, default=1)', b: 'c * 2', d: '5' });
    const reports = book.run();
    expect(reports[0]?.controls).toEqual([
      { kind: 'slider', name: 'c', start: 0, step: 0.05, stop: 4, initial: 1, integer: false },
    ]);
    expect(said(reports).b).toBe('2.0');
    book.setBound('c', 0.5);
    expect(said(book.run())).toEqual({ b: '1.0' });
    book.setBound('c', 0.5);
    expect(book.run()).toEqual([]);
    book.setBound('c', 99);
    expect(said(book.run())).toEqual({ b: '8.0' });
    expect(() => book.setBound('c', 'red')).toThrow(/cannot be set/);
  });

  it('keep integers integers, symbols symbols', () => {
    const book = notebook({
      a: '@bind n Slider(1:10)',
      b: '@bind how Select([:exp => "exp(x)", :next => "x + 1"])',
      c: '@bind on CheckBox(default=true)',
      d: 'n, how, on',
    });
    const reports = book.run();
    expect(said(reports).d).toBe('(1, :exp, true)');
    expect(reports[1]?.controls[0]).toMatchObject({
      kind: 'select',
      options: [
        { value: { symbol: 'exp' }, label: 'exp(x)' },
        { value: { symbol: 'next' }, label: 'x + 1' },
      ],
    });
    book.setBound('n', 7);
    book.setBound('how', { symbol: 'next' });
    book.setBound('on', false);
    expect(said(book.run())).toEqual({ d: '(7, :next, false)' });
  });

  it('run their own cell again where it uses them', () => {
    const book = notebook({ a: '@bind k Slider(1:5)\n10k', b: 'k' });
    expect(said(book.run())).toEqual({ a: '10', b: '1' });
    book.setBound('k', 3);
    expect(said(book.run())).toEqual({ a: '30', b: '3' });
  });

  it('may be set before the first run', () => {
    const book = notebook({ a: '@bind k Slider(1:5)', b: '2k' });
    book.setBound('k', 4);
    expect(said(book.run()).b).toBe('8');
  });
});

const picture = (levels: readonly number[]): Picture => ({
  rows: 2,
  cols: 2,
  grey: Float64Array.from(levels, (x) => x / 255),
  rgb: {
    red: Float32Array.from(levels, (x) => x / 255),
    green: Float32Array.from(levels, (x) => x / 255),
    blue: Float32Array.from(levels, (x) => x / 255),
  },
});

describe('pictures', () => {
  it('are found by name, in grey and in colour, and can be replaced', () => {
    const book = notebook(
      { a: 'sum(ours) * 255', b: '1', c: 'Gray.(testimage("ours")) == ours' },
      { ours: picture([1, 2, 3, 4]) },
    );
    expect(said(book.run())).toEqual({ a: '10.0', b: '1', c: 'true' });
    book.setPicture('ours', picture([5, 6, 7, 8]));
    expect(said(book.run())).toEqual({ a: '26.0', c: 'true' });
  });

  it('that are lent are asked for by picture, and hide no name of a program', () => {
    const book = notebook(
      { a: 'sum(picture("cat")) * 255', b: 'sum(picture("ours")) * 255', c: 'cat = 3; cat', d: 'picture("dog")' },
      { ours: picture([1, 2, 3, 4]), 'picture cat': picture([5, 6, 7, 8]) },
    );
    const reports = book.run();
    expect(said(reports)).toMatchObject({ a: '26.0', b: '10.0', c: '3' });
    expect(reports.find(({ id }) => id === 'd')?.trouble?.message).toContain('no picture named "dog"');
    book.setPicture('picture dog', picture([1, 1, 1, 1]));
    expect(book.run().find(({ id }) => id === 'd')?.trouble).toBeNull();
  });

  it('do not stay changed', () => {
    const book = notebook({ a: 'ours[1, 1] = 1; ours[1, 1] + ours[2, 2] * 255' }, { ours: picture([1, 2, 3, 4]) });
    expect(said(book.run()).a).toBe('5.0');
    book.replaceCell('a', parse('sum(ours) * 255'));
    expect(said(book.run()).a).toBe('10.0');
  });
});

describe('parts of the library', () => {
  /** As a page runs a program: with the parts it names, and those it asks for while it runs. */
  function onDemand(source: string): { said: string; packs: string[]; runs: number } {
    const book = new Notebook(new ReferenceEngine());
    book.setCells([{ id: 'a', program: parse(source) }]);
    const packs: string[] = [];
    const reports: CellReport[] = [];
    let runs = 0;
    do {
      for (const name of book.missingPacks(new Set(['a']))) {
        const pack = allPacks.get(name);
        if (pack) book.extend(name, pack);
        packs.push(name);
      }
      reports.push(...book.run());
      runs++;
    } while (book.interrupted && runs < 5);
    return { said: said(reports)['a'] ?? '', packs, runs };
  }

  it('are fetched where a program names them', () => {
    expect(onDemand('norm([3.0, 4.0])')).toEqual({ said: '5.0', packs: ['base'], runs: 1 });
    expect(onDemand('sum([3.0, 4.0])')).toEqual({ said: '7.0', packs: [], runs: 1 });
  });

  it('are fetched where a program turns out to need them, and it runs again', () => {
    const { said, packs, runs } = onDemand('A = [2.0 0; 0 4]\nB = A / [2.0 0; 0 2]\nB[2, 2]');
    expect({ said, packs, runs }).toEqual({ said: '2.0', packs: ['base'], runs: 2 });
    expect(onDemand('([2.0 0; 0 4]^-1)[2, 2]')).toMatchObject({ said: '0.25', packs: ['base'] });
  });

  it('are there from the start where a program changes something, which must not happen twice', () => {
    for (const source of ['v[1] = 2', 'v[1] += 2', 'v .= 2', 'v .+= 1', 'p.x = 1'])
      expect(parse(source).packs, source).toContain('base');
  });

  it('serve every example of the library', () => {
    const examples = register.flatMap(({ examples = [] }) => examples.map(([program]) => program));
    expect(examples.length).toBeGreaterThan(100);
    const differing = examples.filter((source) => onDemand(source).said !== said(notebook({ a: source }).run())['a']);
    expect(differing).toEqual([]);
  });
});

describe('memory', () => {
  it('is given back when cells run again, fail, or go', () => {
    const engine = createNodeCpu();
    const book = new Notebook(engine, { ours: picture([1, 2, 3, 4]) }, { packs: allPacks });
    const start = engine.memory().buffers;
    const program = (n: number): string => `
      A = ours .+ ${n}
      loss(x) = norm(x' * x - A)
      x = A
      for t in 1:5
        x = x - 0.1 * gradient(loss, x)[1]
      end
      f(v) = v > 1 ? sqrt(v) : v^2
      B = f.(x)`;
    book.setCells([
      { id: 'a', program: parse(program(1)) },
      { id: 'b', program: parse('B * B') },
    ]);
    expect(book.run().every(({ trouble }) => trouble === null)).toBe(true);
    const settled = engine.memory().buffers;
    for (let n = 2; n < 6; n++) {
      book.replaceCell('a', parse(program(n)));
      book.run();
    }
    expect(engine.memory().buffers).toBe(settled);
    book.replaceCell('a', parse('B = ours * [1, 2, 3]'));
    expect(said(book.run()).a).toMatch(/DimensionMismatch/);
    expect(engine.memory().buffers).toBe(start);
    book.setCells([]);
    expect(engine.memory().buffers).toBe(start);
  });
});

describe('another list of cells', () => {
  const cells = (sources: Readonly<Record<string, string>>) =>
    Object.entries(sources).map(([id, source]) => ({ id, program: parse(source) }));

  it('keeps the values of those that are the same, and runs what reads a name that came or went', () => {
    const book = notebook({ a: 'x = 1', b: 'y = x + 1', c: 'z = 3' });
    book.run();
    book.arrange(cells({ c: 'z = 3', d: 'x = 5', b: 'y = x + 1' }), new Set(['b', 'c']));
    expect(said(book.run())).toEqual({ d: '5', b: '6' });
    book.arrange(cells({ b: 'y = x + 1', c: 'z = 3' }), new Set(['b', 'c']));
    expect(said(book.run())).toEqual({ b: 'UndefVarError: `x` not defined in `Main`' });
  });

  it('ends a conflict of two definitions with the one that goes, and begins one with the one that comes', () => {
    const book = notebook({ a: 'x = 1', b: 'x = 2', c: 'x' });
    expect(said(book.run()).a).toContain('Multiple definitions');
    book.arrange(cells({ a: 'x = 1', c: 'x' }), new Set(['a', 'c']));
    expect(said(book.run())).toEqual({ a: '1', c: '1' });
    book.arrange(cells({ a: 'x = 1', c: 'x', e: 'x = 3' }), new Set(['a', 'c']));
    expect(said(book.run()).a).toContain('Multiple definitions');
  });

  it('draws random numbers by place, as a page that is opened so would', () => {
    const book = notebook({ a: '1', b: 'r = rand(3)', c: 'sum(r)' });
    book.run();
    const next = { b: 'r = rand(3)', a: '1', c: 'sum(r)' };
    book.arrange(cells(next), new Set(['a', 'b', 'c']));
    const fresh = said(notebook(next).run());
    expect(said(book.run())).toEqual({ b: fresh.b, c: fresh.c });
  });

  it('leaves nothing of what went, in memory or among the controls', () => {
    const engine = createNodeCpu();
    const book = new Notebook(engine, {}, { packs: allPacks });
    const { buffers } = engine.memory();
    book.setCells(cells({ a: '@bind k Slider(1:3)', b: 'M = k .* ones(40, 40)', c: 'sum(M)' }));
    book.run();
    expect(engine.memory().buffers).toBeGreaterThan(buffers);
    book.arrange([], new Set());
    expect(engine.memory().buffers).toBe(buffers);
    book.arrange(cells({ d: 'k = 4', e: 'k' }), new Set());
    expect(said(book.run())).toEqual({ d: '4', e: '4' });
  });
});

describe('reports', () => {
  it('can travel', () => {
    const book = notebook({
      a: 'A = [1 2; 3 4]',
      b: 'plot([1, 2], [3, 4]; title="t", label="l")',
      c: 'println("hi"); nothing',
      d: 'A[1, 1]',
    });
    const reports = book.run();
    expect(structuredClone(reports)).toEqual(reports);
    const [a, b, c] = reports;
    if (a?.view?.kind !== 'matrix') throw new Error('no matrix');
    expect({ ...a.view, data: Array.from(a.view.data) }).toEqual({
      kind: 'matrix',
      rows: 2,
      cols: 2,
      data: [1, 2, 3, 4],
      eltype: 'Int64',
      vector: false,
    });
    // What is sent away is not what the program goes on with.
    a.view.data.fill(0);
    book.replaceCell('d', parse('sum(A)'));
    expect(said(book.run()).d).toBe('10');
    expect(b?.view).toMatchObject({ kind: 'plot', title: 't', series: [{ label: 'l' }] });
    expect(c?.printed).toBe('hi\n');
  });
});
