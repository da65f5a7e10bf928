/**
 * The page's worker: one engine, one notebook. It computes when told to and is idle otherwise. Losing its engine is not
 * mended here: the page is told, and starts a new worker with another engine and the whole state.
 */

import { JuliaError } from '../../lib/julia/errors.ts';
import { loadPack } from '../../lib/julia/library/packs.ts';
import { Notebook } from '../../lib/julia/notebook.ts';
import type { BoundValue, CellReport } from '../../lib/julia/view.ts';
import { chooseEngine, EngineLost } from '../../lib/matrix/choose.ts';
import type { Engine, EngineName } from '../../lib/matrix/engine.ts';
import { asPicture, pictureExtremes, pixelsOf } from '../../lib/display/picture.ts';
import type { LiveProgram } from './payload.ts';
import { readSitePicture } from './site-picture.ts';
import type { DecodeMessage, DrawnReport, FromWorker, RunMessage, ToWorker } from './protocol.ts';

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

let engine: Engine | null = null;
let notebook: Notebook | null = null;
let programs: readonly LiveProgram[] = [];
/** Runs follow one another, though a run may wait for a part of the library. */
let runs: Promise<void> = Promise.resolve();

function say(message: FromWorker, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function start(wanted: EngineName | null): Promise<void> {
  try {
    const choice = await chooseEngine({
      ...(wanted === null ? {} : { wanted }),
      onLost: (lost) => say({ kind: 'lost', engine: lost.engine, message: lost.message }),
    });
    engine = choice.engine;
    notebook = new Notebook(engine, new Map());
    say({ kind: 'ready', engine: engine.name, why: choice.reason });
  } catch (error) {
    say({ kind: 'lost', engine: wanted, message: wordsOf(error) });
  }
}

async function run(message: RunMessage): Promise<void> {
  if (notebook === null || engine === null) return;
  const started = performance.now();
  try {
    for (const [name, picture] of message.pictures) notebook.setPicture(name, picture);
    if (message.programs !== undefined) tellPrograms(notebook, message.programs);
    for (const [name, value] of message.bound) setBound(notebook, name, value);
    const wanted = new Set(message.wanted);
    const reports: DrawnReport[] = [];
    do {
      await fetchPacks(notebook, wanted);
      reports.push(...notebook.run(wanted).map(draw));
    } while (notebook.interrupted);
    const milliseconds = performance.now() - started;
    say({ kind: 'done', run: message.run, reports, milliseconds }, buffersOf(reports));
  } catch (error) {
    // A program's own errors are in its report. What arrives here is the engine's: its memory is gone.
    say({ kind: 'lost', engine: error instanceof EngineLost ? error.engine : engine.name, message: wordsOf(error) });
  }
}

/** What the programs name of the library and the page has not fetched yet. A cell whose pack does not arrive says so, and asks again. */
async function fetchPacks(book: Notebook, wanted: ReadonlySet<string>): Promise<void> {
  await Promise.allSettled(book.missingPacks(wanted).map(async (name) => book.extend(name, await loadPack(name))));
}

/** Replaces single cells where the list is the same, so that the values of the others stay. */
function tellPrograms(book: Notebook, next: readonly LiveProgram[]): void {
  const same = next.length === programs.length && next.every(({ id }, k) => id === programs[k]?.id);
  if (!same) book.setCells(next);
  else
    next.forEach(({ id, program, revision }, k) => revision !== programs[k]?.revision && book.replaceCell(id, program));
  programs = next;
}

/** A setting that an edited control no longer offers is dropped: the control shows its initial value. */
function setBound(book: Notebook, name: string, value: BoundValue): void {
  try {
    book.setBound(name, value);
  } catch (error) {
    if (!(error instanceof JuliaError)) throw error;
  }
}

function draw(report: CellReport): DrawnReport {
  const picture = asPicture(report.view, 'auto');
  return picture === null
    ? report
    : { ...report, drawn: { pixels: pixelsOf(picture, 'grey'), ...pictureExtremes(picture) } };
}

/** Arrays that a report owns travel without being copied. */
function buffersOf(reports: readonly DrawnReport[]): Transferable[] {
  const buffers = new Set<ArrayBuffer>();
  const add = (...arrays: (Float32Array | Float64Array)[]): void => {
    for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  };
  for (const { view, drawn } of reports) {
    if (drawn !== undefined) buffers.add(drawn.pixels.buffer);
    if (view?.kind === 'matrix') add(view.data);
    if (view?.kind === 'colour') add(view.red, view.green, view.blue);
    if (view?.kind === 'plot') for (const { x, y } of view.series) add(x, y);
  }
  return [...buffers];
}

async function decode({ ticket, source, fit }: DecodeMessage): Promise<void> {
  try {
    const { picture, notes } =
      'url' in source
        ? { picture: await readSitePicture(source.url), notes: [] }
        : await (await import('./own-picture.ts')).readOwnPicture(source.blob, fit);
    const { red, green, blue } = picture.rgb ?? { red: null, green: null, blue: null };
    const planes = [picture.grey, red, green, blue].filter((plane) => plane !== null);
    say({ kind: 'decoded', ticket, picture, notes }, [...new Set(planes.map(({ buffer }) => buffer as ArrayBuffer))]);
  } catch (error) {
    say({ kind: 'refused', ticket, sentence: wordsOf(error) });
  }
}

scope.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'start':
      void start(data.engine);
      break;
    case 'run':
      runs = runs.then(() => run(data));
      break;
    case 'decode':
      void decode(data);
      break;
  }
});
