/** Macros that run with their expressions: what they print, measure and hold. */

import type { Expr } from '../ast.ts';
import { JuliaError } from '../errors.ts';
import { write } from '../library/output.ts';
import { formattedValues } from '../show/printf-values.ts';
import { Unlaneable } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';
import type { Code, Context } from './scope.ts';
import { printText, showText } from '../show/show.ts';
import { Stream } from '../show/stream.ts';
import { Tuple } from '../values.ts';
import { unquoted } from './unquote.ts';
import type { Value } from '../values.ts';

type Macro = Expr & { kind: 'macro' };

const seconds = (since: number): number => Math.max(0, performance.now() - since) / 1000;

export function compileMacro(c: Context, e: Macro): Code {
  const { rt } = c;
  const { name, texts } = e;
  if (name === '@isdefined') return isDefined(c, e);
  const codes = e.args.map((arg) => c.expr(c, arg));
  const [first = (): Value => null, second] = codes;
  switch (name) {
    case '@show':
      return (frame) => {
        let v: Value = null;
        codes.forEach((code, k) => {
          v = code(frame);
          const arg = e.args[k];
          write(rt, null, `${arg ? unquoted(arg, texts[k] ?? '') : ''} = ${showText(rt, v)}\n`);
        });
        return v;
      };
    case '@time':
      return (frame) => {
        const label = second ? `${printText(rt, first(frame))}: ` : '';
        const start = performance.now();
        const v = (second ?? first)(frame);
        rt.settleChecks();
        write(rt, null, `${label}${seconds(start).toFixed(6).padStart(10)} seconds\n`);
        return v;
      };
    case '@elapsed':
    case '@timed':
      return (frame) => {
        if (rt.lanes) throw new Unlaneable(name);
        const start = performance.now();
        const v = first(frame);
        rt.settleChecks();
        return name === '@elapsed' ? seconds(start) : new Tuple([v, seconds(start)], ['value', 'time']);
      };
    case '@assert':
      return (frame) => {
        const held = first(frame);
        rt.span = e;
        if (rt.truth(held)) return null;
        const [arg] = e.args;
        const text = second ? printText(rt, second(frame)) : arg ? unquoted(arg, texts[0] ?? '') : '';
        throw new JuliaError('AssertionError', `AssertionError: ${text}`, e);
      };
    case '@printf':
    case '@sprintf':
      return (frame) => {
        if (rt.lanes) throw new Unlaneable(name);
        const values = codes.map((code) => code(frame));
        rt.span = e;
        const [first] = values;
        const io = first instanceof Stream && name === '@printf' ? first : null;
        const text = formattedValues(rt, io ? values.slice(1) : values);
        if (name === '@sprintf') return text;
        write(rt, io, text);
        return null;
      };
    default:
      return (frame) => {
        log(
          rt,
          name,
          texts,
          codes.map((code) => code(frame)),
        );
        return null;
      };
  }
}

/** `@info "text" x`: a box of lines, as the console logger of Julia draws it. */
function log(rt: Runtime, name: string, texts: readonly string[], values: readonly Value[]): void {
  if (name === '@debug') return;
  const title = name === '@warn' ? 'Warning' : name === '@info' ? 'Info' : 'Error';
  const lines = `${title}: ${printText(rt, values[0] ?? null)}`.split('\n');
  values.slice(1).forEach((v, k) => {
    const [key = ''] = (texts[k + 1] ?? '').split(/\s*=(?!=)/);
    lines.push(`  ${key.trim()} = ${showText(rt, v)}`);
  });
  if (title !== 'Info') lines.push('@ Main');
  const boxed = lines.map((line, k) => `${k === 0 ? '┌' : k === lines.length - 1 ? '└' : '│'} ${line}`);
  write(rt, null, `${lines.length === 1 ? `[ ${lines[0] ?? ''}` : boxed.join('\n')}\n`);
}

function isDefined(c: Context, e: Macro): Code {
  const [arg] = e.args;
  if (arg?.kind !== 'name') throw new JuliaError('ArgumentError', 'ArgumentError: @isdefined takes a name', e);
  const read = c.expr(c, arg);
  return (frame) => {
    try {
      read(frame);
      return true;
    } catch (error) {
      if (error instanceof JuliaError && error.julia === 'UndefVarError') return false;
      throw error;
    }
  };
}
