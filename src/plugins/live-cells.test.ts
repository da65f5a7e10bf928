import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unified } from '@astrojs/markdown-remark';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StaticCell } from '../notebook/static-cell.ts';
import type { CellReport, View } from '../lib/julia/view.ts';
import type { BuildEngine } from './build-engine.ts';
import liveCells from './live-cells.ts';

let root: string;
let engine: BuildEngine;

const picture: View = {
  kind: 'matrix',
  rows: 30,
  cols: 40,
  data: Float64Array.from({ length: 1200 }, (_, k) => k / 1199),
  eltype: 'Float64',
  vector: false,
};
const report = (id: string, source: string): CellReport => {
  const number: View = { kind: 'number', value: 20.39853, text: '20.39853' };
  const trouble = {
    name: 'UndefVarError',
    message: 'UndefVarError: `nobody` not defined in `Main`',
    from: 0,
    to: 6,
    line: 2,
    column: 1,
  };
  if (source.includes('nobody')) return { id, view: null, trouble, printed: '', controls: [], milliseconds: 1 };
  return {
    id,
    view: source.includes('norm') ? number : picture,
    trouble: null,
    printed: '',
    controls: [],
    milliseconds: 1,
  };
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'plugin-'));
  engine = {
    version: '1',
    pictures: new Map([['mandrill', 'aa']]),
    run: (cells) => Promise.resolve(cells.map(({ id, program }) => report(id, program.source))),
    picture: (name, _folder, colour) => Promise.resolve(`${name}-${colour ? 'colour' : 'grey'}.png`),
    with: () => engine,
  };
});
afterEach(() => rm(root, { recursive: true }));

async function compile(text: string): Promise<string> {
  const processor = unified({ remarkPlugins: [[liveCells, { root, engine }]] });
  const renderer = await processor.createMdxRenderer?.({ syntaxHighlight: false } as never, {
    optimize: false,
    srcDir: pathToFileURL(root),
    sourcemap: false,
  });
  if (renderer === undefined) throw new Error('no MDX');
  return (await renderer.process(text, join(root, 'content', 'poster', 'index.mdx'), {})).code;
}

/** The data of the cells in compiled code, in order. */
function cellsIn(code: string): StaticCell[] {
  return [...code.matchAll(/cell: ("(?:[^"\\]|\\.)*")/g)].map(
    ([, text = '']) => JSON.parse(JSON.parse(text) as string) as StaticCell,
  );
}

describe('live fences', () => {
  test('become cells with their imports, and other fences stay', async () => {
    const code = await compile(
      '```julia\nx\n```\n\n```julia live id="one" caption="A *fine* $x$."\nA = mandrill\n```\n\n```python\nlive\n```\n',
    );
    expect(code).toContain('from "/src/components/Cell/Cell.astro"');
    expect(code).toMatch(/import cellPicture_\w+ from "\/\.cache\/cells\/\w+\.(webp|png)\?url"/);
    expect(code).toContain('from "/.cache/cells/mandrill-grey.png?url"');
    const [cell, ...rest] = cellsIn(code);
    expect(rest).toEqual([]);
    expect(cell).toMatchObject({
      id: 'one',
      source: 'A = mandrill',
      pictures: ['mandrill'],
      eager: true,
      page: 'content-poster-index',
    });
    expect(cell?.alt).toBe('A fine $x$. 30 × 40, values from 0 to 1.');
    expect(code).toContain('"fine"');
  });

  test('the first picture is fetched at once, the rest when they come near', async () => {
    const cells = cellsIn(await compile('```julia live\nmandrill\n```\n\n```julia live\nmandrill .+ 1\n```\n'));
    expect(cells.map(({ eager }) => eager)).toEqual([true, false]);
  });

  test('neighbours of one group stand together, others do not', async () => {
    const fence = (group: string): string => `\`\`\`julia live group="${group}"\nmandrill\n\`\`\`\n\n`;
    const code = await compile(fence('a') + fence('a') + fence('b') + 'text\n\n' + fence('b'));
    expect([...code.matchAll(/"data-count": "(\d)"/g)].map(([, count]) => count)).toEqual(['2', '1', '1']);
  });

  test('a set-up cell runs and is not shown; its program goes with the page', async () => {
    const code = await compile('```julia live setup\nf(x) = 2x\n```\n\n```julia live\nf(mandrill)\n```\n');
    expect(cellsIn(code).map(({ source }) => source)).toEqual(['f(mandrill)']);
    expect(code).toContain('f(x) = 2x');
  });

  test('a number in prose', async () => {
    const code = await compile('It is <Value of="norm(mandrill)" digits={3} /> here.\n');
    expect(code).toContain('text: "20.4"');
    expect(code).toContain('exact: "20.39853"');
    expect(code).not.toContain('CellPage');
  });

  test('a picture in prose is a cell whose code is hidden', async () => {
    const [cell] = cellsIn(await compile('<Picture of="mandrill" alt="A mandrill." caption="The factor." />\n'));
    expect(cell).toMatchObject({ hideCode: true, show: 'picture', alt: 'A mandrill.' });
  });

  test('colours are shipped only where a program asks for them', async () => {
    expect(await compile('```julia live\ntestimage("mandrill")\n```\n')).toContain('mandrill-colour.png');
  });
});

describe('mistakes stop the build, and say where', () => {
  test.each([
    ['# Title\n\n```julia live\nx = 1\nnobody + x\n```\n', /UndefVarError: `nobody` not defined in `Main`/, 5],
    ['```julia live\nx = (1\n```\n', /ParseError/, 2],
    ['text\n\n```julia live captoin="x"\n1\n```\n', /captoin/, 3],
    ['```julia live id="a"\n1\n```\n\n```julia live id="a"\n2\n```\n', /two cells/, 5],
    ['```julia live error\nmandrill\n```\n', /runs without one/, 1],
    ['text <Value of="nobody" />\n', /UndefVarError/, 1],
  ])('%j', async (text, message, line) => {
    const error = await compile(text).then(
      () => null,
      (reason: unknown) => reason as Error & { line?: number },
    );
    expect(error?.message).toMatch(message);
    expect(error?.line).toBe(line);
  });

  test('unless the author wants to show the mistake', async () => {
    const [run, parse] = cellsIn(
      await compile('```julia live error\nx = 1\nnobody\n```\n\n```julia live error\nx = (1\n```\n'),
    );
    expect(run?.trouble?.message).toContain('nobody');
    expect(parse?.trouble?.name).toBe('ParseError');
  });
});

describe('what stands with a cell', () => {
  test('its dataflow', async () => {
    const code = await compile('<Found>\n\n```julia live id="m" graph\nA = mandrill\nA * A\n```\n\n</Found>\n');
    expect(code).toContain('from "/src/components/DataflowGraph/DataflowGraph.astro"');
    expect(JSON.parse(/payload: ("(?:[^"\\]|\\.)*")/.exec(code)?.[1] ?? '""') as string).not.toContain('"m--');
    expect(code).toMatch(/"\/\.cache\/cells\/small-\w+\.webp\?url"/);
  });

  test('a player needs a slider of the name it is given', async () => {
    await expect(compile('```julia live animate="knob"\nmandrill\n```\n')).rejects.toThrow(
      'no cell of this page binds a slider to knob',
    );
  });
});
