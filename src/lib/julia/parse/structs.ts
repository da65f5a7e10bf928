/** `struct`, `mutable struct`, `@kwdef struct` and `abstract type`. */

import type { SyntaxNode } from '@lezer/common';
import type { Expr, Field, Param, Span } from '../ast.ts';
import { parseError, unsupportedError } from '../errors.ts';
import { readVariables } from './functions.ts';
import { canonicalName, excerpt, spanOf } from './reader.ts';
import type { Reader } from './reader.ts';
import { children } from './tree.ts';

interface Head {
  readonly name: string;
  /** Type variables with their bounds. */
  readonly params: { name: string; bound: string }[];
  /** The supertype. */
  readonly above: string;
}

/** `P`, `P{T <: Real}`, `P{T} <: Shape`. */
function readHead(node: SyntaxNode, reader: Reader): Head {
  const head = node.getChild('TypeHead');
  const text = head === null ? '' : reader.text(head);
  const [, name, variables = '', above = 'Any'] =
    /^\s*([\p{L}_][\p{L}\p{N}_!]*)\s*(\{[^}]*\})?\s*(?:<:\s*(\S.*?)\s*)?$/su.exec(text) ?? [];
  if (name === undefined) throw unsupportedError(`a type named \`${excerpt(text)}\``, spanOf(head ?? node));
  if (reader.where.inner) throw parseError('"struct" expression not at top level', spanOf(node));
  return { name: canonicalName(name), params: readVariables(variables, spanOf(head ?? node)), above };
}

/** `x`, `x::T`, and their defaults after `=`, which only `@kwdef` allows. */
function readField(node: SyntaxNode, reader: Reader, keywords: boolean): Field {
  if (node.name === 'Assignment') {
    const [left, , right] = children(node);
    if (left === undefined || right === undefined) throw parseError('incomplete field', spanOf(node));
    if (!keywords)
      throw unsupportedError(
        `a default in a struct, \`${excerpt(reader.text(node))}\`, without \`@kwdef\` before the struct,`,
        spanOf(node),
      );
    return { ...readField(left, reader, false), fallback: reader.at({ inner: true }).expr(right), ...spanOf(node) };
  }
  if (node.name === 'ConstStatement') {
    const [, declared] = children(node);
    if (declared === undefined) throw parseError('incomplete field', spanOf(node));
    return { ...readField(declared, reader, keywords), fixed: true };
  }
  const [left, op, type] = node.name === 'BinaryExpression' ? children(node) : [node];
  if (left?.name !== 'Identifier' || (op !== undefined && op.name !== 'SubTypeOp'))
    throw parseError(`invalid field \`${excerpt(reader.text(node))}\``, spanOf(node));
  const name = canonicalName(reader.text(left));
  return { name, type: type === undefined ? null : reader.text(type), fallback: null, fixed: false, ...spanOf(node) };
}

/** `P(; x = 1, y = 2) = P(x, y)`: what `@kwdef` adds. */
function keywordMaker(name: string, fields: readonly Field[], span: Span): Expr & { kind: 'function' } {
  const place = { from: span.from, to: span.to };
  const keywords = fields.map((field): Param => {
    const { from, to, fallback } = field;
    return { name: { kind: 'name', name: field.name, from, to }, fallback, rest: false, type: null, from, to };
  });
  const args = fields.map((field) => ({ value: { kind: 'name', name: field.name, ...place } as const, keyword: null }));
  const callee = { kind: 'name', name, ...place } as const;
  return {
    kind: 'function',
    name,
    params: [],
    keywords,
    body: { kind: 'call', callee, args, broadcast: false, ...place },
    ...place,
  };
}

export function readStruct(node: SyntaxNode, reader: Reader, keywords = false): Expr {
  const head = readHead(node, reader);
  const fields: Field[] = [];
  const inner: (Expr & { kind: 'function' })[] = [];
  for (const part of children(node)) {
    if (part.name === 'struct' || part.name === 'mutable' || part.name === 'TypeHead' || part.name === 'end') continue;
    // A text among the fields documents the next one.
    if (part.name === 'StringLiteral') continue;
    const [left] = children(part);
    const isMaker =
      part.name === 'FunctionDefinition' ||
      (part.name === 'Assignment' && /^CallExpression$/.test(left?.name ?? '')) ||
      (part.name === 'Assignment' && left?.firstChild?.name === 'CallExpression');
    if (!isMaker) {
      fields.push(readField(part, reader, keywords));
      continue;
    }
    if (head.params.length > 0)
      throw unsupportedError(
        'a constructor inside a struct with type parameters (a function of another name that makes the struct works)',
        spanOf(part),
      );
    const maker = reader.expr(part);
    if (maker.kind !== 'function' || maker.name !== head.name)
      throw unsupportedError(
        `the function \`${excerpt(reader.text(part))}\` inside a struct (outside of it, it works)`,
        spanOf(part),
      );
    inner.push(maker);
  }
  const seen = new Set<string>();
  for (const { name, from, to } of fields) {
    if (seen.has(name)) throw parseError(`duplicate field name: "${name}" is not unique`, { from, to });
    seen.add(name);
  }
  const outer = keywords ? [keywordMaker(head.name, fields, spanOf(node))] : [];
  return {
    kind: 'struct',
    ...head,
    mutable: node.getChild('mutable') !== null,
    fields,
    inner,
    outer,
    ...spanOf(node),
  };
}

export function readAbstract(node: SyntaxNode, reader: Reader): Expr {
  return { kind: 'abstract', ...readHead(node, reader), ...spanOf(node) };
}
