/** Function definitions, lambdas, `do` blocks and their parameters. */

import type { SyntaxNode } from '@lezer/common';
import type { Expr, Param, Span } from '../ast.ts';
import { unknownTypes } from '../types.ts';
import { parseError, unsupportedError } from '../errors.ts';
import { namesIn } from '../compile/analyse.ts';
import { readPattern } from './patterns.ts';
import { canonicalName, excerpt, spanOf } from './reader.ts';
import type { Reader } from './reader.ts';
import { children } from './tree.ts';

interface Signature {
  readonly name: string | null;
  /** Whether it is a method of what the library has, or of calls, and so for a type of the reader's. */
  readonly method?: boolean;
  readonly where?: { name: string; bound: string }[];
  readonly returns?: string;
  readonly params: Param[];
  readonly keywords: Param[];
}

function items(node: SyntaxNode): SyntaxNode[] {
  return children(node).filter((child) => child.name !== '(' && child.name !== ')');
}

function inBody(reader: Reader): Reader {
  return reader.at({ inner: true, ownBody: !reader.where.inner, loop: false, index: false });
}

/** `function f(x; k=1) ... end`, or without a name. */
export function readFunction(node: SyntaxNode, reader: Reader): Expr {
  const [, head, ...rest] = children(node);
  const signature = head?.firstChild ?? null;
  if (head === undefined || signature === null) throw parseError('incomplete function definition', spanOf(node));
  if (signature.name === 'Identifier') throw unsupportedError('a function without a method', spanOf(node));
  const statements = rest.filter((part) => part.name !== 'end');
  // The grammar takes the return type of the long form for a statement of its own: `::Int` before any line break.
  const [declared] = statements;
  const typed =
    declared?.name === 'UnaryExpression' &&
    declared.firstChild?.name === 'SubTypeOp' &&
    !/[\n;]/.test(reader.marked.slice(head.to, declared.from));
  const result = typed ? readResult(declared.lastChild, reader) : {};
  if (typed) statements.shift();
  const span: Span = { from: statements[0]?.from ?? head.to, to: statements.at(-1)?.to ?? head.to };
  const body = inBody(reader).block(statements, span);
  return { kind: 'function', ...signatureOf(signature, reader), ...result, body, ...spanOf(node) };
}

/** `f(x) = ...`: null when the left side is no signature. */
export function readShortFunction(node: SyntaxNode, left: SyntaxNode, right: SyntaxNode, reader: Reader): Expr | null {
  if (!isSignature(left)) return null;
  const signature = signatureOf(left, reader);
  return { kind: 'function', ...signature, body: inBody(reader).expr(right), ...spanOf(node) };
}

function isSignature(node: SyntaxNode): boolean {
  if (node.name === 'CallExpression') return true;
  if (node.name === 'UnaryExpression') return /^(Tuple|Paren)Expression$/.test(node.lastChild?.name ?? '');
  const [left, op] = node.name === 'BinaryExpression' ? children(node) : [];
  if (left === undefined || op === undefined) return false;
  if (op.name === 'where' || op.name === 'SubTypeOp') return isSignature(left);
  return op.name === 'TimesOp' || op.name === 'PlusOp' || op.name === 'UnaryPlusOp';
}

/** A signature, with the type of the reader's that it belongs to where it is a method of what the library has. */
function signatureOf(node: SyntaxNode, reader: Reader): Omit<Signature, 'method'> & { readonly extends?: string } {
  const { method = false, ...signature } = readSignature(node, reader);
  if (!method) return signature;
  const variables = new Set(signature.where?.map(({ name }) => name));
  for (const { name, type } of signature.params) {
    const text = name.kind === 'name' ? (type ?? name.type) : type;
    const [owner] = text == null ? [] : unknownTypes(text.replaceAll(/"[^"]*"/g, ''), (one) => variables.has(one));
    if (owner !== undefined) return { ...signature, extends: owner };
  }
  throw unsupportedError(
    `a method of \`${signature.name === '()' ? 'calls' : signature.name}\` that names no \`struct\` of this page (a function with a name of its own works)`,
    spanOf(node),
  );
}

function readSignature(node: SyntaxNode, reader: Reader): Signature {
  if (node.name === 'BinaryExpression') {
    const [left, op, right] = children(node);
    if (left !== undefined && op?.name === 'where') {
      const inner = readSignature(left, reader);
      return { ...inner, where: [...(inner.where ?? []), ...variablesOf(right, reader)] };
    }
    if (left !== undefined && op?.name === 'SubTypeOp')
      return { ...readSignature(left, reader), ...readResult(right ?? null, reader) };
    if (left !== undefined && op !== undefined && right !== undefined) {
      const params = [readParam(left, reader), readParam(right, reader)];
      return { ...definable(op, reader), params, keywords: [] };
    }
  }
  if (node.name === 'TupleExpression') return { name: null, ...readParams(items(node), reader) };
  const [callee, given] = children(node);
  if (node.name === 'UnaryExpression' && callee !== undefined && given !== undefined)
    return { ...definable(callee, reader), ...readParams(items(given), reader) };
  if (node.name !== 'CallExpression' || callee === undefined || given?.name !== 'Arguments') {
    throw unsupportedError(`a definition of \`${excerpt(reader.text(node))}\``, spanOf(node));
  }
  const read = readParams(items(given), reader);
  if (callee.name !== 'ParenExpression' && callee.name !== 'TupleExpression')
    return { ...definable(callee, reader), ...read };
  // `(p::P)(x) = ...`: what a value does where it is called.
  const [self] = items(callee);
  if (self === undefined) throw parseError('incomplete signature', spanOf(callee));
  return { name: '()', method: true, ...read, params: [readParam(self, reader), ...read.params] };
}

/** `::Float64`, or `::T where T` behind a signature. */
function readResult(node: SyntaxNode | null, reader: Reader): Pick<Signature, 'returns' | 'where'> {
  if (node === null) return {};
  const [type, op, variables] = node.firstChild?.name === 'BinaryExpression' ? children(node.firstChild) : [];
  if (type === undefined || op?.name !== 'where') return { returns: reader.text(node) };
  return { returns: reader.text(type), where: variablesOf(variables, reader) };
}

/** `T`, `{T, S <: Real}`, `{Int <: T <: Real}` is refused. */
export function readVariables(text: string, span: Span): { name: string; bound: string }[] {
  return text
    .trim()
    .replace(/^\{|\}$/g, '')
    .split(/,(?![^{]*\})/)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [name = '', bound = 'Any', more] = part.split('<:').map((word) => word.trim());
      if (more !== undefined || !/^[\p{L}_][\p{L}\p{N}_!]*$/u.test(name)) {
        throw unsupportedError(`the type variable \`${excerpt(part)}\``, span);
      }
      return { name: canonicalName(name), bound };
    });
}

function variablesOf(node: SyntaxNode | undefined, reader: Reader): { name: string; bound: string }[] {
  return node === undefined ? [] : readVariables(reader.text(node), spanOf(node));
}

/**
 * A name a program may give to a function. Julia's own operators, and what is named with its module, get a method for a type of the
 * reader's: `Base.:+(a::P, b::P)`, `Base.show(io::IO, p::P)`.
 */
function definable(node: SyntaxNode, reader: Reader): Pick<Signature, 'name' | 'method'> {
  const text = canonicalName(reader.text(node));
  const [, module = '', quoted, plain = ''] = /^((?:\w+\.)*)(?::\(([^)]*)\)|:?(.*))$/su.exec(text) ?? [];
  const name = (quoted ?? plain).trim();
  const isOwnOperator = /^[-+*/\\^÷%&|⊻∘!<>=≈≤≥]+$/u.test(name);
  if ((node.name === 'FieldExpression' && module !== '' && !name.startsWith('.')) || isOwnOperator)
    return { name, method: true };
  const named = /^(Identifier|Operator|TimesOp|PlusOp|UnaryPlusOp|UnaryOp|PowerOp|ComparisonOp)$/.test(node.name);
  if (!named || name.startsWith('.')) {
    throw unsupportedError(
      `a definition of \`${excerpt(text)}\` (a function with a name of its own works)`,
      spanOf(node),
    );
  }
  return { name: text };
}

/** `x -> ...`, `(x, y) -> ...`, or the function that a `do` block hands over. */
export function readLambda(node: SyntaxNode, reader: Reader): Expr {
  if (node.name === 'DoClause') {
    const [, given, ...rest] = children(node);
    const statements = rest.filter((part) => part.name !== 'end');
    const from = statements[0]?.from ?? node.from;
    const body = inBody(reader).block(statements, { from, to: statements.at(-1)?.to ?? node.to });
    const params = given === undefined ? [] : children(given);
    return { kind: 'function', name: null, ...readParams(params, reader), body, ...spanOf(node) };
  }
  const [head, , value] = children(node);
  if (head === undefined || value === undefined) throw parseError('incomplete function', spanOf(node));
  const params = readParams(head.name === 'TupleExpression' ? items(head) : [head], reader);
  return { kind: 'function', name: null, ...params, body: inBody(reader).expr(value), ...spanOf(node) };
}

function readParams(nodes: readonly SyntaxNode[], reader: Reader): Pick<Signature, 'params' | 'keywords'> {
  const params: Param[] = [];
  const keywords: Param[] = [];
  for (const node of nodes) {
    if (node.name !== 'KeywordArguments') {
      params.push(readParam(node, reader));
      continue;
    }
    for (const child of children(node)) {
      const keyword = readParam(child, reader);
      keywords.push(keyword);
    }
  }
  const early = params.find((param, at) => param.rest && at < params.length - 1);
  if (early !== undefined) throw parseError('`...` may only stand at the last parameter', spanOf(early));
  const seen = new Set<string>();
  for (const name of [...params, ...keywords].flatMap((param) => namesOf(param.name))) {
    if (seen.has(name) && name !== '_')
      throw parseError(`function argument name not unique: \`${name}\``, spanOf(nodes[0] ?? { from: 0, to: 0 }));
    seen.add(name);
  }
  return { params, keywords };
}

function namesOf(pattern: Param['name']): string[] {
  return namesIn(pattern);
}

/** An annotation's text; `MIME"text/plain"` is the type of what `MIME("text/plain")` is. */
function typeIn(node: SyntaxNode, reader: Reader): string {
  const text = reader.text(node);
  if (!text.startsWith('MIME"')) return text;
  if (text !== 'MIME"text/plain"') throw unsupportedError(`\`${excerpt(text)}\` (text/plain works)`, spanOf(node));
  return 'Type{<:MIME}';
}

function readParam(node: SyntaxNode, reader: Reader): Param {
  if (node.name === 'KwArg' || node.name === 'Assignment') {
    const [left, , right] = children(node);
    if (left === undefined || right === undefined) throw parseError('incomplete parameter', spanOf(node));
    return { ...readParam(left, reader), fallback: inBody(reader).expr(right), ...spanOf(node) };
  }
  if (node.name === 'SplatExpression') {
    const [value] = children(node);
    if (value === undefined) throw parseError('incomplete parameter', spanOf(node));
    return { ...readParam(value, reader), rest: true, ...spanOf(node) };
  }
  const parts = children(node);
  const [first, op, type] = parts;
  if (node.name === 'BinaryExpression' && first !== undefined && op?.name === 'SubTypeOp' && type !== undefined) {
    return {
      name: readPattern(first, reader),
      fallback: null,
      rest: false,
      type: typeIn(type, reader),
      ...spanOf(node),
    };
  }
  if (node.name === 'UnaryExpression' && first?.name === 'SubTypeOp' && op !== undefined) {
    const unnamed = { kind: 'name', name: '_', from: node.from, to: node.from } as const;
    return { name: unnamed, fallback: null, rest: false, type: typeIn(op, reader), ...spanOf(node) };
  }
  return { name: readPattern(node, reader), fallback: null, rest: false, type: null, ...spanOf(node) };
}
