import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePng } from '../src/lib/image/png.ts';
import { readNotebook } from '../src/lib/julia/formats/index.ts';
import type { Picture } from '../src/lib/julia/view.ts';
import type { Engine } from '../src/lib/matrix/engine.ts';
import { ReferenceEngine } from '../src/lib/matrix/reference.ts';
import { createWasm } from '../src/lib/matrix/wasm.ts';
import { runNotebook } from './notebook-run.ts';
import type { CellRun } from './notebook-run.ts';

const folder = path.join(import.meta.dirname, '../tests/fixtures/notebooks');

/** Levels of a picture of 4 x 4, no two columns alike. */
const levels = Uint8Array.from({ length: 16 }, (_, k) => 16 * (k >> 2) * ((k & 3) + 1) + 9 * (k & 3));

function picture(): Picture {
  const grey = Float64Array.from(levels, (x) => x / 255);
  const plane = (): Float32Array => Float32Array.from(grey);
  return { rows: 4, cols: 4, grey, rgb: { red: plane(), green: plane(), blue: plane() } };
}

async function run(name: string, engine: Engine, steps?: number): Promise<CellRun[]> {
  const file = readNotebook(await readFile(path.join(folder, name), 'utf8'), name);
  const pictures = new Map([['square', picture()]]);
  return [...runNotebook(file, engine, pictures, steps === undefined ? {} : { steps })];
}

/** Text, else what went wrong, else nothing; pictures marked. */
const shown = ({ trouble, text, picture: drawn }: CellRun): string =>
  trouble ? trouble.message : `${drawn ? '▦ ' : ''}${text?.split('\n')[0] ?? ''}`;

describe.each([
  ['reference', () => Promise.resolve<Engine>(new ReferenceEngine())],
  ['tfjs-wasm', createWasm],
] as const)('notebooks on %s', (_name, makeEngine) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await makeEngine();
  });

  /** How many pictures each shows, and cells whose texts are the same on every engine, by index. */
  const whole: readonly (readonly [string, number, Readonly<Record<number, string>>])[] = [
    [
      'inverse.ipynb',
      4,
      {
        7: 'Dict{Symbol, Any} with 2 entries:',
        11: '',
        15: 'true',
        17: 'true',
        21: '(CartesianIndex(3, 4), CartesianIndex(4, 4))',
        24: '(Dict{Symbol, Any}, 2, [:knob, :name])',
      },
    ],
    [
      'scales.ipynb',
      7,
      {
        3: '((2, 4), Gray{N0f8})',
        6: '(true, true)',
        12: 'scaled by 2.0',
        13: '(true, 4.0)',
        14: '2×2 Matrix{Tuple{Int64, Int64}}:',
        18: '2×2 Diagonal{Float64, Vector{Float64}}:',
      },
    ],
    ['layers.jl', 1, { 2: '3', 6: '13', 7: '2-element Vector{Float64}:', 9: '"down"', 11: "'l' => 2" }],
  ];
  it.each(whole)('%s: every cell', { timeout: 60_000 }, async (name, pictures, texts) => {
    const cells = await run(name, engine);
    expect(cells.flatMap(({ trouble }) => trouble?.message ?? [])).toEqual([]);
    expect(cells.filter((cell) => cell.picture)).toHaveLength(pictures);
    for (const [k, text] of Object.entries(texts)) expect(cells[Number(k)]?.text?.split('\n')[0] ?? '', k).toBe(text);
  });

  it('greys undotted, functions defined again, pictures as last values', async () => {
    const cells = await run('greys.ipynb', engine);
    const greys = '▦ 4×4 Array{Gray{Float32},2} with eltype Gray{Float32}:';
    expect(cells.map(shown)).toEqual([
      '',
      '▦ 4×4 Array{RGB{N0f8},2} with eltype RGB{N0f8}:',
      greys,
      greys,
      '',
      'stretched (generic function with 1 method)',
      greys,
      'columns (generic function with 1 method)',
      '4×4 Matrix{Float32}:',
      greys,
      greys,
      '▦ 8×8 Array{Gray{Float32},2} with eltype Gray{Float32}:',
      '',
      '4×4 Matrix{Float64}:',
      'Matrix{Gray{Float32}} (alias for Array{Gray{Float32}, 2})',
      '',
      'stretched (generic function with 2 methods)',
      // 41/219 + 0.5
      'Gray{Float32}(0.687215)',
      'stretched (generic function with 2 methods)',
      'true',
      'UndefVarError: `missing_name` not defined in `Main`',
      expect.stringMatching(/^1\.50158\d+f0$/),
      '',
    ]);
    expect(Number(cells[21]?.text?.replace('f0', ''))).toBeCloseTo(Math.hypot(...levels) / 255, 6);
    expect(cells[4]?.printed).toBe('least Gray{Float32}(0.0), greatest Gray{Float32}(0.858824)\n');
    expect(cells.map(({ cell }) => cell.executionCount).slice(-3)).toEqual([21, 22, null]);
    expect(cells[1]?.text?.split('\n')[1]).toMatch(/^ RGB\{N0f8\}\(0\.0,0\.0,0\.0\) /);
    const drawn = cells[2]?.picture;
    if (drawn?.kind !== 'matrix') throw new Error('no picture');
    expect(Array.from(drawn.data, (x) => Math.round(255 * x))).toEqual([...levels]);
  });

  it('warps by comprehension, and loops that write to what an earlier cell defined', async () => {
    const cells = await run('loops.ipynb', engine);
    expect(cells.map(({ trouble }) => trouble)).toEqual(cells.map(() => null));
    expect(cells[6]?.printed).toBe('step 1: 1.0\nstep 2: 3.0\nstep 3: 6.0\nstep 4: 10.0\nstep 5: 15.0\n');
    expect([8, 9, 10, 12].map((k) => cells[k]?.text)).toEqual(['315.0', '(4, [0.0625, 0.125])', '7', '5']);
    // A value after display is the cell's own; here a semicolon hides it.
    expect(cells[11]?.text).toBeNull();
    expect(cells[11]?.displays.map(({ text, picture: drawn }) => [text?.split('\n')[0], drawn?.kind])).toEqual([
      ['2×2 Array{Gray{Float64},2} with eltype Gray{Float64}:', 'matrix'],
      ['"seen"', undefined],
    ]);
  });

  it('ends loops early where it is told to, and says so', async () => {
    const cells = await run('loops.ipynb', engine, 3);
    expect(cells[6]?.text).toBe('6.0');
    expect(cells[6]?.notes).toEqual([expect.stringMatching(/^the loop at .* ended after 3 turns/)]);
    expect(cells[7]?.notes).toEqual([]);
    expect(cells[10]?.text).toBe('3');
  });
});

describe('kinds of notebooks', () => {
  it('of format 3', async () => {
    const cells = await run('worksheets.ipynb', new ReferenceEngine());
    expect(cells.map(({ text }) => text)).toEqual([
      '2×2 Matrix{Int64}:\n 1  2\n 3  4',
      '2×2 Matrix{Int64}:\n 10  14\n 14  20',
    ]);
  });

  it('of another language are refused', async () => {
    await expect(run('python.ipynb', new ReferenceEngine())).rejects.toThrow(/language python/);
  });

  it('of Pluto run in the order of dependence, and a name has one cell', async () => {
    const cells = await run('reactive.jl', new ReferenceEngine());
    expect(cells.map(shown)).toEqual([
      '7',
      '▦ 1×2 Array{Gray{Float64},2} with eltype Gray{Float64}:',
      '5',
      '2',
      '',
      expect.stringContaining('Multiple definitions for twice'),
      expect.stringContaining('Multiple definitions for twice'),
      '2',
      expect.stringContaining('extra token after end of expression'),
    ]);
    expect(cells[4]?.notes).toEqual(['the cell is disabled in the file']);
  });

  it('may note sizes in a Dict inside of what is differentiated', () => {
    const source =
      'p = Dict(:n => 0)\nloss(x) = (p[:n] = length(x); sum(x .^ 2) * p[:n])\ngradient(loss, [1.0, 2.0])[1]';
    const file = readNotebook(source, 'a.jl');
    const [cell] = [...runNotebook(file, new ReferenceEngine(), new Map())];
    expect(cell?.text).toBe('2-element Vector{Float64}:\n 4.0\n 8.0');
  });

  it('know IJulia’s lines that are not Julia', () => {
    const cell = (source: string) => ({ cell_type: 'code', execution_count: 1, metadata: {}, outputs: [], source });
    const sources = [']add Images', ';ls', 'using Pkg\nPkg.add("Images"); Pkg.status()', '?norm'];
    const file = readNotebook(JSON.stringify({ nbformat: 4, metadata: {}, cells: sources.map(cell) }), 'a.ipynb');
    const cells = [...runNotebook(file, new ReferenceEngine(), new Map())];
    expect(cells.map(({ trouble }) => trouble?.message ?? null)).toEqual([
      null,
      'ParseError: a shell command: there is no shell here',
      null,
      null,
    ]);
    expect(cells.map(({ notes }) => notes.length)).toEqual([1, 0, 1, 1]);
  });
});

describe('the command', () => {
  let out: string;
  beforeAll(async () => {
    out = await mkdtemp(path.join(tmpdir(), 'notebook-'));
    await writeFile(path.join(out, 'square.png'), encodePng(4, 4, 1, levels));
  });
  afterAll(() => rm(out, { recursive: true }));

  it('writes the report and the pictures, and ends well though a cell fails', async () => {
    const script = path.join(import.meta.dirname, 'notebook.ts');
    const image = `square=${path.join(out, 'square.png')}`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      ...[script, path.join(folder, 'greys.ipynb'), '--image', image, '--out', path.join(out, 'run')],
    ]);
    expect(stdout).toBe('');
    expect(stderr).toContain('21/23: line 1: UndefVarError');
    const report = JSON.parse(await readFile(path.join(out, 'run', 'report.json'), 'utf8')) as Record<
      string,
      unknown
    >[];
    expect(report).toHaveLength(23);
    expect(report[2]).toMatchObject({
      index: 2,
      executionCount: 3,
      status: 'ok',
      error: null,
      picture: 'cell-002.png',
      cell: 3,
    });
    expect(report[20]).toMatchObject({
      status: 'error',
      error: {
        name: 'UndefVarError',
        message: 'UndefVarError: `missing_name` not defined in `Main`',
        line: 1,
        column: 1,
      },
      text: null,
      picture: null,
    });
    const files = await readdir(path.join(out, 'run'));
    expect(files.filter((name) => name.endsWith('.png'))).toHaveLength(7);
  });
});
