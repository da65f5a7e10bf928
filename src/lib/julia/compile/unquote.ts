/** Expressions as Julia prints them: `@show 2*x+f(y)` says `2x + f(y) = ...`. */

import type { Argument, Expr, Iteration } from '../ast.ts';

/** How tightly operators bind; what is not here is an ordinary function. */
const tightness = new Map<string, number>([
  ['+', 11],
  ['-', 11],
  ['|', 11],
  ['⊻', 11],
  ['*', 12],
  ['/', 12],
  ['÷', 12],
  ['%', 12],
  ['&', 12],
  ['⋅', 12],
  ['\\', 12],
  ['∘', 12],
  ['^', 15],
]);
const PREFIX = 14;
const COMPARISON = 6;

/** `text` is the expression as it stands in the source, from which literals and rare forms are taken. */
export function unquoted(e: Expr, text: string): string {
  const source = (part: Expr): string =>
    text
      .slice(part.from - e.from, part.to - e.from)
      .replaceAll(/\s+/g, ' ')
      .trim();
  const within = (own: number, around: number, written: string): string => (own < around ? `(${written})` : written);
  const list = (parts: readonly Expr[]): string => parts.map((part) => show(part, 0)).join(', ');
  const loops = (all: readonly Iteration[]): string =>
    all.map(({ name, over }) => `${text.slice(name.from - e.from, name.to - e.from)} = ${show(over, 0)}`).join(', ');
  const argumentsOf = (args: readonly Argument[]): string => {
    const named = args.filter(({ keyword }) => keyword !== null);
    const plain = list(args.filter(({ keyword }) => keyword === null).map(({ value }) => value));
    if (named.length === 0) return plain;
    const words = named.map(({ keyword, value }) =>
      keyword === '...' ? `${show(value, 0)}...` : `${keyword} = ${show(value, 0)}`,
    );
    return `${plain}; ${words.join(', ')}`;
  };

  function call(part: Expr & { kind: 'call' }, around: number): string {
    const { callee, args, broadcast } = part;
    const [left, right] = args.map(({ value }) => value);
    const dot = broadcast ? '.' : '';
    const own = callee.kind === 'name' ? tightness.get(callee.name) : undefined;
    if (callee.kind !== 'name' || callee.to - callee.from > 3 || args.some(({ keyword }) => keyword !== null))
      return `${show(callee, 20)}${dot}(${argumentsOf(args)})`;
    const { name } = callee;
    if (own !== undefined && left && right && args.length === 2) {
      // A number before a name multiplies it without a sign.
      if (name === '*' && !broadcast && (left.kind === 'int' || left.kind === 'float') && right.kind === 'name')
        return within(own, around, `${show(left, 0)}${right.name}`);
      const [before, after] = name === '^' ? [own + 1, own] : [own, own + 1];
      const negative = right.kind === 'call' && /^-\s*[\d.]+$/.test(source(right));
      const written = `${show(left, before)} ${dot}${name} ${negative ? source(right) : show(right, after)}`;
      return within(own, around, written);
    }
    if (/^[-+!√~]$/.test(name) && left && !right && callee.from < left.from && callee.from === part.from)
      return within(PREFIX, around, `${dot}${name}${show(left, PREFIX + 1)}`);
    return `${name}${dot}(${argumentsOf(args)})`;
  }

  function show(part: Expr, around: number): string {
    switch (part.kind) {
      case 'name':
        return part.name;
      case 'call':
        return call(part, around);
      case 'compare': {
        const rest = part.rest.map(
          ({ op, broadcast, right }) => ` ${broadcast ? '.' : ''}${op} ${show(right, COMPARISON + 1)}`,
        );
        return within(COMPARISON, around, show(part.first, COMPARISON + 1) + rest.join(''));
      }
      case 'and':
      case 'or': {
        const [own, sign] = part.kind === 'and' ? [4, '&&'] : [3, '||'];
        return within(
          own,
          around,
          `${show(part.left, own + 1)} ${part.broadcast ? '.' : ''}${sign} ${show(part.right, own)}`,
        );
      }
      case 'index':
        return `${show(part.object, 20)}[${list(part.indices)}]`;
      case 'field':
        return `${show(part.object, 20)}.${part.name}`;
      case 'adjoint':
        return `${show(part.value, 20)}'`;
      case 'tuple':
        if (part.names.some((name) => name !== null)) return source(part);
        return `(${list(part.items)}${part.items.length === 1 ? ',' : ''})`;
      case 'vector':
        return `[${list(part.items)}]`;
      case 'matrix':
        return `[${part.rows.map((row) => row.map((item) => show(item, 0)).join(' ')).join('; ')}]`;
      case 'range':
        return within(
          10,
          around,
          [part.start, ...(part.step ? [part.step] : []), part.stop].map((end) => show(end, 11)).join(':'),
        );
      case 'pair':
        return within(2, around, `${show(part.key, 3)} => ${show(part.value, 2)}`);
      case 'comprehension': {
        if (part.inner || part.filter) return source(part);
        const body = `${show(part.value, 0)} for ${loops(part.loops)}`;
        return part.generator ? `(${body})` : `[${body}]`;
      }
      case 'splat':
        return `${show(part.value, 20)}...`;
      default:
        return source(part);
    }
  }
  return show(e, 0);
}
