import { describe, expect, test } from 'vitest';
import { parse } from './parse/parse.ts';
import { Notebook } from './notebook.ts';
import { ReferenceEngine } from '../matrix/reference.ts';
import { flowOf, valueProgram } from './dataflow.ts';
import { flowSteps, flowSvg } from '../../components/DataflowGraph/flow-html.ts';
import { place } from '../../components/DataflowGraph/layout.ts';

const pictures = ['mandrill', 'airplane'];
const cells = (...sources: string[]): { id: string; program: ReturnType<typeof parse> }[] =>
  sources.map((source, k) => ({ id: `c${k}`, program: parse(source) }));

/** `name <- names it is made from`, in order. */
function drawn(target: string, ...sources: string[]): string[] {
  const nodes = flowOf(cells(...sources), target, pictures);
  const called = new Map(nodes.map(({ id, name, kind }) => [id, name === '' ? kind : name]));
  return nodes.map(({ id, from }) =>
    `${called.get(id) ?? ''} <- ${from.map((other) => called.get(other)).join(' ')}`.trim(),
  );
}

describe('the dataflow of a cell', () => {
  test('follows assignments to the result', () => {
    expect(drawn('c0', 'a = softmax(mandrill; dims=1)\nb = a * airplane\nnormalize_image(b)')).toEqual([
      'mandrill <-',
      'a <- mandrill',
      'airplane <-',
      'b <- a airplane',
      'result <- b',
    ]);
  });

  test('goes through other cells, controls and the globals of functions, and leaves out what the result does not need', () => {
    const first = '@bind k Slider(0:3)\nheight = 2k\nwarp(x) = x .+ height\nunused = mandrill';
    expect(drawn('c1', first, 'b = warp(airplane)')).toEqual([
      'k <-',
      'height <- k',
      'airplane <-',
      'b <- height airplane',
    ]);
  });

  test('a name that is assigned again is another value', () => {
    const nodes = flowOf(cells('x = mandrill\nx = 2x\nx .*= 3\nx'), 'c0', pictures);
    expect(nodes.map(({ name, kind, current }) => [name, kind, current])).toEqual([
      ['mandrill', 'source', true],
      ['x', 'step', false],
      ['x', 'step', false],
      ['x', 'result', true],
    ]);
    expect(nodes.map(({ from }) => from)).toEqual([[], ['n0'], ['n1'], ['n2']]);
  });

  test('several names at once, changes of elements, loops, pictures by testimage', () => {
    expect(drawn('c0', 'a, b = mandrill, airplane\na[1, 1] = b[1, 1]\na')).toEqual([
      'mandrill <-',
      'airplane <-',
      'a <- mandrill',
      'b <- airplane',
      'a <- b a',
    ]);
    expect(drawn('c0', 's = 0\nfor i in 1:3\n s += sum(mandrill)\nend\ns')).toContain('mandrill <-');
    expect(drawn('c0', 'testimage("mandrill")')).toEqual(['mandrill <-', 'result <- mandrill']);
  });

  test('the program of a node shows its value: numbers as they are, arrays stretched', () => {
    const notebook = new Notebook(new ReferenceEngine());
    notebook.setCells([
      ...cells('x = [2.0 4; 6 10]; y = 7'),
      { id: 'x', program: valueProgram('x') },
      { id: 'y', program: valueProgram('y') },
    ]);
    const views = notebook.run().map(({ view }) => view);
    expect(views[1]).toMatchObject({ kind: 'matrix', data: Float64Array.of(0, 0.25, 0.5, 1) });
    expect(views[2]).toMatchObject({ kind: 'number', value: 7 });
  });
});

describe('the layout', () => {
  const box = { width: 100, height: 50 };
  const diamond = [
    { id: 'a', from: [], ...box },
    { id: 'b', from: ['a'], ...box },
    { id: 'c', from: ['a'], ...box },
    { id: 'd', from: ['b', 'c', 'a'], ...box },
  ];

  test('puts a node below all it is made from, and no two on one place', () => {
    const { places, width, height } = place(diamond);
    const y = (id: string): number => places.get(id)?.y ?? NaN;
    expect(y('a')).toBeLessThan(y('b'));
    expect(y('b')).toBe(y('c'));
    expect(y('c')).toBeLessThan(y('d'));
    expect(Math.abs((places.get('b')?.x ?? 0) - (places.get('c')?.x ?? 0))).toBeGreaterThanOrEqual(100);
    for (const { x, y: top } of places.values()) {
      expect(x >= 0 && x + 100 <= width && top >= 0 && top + 50 <= height).toBe(true);
    }
  });

  test('an edge that passes a layer stays clear of its nodes', () => {
    const { edges, places } = place(diamond);
    const long = edges.find(({ from, to }) => from === 'a' && to === 'd');
    const passing = (long?.points ?? []).filter(
      ({ y }) => y >= (places.get('b')?.y ?? 0) && y <= (places.get('b')?.y ?? 0) + 50,
    );
    expect(passing).toHaveLength(2);
    for (const id of ['b', 'c']) {
      const left = places.get(id)?.x ?? 0;
      for (const { x } of passing) expect(x < left || x > left + 100).toBe(true);
    }
  });
});

test('graph and list say the same, with code escaped', () => {
  const nodes = flowOf(cells('a = mandrill .< 0.5\na'), 'c0', pictures);
  const svg = flowSvg('g', nodes, new Map([['n0', { picture: 'm.webp' }]]));
  expect(svg).toContain('href="m.webp"');
  expect(svg.match(/class="flow-edge"/g)).toHaveLength(1);
  expect(svg).toContain('<title>a = mandrill .&lt; 0.5</title>');
  expect(flowSteps(nodes)).toContain(
    '<li><code>a</code>, the result, from <code>mandrill</code>: <code>mandrill .&lt; 0.5</code></li>',
  );
});
