/**
 * A page's cells: one scope, reactive. A change runs the cells that depend on it and no others, as in Pluto. Each cell starts
 * the random stream anew from the notebook's seed and its own place, so that moving a slider does not reshuffle the page.
 */

import type { Buffer, Engine } from '../matrix/engine.ts';
import type { Node } from '../matrix/tape.ts';
import { partsOf } from './compile/analyse.ts';
import type { Expr, Program } from './ast.ts';
import { admitted, boundAs } from './bind.ts';
import type { Budget } from './budget.ts';
import { compileProgram } from './compile/compile.ts';
import { JuliaError, undefVarError } from './errors.ts';
import { extend, library } from './library/index.ts';
import type { Pack } from './library/pack.ts';
import { live, nodesOf, tidied } from './memory.ts';
import { affected, drawsRandom } from './graph.ts';
import { order } from './order.ts';
import { PackNeeded, Runtime } from './runtime.ts';
import { toTrouble } from './source.ts';
import { Arr, Colours } from './values.ts';
import type { Value, Widget } from './values.ts';
import { viewOf } from './views.ts';
import { sameBound, type BoundValue, type CellReport, type Control, type Picture, type View } from './view.ts';

export interface CellSource {
  readonly id: string;
  readonly program: Program;
}

export interface NotebookOptions {
  readonly seed?: number;
  readonly budget?: Partial<Budget>;
  /** Packs of the library that are there from the start: all of them outside of a page (`allPacks`). */
  readonly packs?: ReadonlyMap<string, Pack>;
}

interface Cell extends CellSource {
  stale: boolean;
  failed: boolean;
  /** Names it has defined in its last run, with its controls. */
  readonly defined: Set<string>;
  readonly controls: Control[];
}

interface Loaded {
  readonly grey: Node;
  readonly planes: readonly [Node, Node, Node] | null;
}

export class Notebook {
  readonly #rt: Runtime;
  readonly #seed: number;
  readonly #pictures = new Map<string, Loaded>();
  readonly #bound = new Map<string, BoundValue>();
  readonly #widgets = new Map<string, { widget: Widget; control: Control }>();
  /** Packs that a program turned out to need while it ran. */
  readonly #needed = new Set<string>();
  /** True where the last run broke off for want of a pack: fetch `missingPacks` and run again. */
  interrupted = false;
  #cells: Cell[] = [];

  /** `pictures` are what the program finds under these names: `mandrill` the grey matrix, `testimage("mandrill")` the colours. */
  constructor(
    engine: Engine,
    pictures: ReadonlyMap<string, Picture> | Readonly<Record<string, Picture>> = {},
    options: NotebookOptions = {},
  ) {
    this.#seed = options.seed ?? 2021;
    this.#rt = new Runtime(engine, library, this.#seed, options.budget);
    for (const [name, pack] of options.packs ?? []) this.extend(name, pack);
    const entries: Iterable<readonly [string, Picture]> = isMap(pictures) ? pictures : Object.entries(pictures);
    for (const [name, picture] of entries) this.setPicture(name, picture);
  }

  /** Packs that the wanted cells need and that are not there yet: to be given to `extend`, before a run or after it, and then run once more. */
  missingPacks(wanted: ReadonlySet<string>, others: readonly Program[] = []): string[] {
    const cells = this.#cells.filter(({ id, stale }) => stale && wanted.has(id)).map(({ program }) => program);
    const named = new Set([...[...cells, ...others].flatMap(({ packs }) => packs ?? []), ...this.#needed]);
    return [...named].filter((name) => !this.#rt.packs.has(name));
  }

  /** Adds a pack of the library. */
  extend(name: string, pack: Pack): void {
    if (!this.#rt.packs.has(name)) extend(this.#rt, name, pack);
  }

  /** Sets a picture's pixels; cells that use it become stale. A cell may define the same name for itself. */
  setPicture(name: string, picture: Picture): void {
    const { ops, engine, pictures } = this.#rt;
    const { rows, cols, grey, rgb } = picture;
    // Levels may come in single precision; in double precision k / 255 is a level exactly. Other numbers are nobody's to round.
    const bytes = picture.eltype !== 'Float64';
    const before = this.#pictures.get(name);
    const level = (x: number): number => (bytes ? Math.round(x * 255) / 255 : x);
    const upload = (data: ArrayLike<number>): Node => ops.upload(Float64Array.from(data, level), rows, cols);
    const loaded: Loaded = {
      grey: upload(grey),
      planes: rgb ? [upload(rgb.red), upload(rgb.green), upload(rgb.blue)] : null,
    };
    this.#pictures.set(name, loaded);
    const { planes } = loaded;
    pictures.set(name, () =>
      planes
        ? new Colours(planes, bytes ? 'N0f8' : 'Float64')
        : new Arr(bytes ? 'Gray{N0f8}' : 'Float64', 2, loaded.grey, rows, cols),
    );
    this.#expire(affected(this.#programs, [name]));
    // testimage("name") and picture("name") name pictures at run time: whoever calls them runs again.
    this.#expire(affected(this.#programs, ['testimage', 'picture']));
    this.#cells.forEach((cell, k) => {
      if (before && ['testimage', 'picture'].some((one) => mentions(cell.program.body, one)))
        this.#expire(new Set([k, ...affected(this.#programs, cell.program.defines)]));
    });
    if (!before) return;
    const kept = new Set<Buffer>(live(this.#rt, null));
    engine.free(
      nodesOfPicture(before)
        .map((node) => node.value)
        .filter((buffer) => !kept.has(buffer)),
    );
  }

  /** Replaces all cells; their values are forgotten, the settings of controls are not. */
  setCells(cells: readonly CellSource[]): void {
    this.#forget(this.#cells);
    this.#widgets.clear();
    this.#cells = cells.map(fresh);
  }

  /**
   * Puts a list of cells in the place of the one there was: others, fewer, or in another order. Who reads a name that comes or goes becomes
   * stale, and a cell that draws random numbers in another place than before. A control goes with its cell, its setting too.
   *
   * @param same ids of cells whose programs are as they were: they keep their values
   */
  arrange(cells: readonly CellSource[], same: ReadonlySet<string>): void {
    const before = this.#cells;
    const kept = new Map(before.flatMap((cell, k) => (same.has(cell.id) ? [[cell.id, { cell, k }] as const] : [])));
    const gone = before.filter(({ id }) => !kept.has(id) || !cells.some((one) => one.id === id));
    const come = cells.filter(({ id }) => !kept.has(id));
    const names = [...gone, ...come].flatMap(({ program }) => program.defines);
    this.#expireAround(names);
    for (const { controls } of gone) {
      for (const { name } of controls) {
        this.#widgets.delete(name);
        this.#bound.delete(name);
      }
    }
    this.#forget(gone);
    this.#cells = cells.map((one) => kept.get(one.id)?.cell ?? fresh(one));
    this.#expireAround(names);
    const moved = this.#cells.flatMap((cell, k) =>
      (kept.get(cell.id)?.k ?? k) !== k && drawsRandom(cell.program) ? [k] : [],
    );
    this.#expire(
      new Set([
        ...moved,
        ...affected(
          this.#programs,
          moved.flatMap((k) => this.#cells[k]?.program.defines ?? []),
        ),
      ]),
    );
  }

  /** Those that define one of these names, and those that read it. */
  #expireAround(names: readonly string[]): void {
    const rivals = this.#cells.flatMap(({ program }, k) =>
      program.defines.some((name) => names.includes(name)) ? [k] : [],
    );
    this.#expire(new Set([...rivals, ...affected(this.#programs, names)]));
  }

  /** Replaces one cell's program. It becomes stale, and so does whoever reads what it defined or defines now. */
  replaceCell(id: string, program: Program): void {
    const at = this.#cells.findIndex((cell) => cell.id === id);
    const old = this.#cells[at];
    if (!old) throw new RangeError(`there is no cell ${id}`);
    const names = [...old.program.defines, ...program.defines];
    // Cells that shared a name with it may be free of the conflict now.
    this.#expireAround(names);
    const cell = fresh({ id, program });
    for (const name of old.defined) cell.defined.add(name);
    cell.failed = old.failed;
    this.#cells[at] = cell;
    this.#expire(affected(this.#programs, names));
  }

  /**
   * Sets a control. Settings the control does not offer are refused once the control is known.
   * @throws JuliaError ArgumentError
   */
  setBound(name: string, value: BoundValue): void {
    const known = this.#widgets.get(name);
    const accepted = known ? admitted(known.control, value) : value;
    const before = this.#bound.get(name) ?? known?.control.initial;
    if (before !== undefined && sameBound(before, accepted)) return;
    this.#bound.set(name, accepted);
    if (known) this.#rt.globals.set(name, boundAs(known.widget, accepted));
    this.#expire(affected(this.#programs, [name]));
    const home = this.#cells.findIndex(({ program }) => program.defines.includes(name));
    const cell = this.#cells[home];
    if (!cell || onlyControls(cell.program.body)) return;
    this.#expire(new Set([home, ...affected(this.#programs, cell.program.defines)]));
  }

  /**
   * Runs what is stale, in the order of dependence. Reports come in the page's order.
   *
   * @param wanted ids of the cells to run, with all that they need; the others stay stale. Without it, every cell.
   */
  run(wanted?: ReadonlySet<string>): CellReport[] {
    this.interrupted = false;
    this.#restorePictures();
    const { order: sequence, troubles } = order(this.#programs);
    const reports = new Map<number, CellReport>();
    for (const k of sequence) {
      const cell = this.#cells[k];
      if (!cell?.stale || wanted?.has(cell.id) === false) continue;
      const report = this.#attempt(cell, k, troubles[k] ?? null);
      if (report === null) break;
      reports.set(k, report);
    }
    return [...reports].sort(([a], [b]) => a - b).map(([, report]) => report);
  }

  /**
   * The value of a program that is no cell, in the scope of those that have run: what a view of the page asks for. Nothing that it defines
   * stays.
   *
   * @returns null where it broke off for want of a pack (`interrupted`): fetch `missingPacks` and ask again.
   */
  evaluate(program: Program): CellReport | null {
    this.interrupted = false;
    this.#restorePictures();
    const cell = fresh({ id: '', program });
    try {
      return this.#attempt(cell, this.#cells.length, null);
    } finally {
      this.#forget([cell]);
    }
  }

  /** Null where a pack is wanting: the cell stays stale, and whoever runs the notebook fetches the pack and runs it again. */
  #attempt(cell: Cell, position: number, trouble: JuliaError | null): CellReport | null {
    try {
      return this.#runCell(cell, position, trouble);
    } catch (error) {
      if (!(error instanceof PackNeeded) || this.#needed.has(error.pack)) throw error;
      this.#needed.add(error.pack);
      this.interrupted = true;
      this.#undefine(cell);
      return null;
    }
  }

  get #programs(): Program[] {
    return this.#cells.map(({ program }) => program);
  }

  #expire(indices: Iterable<number>): void {
    for (const k of indices) {
      const cell = this.#cells[k];
      if (cell) cell.stale = true;
    }
  }

  #runCell(cell: Cell, position: number, trouble: JuliaError | null): CellReport {
    const rt = this.#rt;
    const started = performance.now();
    const finish = (view: View | null, error: unknown): CellReport => {
      cell.stale = false;
      cell.failed = view === null;
      return {
        id: cell.id,
        view,
        trouble: view === null ? toTrouble(error, cell.program.source) : null,
        printed: rt.printed,
        controls: [...cell.controls],
        milliseconds: performance.now() - started,
      };
    };
    const old = this.#buffersOf(cell);
    this.#undefine(cell);
    rt.reset();
    rt.lastPlot = null;
    rt.random.seed(this.#seed + 0x9e37 * position);
    rt.bind = (name, widget) => this.#bind(cell, name, widget);
    try {
      const blocked = trouble ?? this.#missing(cell) ?? this.#lacking(cell);
      if (blocked) return finish(null, blocked);
      return finish(this.#evaluate(cell), null);
    } catch (error) {
      const engineFailed =
        !(error instanceof JuliaError) && !(error instanceof TypeError) && !(error instanceof ReferenceError);
      if (engineFailed) throw error;
      this.#undefine(cell);
      return finish(null, error);
    } finally {
      this.#release(old);
    }
  }

  #evaluate(cell: Cell): View {
    const rt = this.#rt;
    const define = (name: string, v: Value): void => {
      rt.globals.set(name, v);
      cell.defined.add(name);
    };
    return tidied(
      rt,
      () => {
        try {
          const value = compileProgram(rt, cell.program, define)();
          rt.settleChecks();
          return cell.program.silent ? { kind: 'nothing' } : viewOf(rt, value);
        } catch (error) {
          throw rt.located(error);
        }
      },
      null,
      [],
      () => this.#undefine(cell),
    );
  }

  #bind(cell: Cell, name: string, widget: Widget): Value {
    const control = { ...widget.control, name } as Control;
    cell.controls.push(control);
    this.#widgets.set(name, { widget, control });
    const setting = this.#bound.get(name);
    if (setting === undefined) return boundAs(widget, control.initial);
    try {
      return boundAs(widget, admitted(control, setting));
    } catch {
      this.#bound.delete(name);
      return boundAs(widget, control.initial);
    }
  }

  /** A name that the cell reads and whose own cell has failed. */
  #missing(cell: Cell): JuliaError | null {
    for (const name of cell.program.reads) {
      const home = this.#cells.find((other) => other !== cell && other.program.defines.includes(name));
      if (!home?.failed) continue;
      const error = undefVarError(name, mentions(cell.program.body, name) ?? cell.program.body);
      error.message += `, because the cell that defines it has failed`;
      return error;
    }
    return null;
  }

  /** A part of the library that the cell needs and that has not been fetched. */
  #lacking(cell: Cell): JuliaError | null {
    const lacking = [...(cell.program.packs ?? []), ...this.#needed].find((name) => !this.#rt.packs.has(name));
    if (lacking === undefined) return null;
    return new JuliaError(
      'LoadError',
      `LoadError: the part of the library called ${lacking} has not arrived; run the cell again once you are online`,
      cell.program.body,
    );
  }

  #buffersOf(cell: Cell): Buffer[] {
    const values = [...cell.defined].map((name) => this.#rt.globals.get(name) ?? null);
    return [...this.#rt.ops.reachable(nodesOf(values))];
  }

  #undefine(cell: Cell): void {
    for (const name of cell.defined) this.#rt.globals.delete(name);
    cell.defined.clear();
    cell.controls.length = 0;
  }

  #forget(cells: readonly Cell[]): void {
    const old = cells.flatMap((cell) => this.#buffersOf(cell));
    for (const cell of cells) this.#undefine(cell);
    this.#rt.lastPlot = null;
    this.#release(old);
  }

  /** Frees what nobody can reach any more. */
  #release(old: readonly Buffer[]): void {
    if (old.length === 0) return;
    const kept = new Set<Buffer>(live(this.#rt, null));
    for (const picture of this.#pictures.values()) for (const node of nodesOfPicture(picture)) kept.add(node.value);
    this.#rt.engine.free(old.filter((buffer) => !kept.has(buffer)));
  }

  /** Programs may have written into a picture's array; the next run starts with the picture. */
  #restorePictures(): void {
    for (const [name, { grey }] of this.#pictures) {
      const known = this.#rt.library.get(name);
      if (known instanceof Arr && known.node === grey) continue;
      this.#rt.library.set(name, new Arr('Float64', 2, grey, grey.rows, grey.cols));
    }
  }
}

function isMap(
  pictures: ReadonlyMap<string, Picture> | Readonly<Record<string, Picture>>,
): pictures is ReadonlyMap<string, Picture> {
  return pictures instanceof Map;
}

function fresh({ id, program }: CellSource): Cell {
  return { id, program, stale: true, failed: false, defined: new Set(), controls: [] };
}

function nodesOfPicture({ grey, planes }: Loaded): Node[] {
  return planes ? [grey, ...planes] : [grey];
}

/** True for a cell that does nothing but make controls: setting one need not run it again. */
function onlyControls(body: Expr): boolean {
  if (body.kind === 'block') return body.body.every(onlyControls);
  return body.kind === 'bind' || body.kind === 'using';
}

/** The first place where an expression names something. */
function mentions(e: Expr, name: string): Expr | null {
  if (e.kind === 'name' && e.name === name) return e;
  const extra: readonly Expr[] = 'body' in e && !Array.isArray(e.body) ? [e.body] : [];
  const value: readonly Expr[] = 'value' in e && typeof e.value === 'object' && e.value !== null ? [e.value] : [];
  for (const part of [...partsOf(e), ...value, ...extra]) {
    const found = mentions(part, name);
    if (found) return found;
  }
  return null;
}
