/** What rare statements need, fetched where a program has one: `try`, exceptions as values, macros that print and measure. */

import { compileMacro } from '../compile/macro.ts';
import { compileTry } from '../compile/try.ts';
import { JuliaError, argumentError, errorException, methodError } from '../errors.ts';
import type { JuliaErrorName } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { printText, showText } from '../show/show.ts';
import { Stream } from '../show/stream.ts';
import { Thrown, TypeValue, typeName } from '../values.ts';
import type { Value } from '../values.ts';
import type { Pack } from './pack.ts';
import { write } from './output.ts';
import { entry } from './table.ts';
import type { About } from './table.ts';

/** Exceptions made from one message, then those with a message of their own shape. */
const plain = ['ErrorException', 'ArgumentError', 'DimensionMismatch', 'AssertionError', 'OverflowError'] as const;

function message(rt: Runtime, name: JuliaErrorName, args: readonly Value[]): string {
  const [first = null, second = null] = args;
  switch (name) {
    case 'ErrorException':
      return printText(rt, first);
    case 'DomainError':
      return `DomainError with ${showText(rt, first)}${args.length > 1 ? `:\n${printText(rt, second)}` : ''}`;
    case 'KeyError':
      return `KeyError: key ${showText(rt, first)} not found`;
    case 'UndefVarError':
      return `UndefVarError: \`${printText(rt, first)}\` not defined`;
    case 'DivideError':
      return 'DivideError: integer division error';
    case 'StackOverflowError':
      return 'StackOverflowError:';
    default:
      return `${name}: ${printText(rt, first)}`;
  }
}

const shaped: readonly (readonly [JuliaErrorName, least: number, most: number])[] = [
  ...plain.map((name) => [name, name === 'AssertionError' ? 0 : 1, 1] as const),
  ['DomainError', 1, 2],
  ['KeyError', 1, 1],
  ['UndefVarError', 1, 1],
  ['DivideError', 0, 0],
  ['StackOverflowError', 0, 0],
  ['BoundsError', 0, -1],
  ['InexactError', 0, -1],
  ['MethodError', 0, -1],
  ['StringIndexError', 0, -1],
  ['TypeError', 0, -1],
  ['UndefKeywordError', 0, -1],
];

function values(rt: Runtime): Map<string, Value> {
  const types = shaped.map(([name, least, most]): [string, Value] => [
    name,
    new TypeValue(name, (args) => {
      if (most < 0)
        throw argumentError(`unsupported: making a ${name}; \`error("...")\` and ArgumentError("...") work`);
      if (args.length < least || args.length > most) throw methodError(name, args.map(typeName));
      return new Thrown(new JuliaError(name, message(rt, name, args)));
    }),
  ]);
  const root = new TypeValue('Exception', (args) => {
    throw methodError('Exception', args.map(typeName));
  });
  return new Map([...types, ['Exception', root]]);
}

const words: readonly About[] = [
  ...shaped.map(([name]) => ({ name, signature: `${name}(…)`, doc: 'An exception, for throw and catch.' })),
  { name: '@printf', signature: '@printf "%.3f" x', doc: 'Writes values to a format.' },
  { name: '@sprintf', signature: '@sprintf "%.3f" x', doc: 'Values written to a format, as a string.' },
  { name: 'Exception', signature: 'Exception', doc: 'What can be thrown and caught.' },
];

function textOf(rt: Runtime, v: Value): string {
  return v instanceof Thrown ? v.error.message : showText(rt, v);
}

export const pack: Pack = {
  entries: [
    entry(
      { name: 'rethrow', signature: 'rethrow()', doc: 'In a catch, throws what was caught.', differentiable: 'no' },
      [0, 1],
      (rt, [v]) => {
        if (v instanceof Thrown) throw v.error;
        throw rt.caught ?? errorException('rethrow() not allowed outside a catch block');
      },
    ),
    entry(
      {
        name: 'showerror',
        signature: 'showerror(stdout, e)',
        doc: 'Writes the message of an exception.',
        differentiable: 'no',
      },
      [1, 2],
      (rt, args) => {
        const io = args.length > 1 ? args[0] : null;
        write(rt, io instanceof Stream ? io : null, textOf(rt, args.at(-1) ?? null));
        return null;
      },
    ),
  ],
  values,
  words,
  forms: { try: compileTry, macro: compileMacro },
};
