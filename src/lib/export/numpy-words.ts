/** Names, numbers and the words for what has no translation. */

import type { Expr } from '../julia/ast.ts';

export const TYPES: Readonly<Record<string, string>> = { Float64: 'float64', Float32: 'float32', float: 'float64' };

export const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  comprehension: 'a comprehension',
  tuple: 'several values at once',
  for: 'a loop',
  while: 'a loop',
  if: '`if`',
  field: 'a field',
  macro: 'a macro',
  let: '`let`',
  function: 'a function without a name',
  try: '`try`',
  struct: 'a type of its own',
  update: 'an update in place',
  pair: 'a pair',
  splat: '`...`',
};

/** A number that is written as one; null for anything else. */
export function valueOf(node: Expr): number | null {
  if (node.kind === 'int') return Number(node.value);
  if (node.kind === 'float') return node.value;
  if (node.kind === 'call' && node.callee.kind === 'name' && node.callee.name === '-' && node.args.length === 1) {
    const inner = node.args[0] === undefined ? null : valueOf(node.args[0].value);
    return inner === null ? null : -inner;
  }
  return null;
}

export function number(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'np.nan' : value > 0 ? 'np.inf' : '(-np.inf)';
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value);
}

const RESERVED = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield np io urllib Image picture result'.split(
    ' ',
  ),
);

/** A name as Python may have it: `softmax!` and `lambda` may not. */
export function pythonName(name: string): string {
  const plain = name.replaceAll('!', '_').replaceAll('′', '_prime');
  return RESERVED.has(plain) ? `${plain}_` : plain;
}
