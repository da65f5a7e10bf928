/**
 * Operators. Where the editor's grammar and Julia disagree on precedence, Julia's reading is restored here:
 * `2x^2` is `2 * (x^2)`, `√2x` is `(√2) * x`, comparisons chain, `a:s:b` is one range.
 */

import type { SyntaxNode } from '@lezer/common';
import type { Argument, Expr, Span } from '../ast.ts';
import { parseError, unsupportedError } from '../errors.ts';
import { canonicalName, excerpt, spanOf } from './reader.ts';
import type { Reader } from './reader.ts';
import { children } from './tree.ts';

interface Operator {
  readonly name: string;
  readonly broadcast: boolean;
}

/** The operator as the source spells it, its broadcasting dot apart. */
function operatorOf(node: SyntaxNode, reader: Reader): Operator {
  const text = reader.text(node).trim();
  const dotted = text.length > 1 && text.startsWith('.') && !text.startsWith('..');
  return { name: canonicalName(dotted ? text.slice(1) : text), broadcast: dotted || reader.where.dots };
}

export function callOf(name: string, at: Span, values: readonly Expr[], broadcast: boolean, span: Span): Expr {
  const args: Argument[] = values.map((value) => ({ value, keyword: null }));
  return { kind: 'call', callee: { kind: 'name', name, from: at.from, to: at.to }, args, broadcast, ...spanOf(span) };
}

const COMPARISONS = new Map([
  ...['<', '<=', '>', '>=', '==', '!=', '===', '!==', '≈', '≉', 'in', '∉'].map((op) => [op, op] as const),
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
  ['≡', '==='],
  ['≢', '!=='],
  ['∈', 'in'],
]);

/** Operators outside the subset that would otherwise be calls of a name nobody defined. */
const REFUSED = new Map([
  ['RationalOp', 'a rational number (`//`; `/` divides to a Float64)'],
  ['PipeLeftOp', '`<|` (`|>` works)'],
  ['ArrowOp', 'an arrow operator (`x -> f(x)` is a function)'],
  ['EllipsisOp', '`..`'],
  ['where', '`where` outside a function’s signature'],
  ['Dollar', '`$` outside a string'],
]);

export function readBinary(node: SyntaxNode, reader: Reader): Expr {
  const [left, op, right] = children(node);
  if (left === undefined || op === undefined || right === undefined) {
    throw parseError(`incomplete expression \`${excerpt(reader.text(node))}\``, spanOf(node));
  }
  const refused = REFUSED.get(op.name);
  if (refused !== undefined) throw unsupportedError(refused, spanOf(op));
  switch (op.name) {
    case 'Colon':
      return readRange(node, left, right, reader);
    case 'ComparisonOp':
    case 'in':
      return readComparison(node, reader);
    case 'SubTypeOp':
      return { kind: 'typed', value: reader.operand(left), type: reader.text(right), ...spanOf(node) };
    case 'isa':
      return callOf('isa', op, [reader.operand(left), reader.operand(right)], reader.where.dots, node);
    case 'LazyAndOp':
    case 'LazyOrOp':
      return {
        kind: op.name === 'LazyAndOp' ? 'and' : 'or',
        left: reader.operand(left),
        right: reader.operand(right),
        broadcast: operatorOf(op, reader).broadcast,
        ...spanOf(node),
      };
    case 'PairOp':
      return readPair(node, left, op, right, reader);
    case 'PipeRightOp': {
      const value = reader.operand(left);
      const callee = reader.expr(right);
      const { broadcast } = operatorOf(op, reader);
      return { kind: 'call', callee, args: [{ value, keyword: null }], broadcast, ...spanOf(node) };
    }
    case 'PowerOp': {
      const factors = juxtaposed(node, reader);
      if (factors !== null) return product(factors, reader, node);
      break;
    }
    default:
  }
  if (ROOTS.has(reader.text(op))) return rootFactor(node, left, op, right, reader);
  return readChain(node, reader);
}

/** `2√9`, which the grammar was given as `2*9`: the root belongs to the right factor, and the product binds as `2x` does. */
function rootFactor(node: SyntaxNode, left: SyntaxNode, op: SyntaxNode, right: SyntaxNode, reader: Reader): Expr {
  const [head, ...tail] = juxtaposed(right, reader) ?? [(): Expr => reader.operand(right)];
  const root = (): Expr => {
    const radicand = head?.() ?? reader.operand(right);
    return callOf(canonicalName(reader.text(op)), op, [radicand], reader.where.dots, {
      from: op.from,
      to: radicand.to,
    });
  };
  const [first, outer, factor] = left.name === 'BinaryExpression' ? children(left) : [];
  if (first === undefined || outer?.name !== 'TimesOp' || factor === undefined || ROOTS.has(reader.text(outer))) {
    return product([(): Expr => reader.operand(left), root, ...tail], reader, node);
  }
  const { name, broadcast } = operatorOf(outer, reader);
  const value = product([(): Expr => reader.operand(factor), root, ...tail], reader, {
    from: factor.from,
    to: node.to,
  });
  return callOf(name, outer, [reader.operand(first), value], broadcast, node);
}

/** Sums and products of more terms than this are one call of all of them, so that nobody who walks the tree goes deep. */
const LONG = 64;

/** `a + b - c`: read from the left in a loop, since a program may have hundreds of terms. */
function readChain(node: SyntaxNode, reader: Reader): Expr {
  const links: { op: SyntaxNode; right: SyntaxNode; node: SyntaxNode }[] = [];
  let first = node;
  for (;;) {
    const [left, op, right] = children(first);
    const chained =
      first.name === 'BinaryExpression' && (first === node || /^(PlusOp|UnaryPlusOp|TimesOp)$/.test(op?.name ?? ''));
    if (!chained || left === undefined || op === undefined || right === undefined || ROOTS.has(reader.text(op))) break;
    links.push({ op, right, node: first });
    first = left;
    if (op.name === 'PowerOp') break;
  }
  let value = reader.operand(first);
  for (const link of links.reverse()) {
    const { name, broadcast } = operatorOf(link.op, reader);
    const right = reader.operand(link.right);
    const merges = links.length > LONG && !broadcast && (name === '+' || name === '*');
    const sum: Expr | null = merges ? value : null;
    const same = sum?.kind === 'call' && !sum.broadcast && sum.callee.kind === 'name' && sum.callee.name === name;
    if (same && sum.args.length > 1) {
      sum.args.push({ value: right, keyword: null });
      value = { ...sum, to: link.node.to };
    } else value = callOf(name, link.op, [value, right], broadcast, link.node);
  }
  return value;
}

function readPair(node: SyntaxNode, left: SyntaxNode, op: SyntaxNode, right: SyntaxNode, reader: Reader): Expr {
  if (operatorOf(op, reader).broadcast) throw unsupportedError('`=>` under broadcast', spanOf(op));
  return { kind: 'pair', key: reader.operand(left), value: reader.expr(right), ...spanOf(node) };
}

function readComparison(node: SyntaxNode, reader: Reader): Expr {
  const rest: { op: string; broadcast: boolean; right: Expr }[] = [];
  let first = node;
  for (;;) {
    const [left, op, right] = children(first);
    if (first.name !== 'BinaryExpression' || left === undefined || op === undefined || right === undefined) break;
    if (op.name === 'isa') throw unsupportedError('`isa` in a chain of comparisons', spanOf(op));
    if (op.name !== 'ComparisonOp' && op.name !== 'in') break;
    const { name, broadcast } = operatorOf(op, reader);
    if (/^[⊆⊇⊊⊈]$/.test(name) && first === node)
      return callOf(name, op, [reader.operand(left), reader.operand(right)], broadcast, node);
    const known = COMPARISONS.get(name);
    if (known === undefined) throw unsupportedError(`\`${name}\``, spanOf(op));
    rest.unshift({ op: known, broadcast, right: reader.operand(right) });
    first = left;
  }
  return { kind: 'compare', first: reader.operand(first), rest, ...spanOf(node) };
}

function readRange(node: SyntaxNode, left: SyntaxNode, right: SyntaxNode, reader: Reader): Expr {
  const stop = reader.operand(right);
  const [start, op, step] = left.name === 'BinaryExpression' ? children(left) : [];
  if (start === undefined || step === undefined || op?.name !== 'Colon') {
    return { kind: 'range', start: reader.operand(left), step: null, stop, ...spanOf(node) };
  }
  if (start.name === 'BinaryExpression' && children(start)[1]?.name === 'Colon') {
    throw unsupportedError('a range of four parts', spanOf(node));
  }
  return { kind: 'range', start: reader.operand(start), step: reader.operand(step), stop, ...spanOf(node) };
}

/** A factor of a juxtaposition that is not read yet. */
type Factor = () => Expr;

/** The factors of `2x`, or of `2x^3`, where the power belongs to the last; null for anything else. */
function juxtaposed(node: SyntaxNode, reader: Reader): Factor[] | null {
  if (node.name === 'JuxtapositionExpression') {
    return children(node).map((factor) => {
      if (factor.name === 'StringLiteral') throw parseError('cannot juxtapose a string literal', spanOf(factor));
      return () => reader.operand(factor);
    });
  }
  const [left, op, right] = node.name === 'BinaryExpression' ? children(node) : [];
  if (left?.name !== 'JuxtapositionExpression' || op?.name !== 'PowerOp' || right === undefined) return null;
  const factors = juxtaposed(left, reader);
  const last = factors?.pop();
  if (factors === null || last === undefined) return null;
  const { name, broadcast } = operatorOf(op, reader);
  const power: Factor = () => {
    const base = last();
    return callOf(name, op, [base, reader.operand(right)], broadcast, { from: base.from, to: node.to });
  };
  return [...factors, power];
}

function product(factors: readonly Factor[], reader: Reader, span: Span): Expr {
  const values = factors.map((factor) => factor());
  return values.reduce((left, right) =>
    callOf('*', { from: left.to, to: right.from }, [left, right], reader.where.dots, { from: span.from, to: right.to }),
  );
}

export function readJuxtaposition(node: SyntaxNode, reader: Reader): Expr {
  const factors = juxtaposed(node, reader);
  if (factors === null || factors.length < 2) throw parseError('incomplete product', spanOf(node));
  return product(factors, reader, node);
}

const ROOTS = new Set(['√', '∛', '∜']);
const PREFIXES = new Set(['-', '+', '!', '¬', '~', ...ROOTS]);

export function readUnary(node: SyntaxNode, reader: Reader): Expr {
  const [op, value] = children(node);
  if (op === undefined || value === undefined) throw parseError('incomplete expression', spanOf(node));
  const { name, broadcast } = operatorOf(op, reader);
  if (!PREFIXES.has(name)) throw unsupportedError(`the prefix \`${name}\``, spanOf(op));
  const callee = name === '¬' ? '!' : name;
  if (startsWithTuple(value) && reader.source.charAt(op.to) === '(') {
    if (value.name !== 'TupleExpression')
      throw unsupportedError(
        `a call of \`${name}\` as part of a larger expression; put it between parentheses`,
        spanOf(node),
      );
    return callOf(
      callee,
      op,
      children(value)
        .filter(isItem)
        .map((item) => reader.operand(item)),
      broadcast,
      node,
    );
  }
  const factors = ROOTS.has(name) ? juxtaposed(value, reader) : null;
  const [head, ...tail] = factors ?? [];
  if (head === undefined) return callOf(callee, op, [reader.operand(value)], broadcast, node);
  const root: Factor = () => {
    const radicand = head();
    return callOf(callee, op, [radicand], broadcast, { from: op.from, to: radicand.to });
  };
  return product([root, ...tail], reader, node);
}

function isItem(node: SyntaxNode): boolean {
  return node.name !== '(' && node.name !== ')';
}

/** Whether the leftmost part is `(a, b)`, so that the sign before it is a call: `-(1, 2)`. */
function startsWithTuple(node: SyntaxNode): boolean {
  for (let left: SyntaxNode | null = node; left !== null; left = left.firstChild) {
    if (left.name === 'TupleExpression') return left.from === node.from;
  }
  return false;
}

/** A bare operator as a value (`map(+, a, b)`), or `:` as an index. */
export function readOperator(node: SyntaxNode, reader: Reader): Expr {
  const name = canonicalName(reader.text(node).trim());
  if (name === ':') {
    const place = node.parent?.name;
    if (place === 'VectorExpression' || place === 'Arguments') return { kind: 'colon', ...spanOf(node) };
    throw parseError('unexpected `:`', spanOf(node));
  }
  if (name.length > 1 && name.startsWith('.')) throw unsupportedError(`\`${name}\` as a value`, spanOf(node));
  return { kind: 'name', name: name === '¬' ? '!' : (COMPARISONS.get(name) ?? name), ...spanOf(node) };
}
