/**
 * The typed tree of a program: plain JSON, so that a page can carry its programs parsed at build and a reader's first run
 * needs no parser. Every node says where it stands in the source, for errors.
 */

/** Half-open range of UTF-16 offsets into the cell's source. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Expr =
  | ({ kind: 'int'; value: string } & Span) // decimal digits (hex, octal and binary literals converted); may exceed 2^53
  | ({ kind: 'float'; value: number; single: boolean } & Span) // single: a Float32 literal such as 1.5f0
  | ({ kind: 'bool'; value: boolean } & Span)
  | ({ kind: 'nothing' } & Span)
  | ({ kind: 'string'; parts: (string | Expr)[] } & Span) // interpolated expressions among literal parts
  | ({ kind: 'char'; value: string } & Span)
  | ({ kind: 'symbol'; name: string } & Span) // :knob
  | ({ kind: 'name'; name: string } & Span)
  | ({ kind: 'colon' } & Span) // the bare `:` of A[:, j]
  | ({ kind: 'end' } & Span) // `end` (or `begin`: see `first`) inside an index
  | ({ kind: 'begin' } & Span)
  | ({ kind: 'call'; callee: Expr; args: Argument[]; broadcast: boolean } & Span) // f(x), f.(x); operators are calls of a name: +(a, b); x |> f is f(x); Float32[1 2] is Float32.([1 2])
  | ({ kind: 'compare'; first: Expr; rest: { op: string; broadcast: boolean; right: Expr }[] } & Span) // a < b <= c, chained; ops: < <= > >= == != === !== ≈ ≉ in ∉
  | ({ kind: 'and' | 'or'; left: Expr; right: Expr; broadcast: boolean } & Span)
  | ({ kind: 'ternary'; test: Expr; then: Expr; otherwise: Expr } & Span)
  | ({ kind: 'if'; branches: { test: Expr; body: Expr }[]; otherwise: Expr | null } & Span)
  | ({ kind: 'for'; loops: Iteration[]; body: Expr } & Span)
  | ({ kind: 'while'; test: Expr; body: Expr } & Span)
  | ({ kind: 'break' } & Span)
  | ({ kind: 'continue' } & Span)
  | ({ kind: 'return'; value: Expr | null } & Span)
  | ({ kind: 'declare'; word: 'local' | 'global'; names: string[]; value: Expr | null } & Span) // global x = 1, local a, b
  | ({ kind: 'typed'; value: Expr; type: string } & Span) // x::Int where a value is wanted
  | ({
      kind: 'try';
      body: Expr;
      name: string | null;
      handler: Expr | null;
      otherwise: Expr | null;
      last: Expr | null;
    } & Span)
  | ({
      kind: 'struct';
      name: string;
      mutable: boolean;
      params: { name: string; bound: string }[];
      /** The supertype. */
      above: string;
      fields: Field[];
      /** Constructors written inside, which call `new`. */
      inner: (Expr & { kind: 'function' })[];
      /** Constructors that `@kwdef` adds. */
      outer: (Expr & { kind: 'function' })[];
    } & Span)
  | ({ kind: 'abstract'; name: string; params: { name: string; bound: string }[]; above: string } & Span)
  | ({ kind: 'macro'; name: string; args: Expr[]; texts: string[] } & Span) // @show x: its expressions, and each as it is written
  | ({ kind: 'block'; body: Expr[] } & Span) // begin ... end, a cell, a function's body; value: the last expression's
  | ({ kind: 'let'; bindings: { name: Pattern; value: Expr | null }[]; body: Expr } & Span)
  | ({ kind: 'assign'; target: Target; value: Expr } & Span)
  | ({ kind: 'update'; op: string; broadcast: boolean; target: Target; value: Expr } & Span) // x += 1, x .*= 2; plain .= has op ''
  | ({
      kind: 'function';
      /** Null: a lambda. `()`, with what is called as the first parameter: `(p::P)(x) = ...`. */
      name: string | null;
      /** A method of the library's function of that name, or of calls, for values of this type of the reader's: `Base.:+(a::P, b::P)`. */
      extends?: string;
      params: Param[];
      keywords: Param[];
      body: Expr;
      /** `where {T <: Real}`: type variables with their bounds, `Any` where there is none. */
      where?: { name: string; bound: string }[];
      /** The type that results are converted to. */
      returns?: string;
    } & Span)
  | ({
      kind: 'index';
      object: Expr;
      indices: Expr[];
      /** Under `@view`, or `@views`, where numbers alone read an element. */ view?: 'one' | 'all';
    } & Span)
  | ({ kind: 'field'; object: Expr; name: string } & Span) // Base.exp, result.x
  | ({ kind: 'adjoint'; value: Expr } & Span) // x'
  | ({ kind: 'range'; start: Expr; step: Expr | null; stop: Expr } & Span)
  | ({ kind: 'tuple'; items: Expr[]; names: (string | null)[] } & Span) // (a, b), (x = 1, y = 2)
  | ({ kind: 'vector'; items: Expr[] } & Span) // [a, b, c]
  | ({ kind: 'matrix'; rows: Expr[][] } & Span) // [a b; c d]: hvcat of its rows; [a; b] is rows of one
  | ({
      kind: 'comprehension';
      value: Expr;
      loops: Iteration[];
      filter: Expr | null;
      generator: boolean;
      inner?: Expr & { kind: 'comprehension' };
    } & Span) // inner: [.. for loops for inner.loops]; the value and filter are the inner one's
  | ({ kind: 'pair'; key: Expr; value: Expr } & Span) // :knob => 0
  | ({ kind: 'splat'; value: Expr } & Span) // f(xs...)
  | ({ kind: 'using'; modules: string[] } & Span)
  | ({ kind: 'bind'; name: string; control: Expr } & Span); // @bind c Slider(0:0.05:4, default=1)

export interface Iteration {
  readonly name: Pattern;
  readonly over: Expr;
}

/** What stands left of `in`, or of an assignment: a name, names to be filled from a sequence, or from the fields of a value. */
export type Pattern =
  | ({ kind: 'name'; name: string; /** `x::Int`: values are converted. */ type?: string } & Span)
  | ({
      kind: 'names';
      items: Target[];
      /** Which item is followed by `...` and takes the rest. */ rest?: number;
    } & Span)
  | ({ kind: 'fields'; names: string[] } & Span); // (; a, b) = x

/** Elements and fields stand left of an assignment only, never in a loop's or a function's head. */
export type Target =
  | Pattern
  | ({ kind: 'element'; object: Expr; indices: Expr[] } & Span)
  | ({ kind: 'property'; object: Expr; name: string } & Span);

export interface Argument {
  readonly value: Expr;
  /** Set for a keyword argument: `dims` in softmax(x; dims=1); `...` for keywords splatted from a named tuple or a Dict. */
  readonly keyword: string | null;
}

/** A field of a struct. */
export interface Field extends Span {
  readonly name: string;
  readonly type: string | null;
  /** Under `@kwdef`. */
  readonly fallback: Expr | null;
  /** `const` in a mutable struct. */
  readonly fixed: boolean;
}

export interface Param extends Span {
  readonly name: Pattern;
  readonly fallback: Expr | null;
  /** `xs...` */
  readonly rest: boolean;
  /** The annotation's text, `Real` in x::Real; informative only, apart from Float32/Float64/Int/Matrix names which the evaluator may check. */
  readonly type: string | null;
}

/** One cell. `source` stays with the tree so that an error can quote its line. */
export interface Program {
  readonly source: string;
  readonly body: Expr & { kind: 'block' };
  /** Names the cell assigns at its top level, and names it reads that it does not define itself: what makes cells react. */
  readonly defines: readonly string[];
  readonly reads: readonly string[];
  /**
   * Functions that the cell defines beside other things, each with the names it reads: what changes another part of the cell does not
   * change them. Absent where there are none.
   */
  readonly functions?: readonly (readonly [name: string, reads: readonly string[]])[];
  /** A trailing semicolon hides the value, as in Pluto and the REPL. */
  readonly silent: boolean;
  /** Packs of the library to fetch before it runs; absent where it needs none. */
  readonly packs?: readonly string[];
}
