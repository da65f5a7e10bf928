/** Symbols, errors, types of values. */

import { errorException } from '../errors.ts';
import { printText, showText } from '../show/show.ts';
import { ThrownValue } from '../thrown.ts';
import { Sym, Thrown, typeName } from '../values.ts';
import { typeOf } from './types.ts';
import { any, entry, sequentialOnly } from './table.ts';
import type { Entry } from './table.ts';

export const texts: readonly Entry[] = [
  entry(
    { name: 'Symbol', signature: 'Symbol(s)', doc: 'The symbol of that name.' },
    [1, 1],
    (rt, [s = null]) => new Sym(printText(rt, s)),
  ),
  entry({ name: 'error', signature: 'error(xs...)', doc: 'Stops with a message.' }, any, (rt, args) => {
    sequentialOnly(rt, 'error(...)');
    throw errorException(args.map((v) => printText(rt, v)).join(''));
  }),
  entry({ name: 'throw', signature: 'throw(x)', doc: 'Stops with a message.' }, [1, 1], (rt, [v = null]) => {
    sequentialOnly(rt, 'throw');
    if (v instanceof Thrown) throw v.error;
    throw new ThrownValue(showText(rt, v), v);
  }),
  entry({ name: 'typeof', signature: 'typeof(x)', doc: 'The type of x.' }, [1, 1], (rt, [v = null]) =>
    typeOf(rt, typeName(v)),
  ),
];
