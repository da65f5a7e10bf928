/** Values of the language for the formats of `@printf` and `@sprintf` (../printf.ts). */

import { argumentError } from '../errors.ts';
import { formatted, parseFormat } from './printf.ts';
import type { PrintfArgument } from './printf.ts';
import type { Runtime } from '../runtime.ts';
import { printText } from './show.ts';
import { Char, Single } from '../values.ts';
import type { Value } from '../values.ts';

function argument(rt: Runtime, given: Value): PrintfArgument {
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

/** The text of `@sprintf(template, values...)`. @throws ArgumentError where the two do not fit together */
export function formattedValues(rt: Runtime, args: readonly Value[]): string {
  const [template = null, ...values] = args;
  if (typeof template !== 'string') throw argumentError('the format of @printf and @sprintf is a string');
  const text = formatted(
    parseFormat(template),
    values.map((v) => argument(rt, v)),
  );
  rt.meter.room(text.length / 4);
  return text;
}
