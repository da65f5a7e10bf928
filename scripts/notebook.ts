/**
 * Runs a notebook, Jupyter's (`.ipynb`, nbformat 3 and 4) or Pluto's (`.jl`), as it is:
 *
 *     npm run --silent notebook -- FILE [--image NAME=FILE ...] [--engine reference|tfjs-wasm] [--out DIR] [--steps N]
 *
 * Writes DIR/report.json, a list with one entry for each code cell, and the pictures beside it: see docs/notebooks.md. What is done
 * goes to standard error. A cell that fails does not end the run; the exit code is 0 if there was a run.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { NotebookFormatError, readNotebook } from '../src/lib/julia/formats/index.ts';
import { Refusal, engineName, engineNamed, imageOption, picturesOf, png, read } from './command-line.ts';
import type { EngineName } from './command-line.ts';
import { runNotebook } from './notebook-run.ts';
import type { Drawn } from './notebook-run.ts';

const usage = 'usage: notebook FILE [--image NAME=FILE ...] [--engine reference|tfjs-wasm] [--out DIR] [--steps N]';

interface Options {
  readonly file: string;
  readonly images: readonly (readonly [name: string, file: string])[];
  readonly engine: EngineName;
  readonly out: string;
  readonly steps: number | null;
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
        steps: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  const { values, positionals } = parsed;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Refusal(usage);
  const steps = values.steps === undefined ? null : Number(values.steps);
  if (steps !== null && !(Number.isInteger(steps) && steps >= 0))
    throw new Refusal(`--steps takes a whole number, not ${values.steps}`);
  return {
    file,
    images: values.image.map(imageOption),
    engine: engineName(values.engine),
    out: values.out ?? `${path.basename(file).replace(/\.\w+$/, '')}-run`,
    steps,
  };
}

async function main(): Promise<void> {
  const { file, images, engine, out, steps } = optionsOf(process.argv.slice(2));
  const notebook = readNotebook(await read(file), path.basename(file));
  const pictures = await picturesOf(images);
  await mkdir(out, { recursive: true });
  const total = notebook.cells.filter(({ kind }) => kind === 'code').length;
  const report: object[] = [];
  const save = async (picture: Drawn | null, name: string): Promise<string | null> => {
    if (!picture) return null;
    await writeFile(path.join(out, name), png(picture));
    return name;
  };
  const options = steps === null ? {} : { steps };
  for (const run of runNotebook(notebook, await engineNamed(engine), pictures, options)) {
    const index = report.length;
    const { cell, trouble, text, printed, notes, milliseconds } = run;
    const name = `cell-${String(index).padStart(3, '0')}`;
    const picture = await save(run.picture, `${name}.png`);
    const displays: object[] = [];
    for (const [k, shown] of run.displays.entries()) {
      displays.push({ text: shown.text, picture: await save(shown.picture, `${name}-${k + 1}.png`) });
    }
    report.push({
      index,
      executionCount: cell.executionCount,
      status: trouble ? 'error' : 'ok',
      error: trouble && { name: trouble.name, message: trouble.message, line: trouble.line, column: trouble.column },
      text,
      picture,
      milliseconds: Math.round(milliseconds * 1000) / 1000,
      printed,
      displays,
      notes,
      cell: notebook.cells.indexOf(cell),
      id: cell.id,
    });
    console.error(
      `${index + 1}/${total}: ${trouble ? `line ${trouble.line}: ${trouble.message}` : 'ok'} (${Math.round(milliseconds)} ms)`,
    );
    for (const note of notes) console.error(`  ${note}`);
    // Each time, so that what has run is there whatever becomes of the rest.
    await writeFile(path.join(out, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  }
  if (total === 0) await writeFile(path.join(out, 'report.json'), '[]\n');
}

try {
  await main();
} catch (error) {
  const known =
    error instanceof Refusal ||
    error instanceof NotebookFormatError ||
    (error instanceof Error && error.name === 'PictureError');
  console.error(known ? error.message : error);
  process.exitCode = 1;
}
