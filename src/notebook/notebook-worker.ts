import { JuliaError } from '../lib/julia/errors.ts';
import { loadPack } from '../lib/julia/library/packs.ts';
import { Notebook } from '../lib/julia/notebook.ts';
import type { Program } from '../lib/julia/ast.ts';
import type { BoundValue, CellReport } from '../lib/julia/view.ts';
import { EngineLost, type EngineChoice, type ChooseOptions } from '../lib/matrix/choose.ts';
import type { Engine } from '../lib/matrix/engine.ts';
import { asPicture, pictureExtremes, pixelsOf } from '../lib/display/picture.ts';
import { PictureShelf, type PictureReader } from './pictures.ts';
import type { LiveProgram } from './programs.ts';
import type { Settings } from './settings.ts';
import type { DrawnReport, FromNotebook, PictureSource, ReadMessage, RunMessage, ToNotebook } from './protocol.ts';

/** What the worker needs of its surroundings. */
export interface WorkerContext {
  readonly say: (message: FromNotebook, transfer: Transferable[]) => void;
  readonly chooseEngine: (options: ChooseOptions) => Promise<EngineChoice>;
  readonly readPicture: PictureReader;
  /** The engine's worst difference from double precision; what it needs is fetched only then. */
  readonly examine?: (engine: Engine) => Promise<number>;
}

/** After an answer: the reader sees it first. */
const LEISURE_MS = 1500;

/**
 * A page's worker: one engine, one notebook. It computes when told to and is idle otherwise. Losing its engine is not
 * mended here: the page is told, and starts a new worker with another engine and the whole state.
 */
export class NotebookWorker {
  readonly #around: WorkerContext;
  readonly #shelf: PictureShelf;
  #engine: Engine | null = null;
  #notebook: Notebook | null = null;
  #programs: readonly LiveProgram[] = [];
  /** What stands under the pictures' names. */
  readonly #standing = new Map<string, PictureSource>();
  /** Runs follow one another, though a run may wait for a picture or for a part of the library. */
  #runs: Promise<void> = Promise.resolve();
  /** Whether the engine is to be examined when there is time. */
  #unexamined = false;

  constructor(around: WorkerContext) {
    this.#around = around;
    this.#shelf = new PictureShelf(around.readPicture);
  }

  hear(message: ToNotebook): void {
    switch (message.kind) {
      case 'start':
        void this.#start(message.settings);
        break;
      case 'run':
        this.#runs = this.#runs.then(() => this.#run(message));
        break;
      case 'read':
        void this.#read(message);
        break;
      case 'examine':
        this.#unexamined = true;
        break;
    }
  }

  #say(message: FromNotebook, transfer: Transferable[] = []): void {
    this.#around.say(message, transfer);
  }

  async #start(settings: Settings): Promise<void> {
    const wanted = settings.engine;
    try {
      const choice = await this.#around.chooseEngine({
        ...(wanted === null ? {} : { wanted }),
        onLost: (lost) => this.#say({ kind: 'lost', engine: lost.engine, message: lost.message }),
      });
      this.#engine = choice.engine;
      this.#notebook = new Notebook(choice.engine, new Map());
      this.#say({ kind: 'ready', engine: choice.engine.name, why: choice.reason });
    } catch (error) {
      this.#say({ kind: 'lost', engine: wanted, message: wordsOf(error) });
    }
  }

  async #run(message: RunMessage): Promise<void> {
    const { run } = message;
    const notebook = this.#notebook;
    if (notebook === null || this.#engine === null) return;
    const missing = await this.#unread(message);
    if (missing.length > 0) {
      const pictures = missing.map(({ name }) => name);
      this.#say({ kind: 'unready', run, pictures, sentence: missing.map(({ sentence }) => sentence)[0] ?? '' });
      return;
    }
    const started = performance.now();
    try {
      await this.#setPictures(notebook, message);
      if (message.programs !== undefined) this.#setPrograms(notebook, message.programs);
      for (const [name, value] of message.bound) setBound(notebook, name, value);
      const reports = await this.#reports(notebook, new Set(message.wanted));
      const values: [number, CellReport][] = [];
      for (const [ticket, program] of message.questions) values.push([ticket, await valueOf(notebook, program)]);
      const milliseconds = performance.now() - started;
      this.#say(
        { kind: 'done', run, reports, values, milliseconds },
        buffersOf([...reports, ...values.map(([, report]) => report)]),
      );
      if (this.#unexamined) setTimeout(() => this.#examineAfter(), LEISURE_MS);
    } catch (error) {
      // A program's own errors are in its report. What arrives here is the engine's: its memory is gone.
      const engine = error instanceof EngineLost ? error.engine : this.#engine.name;
      this.#say({ kind: 'lost', engine, message: wordsOf(error) });
    }
  }

  #examineAfter(): void {
    this.#runs = this.#runs.then(() => this.#examine());
  }

  async #examine(): Promise<void> {
    const { examine } = this.#around;
    if (!this.#unexamined || this.#engine === null || examine === undefined) return;
    this.#unexamined = false;
    try {
      this.#say({ kind: 'examined', worst: await examine(this.#engine) });
    } catch (error) {
      // The test itself may not have arrived: nothing is known then.
      if (error instanceof EngineLost) this.#say({ kind: 'lost', engine: error.engine, message: wordsOf(error) });
    }
  }

  /** Reads the pictures of a run: those that could not be read, each with one sentence for the reader. */
  async #unread({ pictures }: RunMessage): Promise<{ name: string; sentence: string }[]> {
    const read = pictures.map(async ([name, source]) => {
      try {
        await this.#shelf.get(source);
        return [];
      } catch (error) {
        return [{ name, sentence: wordsOf(error) }];
      }
    });
    return (await Promise.all(read)).flat();
  }

  async #setPictures(notebook: Notebook, { pictures }: RunMessage): Promise<void> {
    for (const [name, source] of pictures) {
      const before = this.#standing.get(name);
      if (before?.id === source.id) continue;
      const { picture } = await this.#shelf.get(source);
      notebook.setPicture(name, picture);
      this.#standing.set(name, source);
      // The page's own may be put back.
      if (before !== undefined && 'file' in before) this.#shelf.forget(before.id);
    }
  }

  async #reports(notebook: Notebook, wanted: ReadonlySet<string>): Promise<DrawnReport[]> {
    const reports: DrawnReport[] = [];
    do {
      await fetchPacks(notebook, notebook.missingPacks(wanted));
      reports.push(...notebook.run(wanted).map(draw));
    } while (notebook.interrupted);
    return reports;
  }

  /** Values stay wherever a program does. */
  #setPrograms(notebook: Notebook, next: readonly LiveProgram[]): void {
    const before = this.#programs;
    if (next.length !== before.length || next.some(({ id }, k) => id !== before[k]?.id)) {
      const revisions = new Map(before.map(({ id, revision }) => [id, revision]));
      const same = next.filter(({ id, revision }) => revisions.get(id) === revision);
      notebook.arrange(next, new Set(same.map(({ id }) => id)));
    } else
      next.forEach(({ id, program, revision }, k) => {
        if (revision !== before[k]?.revision) notebook.replaceCell(id, program);
      });
    this.#programs = next;
  }

  async #read({ ticket, source }: ReadMessage): Promise<void> {
    try {
      const { picture, notes } = await this.#shelf.get(source);
      this.#say({ kind: 'read', ticket, facts: { rows: picture.rows, cols: picture.cols, notes } });
    } catch (error) {
      this.#say({ kind: 'refused', ticket, sentence: wordsOf(error) });
    }
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A cell whose pack does not arrive says so, and asks again when it is run again. */
async function fetchPacks(notebook: Notebook, names: readonly string[]): Promise<void> {
  await Promise.allSettled(names.map(async (name) => notebook.extend(name, await loadPack(name))));
}

async function valueOf(notebook: Notebook, program: Program): Promise<CellReport> {
  for (;;) {
    await fetchPacks(notebook, notebook.missingPacks(new Set(), [program]));
    const report = notebook.evaluate(program);
    if (report !== null) return report;
  }
}

/** A setting that an edited control no longer offers is dropped: the control shows its initial value. */
function setBound(notebook: Notebook, name: string, value: BoundValue): void {
  try {
    notebook.setBound(name, value);
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

/** Arrays that a report owns travel without being copied, wherever in its value they stand. */
function buffersOf(reports: readonly DrawnReport[]): Transferable[] {
  const buffers = new Set<ArrayBuffer>();
  const visit = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  for (const { view, drawn } of reports) [view, drawn].forEach(visit);
  return [...buffers];
}
