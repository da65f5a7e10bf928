import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNotebook } from '../julia/formats/index.ts';
import { register } from '../julia/library/register.ts';
import { parse } from '../julia/parse/parse.ts';
import { evaluate, numbersOf } from '../julia/testing.ts';
import { HELPERS } from './helpers.ts';
import { jupyterText } from './jupyter.ts';
import { juliaText } from './julia.ts';
import { PACKAGES } from './packages.ts';
import { aboutCell, inRunningOrder, type ExportPage } from './page.ts';
import { identifier, plutoCells, plutoText } from './pluto.ts';
import { plainSource } from './source.ts';
import { articles, hasModule, pageOf, runPython } from './testing.ts';

const page = pageOf({
  hero: "@bind c Slider(0:0.05:4, default=1)\nA = normalize_image(f(mandrill))\nnormalize_image(c .* A' * A)",
  definition: 'f(x) = softmax(x; dims=1)',
  other: 'mean(airplane)',
});

describe('a cell as Julia', () => {
  it('has its packages, functions, pictures and the cells that it needs, in an order that runs', () => {
    expect(juliaText(aboutCell(page, 'hero'))).toBe(`# A page
# https://example.org/page/
# Julia 1.10 or later, to be pasted into the REPL.
# Once: import Pkg; Pkg.add(["Images", "NNlib", "TestImages"])

using NNlib: softmax
using TestImages: testimage
using Images: Gray

${HELPERS[0]?.source}

mandrill = Float64.(Gray.(testimage("mandrill")))

f(x) = softmax(x; dims=1)

c = 1.0
A = normalize_image(f(mandrill))
normalize_image(c .* A' * A)
`);
  });

  it('holds pictures that were lent, each as a variable', () => {
    const text = juliaText(
      pageOf(
        { a: 'picture("my cat") * picture("grass") * picture("mandrill")' },
        {
          pictures: [
            { name: 'mandrill', address: '' },
            { name: 'picture my cat', address: '', own: 'my cat' },
            { name: 'picture grass', address: 'https://example.org/grass.png' },
            { name: 'picture noise', address: 'https://example.org/noise.png' },
          ],
        },
      ),
    );
    expect(text).toContain('picture_my_cat = Float64.(Gray.(load(picture_my_cat_file)))');
    expect(text).toContain('picture_grass_file = download("https://example.org/grass.png")');
    expect(text).toContain('mandrill = Float64.(Gray.(testimage("mandrill")))');
    expect(text).toContain('\npicture_my_cat * picture_grass * mandrill\n');
    expect(text).not.toContain('noise');
    expect(text).not.toContain('picture(');
  });

  it('holds the reader’s settings and pictures', () => {
    const cells = {
      set: '@bind c Slider(0:4)\n@bind t CheckBox()\n@bind w Select([:a => "first", :b => "second"])',
      use: 'c .* airplane, testimage("airplane")',
    };
    const text = juliaText(
      pageOf(cells, {
        bound: new Map<string, number | boolean | { symbol: string }>([
          ['c', 3],
          ['t', true],
          ['w', { symbol: 'b' }],
        ]),
        pictures: [{ name: 'airplane', address: 'https://example.org/a.png', own: 'my "cat" for $5.jpg' }],
      }),
    );
    expect(text).toContain('c = 3\nt = true\nw = :b\n');
    expect(text).toContain(String.raw`airplane_file = "my \"cat\" for \$5.jpg" # your own`);
    expect(text).toContain('airplane = Float64.(Gray.(load(airplane_file)))');
    expect(text).toContain('load(airplane_file)\n');
    expect(text).not.toContain('testimage');
  });

  it.each([
    ['Slider(0:0.5:4)', '0.0'],
    ['Slider(2:9)', '2'],
    ['Slider([3, 5]; default=5)', '5'],
    ['Select(["a", "b"])', '"a"'],
    ['Select([1 => "one"])', '1'],
    ['Select([1, 2]; default=2)', '2'],
    ['CheckBox()', 'false'],
    ['CheckBox(default=true)', 'true'],
  ])('`@bind x %s` begins with %s, as on the page', (control, value) => {
    expect(plainSource(parse(`@bind x ${control}`), new Map(), new Set())).toBe(`x = ${value}`);
    expect(evaluate(`@bind x ${control}\nrepr(x)`).text).toBe(JSON.stringify(value));
  });

  it('leaves a name to the cell that defines it', () => {
    const text = juliaText(pageOf({ a: 'mean(x) = 7', b: 'mean([1, 2]) + norm([1, 2])' }));
    expect(text).toContain('using LinearAlgebra: norm');
    expect(text).not.toContain('Statistics');
  });

  it('is Julia for every article', () => {
    for (const article of articles()) expect(() => parse(juliaText(article))).not.toThrow();
  });
});

describe('the functions that are written out', () => {
  it.each(HELPERS.map(({ name, source }) => [name, source]))('%s gives what the page’s own gives', (name, source) => {
    const own = source.replaceAll(name, `own_${name}`);
    for (const x of ['[2 4; 6 10]', '[0.25, -3.5, 1e3]', '[1.0 2.0 3.0]']) {
      expect(numbersOf(`${own}\nown_${name}(${x})`)).toEqual(numbersOf(`${name}(${x})`));
    }
  });

  it('are all that the packages do not have', () => {
    const decided = new Set([...Object.values(PACKAGES).flat(), ...HELPERS.map(({ name }) => name)]);
    const packs = new Set(['linalg', 'pictures', 'flux', 'plots', 'zygote']);
    // Julia's own, and names that stand behind their module's: Kernel.gaussian.
    const undecided = register.filter(
      ({ name, pack }) => packs.has(pack ?? '') && !decided.has(name) && !name.includes('.'),
    );
    expect(undecided.map(({ name }) => name)).toEqual(['\\']);
    const known = new Set(register.map(({ name }) => name));
    const unknown = [...decided].filter((name) => !known.has(name));
    expect(unknown).toEqual(['N0f8']);
  });
});

const sources = fc.array(
  fc.constantFrom(
    'x = 1',
    'y = [1 2; 3 4]\ny .* 2',
    '# only words',
    '@bind c Slider(0:3)\nc + 1',
    'z = "a\n  b"',
    'norm([3, 4]);',
    'md = """\nlong\n"""',
  ),
  { maxLength: 6 },
);
const captions = fc.oneof(
  fc.constantFrom('', 'Plain.', 'With $x^2$ and "quotes".', 'a\\b', '# A title\n\n$$\ny\n$$'),
  fc.string(),
);
const pages = fc.tuple(sources, captions).map(([list, caption]) => ({
  ...pageOf({}),
  cells: list.map((source, k) => ({ id: `cell-${k}`, program: parse(source), caption })),
}));

describe('a cell with what it needs', () => {
  it('leaves the texts of the others behind, and the pictures that it does not name', () => {
    const told = { ...page, cells: page.cells.map((one) => ({ ...one, prose: 'before', caption: 'beneath' })) };
    const { cells, pictures } = aboutCell(told, 'hero');
    expect(cells.map(({ id, caption }) => [id, caption])).toEqual([
      ['hero', 'beneath'],
      ['definition', undefined],
    ]);
    expect(pictures.map(({ name }) => name)).toEqual(['mandrill']);
  });
});

describe('notebooks', () => {
  const read = (text: string, name: string): string[] =>
    readNotebook(text, name).cells.flatMap(({ kind, source }) => (kind === 'code' ? [source] : []));

  it('of Jupyter are read back cell for cell', () => {
    fc.assert(
      fc.property(pages, (made: ExportPage) => {
        const expected = inRunningOrder(made.cells).map(({ program }) => plainSource(program, made.bound, new Set()));
        const found = read(jupyterText(made), 'a.ipynb');
        expect(found.slice(found.length - expected.length)).toEqual(expected);
      }),
    );
  });

  it('of Pluto are read back cell for cell, text and all', () => {
    fc.assert(
      fc.property(pages, (made: ExportPage) => {
        const cells = readNotebook(plutoText(made), 'a.jl').cells.map(({ id, source }) => ({ id, source }));
        const whole = plutoCells(made);
        expect(cells).toEqual(whole.map(({ id, source }) => ({ id, source })));
      }),
    );
  });

  it('of Pluto keep a control in a cell of its own, at the reader’s setting', () => {
    const bound = new Map([['c', 2.5]]);
    const text = plutoText({ ...aboutCell(page, 'hero'), bound });
    expect(text).toContain('\n@bind c Slider(0:0.05:4, default=2.5)\n');
    expect(text).toContain('macro bind(def, element)');
    expect(text).toContain('    using PlutoUI: Slider\n');
    expect(text).toContain("begin\nA = normalize_image(f(mandrill))\nnormalize_image(c .* A' * A)\nend");
    const plain = plutoText(
      pageOf(
        { a: '@bind c Slider(0:3)', b: '@bind t CheckBox()' },
        {
          bound: new Map<string, number | boolean>([
            ['c', 2],
            ['t', true],
          ]),
        },
      ),
    );
    expect(plain).toContain('@bind c Slider(0:3, default=2)');
    expect(plain).toContain('@bind t CheckBox(default=true)');
  });

  it('hold pictures', () => {
    const png = Uint8Array.of(1, 2, 250);
    const own = pageOf({ a: 'airplane' }, { pictures: [{ name: 'airplane', address: '', own: 'cat.png', png }] });
    for (const text of [plutoText(own), jupyterText(own)]) expect(text).toContain('AQL6');
    const shown = { ...own, cells: own.cells.map((cell) => ({ ...cell, result: png })) };
    const notebook = JSON.parse(jupyterText(shown)) as { cells: { outputs?: { data: unknown }[] }[] };
    expect(notebook.cells.at(-1)?.outputs?.[0]?.data).toEqual({ 'image/png': 'AQL6' });
  });

  it('name their cells the same each time, and each otherwise', () => {
    const ids = Array.from({ length: 2000 }, (_, k) => identifier(`cell ${k}`));
    expect(new Set(ids).size).toBe(2000);
    expect(ids[7]).toBe(identifier('cell 7'));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('of every article validate with nbformat', ({ skip }) => {
    if (!hasModule('nbformat')) skip('nbformat is not there: apt-get install python3-nbformat');
    const program = `
import json, sys, warnings
warnings.simplefilter("error")
import nbformat
for text in json.load(sys.stdin):
    nbformat.validate(nbformat.reads(text, as_version=4))
    print("valid")
`;
    const all = articles();
    const given = [...all, page].map(jupyterText);
    expect(runPython(program, JSON.stringify(given)).trim().split('\n')).toHaveLength(all.length + 1);
  });
});
