/**
 * What a notebook says to the outside: plain data that can be posted from a worker, written to a file or drawn.
 * The words between `julia/` (which knows no picture format and no DOM) and whoever shows its values.
 */

/** A matrix of numbers, row-major. `eltype` is Julia's name for the type of its elements. */
export interface MatrixView {
  readonly kind: 'matrix';
  readonly rows: number;
  readonly cols: number;
  readonly data: Float32Array | Float64Array;
  readonly eltype: string;
  /** True for a Vector: rows x 1, one index. */
  readonly vector: boolean;
  /** Julia's summary of the array where size and eltype do not tell it: an adjoint, a mask of bits. */
  readonly summary?: string;
  /** Where there are zeros for good, which the REPL shows as dots: off the diagonal, below or above it. */
  readonly hollow?: 'off' | 'below' | 'above';
}

/** A picture in colour: three row-major planes with values nominally in [0, 1]. */
export interface ColourView {
  readonly kind: 'colour';
  readonly rows: number;
  readonly cols: number;
  readonly red: Float32Array | Float64Array;
  readonly green: Float32Array | Float64Array;
  readonly blue: Float32Array | Float64Array;
}

/** A number, `null` text parts aside: `text` is what Julia's REPL would print. */
export interface NumberView {
  readonly kind: 'number';
  readonly value: number;
  readonly text: string;
}

/** Anything else that has a printed form: a string, tuple, range, Dict, function. */
export interface TextView {
  readonly kind: 'text';
  readonly text: string;
}

export interface PlotSeries {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly label: string;
  /** A line through the points where it is absent; `bars` stand on 0 and are `width` wide, in units of x. */
  readonly mark?: 'points' | 'bars';
  readonly width?: number;
}

/** The result of `plot(x, y; ...)`, `scatter`, `bar` and `histogram`. */
export interface PlotView {
  readonly kind: 'plot';
  readonly series: readonly PlotSeries[];
  readonly title: string;
  readonly xlabel: string;
  readonly ylabel: string;
}

/** `nothing`, or a cell ended by a semicolon. */
export interface NothingView {
  readonly kind: 'nothing';
}

export type View = MatrixView | ColourView | NumberView | TextView | PlotView | NothingView;

/** A control made by `@bind`. Values are what the bound name holds when the control shows them. */
export type Control =
  | {
      readonly kind: 'slider';
      readonly name: string;
      readonly start: number;
      readonly step: number;
      readonly stop: number;
      readonly initial: number;
      readonly integer: boolean;
      readonly values?: readonly number[];
    }
  | {
      readonly kind: 'select';
      readonly name: string;
      readonly options: readonly { readonly value: BoundValue; readonly label: string }[];
      readonly initial: BoundValue;
    }
  | { readonly kind: 'checkbox'; readonly name: string; readonly initial: boolean };

/** What the reader can set through a control; `symbol` marks a Julia Symbol. */
export type BoundValue = number | boolean | string | { readonly symbol: string };

export function sameBound(a: BoundValue, b: BoundValue): boolean {
  return typeof a === 'object' && typeof b === 'object' ? a.symbol === b.symbol : a === b;
}

/** An error as the cell shows it: Julia's words, and where. Lines and columns count from 1. */
export interface Trouble {
  readonly name: string;
  /** As the REPL prints it after `ERROR: `, for example "UndefVarError: `foo` not defined in `Main`". */
  readonly message: string;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
}

export interface CellReport {
  readonly id: string;
  /** Null where `trouble` says why. */
  readonly view: View | null;
  readonly trouble: Trouble | null;
  /** What println wrote. */
  readonly printed: string;
  readonly controls: readonly Control[];
  readonly milliseconds: number;
}

/** A picture given by name: a grey matrix in [0, 1], or colour planes from which the grey is the site's luma. */
export interface Picture {
  readonly rows: number;
  readonly cols: number;
  /** Row-major: 8-bit grey / 255, or any numbers where `eltype` is Float64. */
  readonly grey: Float32Array | Float64Array;
  readonly rgb?: {
    readonly red: Float32Array | Float64Array;
    readonly green: Float32Array | Float64Array;
    readonly blue: Float32Array | Float64Array;
  };
  /** N0f8 (also where it is absent): every number is a level k / 255. Float64: the numbers stand as they are. */
  readonly eltype?: 'N0f8' | 'Float64';
}
