/**
 * Errors as a Julia user knows them: Julia's own type names, Julia's own wording, and a place in the source.
 * Every failure of reading or running a program is a `JuliaError`; anything else that escapes is a defect of this library.
 */

import type { Span } from './ast.ts';

/** Julia's exception types that a program of the subset can meet, then those of the subset and of the page. */
export type JuliaErrorName =
  | 'ArgumentError'
  | 'AssertionError'
  | 'BoundsError'
  | 'DimensionMismatch'
  | 'DivideError'
  | 'DomainError'
  | 'ErrorException'
  | 'InexactError'
  | 'KeyError'
  | 'MethodError'
  | 'ParseError'
  | 'OverflowError'
  | 'PosDefException'
  | 'SingularException'
  | 'StackOverflowError'
  | 'StringIndexError'
  | 'TypeError'
  | 'UndefKeywordError'
  | 'UndefVarError'
  /** More operations, elements or bytes than a page may spend. */
  | 'BudgetError'
  /** A part of the library that the page could not fetch. */
  | 'LoadError'
  /** Good Julia that the subset leaves out. */
  | 'UnsupportedError'
  /** Pluto's: a name belongs to one cell. */
  | 'MultipleDefinitionsError'
  /** Pluto's: no cell may wait for itself. */
  | 'CyclicReferenceError';

/**
 * `message` is what the REPL prints after `ERROR: `. `span` may be missing where the error is raised (a library function
 * does not know who called it); whoever runs the call adds it with `at`, and the innermost place wins.
 */
export class JuliaError extends Error {
  readonly julia: JuliaErrorName;
  span: Span | null;
  /** Fields of the exception that its message alone does not tell: values of the language. */
  fields: Readonly<Record<string, unknown>> = {};

  constructor(julia: JuliaErrorName, message: string, span: Span | null = null) {
    super(message);
    this.name = julia;
    this.julia = julia;
    this.span = span === null ? null : { from: span.from, to: span.to };
  }

  /** Says where the error happened unless an inner place is known already. Returns the error, to be thrown again. */
  at(span: Span): this {
    this.span ??= { from: span.from, to: span.to };
    return this;
  }
}

/** An exception as a value: what `catch e` holds. */
export class Thrown {
  readonly error: JuliaError;
  constructor(error: JuliaError) {
    this.error = error;
  }
}

export function argumentError(text: string, span?: Span): JuliaError {
  return new JuliaError('ArgumentError', `ArgumentError: ${text}`, span);
}

/** `object` as Julia summarises it, for example `3-element Vector{Float64}`; `index` as written between brackets. */
export function boundsError(object: string, index: string, span?: Span): JuliaError {
  return new JuliaError('BoundsError', `BoundsError: attempt to access ${object} at index [${index}]`, span);
}

export function dimensionMismatch(text: string, span?: Span): JuliaError {
  return new JuliaError('DimensionMismatch', `DimensionMismatch: ${text}`, span);
}

export function divideError(span?: Span): JuliaError {
  return new JuliaError('DivideError', 'DivideError: integer division error', span);
}

export function domainError(value: string, text: string, span?: Span): JuliaError {
  return new JuliaError('DomainError', `DomainError with ${value}:\n${text}`, span);
}

/** What `error("...")` raises; the REPL prints its text alone. */
export function errorException(text: string, span?: Span): JuliaError {
  return new JuliaError('ErrorException', text, span);
}

/** `InexactError: Int64(1.5)`. */
export function inexactError(type: string, value: string, span?: Span): JuliaError {
  return new JuliaError('InexactError', `InexactError: ${type}(${value})`, span);
}

/** `key` as Julia shows it: `:knob`, `"knob"`, `3`. */
export function keyError(shown: string, key: unknown, span?: Span): JuliaError {
  const error = new JuliaError('KeyError', `KeyError: key ${shown} not found`, span);
  error.fields = { key };
  return error;
}

/** `types` are Julia's names of the arguments' types: `no method matching +(::String, ::Int64)`. */
export function methodError(name: string, types: readonly string[], span?: Span): JuliaError {
  const list = types.map((type) => `::${type}`).join(', ');
  return new JuliaError('MethodError', `MethodError: no method matching ${name}(${list})`, span);
}

export function overflowError(text: string, span?: Span): JuliaError {
  return new JuliaError('OverflowError', `OverflowError: ${text}`, span);
}

export function parseError(text: string, span: Span): JuliaError {
  return new JuliaError('ParseError', `ParseError: ${text}`, span);
}

/** A system that has no unique solution; `pivot` counts from 1. */
export function singularException(pivot: number): JuliaError {
  return new JuliaError('SingularException', `SingularException(${pivot})`);
}

/**
 * What browsers say where the stack ends: Chromium and Safari, Firefox, and Chromium within a regular expression. Looked for without one, since
 * hardly any stack is left there.
 */
const overflows = ['call stack', 'too much recursion', 'Stack overflow'];

export function isStackOverflow(thrown: unknown): boolean {
  return thrown instanceof Error && overflows.some((words) => thrown.message.includes(words));
}

export function stackOverflowError(span?: Span): JuliaError {
  return new JuliaError('StackOverflowError', 'StackOverflowError:', span);
}

/** An index inside a character; `near` are the indices beside it with their characters. */
export function stringIndexError(index: number, near: readonly string[], span?: Span): JuliaError {
  const noun = near.length === 1 ? 'index' : 'indices';
  const text = `StringIndexError: invalid index [${index}], valid nearby ${noun} ${near.join(', ')}`;
  return new JuliaError('StringIndexError', text, span);
}

/** `TypeError: non-boolean (Float64) used in boolean context` and its relatives. */
export function typeError(text: string, span?: Span): JuliaError {
  return new JuliaError('TypeError', `TypeError: ${text}`, span);
}

export function undefKeywordError(name: string, span?: Span): JuliaError {
  return new JuliaError('UndefKeywordError', `UndefKeywordError: keyword argument \`${name}\` not assigned`, span);
}

/** Names of Julia's that are no functions and are not there, and what to do instead. */
const absent = new Map([
  ['im', 'the imaginary unit `im` (numbers are real here)'],
  ['missing', '`missing` (`nothing` stands for no value)'],
  ['×', 'the cross product `×` (`[a[2] * b[3] - a[3] * b[2], …]` computes it)'],
  ['Rational', 'a rational number (`/` divides to a Float64)'],
  ['Meta', '`Meta` (a function, or a Dict of functions, often serves)'],
  ['ccall', '`ccall` (a page runs no other programs)'],
]);

/** `where` it was looked for, as Julia 1.12 says: in a module, or "in local scope". */
export function undefVarError(name: string, span?: Span, where = 'in `Main`'): JuliaError {
  const instead = absent.get(name);
  if (instead !== undefined)
    return new JuliaError('UnsupportedError', `unsupported: ${instead} is not in this subset of Julia`, span);
  return new JuliaError('UndefVarError', `UndefVarError: \`${name}\` not defined ${where}`, span);
}

export function budgetError(text: string, span?: Span): JuliaError {
  return new JuliaError('BudgetError', `BudgetError: ${text}`, span);
}

/** `what` names the construct as a Julia user would: "`try`", "a `struct` definition". */
/** What a function of the library does not take, in one sentence that names the nearest thing that works. */
export function unsupported(what: string): JuliaError {
  return new JuliaError('UnsupportedError', `unsupported: ${what}`);
}

export function unsupportedError(what: string, span: Span): JuliaError {
  return new JuliaError('UnsupportedError', `unsupported: ${what} is not in this subset of Julia`, span);
}

/** A keyword argument that the function of this subset does not know. Julia may know it: to ignore it would be to differ silently. */
export function unknownKeyword(name: string, keyword: string, span?: Span): JuliaError {
  const text = `unsupported: the keyword argument \`${keyword}\` of ${name} is not in this subset of Julia`;
  return new JuliaError('UnsupportedError', text, span);
}

/** What an N0f8 cannot hold, in FixedPointNumbers' words. */
export function byteRangeError(x: number): JuliaError {
  return argumentError(
    `Normed{UInt8,8} is an 8-bit type representing 256 values from 0.0 to 1.0; cannot represent ${x}`,
  );
}
