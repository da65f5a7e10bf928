/** `@printf`, `@sprintf` and `Printf.format` as functions of the library. */

import { argumentError } from '../errors.ts';
import { formatted, parseFormat } from '../printf.ts';
import type { Argument } from '../printf.ts';
import type { Runtime } from '../runtime.ts';
import { printText } from '../show.ts';
import { Stream } from '../stream.ts';
import { Char, Single } from '../values.ts';
import type { Value } from '../values.ts';
import { write } from './output.ts';
import type { Pack } from './packs.ts';
import { entry, noMethod, sequentialOnly } from './table.ts';
import type { Entry } from './table.ts';

function argument(rt: Runtime, given: Value): Argument {
  const v = rt.settle(given, 'formatting');
  if (typeof v === 'bigint') return { kind: 'int', value: v };
  if (typeof v === 'number') return { kind: 'float', value: v, single: false };
  if (v instanceof Single) return { kind: 'float', value: v.value, single: true };
  if (v instanceof Char) return { kind: 'text', print: () => v.value, char: v.value };
  return {
    kind: 'text',
    print: () => printText(rt, v),
    char: null,
    ...(typeof v === 'boolean' ? { whole: BigInt(v) } : {}),
  };
}

function format(rt: Runtime, args: readonly Value[]): string {
  const [template = null, ...values] = args;
  if (typeof template !== 'string') throw argumentError('the format of @printf and @sprintf is a string');
  const text = formatted(
    parseFormat(template),
    values.map((v) => argument(rt, v)),
  );
  rt.meter.room(text.length / 4);
  return text;
}

const entries: readonly Entry[] = [
  entry(
    {
      name: '@sprintf',
      signature: '@sprintf "%.3f" x',
      doc: 'Values written to a format, as a string.',
    },
    [1, Infinity],
    (rt, args) => {
      sequentialOnly(rt, 'formatting');
      return format(rt, args);
    },
  ),
  entry(
    { name: '@printf', signature: '@printf "%d" n', doc: 'Writes values to a format, below the cell.' },
    [1, Infinity],
    (rt, args) => {
      const [first, ...rest] = args;
      if (first instanceof Stream && rest.length === 0) throw noMethod('@printf', args);
      write(rt, first instanceof Stream ? first : null, format(rt, first instanceof Stream ? rest : args));
      return null;
    },
  ),
];

export const pack: Pack = { entries };
