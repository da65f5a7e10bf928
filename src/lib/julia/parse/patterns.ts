/** What can stand left of an assignment or of `in`. */

import type { SyntaxNode } from '@lezer/common';
import type { Pattern, Target } from '../ast.ts';
import { parseError, unsupportedError } from '../errors.ts';
import { canonicalName, excerpt, spanOf } from './reader.ts';
import type { Reader } from './reader.ts';
import { children } from './tree.ts';

/** Names that Julia does not let anyone assign. */
const FIXED = new Set(['nothing', 'true', 'false']);

/** A name, or names to be filled from a sequence or from fields: `x`, `x::Int`, `(a, b)`, `a, (b, c...)`, `(; a, b)`. */
export function readPattern(node: SyntaxNode, reader: Reader): Pattern {
  return pattern(node, reader, readPattern);
}

/** What several names, elements or fields are assigned from: each item is read by `item`. */
export function pattern(node: SyntaxNode, reader: Reader, item: (node: SyntaxNode, reader: Reader) => Target): Pattern {
  if (node.name === 'Identifier' || node.name === 'BoolLiteral') {
    const name = canonicalName(reader.text(node));
    if (FIXED.has(name)) throw parseError(`cannot assign a value to \`${name}\``, spanOf(node));
    return { kind: 'name', name, ...spanOf(node) };
  }
  if (node.name === 'ParenExpression') {
    const inner = itemsOf(node);
    const [only] = inner;
    if (only !== undefined && inner.length === 1) return pattern(only, reader, item);
  }
  if (node.name === 'OpenTuple' || node.name === 'TupleExpression') return names(itemsOf(node), node, reader, item);
  if (node.name === 'SplatExpression') throw parseError('`...` without a name before it to share with', spanOf(node));
  if (node.name === 'IndexExpression' || node.name === 'FieldExpression') {
    throw unsupportedError(
      'an element or a field as a loop’s or a function’s variable; assign it in the body',
      spanOf(node),
    );
  }
  const [left, op, type] = node.name === 'BinaryExpression' ? children(node) : [];
  if (op?.name === 'SubTypeOp' && left?.name === 'Identifier' && type !== undefined) {
    return { kind: 'name', name: canonicalName(reader.text(left)), type: reader.text(type), ...spanOf(node) };
  }
  throw parseError(`invalid assignment location \`${excerpt(reader.text(node))}\``, spanOf(node));
}

function itemsOf(node: SyntaxNode): SyntaxNode[] {
  return children(node).filter((child) => child.name !== '(' && child.name !== ')');
}

function names(
  items: readonly SyntaxNode[],
  span: SyntaxNode,
  reader: Reader,
  item: (node: SyntaxNode, reader: Reader) => Target,
): Pattern {
  const [first] = items;
  if (first?.name === 'KeywordArguments') {
    const fields = children(first).map((field) => {
      if (field.name !== 'Identifier')
        throw parseError(`invalid field name \`${excerpt(reader.text(field))}\``, spanOf(field));
      return canonicalName(reader.text(field));
    });
    return { kind: 'fields', names: fields, ...spanOf(span) };
  }
  let rest: number | undefined;
  const targets = items.map((part, at) => {
    if (part.name !== 'SplatExpression') return item(part, reader);
    if (rest !== undefined) throw parseError('multiple `...` in destructuring assignment are ambiguous', spanOf(part));
    rest = at;
    const [value] = children(part);
    if (value === undefined) throw parseError('`...` without a name', spanOf(part));
    return item(value, reader);
  });
  return { kind: 'names', items: targets, ...(rest === undefined ? {} : { rest }), ...spanOf(span) };
}
