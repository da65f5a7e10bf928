/** Calls, indexing, fields, array literals, comprehensions, tuples and macro calls. */

import type { SyntaxNode } from '@lezer/common';
import type { Argument, Expr, Iteration, Span } from '../ast.ts';
import { parseError, unsupportedError } from '../errors.ts';
import { readLambda } from './functions.ts';
import { readPattern } from './patterns.ts';
import { canonicalName, excerpt, spanOf } from './reader.ts';
import type { Reader } from './reader.ts';
import { children } from './tree.ts';

export const BRACKETS = new Set(['(', ')', '[', ']']);

export function itemsOf(node: SyntaxNode): SyntaxNode[] {
  return children(node).filter((child) => !BRACKETS.has(child.name));
}

export function readCall(node: SyntaxNode, reader: Reader): Expr {
  const parts = children(node);
  const [callee] = parts;
  const given = parts.find((part) => part.name === 'Arguments');
  const block = parts.find((part) => part.name === 'DoClause');
  if (callee === undefined || given === undefined) throw parseError('incomplete call', spanOf(node));
  const dotted = parts.some((part) => part.name === '.');
  const spliced = callee.name === 'InterpExpression';
  const args = readArguments(given, reader);
  if (block !== undefined) args.unshift({ value: readLambda(block, reader), keyword: null });
  const broadcast = dotted || (reader.where.dots && !spliced);
  return { kind: 'call', callee: reader.expr(callee), args, broadcast, ...spanOf(node) };
}

function readArguments(node: SyntaxNode, reader: Reader): Argument[] {
  return itemsOf(node).flatMap((item): Argument[] => {
    if (item.name === 'KwArg') return [readKeyword(item, reader)];
    if (item.name === 'KeywordArguments') return children(item).map((keyword) => readKeyword(keyword, reader));
    return [{ value: reader.expr(item), keyword: null }];
  });
}

/** `dims=1`, or after the semicolon `dims` alone for `dims=dims`. */
function readKeyword(node: SyntaxNode, reader: Reader): Argument {
  if (node.name === 'Identifier') {
    const value = reader.expr(node);
    return { value, keyword: canonicalName(reader.text(node)) };
  }
  if (node.name === 'SplatExpression') {
    const [splatted] = children(node);
    if (splatted === undefined) throw parseError('`...` without keywords', spanOf(node));
    return { value: reader.operand(splatted), keyword: '...' };
  }
  if (node.name === 'FieldExpression') {
    const value = reader.expr(node);
    if (value.kind === 'field') return { value, keyword: value.name };
  }
  const [name, op, value] = children(node);
  if (node.name !== 'KwArg' || name?.name !== 'Identifier' || op === undefined || value === undefined) {
    throw parseError(`invalid keyword argument \`${excerpt(reader.text(node))}\``, spanOf(node));
  }
  if (reader.text(op) !== '=') throw parseError(`unexpected \`${reader.text(op)}\` in an argument`, spanOf(op));
  return { value: reader.expr(value), keyword: canonicalName(reader.text(name)) };
}

/** Names of types before `[...]` that make it a typed literal; anything else is indexed. */
const ELEMENT_TYPES = new Set(['Float32', 'Float64', 'Int', 'Int64', 'Bool']);

export function readIndex(node: SyntaxNode, reader: Reader): Expr {
  const [object, array] = children(node);
  if (object === undefined || array === undefined) throw parseError('incomplete index', spanOf(node));
  const typed = object.name === 'Identifier' && ELEMENT_TYPES.has(reader.text(object));
  if (typed || array.name !== 'VectorExpression') {
    if (!typed) throw unsupportedError(`\`${excerpt(reader.text(node))}\`, an index of several rows`, spanOf(node));
    // A typed literal converts each element, which is what a broadcast of the type does.
    const args: Argument[] = [{ value: reader.expr(array), keyword: null }];
    return { kind: 'call', callee: reader.expr(object), args, broadcast: true, ...spanOf(node) };
  }
  const view = reader.where.views ? { view: 'all' as const } : {};
  return { kind: 'index', object: reader.expr(object), indices: readIndices(array, reader), ...view, ...spanOf(node) };
}

export function readIndices(array: SyntaxNode, reader: Reader): Expr[] {
  const inside = reader.at({ index: true });
  return itemsOf(array).map((item) => {
    if (item.name === 'Assignment') throw parseError('unexpected `=` in an index', spanOf(item));
    return inside.expr(item);
  });
}

export function readField(node: SyntaxNode, reader: Reader): Expr {
  const [object, ...rest] = children(node);
  const field = rest.at(-1);
  let name = field?.firstChild;
  // `Base.:+`: the name of an operator as a symbol.
  if (name?.name === 'Symbol') name = name.lastChild;
  if (object === undefined || (name?.name !== 'Identifier' && name?.name !== 'Operator')) {
    throw unsupportedError(`\`${excerpt(reader.text(node))}\``, spanOf(node));
  }
  return { kind: 'field', object: reader.expr(object), name: canonicalName(reader.text(name)), ...spanOf(node) };
}

export function readAdjoint(node: SyntaxNode, reader: Reader): Expr {
  const [value] = children(node);
  if (value === undefined) throw parseError("unexpected `'`", spanOf(node));
  return { kind: 'adjoint', value: reader.operand(value), ...spanOf(node) };
}

export function readSplat(node: SyntaxNode, reader: Reader): Expr {
  const place = node.parent?.name;
  const [value] = children(node);
  if (value === undefined || (place !== 'Arguments' && place !== 'VectorExpression' && place !== 'TupleExpression')) {
    throw parseError('splatting `...` is only possible in a call, a vector or a tuple', spanOf(node));
  }
  return { kind: 'splat', value: reader.operand(value), ...spanOf(node) };
}

function element(node: SyntaxNode, reader: Reader): Expr {
  if (node.name === 'Assignment') throw parseError('unexpected `=` in an array', spanOf(node));
  return reader.operand(node);
}

export function readVector(node: SyntaxNode, reader: Reader): Expr {
  return { kind: 'vector', items: itemsOf(node).map((item) => element(item, reader)), ...spanOf(node) };
}

export function readMatrix(node: SyntaxNode, reader: Reader): Expr {
  const rows = itemsOf(node);
  const read = (row: SyntaxNode): Expr[] => children(row).map((item) => element(item, reader));
  /** Between rows: `;` and line breaks begin a row, `;;` a column. */
  const gaps = rows.slice(1).map((row, k) => reader.marked.slice(rows[k]?.to, row.from));
  const tall = [...gaps, reader.marked.slice(rows.at(-1)?.to, node.to - 1)].find(
    (gap) => /;;;|;;\s*$/.test(gap) && !/^\s*;;\s*$/.test(gap),
  );
  if (tall !== undefined) throw unsupportedError('`;;;` in an array, which would have three dimensions,', spanOf(node));
  if (!gaps.some((gap) => gap.includes(';;'))) {
    const column = rows.every((row) => children(row).length === 1);
    if (column && reader.marked.slice(rows.at(-1)?.to, node.to - 1).includes(';;'))
      throw unsupportedError('`;;` at the end of a column (`hcat(x)` makes a matrix of one)', spanOf(node));
    return { kind: 'matrix', rows: rows.map(read), ...spanOf(node) };
  }
  if (rows.some((row) => children(row).length > 1)) {
    throw parseError('cannot mix space and `;;` separators in an array expression', spanOf(node));
  }
  // `[a; b;; c; d]`: columns side by side, each from its parts.
  const columns: SyntaxNode[][] = [[]];
  rows.forEach((row, k) => {
    if (gaps[k - 1]?.includes(';;')) columns.push([]);
    columns.at(-1)?.push(row);
  });
  const stacked = columns.map((column): Expr => {
    const parts = column.map(read);
    const [only] = parts;
    const [single] = only ?? [];
    if (parts.length === 1 && single !== undefined) return single;
    return { kind: 'matrix', rows: parts, from: column[0]?.from ?? node.from, to: column.at(-1)?.to ?? node.to };
  });
  return { kind: 'matrix', rows: [stacked], ...spanOf(node) };
}

export function readComprehension(node: SyntaxNode, reader: Reader): Expr {
  const [generator] = itemsOf(node);
  if (generator?.name !== 'Generator') throw parseError('incomplete comprehension', spanOf(node));
  return comprehension(generator, reader, false, node);
}

export function readGenerator(node: SyntaxNode, reader: Reader): Expr {
  return comprehension(node, reader, true, node);
}

function comprehension(node: SyntaxNode, reader: Reader, generator: boolean, span: Span): Expr {
  const [value, loops, ...filters] = children(node);
  if (value === undefined || loops === undefined) throw parseError('incomplete comprehension', spanOf(node));
  const levels: SyntaxNode[][] = [];
  for (const child of children(loops)) {
    if (child.name === 'for') levels.push([]);
    else if (child.name === 'ForBinding') levels.at(-1)?.push(child);
  }
  const tests = filters.map((filter) => {
    const test = filter.lastChild;
    if (test === null || test.name === 'if') throw parseError('incomplete `if`', spanOf(filter));
    return reader.expr(test);
  });
  const [first, ...more] = tests;
  const both = (left: Expr, right: Expr): Expr => ({
    kind: 'and',
    left,
    right,
    broadcast: false,
    from: left.from,
    to: right.to,
  });
  const element = reader.operand(value);
  const filter = first === undefined ? null : more.reduce(both, first);
  // From the inside out: every `for` after the first runs within the ones before it.
  const nest = (level: number): Expr & { kind: 'comprehension' } => {
    const own = {
      value: element,
      loops: iterationsOf(levels[level] ?? [], reader),
      filter,
      generator,
      ...spanOf(span),
    };
    if (level + 1 >= levels.length) return { kind: 'comprehension', ...own };
    return { kind: 'comprehension', ...own, filter: null, inner: nest(level + 1) };
  };
  return nest(0);
}

/** The bindings `i in 1:n, j in 1:m` of a loop or comprehension. */
export function readIterations(node: SyntaxNode, reader: Reader): Iteration[] {
  return iterationsOf(
    children(node).filter((child) => child.name === 'ForBinding'),
    reader,
  );
}

function iterationsOf(bindings: readonly SyntaxNode[], reader: Reader): Iteration[] {
  return bindings.map((binding) => {
    const [name, op, over] = children(binding);
    if (name?.name === 'outer')
      throw unsupportedError('`outer`; assign the outer variable in the loop’s body', spanOf(name));
    if (name === undefined || op === undefined || over === undefined)
      throw parseError('incomplete loop', spanOf(binding));
    return { name: readPattern(name, reader), over: reader.operand(over) };
  });
}

export function readTuple(node: SyntaxNode, reader: Reader): Expr {
  const items: Expr[] = [];
  const names: (string | null)[] = [];
  for (const part of itemsOf(node)) {
    const named = part.name === 'KeywordArguments' ? children(part) : part.name === 'KwArg' ? [part] : null;
    for (const item of named ?? [part]) {
      const { value, keyword } =
        named === null ? { value: reader.operand(item), keyword: null } : readKeyword(item, reader);
      items.push(value);
      names.push(keyword);
    }
  }
  if (names.some((name) => name !== null) && names.includes(null)) {
    throw parseError('a tuple has names for all of its items or for none', spanOf(node));
  }
  return { kind: 'tuple', items, names, ...spanOf(node) };
}

export function readParens(node: SyntaxNode, reader: Reader): Expr {
  const inner = itemsOf(node);
  const [only] = inner;
  if (only === undefined || inner.length > 1) return reader.block(inner, spanOf(node));
  return reader.expr(only);
}

/** `$x` under `@.`: the part that stays as it is. */
export function readInterpolation(node: SyntaxNode, reader: Reader): Expr {
  const [value] = children(node).filter((child) => child.name !== '$');
  if (!reader.where.dots || value === undefined) throw unsupportedError('`$` outside a string', spanOf(node));
  return reader.at({ dots: false }).expr(value);
}
