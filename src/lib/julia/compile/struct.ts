/** `struct` and `abstract type`: the types a program makes, and how their values are made. */

import type { Expr } from '../ast.ts';
import { constructorOf } from './function.ts';
import type { CompiledMethod } from './function.ts';
import { forgetMethods } from './method.ts';
import { JuliaError, errorException, methodError, unsupportedError } from '../errors.ts';
import { Unlaneable } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import { Scope, newFrame, typeText, within } from './scope.ts';
import type { Code, Context } from './scope.ts';
import { Structure } from '../structure.ts';
import type { StructLayout } from '../structure.ts';
import { parametersOf } from '../show/typeinfo.ts';
import { isa, subtype } from '../types.ts';
import { Fn, TypeValue, elementType, noKeywords, typeName } from '../values.ts';
import type { Value } from '../values.ts';

type StructExpr = Expr & { kind: 'struct' };
type AbstractExpr = Expr & { kind: 'abstract' };

/** Names of fields, by type. */
export const layouts = new WeakMap<TypeValue, StructLayout>();

const concrete = /^(Int64|Int|Float64|Float32|Bool|String|Char|Symbol|Nothing|Tuple|Pair|Dict|Array|Vector|Matrix)\b/;

/** The supertype, found and seen to be one that may stand above. */
function checkedAbove(c: Context, e: StructExpr | AbstractExpr, above: string): string {
  const own = { own: c.rt.ownTypes };
  const known = c.rt.globals.get(above.replace(/\{.*/s, ''));
  if (concrete.test(above) || (known instanceof TypeValue && layouts.has(known)))
    throw errorException(`invalid subtyping in definition of ${e.name}: can only subtype abstract types.`).at(e);
  if (
    subtype(above, 'AbstractArray', own) ||
    subtype(above, 'AbstractDict', own) ||
    subtype(above, 'AbstractString', own)
  )
    throw unsupportedError(`a struct below \`${above}\` (one that has the array in a field works)`, e);
  return above;
}

function topOnly(c: Context, e: StructExpr | AbstractExpr): void {
  c.rt.sharedType = (items) => sharedType(c.rt, items);
  if (c.scope !== null)
    throw unsupportedError('a type defined inside `let`, a loop or a function (at the top of a cell it works)', e);
}

/** The common type of values; of the reader's own types the nearest one above all of them. */
function sharedType(rt: Runtime, items: readonly Value[]): string {
  const type = elementType(items);
  if (type !== 'Any' || rt.ownTypes.size === 0) return type;
  const chains = items.map((item) => {
    const above: string[] = [];
    for (let t: string | undefined = typeName(item).replace(/\{.*/s, ''); t !== undefined; t = rt.ownTypes.get(t))
      above.push(t);
    return above;
  });
  return chains[0]?.find((name) => rt.ownTypes.has(name) && chains.every((chain) => chain.includes(name))) ?? type;
}

export function compileAbstract(c: Context, e: AbstractExpr): Code {
  topOnly(c, e);
  const free = e.params.map(({ name }) => name);
  const above = typeText(c, e.above, e, free);
  return (frame) => {
    forgetMethods(c.rt, e.name);
    c.rt.ownTypes.set(e.name, checkedAbove(c, e, above(frame).replace(/\{.*/s, '')));
    const type = new TypeValue(e.name, () => {
      throw new JuliaError('MethodError', `MethodError: no constructors have been defined for ${e.name}`);
    });
    c.define(e.name, type);
    return null;
  };
}

/** A field's type with the parameters of `P{Int64}` put in. */
function filled(text: string, params: readonly string[], given: readonly string[]): string {
  return params.reduce(
    (type, name, k) =>
      type.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_!])`, 'gu'), () => given[k] ?? 'Any'),
    text,
  );
}

export function compileStruct(c: Context, e: StructExpr): Code {
  topOnly(c, e);
  const { rt } = c;
  const params = e.params.map(({ name }) => name);
  const [above, bounds] = [typeText(c, e.above, e, params), e.params.map((p) => typeText(c, p.bound, e, params))];
  // Types are read once the type itself is known, so that a field may hold another of its own type.
  const types = e.fields.map((field) => typeText(c, field.type ?? 'Any', field, params));
  const scope = new Scope(c.scope, false);
  const slot = scope.declare('new');
  const inner = e.inner.map((maker) => c.expr(within(c, scope), maker));
  const outer = e.outer.map((maker) => c.expr(c, maker));
  const count = e.fields.length;
  const layout: StructLayout = {
    names: e.fields.map(({ name }) => name),
    mutable: e.mutable,
    fixed: new Set(e.fields.filter(({ fixed }) => fixed).map(({ name }) => name)),
    method: (name, args) => rt.own.get(name)?.(args),
  };
  return (frame) => {
    forgetMethods(rt, e.name);
    rt.ownTypes.set(e.name, checkedAbove(c, e, above(frame).replace(/\{.*/s, '')));
    const converted = (v: Value, to: string): Value =>
      isa(v, to, { own: rt.ownTypes }) ? v : rt.call(rt.fn('convert'), [c.typed(to), v]);
    const make = (type: string, fieldTypes: readonly string[], args: readonly Value[]): Value => {
      if (rt.lanes) throw new Unlaneable(`making a \`${type}\``);
      const convert = (v: Value, k: number): Value => converted(v, fieldTypes[k] ?? 'Any');
      return new Structure(type, layout, args.map(convert), convert);
    };
    const arity = (name: string, args: readonly Value[]): void => {
      if (args.length === count) return;
      if (name !== 'new') throw methodError(name, args.map(typeName));
      if (args.length > count) throw errorException('new: too many arguments');
      throw unsupportedError('`new` with fewer values than fields (`nothing` may stand for one)', e);
    };
    const type: TypeValue = new TypeValue(e.name, (args, keywords = noKeywords) => {
      if (!type.makers) throw methodError(e.name, args.map(typeName));
      return type.makers.call(args, keywords);
    });
    layouts.set(type, layout);
    c.define(e.name, type);
    const written = types.map((text) => text(frame));
    type.applied = (name) => {
      const given = parametersOf(name);
      const of = written.map((text) => filled(text, params, given));
      const applied = new TypeValue(name, (args) => {
        arity(name, args);
        return make(name, of, args);
      });
      layouts.set(applied, layout);
      applied.applied = () => applied;
      return applied;
    };
    type.makers = constructorOf(rt, e.name, e.inner.length > 0 ? [] : defaults());
    const own = newFrame(rt, frame);
    own.slots[slot] = new Fn(
      'new',
      (args) => {
        arity('new', args);
        return make(e.name, written, args);
      },
      true,
    );
    for (const code of inner) code(own);
    for (const code of outer) code(frame);
    return null;

    function defaults(): CompiledMethod[] {
      const exact: CompiledMethod = {
        min: count,
        max: count,
        types: written,
        bounds: new Map(params.map((name, k) => [name, bounds[k]?.(frame) ?? 'Any'])),
        run: (args, _keywords, found) => {
          if (params.length === 0) return make(e.name, written, args);
          const given = params.map((name) => found.get(name));
          if (given.includes(undefined)) throw methodError(e.name, args.map(typeName));
          const texts = given.map((text) => text ?? 'Any');
          return make(
            `${e.name}{${texts.join(', ')}}`,
            written.map((text) => filled(text, params, texts)),
            args,
          );
        },
      };
      if (params.length > 0 || written.every((text) => text === 'Any')) return [exact];
      // The second converts: P(1) where the field is a Float64.
      return [exact, { ...exact, types: written.map(() => null) }];
    }
  };
}
