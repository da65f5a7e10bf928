/**
 * Runs a program of the subset:
 *
 *     npm run --silent cell -- FILE.jl [--image NAME=FILE ...] [--engine reference|tfjs-wasm] [--out FILE.png|.npy|.json]
 *
 * `mandrill` and `airplane` are there already, and beside an article the files that its front matter names; `--image` adds a picture, read as the site reads a reader's own (PNG, JPEG, WebP, AVIF,
 * GIF, TIFF, NPY or CSV); what was done to it is said on standard error. The value of the
 * last expression is printed as Julia would show it, and written to `--out`. Errors go to standard error with line and column.
 */

import { writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeNpy } from '../src/lib/image/npy.ts';
import { allPacks } from '../src/lib/julia/library/all.ts';
import { Notebook } from '../src/lib/julia/notebook.ts';
import { parse } from '../src/lib/julia/parse/parse.ts';
import { viewText } from '../src/lib/julia/show/display.ts';
import { toTrouble } from '../src/lib/julia/source.ts';
import type { Program } from '../src/lib/julia/ast.ts';
import type { Trouble, View } from '../src/lib/julia/view.ts';
import { emptyOf, jsonOf } from './cell-json.ts';
import { Refusal, engineName, engineNamed, imageOption, picturesOf, png, read } from './command-line.ts';
import type { EngineName } from './command-line.ts';

const usage = 'usage: cell FILE.jl [--image NAME=FILE ...] [--engine reference|tfjs-wasm] [--out FILE.png|.npy|.json]';

interface Options {
  readonly file: string;
  readonly images: readonly (readonly [name: string, file: string])[];
  readonly engine: EngineName;
  readonly out: string | null;
}

function optionsOf(argv: readonly string[]): Options {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        image: { type: 'string', multiple: true, default: [] },
        engine: { type: 'string', default: 'reference' },
        out: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  const { values, positionals } = parsed;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Refusal(usage);
  const { engine, out = null } = values;
  if (out !== null && !(extname(out) in writers))
    throw new Refusal(`--out takes a name that ends in ${Object.keys(writers).join(', ')}`);
  return { file, images: values.image.map(imageOption), engine: engineName(engine), out };
}

type Drawable = Extract<View, { kind: 'matrix' | 'colour' }>;

function drawable(view: View, what: string): Drawable {
  if (view.kind === 'matrix' || view.kind === 'colour') return view;
  throw new Refusal(`${what} holds a matrix or a picture, and the value of the last expression is neither`);
}

function npy(view: View): Uint8Array {
  const empty = view.kind === 'text' ? emptyOf(view.text) : null;
  if (empty !== null) return Array.isArray(empty) ? encodeNpy({ rows: 0, cols: 1, data: [] }, true) : encodeNpy(empty);
  const matrix = drawable(view, 'an NPY file');
  if (matrix.kind === 'colour')
    throw new Refusal('an NPY file holds one matrix; take red.(img), green.(img) or blue.(img)');
  return encodeNpy(matrix, matrix.vector);
}

const writers: Record<string, (view: View) => Uint8Array | string> = {
  '.png': (view) => png(drawable(view, 'a PNG')),
  '.npy': npy,
  '.json': jsonOf,
};

/** `FILE:line:column: message`, and the line with the place marked. */
function complaint(file: string, source: string, trouble: Trouble): string {
  const line = source.split('\n')[trouble.line - 1] ?? '';
  const width = Math.max(1, Math.min(line.length - trouble.column + 1, trouble.to - trouble.from));
  return `${file}:${trouble.line}:${trouble.column}: ${trouble.message}\n  ${line}\n  ${' '.repeat(trouble.column - 1)}${'^'.repeat(width)}`;
}

async function main(): Promise<void> {
  const { file, images, engine, out } = optionsOf(process.argv.slice(2));
  const source = await read(file);
  let program: Program;
  try {
    program = parse(source);
  } catch (error) {
    throw new Refusal(complaint(file, source, toTrouble(error, source)));
  }
  const pictures = await picturesOf(images, dirname(file));
  const notebook = new Notebook(await engineNamed(engine), pictures, { packs: allPacks });
  // A semicolon at the end keeps the value from the screen, not from the file.
  notebook.setCells([{ id: file, program: { ...program, silent: program.silent && out === null } }]);
  const [report] = notebook.run();
  if (!report) return;
  process.stdout.write(report.printed);
  if (report.trouble || !report.view)
    throw new Refusal(report.trouble ? complaint(file, source, report.trouble) : 'no value');
  const text = program.silent ? '' : viewText(report.view);
  if (text !== '') console.log(text);
  const writer = out === null ? undefined : writers[extname(out)];
  if (out !== null && writer) await writeFile(out, writer(report.view));
}

try {
  await main();
} catch (error) {
  const known =
    error instanceof Refusal || (error instanceof Error && /^(PictureError|OwnFileError)$/.test(error.name));
  console.error(known ? error.message : error);
  process.exitCode = 1;
}
