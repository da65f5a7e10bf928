/**
 * From the tree to closures over a runtime. Nothing here parses: a page carries its programs as trees. Every closure sets
 * `rt.span` just before it works, so that whatever goes wrong knows its place.
 */

import type { Argument, Expr, Program } from '../ast.ts';
import { broadcast } from '../broadcast.ts';
import { namedTuple, splatted } from './splat.ts';
import { container, elementsOfType } from './typed.ts';
import { compileComprehension, compileGenerator, stopsEarly } from './comprehension.ts';
import {
  compileBlock,
  compileFor,
  compileIf,
  compileLet,
  compileLogic,
  compileReturn,
  compileWhile,
} from './control.ts';
import { compileIndices } from './indices.ts';
import { compileFunction } from './function.ts';
import { compileAssign, compileBind, compileUpdate } from './assign.ts';
import { matrixLiteral } from '../concat.ts';
import { argumentError, typeError, undefVarError, unsupportedError } from '../errors.ts';
import { colon, getIndex, lastIndex } from '../indexing/read.ts';
import { gathered, vectorOf } from '../iterate.ts';
import { adjoint, compare, conjunction, literalPower } from '../operators.ts';
import { makeRange } from '../range.ts';
import type { Runtime } from '../runtime.ts';
import { assignments } from './analyse.ts';
import { readName, typeText } from './scope.ts';
import type { Code, Context } from './scope.ts';
import { isa } from '../types.ts';
import { typeOf } from '../library/types.ts';
import { printText } from '../show/show.ts';
import { fieldOf } from '../field.ts';
import {
  Arr,
  Char,
  Fn,
  Lane,
  Pair,
  Single,
  Sym,
  Tuple,
  TypeValue,
  noKeywords,
  scalarType,
  typeName,
} from '../values.ts';
import type { Frame, Keywords, Value } from '../values.ts';

/**
 * Code for a whole cell. `define` receives its top-level variables.
 *
 * @param known variables of the scope that loops at the cell's top may assign although the cell does not (REPL, Jupyter)
 */
export function compileProgram(
  rt: Runtime,
  program: Program,
  define: (name: string, v: Value) => void,
  known: Iterable<string> = [],
): () => Value {
  const assigned = assignments([program.body]);
  const c: Context = {
    rt,
    scope: null,
    top: new Set([...assigned.names, ...assigned.globals, ...known]),
    topTypes: assigned.types,
    expr: compile,
    define,
    typed: (name) => (/^(Dict|Set)\{/.test(name) ? container(rt, name) : typeOf(rt, name)),
  };
  const code = compile(c, program.body);
  return () => {
    rt.span = program.body;
    const top: Frame = { slots: [], parent: null, mask: null, level: 0 };
    return code(top);
  };
}

function compile(c: Context, e: Expr): Code {
  const { rt } = c;
  switch (e.kind) {
    case 'int': {
      const value = BigInt(e.value);
      if (BigInt.asIntN(64, value) !== value) throw unsupportedError('an integer beyond 64 bits', e);
      return () => value;
    }
    case 'float': {
      const value = e.single ? new Single(e.value) : e.value;
      return () => value;
    }
    case 'bool':
      return () => e.value;
    case 'nothing':
      return () => null;
    case 'char': {
      const value = new Char(e.value);
      return () => value;
    }
    case 'symbol': {
      const value = new Sym(e.name);
      return () => value;
    }
    case 'colon':
      return () => colon;
    case 'string':
      return compileString(c, e);
    case 'name':
      return readName(c, e.name, e);
    case 'end':
    case 'begin':
      return compileEnd(c, e);
    case 'call':
      return compileCall(c, e);
    case 'compare':
      return compileCompare(c, e);
    case 'and':
    case 'or':
      return compileLogic(c, e);
    case 'ternary':
      return compileIf(c, { branches: [{ test: e.test, body: e.then }], otherwise: e.otherwise });
    case 'if':
      return compileIf(c, e);
    case 'for':
      return compileFor(c, e);
    case 'while':
      return compileWhile(c, e);
    case 'break':
    case 'continue':
    case 'return':
      return compileReturn(c, e);
    case 'block':
      return compileBlock(c, e.body);
    case 'let':
      return compileLet(c, e);
    case 'declare': {
      if (e.word === 'local' && c.scope === null)
        throw unsupportedError('`local` at the top of a cell; put it between `let` and `end`, and it', e);
      if (e.value) return compile(c, e.value);
      return () => null;
    }
    case 'typed': {
      const [value, type] = [compile(c, e.value), typeText(c, e.type, e)];
      return (frame) => {
        const [v, name] = [value(frame), type(frame)];
        if (isa(v, name, { own: rt.ownTypes })) return v;
        throw typeError(`in typeassert, expected ${name}, got a value of type ${typeName(v)}`, e);
      };
    }
    case 'assign':
      return compileAssign(c, e);
    case 'update':
      return compileUpdate(c, e);
    case 'function':
      return compileFunction(c, e);
    case 'index':
      return compileIndex(c, e);
    case 'field': {
      const object = compile(c, e.object);
      return (frame) => {
        const v = object(frame);
        rt.span = e;
        return fieldOf(rt, v, e.name);
      };
    }
    case 'adjoint': {
      const value = compile(c, e.value);
      return (frame) => {
        const v = value(frame);
        rt.span = e;
        return adjoint(rt, v);
      };
    }
    case 'range': {
      const [start, step, stop] = [compile(c, e.start), e.step ? compile(c, e.step) : null, compile(c, e.stop)];
      return (frame) => {
        const [a, s, b] = [start(frame), step ? step(frame) : null, stop(frame)];
        rt.span = e;
        return makeRange(rt, a, s, b);
      };
    }
    case 'tuple':
      return compileTuple(c, e);
    case 'vector': {
      const items = compileItems(c, e.items);
      return (frame) => {
        const values = items(frame);
        rt.span = e;
        return vectorOf(rt, values);
      };
    }
    case 'matrix': {
      const rows = e.rows.map((row) => compileItems(c, row));
      return (frame) => {
        const values = rows.map((row) => row(frame));
        rt.span = e;
        return matrixLiteral(rt, values);
      };
    }
    case 'comprehension':
      return compileComprehension(c, e);
    case 'pair': {
      const [key, value] = [compile(c, e.key), compile(c, e.value)];
      return (frame) => new Pair(key(frame), value(frame));
    }
    case 'splat':
      throw argumentError('`...` outside a call', e);
    case 'using':
      return () => null;
    case 'bind':
      return compileBind(c, e);
    default: {
      const form = rt.forms.get(e.kind);
      if (!form) throw unsupportedError(e.kind === 'macro' ? `the macro \`${e.name}\`` : `\`${e.kind}\``, e);
      return (form as (c: Context, e: Expr) => Code)(c, e);
    }
  }
}

type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

function compileString(c: Context, e: Of<'string'>): Code {
  const parts = e.parts.map((part) => (typeof part === 'string' ? part : compile(c, part)));
  const [only] = parts;
  if (parts.length <= 1 && typeof (only ?? '') === 'string') return () => (only as string | undefined) ?? '';
  return (frame) => {
    const text = parts.map((part) => (typeof part === 'string' ? part : printText(c.rt, part(frame)))).join('');
    c.rt.span = e;
    c.rt.meter.room(text.length / 8);
    return text;
  };
}

function compileEnd(c: Context, e: Of<'end' | 'begin'>): Code {
  return () => {
    if (e.kind === 'begin') return 1n;
    const place = c.rt.indexing[c.rt.indexing.length - 1];
    if (!place) throw undefVarError('end', e);
    return lastIndex(place.object, place.position, place.count);
  };
}

function compileIndex(c: Context, e: Of<'index'>): Code {
  const { rt } = c;
  const object = compile(c, e.object);
  const indices = compileIndices(c, e.indices);
  return (frame) => {
    const v = object(frame);
    const at = indices(frame, v);
    rt.span = e;
    if (v instanceof TypeValue || (v instanceof Fn && v.builtin && /^[A-Z]/.test(v.name)))
      return elementsOfType(rt, v, at);
    const views = e.view === 'one' || (e.view === 'all' && v instanceof Arr && at.some((i) => scalarType(i) === null));
    if (views) return rt.call(rt.fn('view'), [v, ...at]);
    return getIndex(rt, v, at);
  };
}

/** Values of several expressions, splats laid out. */
function compileItems(c: Context, items: readonly Expr[], compileOne = compile): (frame: Frame) => Value[] {
  const splat = items.some((item) => item.kind === 'splat');
  const codes = items.map((item) => compileOne(c, item.kind === 'splat' ? item.value : item));
  if (!splat) return (frame) => codes.map((code) => code(frame));
  return (frame) =>
    codes.flatMap((code, k) => (items[k]?.kind === 'splat' ? gathered(c.rt, code(frame)) : [code(frame)]));
}

function compileTuple(c: Context, e: Of<'tuple'>): Code {
  const items = compileItems(c, e.items);
  const names = e.names.filter((name) => name !== null);
  // `(; nt..., a = 1)`: the last of equal names counts.
  if (names.includes('...')) return (frame) => namedTuple(c, names, items(frame));
  return (frame) => new Tuple(items(frame), names.length > 0 ? names : null);
}

function compileArguments(
  c: Context,
  args: readonly Argument[],
  compileOne = compile,
): { values: (frame: Frame) => Value[]; keywords: (frame: Frame) => Keywords } {
  const positional = args.filter((arg) => arg.keyword === null).map((arg) => arg.value);
  const named = args
    .filter((arg) => arg.keyword !== null)
    .map((arg) => [arg.keyword ?? '', compile(c, arg.value)] as const);
  return {
    values: compileItems(c, positional, compileOne),
    keywords:
      named.length === 0
        ? () => noKeywords
        : (frame) => {
            const given = new Map<string, Value>();
            for (const [name, code] of named) {
              if (name === '...') for (const [key, v] of splatted(c, code(frame))) given.set(key, v);
              else given.set(name, code(frame));
            }
            return given;
          },
  };
}

/** The whole number that stands right of `^` in the source: `x^2`, `x^-1`. Null for any other exponent. */
function literalExponent(e: Of<'call'>): bigint | null {
  const exponent = e.args[1]?.value;
  if (e.callee.kind !== 'name' || e.callee.name !== '^' || e.args.length !== 2 || !exponent) return null;
  if (exponent.kind === 'int') return BigInt(exponent.value);
  if (exponent.kind !== 'call' || exponent.callee.kind !== 'name' || exponent.callee.name !== '-') return null;
  const [only, more] = exponent.args;
  return only?.value.kind === 'int' && !more ? -BigInt(only.value.value) : null;
}

/** Links of a chain that compiling and running go through without going deeper: `a - b - c`. */
function chain(e: Of<'call'>): { first: Expr; links: Of<'call'>[] } {
  const links: Of<'call'>[] = [];
  let first: Expr = e;
  while (
    first.kind === 'call' &&
    first.callee.kind === 'name' &&
    first.args.length === 2 &&
    /^[-+*/]$/.test(first.callee.name)
  ) {
    const [left, right]: readonly Argument[] = first.args;
    if (
      !left ||
      left.keyword !== null ||
      left.value.kind === 'splat' ||
      right?.keyword !== null ||
      right.value.kind === 'splat'
    )
      break;
    links.unshift(first);
    first = left.value;
  }
  return { first, links };
}

function compileChain(c: Context, { first, links }: { first: Expr; links: readonly Of<'call'>[] }): Code {
  const { rt } = c;
  const start = compile(c, first);
  const steps = links.map((e) => ({
    e,
    callee: compile(c, e.callee),
    right: compile(c, e.args[1]?.value ?? e),
  }));
  return (frame) => {
    let v = start(frame);
    for (const { e, callee, right } of steps) {
      const [f, w] = [callee(frame), right(frame)];
      rt.span = e;
      v = e.broadcast ? broadcast(rt, f, [v, w]) : rt.call(f, [v, w]);
    }
    return v;
  };
}

function lazily(c: Context, e: Expr): Code {
  return e.kind === 'comprehension' && e.generator && !e.inner ? compileGenerator(c, e) : compile(c, e);
}

function compileCall(c: Context, e: Of<'call'>): Code {
  const { rt } = c;
  const exponent = literalExponent(e);
  if (exponent !== null && exponent < 0n && !c.scope?.find('^')) {
    const base = compile(c, e.args[0]?.value ?? e);
    const inverse = new Fn('^', ([x = null]) => literalPower(rt, x, exponent), true);
    return (frame) => {
      const v = base(frame);
      rt.span = e;
      return e.broadcast ? broadcast(rt, inverse, [v]) : literalPower(rt, v, exponent);
    };
  }
  const linked = chain(e);
  if (linked.links.length > 8) return compileChain(c, linked);
  const callee = compile(c, e.callee);
  const { values, keywords } = compileArguments(c, e.args, stopsEarly(e.callee) ? lazily : compile);
  if (e.broadcast) {
    return (frame) => {
      const f = callee(frame);
      const [args, named] = [values(frame), keywords(frame)];
      rt.span = e;
      return broadcast(rt, f, args, named);
    };
  }
  return (frame) => {
    const f = callee(frame);
    const [args, named] = [values(frame), keywords(frame)];
    rt.span = e;
    return rt.call(f, args, named);
  };
}

function compileCompare(c: Context, e: Of<'compare'>): Code {
  const { rt } = c;
  const first = compile(c, e.first);
  const rest = e.rest.map((link) => ({ ...link, code: compile(c, link.right) }));
  const apply = (op: string, dotted: boolean, a: Value, b: Value): Value => {
    if (!dotted) return compare(rt, op, a, b);
    return broadcast(rt, new Fn(op, ([x = null, y = null]) => compare(rt, op, x, y), true), [a, b]);
  };
  return (frame) => {
    let left = first(frame);
    let result: Value = true;
    for (const { op, broadcast: dotted, code } of rest) {
      if (result === false) return false;
      const right = code(frame);
      rt.span = e;
      const verdict = apply(op, dotted, left, right);
      if (result === true) result = verdict;
      else if (result instanceof Lane || typeof result === 'boolean') result = conjunction(rt, 'and', result, verdict);
      else
        result = broadcast(rt, new Fn('&', ([x = null, y = null]) => conjunction(rt, 'and', x, y), true), [
          result,
          verdict,
        ]);
      left = right;
    }
    return result;
  };
}
