/** Types of the reader's own, fetched where a program defines one: their statements, and functions of fields by name. */

import { compileAbstract, compileStruct, layouts } from '../compile/struct.ts';
import { compileMethod } from '../compile/method.ts';
import { methodError } from '../errors.ts';
import { fieldOf, setField } from '../field.ts';
import { Structure } from '../structure.ts';
import { Pair, Sym, Tuple, TypeValue, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import type { Pack } from './pack.ts';
import { entry } from './table.ts';
import type { Entry } from './table.ts';

function namesOf(v: Value): readonly string[] | null {
  if (v instanceof Structure) return v.layout.names;
  if (v instanceof TypeValue) return layouts.get(v)?.names ?? null;
  if (v instanceof Tuple && v.names) return v.names;
  return v instanceof Pair ? ['first', 'second'] : null;
}

const symbols = (names: readonly string[]): Tuple => new Tuple(names.map((name) => new Sym(name)));

/** `getfield(p, :x)` under each of its two names. */
const read = (name: string): Entry =>
  entry({ name, signature: `${name}(p, :x)`, doc: 'The field of that name.' }, [2, 2], (rt, [v = null, field]) => {
    if (!(field instanceof Sym)) throw methodError(name, [typeName(v), typeName(field ?? null)]);
    return fieldOf(rt, v, field.name);
  });

const written = (name: string): Entry =>
  entry(
    { name, signature: `${name}(p, :x, v)`, doc: 'Sets the field of that name.', differentiable: 'no' },
    [3, 3],
    (rt, [v = null, field, value = null]) => {
      if (!(field instanceof Sym)) throw methodError(name, [typeName(v), typeName(field ?? null), typeName(value)]);
      setField(rt, v, field.name, value);
      return value;
    },
  );

export const pack: Pack = {
  entries: [
    read('getfield'),
    read('getproperty'),
    written('setfield!'),
    written('setproperty!'),
    entry(
      { name: 'fieldnames', signature: 'fieldnames(T)', doc: 'Names of the fields of a type, as symbols.' },
      [1, 1],
      (_rt, [type = null]) => {
        const names = type instanceof TypeValue ? namesOf(type) : null;
        if (!names) throw methodError('fieldnames', [typeName(type)]);
        return symbols(names);
      },
    ),
    entry(
      { name: 'propertynames', signature: 'propertynames(p)', doc: 'Names of the fields of a value, as symbols.' },
      [1, 1],
      (_rt, [v = null]) => symbols(namesOf(v) ?? []),
    ),
    entry(
      { name: 'hasproperty', signature: 'hasproperty(p, :x)', doc: 'Whether a value has a field of that name.' },
      [2, 2],
      (_rt, [v = null, name = null]) => name instanceof Sym && (namesOf(v) ?? []).includes(name.name),
    ),
  ],
  forms: { struct: compileStruct, abstract: compileAbstract, method: compileMethod },
};
