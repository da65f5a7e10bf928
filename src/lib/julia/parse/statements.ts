/** Blocks, branches, loops, assignments, `let`, `using`: what a program is made of. */

import type { SyntaxNode } from '@lezer/common';
import { namesIn } from '../compile/analyse.ts';
import type { Expr, Pattern, Target } from '../ast.ts';
import { parseError, unsupportedError } from '../errors.ts';
import { readField, readIndices, readIterations } from './calls.ts';
import { readShortFunction } from './functions.ts';
import { refuseBlank } from './literals.ts';
import { pattern, readPattern } from './patterns.ts';
import { canonicalName, excerpt, spanOf } from './reader.ts';
import type { Reader } from './reader.ts';
import { children } from './tree.ts';

const CLAUSES = new Set([
  'Condition',
  'ElseIfClause',
  'ElseClause',
  'ForBinding',
  'LetBinding',
  'CatchClause',
  'ExceptionCapture',
  'FinallyClause',
]);
const KEYWORDS = new Set(['begin', 'end', 'if', 'elseif', 'else', 'for', 'while', 'let', 'try', 'catch', 'finally']);

/** The statements among a compound's children, as one block. */
function bodyOf(node: SyntaxNode, reader: Reader): Expr {
  const statements = children(node).filter((child) => !CLAUSES.has(child.name) && !isKeyword(child));
  const from = statements[0]?.from ?? node.to;
  return reader.at({ index: false }).block(statements, { from, to: statements.at(-1)?.to ?? from });
}

function isKeyword(node: SyntaxNode): boolean {
  return KEYWORDS.has(node.name) && node.firstChild === null;
}

export function readBegin(node: SyntaxNode, reader: Reader): Expr {
  const body = bodyOf(node, reader);
  return { ...body, ...spanOf(node) };
}

export function readIf(node: SyntaxNode, reader: Reader): Expr {
  const branches = [{ test: condition(node, reader), body: bodyOf(node, reader) }];
  let otherwise: Expr | null = null;
  for (const clause of children(node)) {
    if (clause.name === 'ElseIfClause')
      branches.push({ test: condition(clause, reader), body: bodyOf(clause, reader) });
    if (clause.name === 'ElseClause') otherwise = bodyOf(clause, reader);
  }
  return { kind: 'if', branches, otherwise, ...spanOf(node) };
}

function condition(node: SyntaxNode, reader: Reader): Expr {
  const test = node.getChild('Condition')?.firstChild;
  if (test === null || test === undefined) throw parseError('missing condition', spanOf(node));
  return reader.at({ index: false }).operand(test);
}

export function readTernary(node: SyntaxNode, reader: Reader): Expr {
  const [test, mark, then, colon, otherwise] = children(node);
  if (!test || !mark || !then || !colon || !otherwise) throw parseError('incomplete `?:`', spanOf(node));
  for (const sign of [mark, colon]) {
    const spaced = /\s/.test(reader.marked.charAt(sign.from - 1)) && /\s/.test(reader.marked.charAt(sign.to));
    if (!spaced)
      throw parseError(`space required before and after \`${reader.text(sign)}\` of \`a ? b : c\``, spanOf(sign));
  }
  const [first, second, third] = [test, then, otherwise].map((part) => reader.operand(part));
  if (!first || !second || !third) throw parseError('incomplete `?:`', spanOf(node));
  return { kind: 'ternary', test: first, then: second, otherwise: third, ...spanOf(node) };
}

export function readFor(node: SyntaxNode, reader: Reader): Expr {
  const outside = reader.at({ index: false });
  return {
    kind: 'for',
    loops: readIterations(node, outside),
    body: bodyOf(node, outside.at({ loop: true, ownBody: false })),
    ...spanOf(node),
  };
}

export function readWhile(node: SyntaxNode, reader: Reader): Expr {
  const test = condition(node, reader);
  return { kind: 'while', test, body: bodyOf(node, reader.at({ loop: true, ownBody: false })), ...spanOf(node) };
}

export function readLet(node: SyntaxNode, reader: Reader): Expr {
  const inside = reader.at({ index: false });
  const bindings = node.getChildren('LetBinding').map((binding) => {
    const assignment = binding.getChild('Assignment');
    const [left, op, right] = assignment === null ? [] : children(assignment);
    if (!assignment || !left || !op || !right) {
      const bare = binding.getChild('Identifier');
      if (bare === null) throw unsupportedError('this head of `let`', spanOf(binding));
      return { name: readPattern(bare, inside), value: null };
    }
    if (reader.text(op) !== '=') throw parseError(`unexpected \`${reader.text(op)}\` in \`let\``, spanOf(op));
    const definition = readShortFunction(assignment, left, right, inside);
    if (definition?.kind === 'function') {
      const name: Pattern = { kind: 'name', name: definition.name ?? '_', ...spanOf(left) };
      return { name, value: definition };
    }
    return { name: readPattern(left, inside), value: inside.expr(right) };
  });
  return { kind: 'let', bindings, body: bodyOf(node, reader.at({ ownBody: false })), ...spanOf(node) };
}

export function readJump(node: SyntaxNode, reader: Reader): Expr {
  const kind = node.name === 'BreakStatement' ? 'break' : 'continue';
  if (!reader.where.loop) throw parseError('`break` or `continue` outside a loop', spanOf(node));
  return { kind, ...spanOf(node) };
}

export function readReturn(node: SyntaxNode, reader: Reader): Expr {
  const value = children(node)[1];
  if (!reader.where.inner) throw parseError('`return` outside a function', spanOf(node));
  return { kind: 'return', value: value === undefined ? null : reader.expr(value), ...spanOf(node) };
}

/** `a, b` at the end of a line or right of `=`. */
export function readOpenTuple(node: SyntaxNode, reader: Reader): Expr {
  const items = children(node).map((item) => reader.operand(item));
  return { kind: 'tuple', items, names: items.map(() => null), ...spanOf(node) };
}

const UPDATES = new Set(['+', '-', '*', '/', '\\', '^', '÷', '%', '|', '&', '⊻', '<<', '>>', '>>>']);

export function readAssignment(node: SyntaxNode, reader: Reader): Expr {
  const [left, op, right] = children(node);
  if (left === undefined || op === undefined || right === undefined)
    throw parseError('incomplete assignment', spanOf(node));
  const text = canonicalName(reader.text(op));
  if (text === '=') {
    const definition = readShortFunction(node, left, right, reader);
    if (definition !== null) return definition;
    if (!reader.where.dots) {
      const target = readTarget(left, reader);
      // `a, = f()` takes the first of several: see `respell`.
      const first = target.kind === 'name' && reader.source.slice(left.to, op.from).includes(',');
      const filled: Target = first ? { kind: 'names', items: [target], ...spanOf(left) } : target;
      return { kind: 'assign', target: filled, value: reader.expr(right), ...spanOf(node) };
    }
  }
  const dotted = text.startsWith('.');
  const update = text.slice(dotted ? 1 : 0, -1);
  if (!text.endsWith('=') || (update !== '' && !UPDATES.has(update))) throw unsupportedError(`\`${text}\``, spanOf(op));
  const target = readTarget(left, reader);
  if (target.kind === 'names' || target.kind === 'fields')
    throw parseError(`invalid multiple assignment with \`${text}\``, spanOf(op));
  if (target.kind === 'name') refuseBlank(target.name, target);
  const broadcast = dotted || reader.where.dots;
  return { kind: 'update', op: update, broadcast, target, value: reader.expr(right), ...spanOf(node) };
}

function readTarget(node: SyntaxNode, reader: Reader): Target {
  const [object, array] = children(node);
  if (node.name === 'IndexExpression' && object !== undefined && array?.name === 'VectorExpression') {
    const undotted = reader.at({ dots: false });
    return { kind: 'element', object: undotted.expr(object), indices: readIndices(array, undotted), ...spanOf(node) };
  }
  if (node.name === 'FieldExpression') {
    const field = readField(node, reader.at({ dots: false }));
    if (field.kind === 'field') return { kind: 'property', object: field.object, name: field.name, ...spanOf(node) };
  }
  return pattern(node, reader, readTarget);
}

/** `const x = 1`: the page has no way to assign it again but in its own cell, so that it is `x = 1`. */
export function readConst(node: SyntaxNode, reader: Reader): Expr {
  const [, declared] = children(node);
  if (declared?.name === 'GlobalStatement') return reader.expr(declared);
  if (declared?.name !== 'Assignment') throw parseError('expected assignment after `const`', spanOf(node));
  if (reader.where.inner) throw parseError('unsupported `const` declaration on local variable', spanOf(node));
  return { ...reader.expr(declared), ...spanOf(node) };
}

/** `global x = 1`, `local a, b`. */
export function readDeclaration(node: SyntaxNode, reader: Reader): Expr {
  const [keyword, declared] = children(node);
  if (keyword === undefined || declared === undefined) throw parseError('incomplete declaration', spanOf(node));
  const word = reader.text(keyword) === 'global' ? 'global' : 'local';
  if (declared.name === 'Assignment') {
    const value = reader.expr(declared);
    const filled = value.kind === 'assign' || value.kind === 'update' ? namesIn(value.target) : [];
    const names = value.kind === 'function' && value.name !== null ? [value.name] : filled;
    return { kind: 'declare', word, names, value, ...spanOf(node) };
  }
  const parts = declared.name === 'OpenTuple' ? children(declared) : [declared];
  const names = parts.flatMap((part) => namesIn(readPattern(part, reader)));
  return { kind: 'declare', word, names, value: null, ...spanOf(node) };
}

/** `try ... catch e ... else ... finally ... end`. */
export function readTry(node: SyntaxNode, reader: Reader): Expr {
  const inside = reader.at({ index: false, ownBody: false });
  const clause = (name: string): SyntaxNode | null => node.getChild(name);
  const part = (found: SyntaxNode | null): Expr | null => (found === null ? null : bodyOf(found, inside));
  const caught = clause('CatchClause');
  const variable = caught?.getChild('ExceptionCapture')?.firstChild;
  const name = variable?.name === 'Identifier' ? canonicalName(reader.text(variable)) : null;
  const handler = part(caught);
  const last = part(clause('FinallyClause'));
  if (handler === null && last === null) throw parseError('`try` without `catch` or `finally`', spanOf(node));
  return {
    kind: 'try',
    body: bodyOf(node, inside),
    name,
    handler,
    otherwise: part(clause('ElseClause')),
    last,
    ...spanOf(node),
  };
}

export function readUsing(node: SyntaxNode, reader: Reader): Expr {
  const paths = [
    ...node.getChildren('ImportPath'),
    ...node.getChildren('SelectedImport').flatMap((chosen) => chosen.getChildren('ImportPath').slice(0, 1)),
  ];
  const alias = node.getChild('ImportAlias') ?? node.getChild('SelectedImport')?.getChild('ImportAlias');
  if (alias !== null && alias !== undefined) throw unsupportedError('`as`', spanOf(alias));
  const modules = paths.map((path) => canonicalName(reader.text(path).replaceAll(/\s/g, '')));
  if (modules.length === 0) throw unsupportedError(`\`${excerpt(reader.text(node))}\``, spanOf(node));
  return { kind: 'using', modules, ...spanOf(node) };
}
