/** Kinds of values that packs of the library bring. */

import type { Shape, Value } from './values.ts';

/**
 * A value of a kind that a pack of the library brings, so that the language need not know it: it answers itself what the
 * language asks of any value.
 */
export abstract class Extension {
  /** Julia's name of its type. */
  abstract readonly type: string;
  /** What it keeps alive. */
  abstract held(): Iterable<Value>;
  /** As `show` prints it. */
  abstract text(show: (v: Value) => string): string;
  /** `x.name`; undefined where there is no such field. */
  field?(name: string): Value | undefined;
  /** `x.name = v`; false where that cannot be set. */
  setField?(name: string, v: Value): boolean;
  /** Whether this is `===` another. */
  same?(other: Extension, egal: (a: Value, b: Value) => boolean): boolean;
  /** Its key in a dictionary; `of` gives those of its parts. */
  key?(of: (v: Value) => string): string;
  /** The parts whose numbers are differentiated by, under the names that Zygote gives their derivatives. */
  parts?(): { readonly names: readonly string[]; readonly values: readonly Value[] };
  /** One like this, of other parts. */
  withParts?(values: readonly Value[]): Extension;
  /** `deepcopy(x)`: `kept` is told of the copy before its parts are copied by `inner`. */
  deep?(inner: (v: Value) => Value, kept: <T extends Value>(copy: T) => T): Value;
  /** `x[key]`. @throws JuliaError */
  index?(keys: readonly Value[]): Value;
  /** `keys(x)`. */
  keys?(): readonly Value[];
  /** What iteration gives. */
  items?(): readonly Value[];
  /** What iteration gives, one by one; it may never end. */
  iterate?(): Iterable<Value>;
  /** How many that are. @throws JuliaError where nobody knows */
  count?(): number;
  /** The same, and null where nobody knows. */
  known?(): number | null;
  /** The matrix that `collect` makes of it, where it makes one. */
  get shape(): Shape | undefined {
    return undefined;
  }
  /** `x in this`. */
  has?(x: Value): boolean;
  /** `==`. */
  equals?(other: Extension): boolean;
  /** `push!`. */
  add?(x: Value): void;
  /** `delete!`; false where it was not there. */
  remove?(x: Value): boolean;
  /** `copy`. */
  copy?(): Value;
  /** As the REPL displays it, where that is not as `show` prints it. */
  lines?(show: (v: Value) => string): string;
  /** `gradient(f, x)` where x is no argument of f. */
  gradientOf?(f: Value): { value: Value; gradient: Value };
}
