/** What can stand left of an assignment or of `in`. */

import type { SyntaxNode } from '@lezer/common';
import type { Pattern } from './ast.ts';
import { parseError, unsupportedError } from './errors.ts';
import { canonicalName, excerpt, spanOf } from './parse-reader.ts';
import type { Reader } from './parse-reader.ts';
import { children } from './parse-tree.ts';

/** Names that Julia does not let anyone assign. */
const FIXED = new Set(['nothing', 'true', 'false']);

/** A name, or names to be filled from a tuple: `x`, `(a, b)`, `a, (b, c)`. */
export function readPattern(node: SyntaxNode, reader: Reader): Pattern {
  if (node.name === 'Identifier' || node.name === 'BoolLiteral') {
    const name = canonicalName(reader.text(node));
    if (FIXED.has(name)) throw parseError(`cannot assign a value to \`${name}\``, spanOf(node));
    return { kind: 'name', name, ...spanOf(node) };
  }
  if (node.name === 'ParenExpression') {
    const inner = children(node).filter((child) => child.name !== '(' && child.name !== ')');
    const [only] = inner;
    if (only !== undefined && inner.length === 1) return readPattern(only, reader);
  }
  if (node.name === 'OpenTuple' || node.name === 'TupleExpression') {
    const items = children(node).filter((child) => child.name !== '(' && child.name !== ')');
    return { kind: 'names', items: items.map((item) => readPattern(item, reader)), ...spanOf(node) };
  }
  if (node.name === 'SplatExpression') throw unsupportedError('`...` left of an assignment', spanOf(node));
  if (node.name === 'KeywordArguments') throw unsupportedError('taking fields out by `(; a, b)`', spanOf(node));
  if (node.name === 'IndexExpression') throw unsupportedError('an element among several names to assign', spanOf(node));
  if (node.name === 'BinaryExpression' && children(node)[1]?.name === 'SubTypeOp') {
    throw unsupportedError('the declaration of a variable’s type', spanOf(node));
  }
  throw parseError(`invalid assignment location \`${excerpt(reader.text(node))}\``, spanOf(node));
}
