import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readNotebook, type NotebookFile } from '../../lib/julia/formats/index.ts';
import { allPacks } from '../../lib/julia/library/all.ts';
import { Notebook } from '../../lib/julia/notebook.ts';
import { parse } from '../../lib/julia/parse/parse.ts';
import { viewText } from '../../lib/julia/show/display.ts';
import { ReferenceEngine } from '../../lib/matrix/reference.ts';
import type { LabDocument } from './document.ts';
import { openedNotebook } from './opened.ts';
import { assignedNames, renamed } from './rename.ts';

function jupyter(...sources: string[]): NotebookFile {
  const cells = sources.map((source) => ({
    kind: 'code' as const,
    source,
    id: null,
    executionCount: null,
    disabled: false,
  }));
  return { kind: 'jupyter', cells };
}

const open = (file: NotebookFile): LabDocument => openedNotebook(file, 'a.ipynb', ['mandrill']).document;
const sourcesOf = ({ cells }: LabDocument): string[] => cells.map(({ source }) => source);
const kindsOf = ({ cells }: LabDocument): string => cells.map(({ kind }) => kind[0]).join('');

/** What the live cells come to, in the lab. */
function values({ cells }: LabDocument): (string | null)[] {
  const notebook = new Notebook(new ReferenceEngine(), {}, { packs: allPacks });
  const live = cells.filter(({ kind }) => kind === 'code');
  notebook.setCells(live.map(({ id, source }) => ({ id, program: parse(source) })));
  return notebook.run().map(({ view, trouble }) => trouble?.message ?? (view && viewText(view)));
}

describe('a notebook whose names have several values', () => {
  it('gives each a name, and means in every cell what it meant', () => {
    const opened = open(jupyter('x = 1', 'y = x + 1', 'x = 10', 'y + x', 'x = x + y', 'x'));
    expect(sourcesOf(opened)).toEqual(['x = 1', 'y = x + 1', 'x_2 = 10', 'y + x_2', 'x_3 = x_2\nx_3 = x_3 + y', 'x_3']);
    expect(values(opened)).toEqual(['1', '2', '10', '12', '12', '12']);
    expect(opened.cells[2]?.note).toBe('Another cell defines `x` too: here it is `x_2`.');
  });

  it('leaves alone what is only called alike', () => {
    const opened = open(
      jupyter('k = 1', 'k = 2\nf(x; w=1) = x + w\nf(k; w = k)', '(k = k, s = :k)', 't = (k = 5,)\nt.k + k'),
    );
    expect(sourcesOf(opened).slice(1)).toEqual([
      'k_2 = 2\nf(x; w=1) = x + w\nf(k_2; w = k_2)',
      '(k = k_2, s = :k)',
      't = (k = 5,)\nt.k + k_2',
    ]);
    expect(values(opened).at(-1)).toBe('7');
  });

  it('does not run what it cannot rename, nor what reads it', () => {
    const opened = open(jupyter('w = 1', 'w = 2\ng(x; w=3) = x + w', 'w + 1', 'w = 5', 'w'));
    expect(kindsOf(opened)).toBe('cllcc');
    expect(sourcesOf(opened).slice(3)).toEqual(['w_3 = 5', 'w_3']);
    expect(opened.cells[1]?.note).toContain('`w` has a value from another cell already');
    expect(opened.cells[2]?.note).toContain('it reads `w`');
  });

  it('takes no name that is in use', () => {
    expect(sourcesOf(open(jupyter('a = 1', 'a_2 = 5', 'a = a_2', 'a')))).toEqual([
      'a = 1',
      'a_2 = 5',
      'a_3 = a_2',
      'a_3',
    ]);
  });
});

describe('what lies outside the subset', () => {
  it('is marked with the reason, with all that needs it', () => {
    const opened = open(jupyter('macro twice(x) :($x * 2) end', 'n = nowhere(3)', 'm = n + 1', 'k = 1 + 1'));
    expect(kindsOf(opened)).toBe('lllc');
    expect(opened.cells.map(({ note }) => note)).toEqual([
      expect.stringMatching(/^Not run: .*macro.*\(line 1\)\.$/),
      'Not run: `nowhere` is not in the library here, and no cell that runs defines it.',
      'Not run: `n` is not in the library here, and no cell that runs defines it.',
      '',
    ]);
  });

  it('says so of shells, packages and cells that were switched off', () => {
    const opened = open({
      kind: 'jupyter',
      cells: [
        ...jupyter(';ls', ']add Flux', '?sum').cells,
        { kind: 'code', source: '1', id: null, executionCount: null, disabled: true },
      ],
    });
    expect(kindsOf(opened)).toBe('llll');
    expect(opened.cells[1]?.note).toBe('Not run: no package needs installing here.');
  });

  it('gives a later value to a name, and then the name is not what it was', () => {
    const opened = open(jupyter('a = 1', 'a = @nonsense 3 {', 'a'));
    expect(kindsOf(opened)).toBe('cll');
  });
});

it('a script becomes cells where blank lines part its statements, not inside of them', () => {
  const text = '# first\nx = 1\ny = 2\n\n# second\nfunction f(a)\n    b = a\n\n    b + 1\nend\n\nf(x)\n';
  const { document, sentence } = openedNotebook(readNotebook(text, 'a.jl'), 'a.jl', []);
  expect(sourcesOf(document)).toEqual([
    '# first\nx = 1\ny = 2',
    '# second\nfunction f(a)\n    b = a\n\n    b + 1\nend',
    'f(x)',
  ]);
  expect(sentence).toBe('a.jl: 3 cells of Julia.');
  expect(values(document).at(-1)).toBe('2');
});

it('the notebooks of other programs open: Jupyter of formats 3 and 4, and Pluto', () => {
  const kinds = ['greys.ipynb', 'loops.ipynb', 'worksheets.ipynb', 'reactive.jl'].map((name) => {
    const file = readNotebook(readFileSync(`tests/fixtures/notebooks/${name}`, 'utf8'), name);
    const { document } = openedNotebook(file, name, ['mandrill', 'airplane']);
    for (const { kind, note } of document.cells) expect(kind === 'listing').toBe(note.startsWith('Not run: '));
    return kindsOf(document);
  });
  expect(kinds).toMatchInlineSnapshot(`
    [
      "tcccccccccccccccccccclct",
      "ccccccccccccl",
      "tcc",
      "tcccclcccc",
    ]
  `);
});

it('the names that a text assigns are seen where it is no program', () => {
  expect(assignedNames('a = {1}\nb, c = 1, 2\nf(x) = $x\nfunction g() end\nlet\n z = 1\nend')).toEqual(
    expect.arrayContaining(['a', 'b', 'c', 'f', 'g']),
  );
});

it('names in texts and comments: what is interpolated is a name, the rest is text', () => {
  expect(renamed('"x is $x and $(x + 1)" # x', new Map([['x', 'x_2']]))).toBe('"x is $x_2 and $(x_2 + 1)" # x');
  expect(renamed('(; x) = t', new Map([['x', 'x_2']]))).toBeNull();
});
