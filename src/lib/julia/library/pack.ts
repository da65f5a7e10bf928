/** What a pack of the library holds; packs.ts names them. */

import type { Form, Runtime } from '../runtime.ts';
import type { Keywords, Value } from '../values.ts';
import type { About, Entry } from './table.ts';

/** What a function does for one kind of arguments; undefined where they are others. */
export type Method = (rt: Runtime, args: readonly Value[], keywords: Keywords) => Value | undefined;

export interface Pack {
  readonly entries: readonly Entry[];
  /** Further methods of functions by name, the pack's own or every page's: tried first. */
  readonly methods?: Readonly<Partial<Record<string, Method>>>;
  /** Names that are no functions: types, modules, constants. */
  readonly values?: (rt: Runtime) => ReadonlyMap<string, Value>;
  /** Compilers of statements, by kind of expression (../compile.ts). */
  readonly forms?: Readonly<Record<string, Form>>;
  /** What a reader is told of these. */
  readonly words?: readonly About[];
}
