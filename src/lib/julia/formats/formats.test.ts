import { describe, expect, it } from 'vitest';
import { readNotebook } from './index.ts';

const jupyter = (notebook: object): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 2, metadata: {}, ...notebook });
const code = { cell_type: 'code', execution_count: 7, metadata: {}, outputs: [], source: '1 + 1' };

describe('Jupyter’s files', () => {
  it('keep their cells in order, code among text', () => {
    const file = readNotebook(
      jupyter({
        cells: [
          { cell_type: 'markdown', metadata: {}, source: ['# Title\n', 'and text'] },
          { ...code, source: ['a = 1\n', 'a + 1'], id: 'sum' },
          { cell_type: 'raw', metadata: {}, source: 'raw' },
          { ...code, execution_count: null, source: [] },
        ],
      }),
      'a.ipynb',
    );
    expect(file.kind).toBe('jupyter');
    expect(file.cells.map(({ kind, source, executionCount, id }) => [kind, source, executionCount, id])).toEqual([
      ['markdown', '# Title\nand text', null, null],
      ['code', 'a = 1\na + 1', 7, 'sum'],
      ['raw', 'raw', null, null],
      ['code', '', null, null],
    ]);
  });

  it('are read in format 3 as well', () => {
    const file = readNotebook(
      jupyter({
        nbformat: 3,
        metadata: { language: 'Julia' },
        worksheets: [
          { cells: [{ cell_type: 'heading', level: 1, source: 'Old' }] },
          { cells: [{ cell_type: 'code', input: ['1 +\n', '1'], language: 'python', prompt_number: 3, outputs: [] }] },
        ],
      }),
      'old.ipynb',
    );
    expect(file.cells.map(({ kind, source, executionCount }) => [kind, source, executionCount])).toEqual([
      ['markdown', 'Old', null],
      ['code', '1 +\n1', 3],
    ]);
  });

  it.each([
    ['{', /not JSON/],
    ['{"cells": []}', /does not say its nbformat/],
    [jupyter({ nbformat: 5, cells: [] }), /nbformat 5, and 3 and 4 can be read/],
    [jupyter({ cells: [], metadata: { kernelspec: { language: 'python', name: 'python3' } } }), /language python/],
    [jupyter({ cells: [], metadata: { kernelspec: { name: 'ir' } } }), /language ir/],
    [jupyter({ metadata: {} }), /no list of cells/],
    [jupyter({ cells: [{ ...code, source: 3 }] }), /Cell 1 has no text/],
    [jupyter({ cells: [{ ...code, cell_type: 'sql' }] }), /unknown kind sql/],
  ])('%s is refused', (text, message) => {
    expect(() => readNotebook(text, 'a.ipynb')).toThrow(message);
  });

  it('may leave the language unsaid, or name a version of Julia’s kernel', () => {
    expect(readNotebook(jupyter({ cells: [code] }), 'a.ipynb').cells).toHaveLength(1);
    expect(
      readNotebook(jupyter({ cells: [], metadata: { kernelspec: { name: 'julia-1.6' } } }), 'a.ipynb').cells,
    ).toEqual([]);
  });
});

describe('Pluto’s files', () => {
  const [a, b] = ['10000000-0000-4000-8000-00000000000a', '10000000-0000-4000-8000-00000000000b'];
  const pluto = (...parts: string[]): string => ['### A Pluto.jl notebook ###\n# v0.19.9\n', ...parts].join('\n');

  it('stand in the order that the end tells, without the cells of packages', () => {
    const file = readNotebook(
      pluto(
        'macro bind(def, element)\nend\n',
        `# ╔═╡ ${a}\nx = y\n`,
        `# ╔═╡ ${b}\n# ╠═╡ disabled = true\n#=╠═╡\ny = 1\n  ╠═╡ =#\n`,
        '# ╔═╡ 00000000-0000-0000-0000-000000000001\nPLUTO_PROJECT_TOML_CONTENTS = ""\n',
        `# ╔═╡ Cell order:\n# ╟─${b}\n# ╠═${a}\n# ╟─00000000-0000-0000-0000-000000000001\n`,
      ),
      'p.jl',
    );
    expect(file.kind).toBe('pluto');
    expect(file.cells.map(({ id, source, disabled }) => [id, source, disabled])).toEqual([
      [b, 'y = 1', true],
      [a, 'x = y', false],
    ]);
  });

  it('have text in cells of md, unless a value stands in it', () => {
    const file = readNotebook(
      pluto(`# ╔═╡ ${a}\nmd"""\n# Title\n"""\n`, `# ╔═╡ ${b}\nmd"x is $(x)"\n`).replaceAll('\n', '\r\n'),
      'p.jl',
    );
    expect(file.cells.map(({ kind }) => kind)).toEqual(['markdown', 'code']);
  });

  it('name only cells that they have', () => {
    expect(() => readNotebook(pluto(`# ╔═╡ Cell order:\n# ╠═${a}\n`), 'p.jl')).toThrow(`not there: ${a}`);
    expect(() => readNotebook(pluto('# ╔═╡ nobody\n1\n'), 'p.jl')).toThrow('without an identifier: nobody');
  });
});

it('a script is one cell, and other files are none', () => {
  expect(readNotebook('a = 1\na', 'a.jl')).toMatchObject({
    kind: 'script',
    cells: [{ kind: 'code', source: 'a = 1\na' }],
  });
  expect(() => readNotebook('a = 1', 'a.py')).toThrow('a.py is neither a Jupyter notebook (.ipynb) nor Julia (.jl).');
});
