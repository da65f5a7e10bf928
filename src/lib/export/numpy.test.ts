/** What the translation takes, run by Debian's NumPy, gives what the reference engine gives. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadAllPredefined } from '../image/node-pictures.ts';
import { Notebook } from '../julia/notebook.ts';
import { allPacks } from '../julia/library/all.ts';
import type { Picture, View } from '../julia/view.ts';
import { ReferenceEngine } from '../matrix/reference.ts';
import { NotNumpy, numpyText } from './numpy.ts';
import { aboutCell, type ExportPage } from './page.ts';
import { articles, hasModule, pageOf, runPython } from './testing.ts';

/** Runs programs in one process. Pictures are given as numbers; of each result its shape and some of its numbers come back. */
const runner = `
import json, sys
import numpy as np
given = json.load(sys.stdin)
arrays = {name: np.array(values).reshape(512, 512) / 255 for name, values in given["pictures"].items()}
for program in given["programs"]:
    lines = [f"{line.split(' = ')[0]} = arrays['{line.split(' = ')[0]}']" if ' = picture(' in line else line
             for line in program.split("\\n") if not line.startswith(("import io", "from PIL"))]
    scope = {"arrays": arrays}
    exec("\\n".join(lines), scope)
    result = np.asarray(scope["result"], dtype=float)
    print(json.dumps({"shape": result.shape, "numbers": result.ravel().tolist()[::given["every"]]}))
`;

interface Answer {
  readonly shape: readonly number[];
  readonly numbers: readonly number[];
}

/** Of so many numbers of an article's result one is compared. */
const EVERY = 37;

let pictures: ReadonlyMap<string, Picture>;
beforeAll(async () => {
  pictures = await loadAllPredefined();
});

function numpy(programs: readonly string[], known: ReadonlyMap<string, Picture>, every: number): Answer[] {
  const levels = ({ grey }: Picture): number[] => Array.from(grey, (x) => Math.round(255 * x));
  const greys = Object.fromEntries([...known].map(([name, picture]) => [name, levels(picture)]));
  const said = runPython(runner, JSON.stringify({ pictures: greys, programs, every }));
  return said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

/** What the reference engine shows of the page's cells. */
function reference(page: ExportPage, known: ReadonlyMap<string, Picture>): Map<string, View | null> {
  const notebook = new Notebook(new ReferenceEngine(), known, { packs: allPacks });
  notebook.setCells(page.cells.map(({ id, program }) => ({ id, program })));
  return new Map(notebook.run().map(({ id, view }) => [id, view]));
}

function expected(view: View | null | undefined, every: number): Answer | null {
  if (view?.kind === 'number') return { shape: [], numbers: [view.value] };
  if (view?.kind !== 'matrix') return null;
  const shape = view.vector ? [view.rows] : [view.rows, view.cols];
  return { shape, numbers: [...view.data].filter((_, k) => k % every === 0) };
}

function compare(found: Answer | undefined, wanted: Answer, what: string): void {
  expect(found?.shape, what).toEqual(wanted.shape);
  wanted.numbers.forEach((value, k) => {
    const near = found?.numbers[k] ?? Number.NaN;
    // toBeCloseTo would take one per number of 262,144; a failure names the first.
    if (Math.abs(near - value) > 1e-7 * Math.max(1, Math.abs(value)) || Number.isNaN(near) !== Number.isNaN(value))
      expect(near, `${what}, number ${k} of those compared`).toBe(value);
  });
}

function translated(page: ExportPage, id: string): string | null {
  try {
    return numpyText(aboutCell(page, id));
  } catch (error) {
    if (error instanceof NotNumpy) return null;
    throw error;
  }
}

const SMALL = [
  '[1 2; 3 4] * [5, 6]',
  "[1, 2]' * [3, 4]",
  '[1, 2] * [3 4]',
  "[1, 2] .* [3, 4]'",
  '[1 2; 3 4] .+ [10, 20]',
  '[10, 20] .- [1 2; 3 4]',
  'A = [1 2; 3 4]; A[3]',
  'A = [1 2 3; 4 5 6]; A[:, 2]',
  'A = [1 2 3; 4 5 6]; A[2, 2:end]',
  'A = [1 2 3; 4 5 6]; A[end, 1:2:3] .+ A[1, 1]',
  'vec([1 2; 3 4])',
  'reshape(1:6, 2, 3)',
  'sum([1 2; 3 4]; dims=1)',
  'std([1 2 4; 3 4 9]; dims=2)',
  'mean([1, 2, 4])',
  'maximum([1 2; 3 4]; dims=2) .- [1, 2]',
  'collect_free(x) = x .^ 2 .+ 1\ncollect_free([1 2; 3 4])',
  'f(x) = x > 2 ? sqrt(x) : -x\nf.([1.0 2; 3 4])',
  'f(x, y) = 2x - y / 3\nf.([1, 2], [3 4])',
  '(0:0.1:1)[4]',
  'zeros(5) .+ (1:5)',
  'zeros(4) .+ (10:-3:1)',
  '[1 2; 3 4]^3',
  '-[1 2; 3 4]^2 / 2',
  '2 - 3 - 4 * (5 - 6) / 7',
  '2^3^2',
  '(-2)^2',
  '-2^2',
  '8 / 4 / 2',
  '8 / (4 / 2)',
  'softmax([1 2; 3 4.0]; dims=2)',
  'softmax([1.0, 2.0])',
  'normalize_image_signed([2 4; 6 10])',
  'imresize([1.0 2; 3 4], (4, 3))',
  'imresize([1.0 2 3; 3 4 5; 0 1 7], 2, 5)',
  'A = [1 2; 3 4]; [A I]',
  'A = [1 2; 3 4]; [A; I]',
  'A = [1 2; 3 4]; [A [5, 6]; 7 * A[:, 1:1] A]',
  'A = [1 2; 3 4]; A + I',
  "A = [1 2; 3 4]; A - 2 * A'",
  'norm([3 4; 0 12]) + dot([1, 2], [3, 4]) + tr([1 2; 3 4])',
  'a, b = 2, 3.5; a * b',
  'A = ones(3, 4); n, m = size(A); n * 10 + m + size(A, 2)',
  'zeros(2, 3) .+ fill(7, 2)',
  'Float32.([0.1 0.2])',
  'cumsum([1 2; 3 4]; dims=1)',
  '[1, 2, 3] .>= 2',
  'ifelse.([1 2; 3 4] .> 2, 1.0, 0.0)',
  '@bind c Slider(0:0.5:4, default=1)\nc .* [1 2]',
  'clamp.([1 5 9], 2, 6)',
  'lambda = 3; lambda + π',
  'round.([0.5, 1.5, 2.5])',
  'mod.([-7, 7], 3) .+ rem.([-7, 7], 3)',
];

describe('a cell as NumPy', () => {
  it('gives what Julia gives, for every kind of operation', ({ skip }) => {
    if (!hasModule('numpy')) skip('numpy is not there: apt-get install python3-numpy');
    const list = SMALL.map((source) => pageOf({ cell: source }));
    const programs = list.map(numpyText);
    const answers = numpy(programs, new Map(), 1);
    list.forEach((page, k) => {
      const wanted = expected(reference(page, new Map()).get('cell'), 1);
      if (wanted === null) throw new Error(`${SMALL[k] ?? ''} shows no numbers`);
      compare(answers[k], wanted, SMALL[k] ?? '');
    });
  });

  it('gives what the page shows, for every cell of the articles that it takes', ({ skip }) => {
    if (!hasModule('numpy')) skip('numpy is not there: apt-get install python3-numpy');
    const cases = articles().flatMap((page) => {
      const taken = page.cells.flatMap(({ id }) => {
        const text = translated(page, id);
        return text === null ? [] : [{ id, text }];
      });
      if (taken.length === 0) return [];
      const needed = new Set(taken.flatMap(({ id }) => aboutCell(page, id).cells.map((cell) => cell.id)));
      const views = reference({ ...page, cells: page.cells.filter(({ id }) => needed.has(id)) }, pictures);
      return taken.flatMap(({ id, text }) => {
        const wanted = expected(views.get(id), EVERY);
        return wanted === null ? [] : [{ what: `${page.title}: ${id}`, text, wanted }];
      });
    });
    expect(cases.length).toBeGreaterThan(40);
    const answers = numpy(
      cases.map(({ text }) => text),
      pictures,
      EVERY,
    );
    cases.forEach(({ what, wanted }, k) => compare(answers[k], wanted, what));
  });

  it('reads as a person would write it', () => {
    const page = pageOf({
      hero: "A = normalize_image(softmax(mandrill; dims=1))\nnormalize_image(A' * A[:, 1:128])",
    });
    const text = numpyText(page);
    expect(text).toMatch(
      /^# A page\n# https:\/\/example\.org\/page\/\n\nimport io, urllib\.request\nfrom PIL import Image\nimport numpy as np\n/,
    );
    expect(text).toContain('mandrill = picture("https://example.org/mandrill.png")\n');
    expect(
      text.endsWith('\nA = normalize_image(softmax(mandrill, axis=0))\nresult = normalize_image(A.T @ A[:, 0:128])\n'),
    ).toBe(true);
  });

  it.each([
    ['[x for x in 1:3]', 'it uses a comprehension (`[x for x in 1:3]`)'],
    ['for i in 1:3; end', 'it uses a loop'],
    ['"a"', 'it uses text'],
    ['svd([1 2; 3 4])', 'svd has no translation here'],
    ['[1 2; 3 4] + 1', '+ of these is no operation of arrays'],
    ['f(x; k = 1) = x\nf(2)', 'f takes defaults, keywords or types'],
    ['f(x) = x', 'it ends with a definition, and has no value'],
    ['[1, 2, 3][[1, 3]]', 'it takes elements by a list or a mask'],
    ['testimage("mandrill")', 'testimage has no translation here'],
    ['sum(abs, [1, 2])', 'sum has no translation here'],
  ])('%s is refused in a sentence', (source, why) => {
    expect(() => numpyText(pageOf({ cell: source }))).toThrow(`This cell has no NumPy form: ${why}`);
  });
});
