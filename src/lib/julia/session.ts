/**
 * Cells one after the other in one scope, as Jupyter's Julia kernel runs them: a name may be defined again, a loop at the top of
 * a cell may assign what an earlier cell has defined, and a cell that fails leaves what it has done.
 */

import type { Engine } from '../matrix/engine.ts';
import type { Expr, Program, Span } from './ast.ts';
import type { Budget } from './budget.ts';
import { compileProgram } from './compile/compile.ts';
import { JuliaError, argumentError } from './errors.ts';
import { extend, library } from './library/index.ts';
import type { Pack } from './library/pack.ts';
import { live } from './memory.ts';
import { Runtime } from './runtime.ts';
import { display } from './show/display.ts';
import type { ScreenSize } from './show/grid.ts';
import { toTrouble } from './source.ts';
import { Arr, Colours, Fn, Plot, typeName } from './values.ts';
import type { Value } from './values.ts';
import { viewOf } from './views.ts';
import { isGray } from './eltypes.ts';
import type { ColourView, MatrixView, Picture, Trouble } from './view.ts';

/** What a cell puts under itself. */
export interface Output {
  /** As Jupyter shows it as plain text; null for `nothing`. */
  readonly text: string | null;
  /** Greys and colours are pictures; a matrix of numbers is none. */
  readonly picture: MatrixView | ColourView | null;
}

export interface SessionReport {
  readonly trouble: Trouble | null;
  /** The value of the last expression, unless a semicolon hides it. */
  readonly output: Output;
  /** What println wrote. */
  readonly printed: string;
  /** What display showed, in its order. */
  readonly displays: readonly Output[];
  /** What was done otherwise than Julia would. */
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

export interface SessionOptions {
  readonly packs: ReadonlyMap<string, Pack>;
  readonly seed?: number;
  readonly budget?: Partial<Budget>;
  /** Most turns of any one loop; further ones are left out, with a note. */
  readonly steps?: number;
}

/** IJulia's size of the imagined terminal. */
export const jupyterScreen: ScreenSize = { rows: 30, columns: 80 };

const nothing: Output = { text: null, picture: null };

/** A notebook runs for as long as it takes, and may keep what fits into memory. */
const unlimited: Budget = { operations: Infinity, elements: Infinity, bytes: 2 ** 32 };

export class SequentialSession {
  readonly #rt: Runtime;
  readonly #steps: number;
  #displays: Output[] = [];
  #notes = new Set<string>();

  /** `pictures` are what `testimage` and `load` find. */
  constructor(engine: Engine, pictures: ReadonlyMap<string, Picture>, options: SessionOptions) {
    const rt = new Runtime(engine, library, options.seed ?? 2021, { ...unlimited, ...options.budget });
    this.#rt = rt;
    this.#steps = options.steps ?? Infinity;
    for (const [name, pack] of options.packs) extend(rt, name, pack);
    for (const [name, picture] of pictures) this.#addPicture(name, picture);
    this.#library();
    rt.bind = (name) => {
      throw new JuliaError('LoadError', `LoadError: @bind ${name} is Pluto’s; give \`${name}\` a value instead`);
    };
    rt.loopLimit = this.#steps;
    rt.onLoopLimit = (span) => this.#capped(span);
  }

  /** Runs a cell. What it defines stays, whether it ends well or not. */
  run(program: Program): SessionReport {
    const rt = this.#rt;
    const started = performance.now();
    this.#displays = [];
    this.#notes = new Set();
    rt.reset();
    rt.lastPlot = null;
    const { output, trouble } = rt.engine.tidy(
      () => this.#evaluate(program),
      () => live(rt, null),
    );
    return {
      trouble,
      output,
      printed: rt.printed,
      displays: this.#displays,
      notes: [...this.#notes],
      milliseconds: performance.now() - started,
    };
  }

  #evaluate(program: Program): { output: Output; trouble: Trouble | null } {
    const rt = this.#rt;
    try {
      try {
        const body = { ...program.body, body: program.body.body.map((e) => this.#withoutPackages(e)) };
        const define = (name: string, v: Value): void => void rt.globals.set(name, v);
        const value = rt.settle(compileProgram(rt, { ...program, body }, define, rt.globals.keys())());
        rt.settleChecks();
        if (value !== null) rt.globals.set('ans', value);
        return { output: program.silent ? nothing : this.#outputOf(value), trouble: null };
      } catch (error) {
        throw rt.located(error);
      }
    } catch (error) {
      return { output: nothing, trouble: toTrouble(error, program.source) };
    }
  }

  #outputOf(value: Value): Output {
    const rt = this.#rt;
    if (value === null) return nothing;
    const text = value instanceof Plot ? `Plot with ${value.series.length} series` : display(rt, value, jupyterScreen);
    if (!(value instanceof Colours || (value instanceof Arr && isGray(value.eltype)))) return { text, picture: null };
    const view = viewOf(rt, value);
    return { text, picture: view.kind === 'matrix' || view.kind === 'colour' ? view : null };
  }

  /** `Pkg.add("Images")` and the like: there is nothing to install. */
  #withoutPackages(e: Expr): Expr {
    const packages =
      e.kind === 'call' &&
      e.callee.kind === 'field' &&
      e.callee.object.kind === 'name' &&
      e.callee.object.name === 'Pkg';
    if (!packages) return e;
    this.#notes.add('packages need no installing here: what the subset knows of them is there');
    return { kind: 'nothing', from: e.from, to: e.to };
  }

  #capped({ from, to }: Span): void {
    this.#notes.add(`the loop at ${from}:${to} of the cell ended after ${this.#steps} turns, as it was told to`);
  }

  #addPicture(name: string, { rows, cols, grey, rgb, eltype }: Picture): void {
    const { ops, pictures } = this.#rt;
    const bytes = eltype !== 'Float64';
    const level = (x: number): number => (bytes ? Math.round(x * 255) / 255 : x);
    const upload = (data: ArrayLike<number>) => ops.upload(Float64Array.from(data, level), rows, cols);
    if (rgb) {
      const planes = [upload(rgb.red), upload(rgb.green), upload(rgb.blue)] as const;
      pictures.set(name, () => new Colours(planes, bytes ? 'N0f8' : 'Float64'));
    } else {
      const node = upload(grey);
      pictures.set(name, () => new Arr(bytes ? 'Gray{N0f8}' : 'Float64', 2, node, rows, cols));
    }
  }

  /** Functions that show and store: a notebook that runs from the command line has no window and writes no file of its own. */
  #library(): void {
    const rt = this.#rt;
    const add = (name: string, call: (args: Value[]) => Value): void =>
      void rt.library.set(name, new Fn(name, call, true));
    add('display', ([v = null]) => {
      this.#displays.push(this.#outputOf(rt.settle(v)));
      return null;
    });
    add('imshow', () => {
      this.#notes.add('imshow opens no window here');
      return null;
    });
    add('save', ([file = null]) => {
      this.#notes.add(`save writes no file here: ${typeof file === 'string' ? file : typeName(file)}`);
      return null;
    });
    add('load', ([file = null]) => {
      const name = typeof file === 'string' ? file.replace(/^.*[\\/]/, '').replace(/\.\w+$/, '') : '';
      const known = rt.pictures.get(name);
      if (known) return known();
      throw argumentError(
        `no picture for ${typeof file === 'string' ? JSON.stringify(file) : typeName(file)}; give one with --image ${name === '' ? 'NAME' : name}=FILE`,
      );
    });
  }
}
