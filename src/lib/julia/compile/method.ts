/**
 * Methods that a program gives what the library has, for its own types: `Base.:+(a::P, b::P)`, `Base.show(io::IO, p::P)`,
 * `(p::P)(x)`. They are tried before the library's own.
 */

import { JuliaError, methodError, undefVarError, unsupportedError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { Stream } from '../show/stream.ts';
import { Fn, TypeValue, noKeywords, typeName } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import { fitting, withMethod } from './function.ts';
import type { AddedMethod, CompiledMethod } from './function.ts';
import type { Code, Context } from './scope.ts';
import { isa } from '../types.ts';

/** Functions that the language calls by other ways than by their names, so that a method would be passed by. */
const closed = new Set(
  'getproperty setproperty! propertynames convert promote hash isequal === !== != setindex! similar copy deepcopy broadcast in'.split(
    ' ',
  ),
);

/** By function, of each runtime. */
const methodsOf = new WeakMap<Runtime, Map<string, CompiledMethod[]>>();

function tableOf(rt: Runtime): Map<string, CompiledMethod[]> {
  const known = methodsOf.get(rt) ?? new Map<string, CompiledMethod[]>();
  methodsOf.set(rt, known);
  return known;
}

/** Forgets the methods for a type that is defined anew. */
export function forgetMethods(rt: Runtime, type: string): void {
  const named = new RegExp(`(?<![\\p{L}\\p{N}_])${type}(?![\\p{L}\\p{N}_!])`, 'u');
  for (const [name, methods] of tableOf(rt)) {
    const kept = methods.filter((m) => !m.types.some((text) => text !== null && named.test(text)));
    tableOf(rt).set(name, kept);
    if (kept.length === 0) rt.own.delete(name);
  }
}

export function compileMethod(c: Context, { e, method }: AddedMethod): Code {
  const { rt } = c;
  const name = e.name ?? '';
  return () => {
    if (c.scope !== null)
      throw unsupportedError(
        'a method of a library’s function inside a function or a loop (at the top of a cell it works)',
        e,
      );
    const known = name === '()' ? null : rt.library.get(name);
    if (known === undefined) throw undefVarError(name, e, 'in `Base`');
    if (closed.has(name) || known instanceof TypeValue)
      throw unsupportedError(
        `a method of \`${name}\` for a type of one’s own (a function with a name of its own works)`,
        e,
      );
    const table = tableOf(rt);
    table.set(name, withMethod(table.get(name) ?? [], method));
    rt.own.set(name, (args, keywords) => answer(rt, name, args, keywords ?? noKeywords));
    if (name === 'show') rt.shown = shown(rt);
    return known instanceof Fn ? known : null;
  };
}

function answer(rt: Runtime, name: string, args: readonly Value[], keywords: Keywords): Value | undefined {
  const methods = tableOf(rt).get(name) ?? [];
  const fit = fitting(rt, name, methods, args);
  if (fit) return fit.method.run([...args], keywords, fit.found);
  if (name !== '()') return undefined;
  const [self = null, ...rest] = args;
  const called = methods.some(
    (m) => m.types[0] == null || isa(self, m.types[0], { own: rt.ownTypes, bounds: m.bounds }),
  );
  if (!called) return undefined;
  throw methodError(`(::${typeName(self)})`, rest.map(typeName));
}

/** What a program's method of `show` writes; the one for the REPL stands before the one on a line. */
function shown(rt: Runtime): NonNullable<Runtime['shown']> {
  return (v, how, long = false) => {
    const stream = new Stream('IOBuffer', { text: '' }, how);
    const methods = tableOf(rt).get('show') ?? [];
    const plain = new TypeValue('MIME{Symbol("text/plain")}', () => null);
    for (const args of long
      ? [
          [stream, plain, v],
          [stream, v],
        ]
      : [[stream, v]]) {
      const fit = fitting(rt, 'show', methods, args);
      if (!fit) continue;
      if (rt.lanes) throw new JuliaError('UnsupportedError', 'unsupported: showing a value of one’s own over lanes');
      fit.method.run(args, noKeywords, fit.found);
      return stream.buffer?.text ?? '';
    }
    return undefined;
  };
}
