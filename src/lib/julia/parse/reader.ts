/** What the parts of the parser share: the source, where in a program they are, and the way to read any node. */

import type { SyntaxNode } from '@lezer/common';
import type { Expr, Span } from '../ast.ts';
import { parseError, unsupportedError } from '../errors.ts';

export interface Where {
  /** Inside `A[...]`, where `begin` and `end` are indices. */
  readonly index: boolean;
  /** Inside a loop's body, where `break` may stand. */
  readonly loop: boolean;
  /** Inside a function's body. */
  readonly inner: boolean;
  /** Directly in the body of an outermost function, where `local x = 1` says no more than `x = 1`. */
  readonly ownBody: boolean;
  /** Under `@.`: every call and operator is broadcast. */
  readonly dots: boolean;
  /** Under `@views`: what is indexed is a view. */
  readonly views: boolean;
}

export const TOP: Where = { index: false, loop: false, inner: false, ownBody: false, dots: false, views: false };

export type NodeReader = (node: SyntaxNode, reader: Reader) => Expr;

export class Reader {
  readonly source: string;
  /** The source with comments blanked and prefix signs marked: what the tree was made from, offset for offset. */
  readonly marked: string;
  readonly where: Where;
  readonly readers: ReadonlyMap<string, NodeReader>;

  constructor(source: string, marked: string, readers: ReadonlyMap<string, NodeReader>, where: Where = TOP) {
    this.source = source;
    this.marked = marked;
    this.readers = readers;
    this.where = where;
  }

  at(change: Partial<Where>): Reader {
    return new Reader(this.source, this.marked, this.readers, { ...this.where, ...change });
  }

  text(span: Span): string {
    return this.source.slice(span.from, span.to);
  }

  /** Any expression or statement. */
  expr(node: SyntaxNode): Expr {
    const read = this.readers.get(node.name);
    if (read === undefined) throw unsupportedError(`\`${excerpt(this.text(node))}\``, spanOf(node));
    return read(node, this);
  }

  /** An expression where a bare operator would be a slip: `x + *`. */
  operand(node: SyntaxNode): Expr {
    if (node.name === 'Operator') throw parseError(`unexpected \`${this.text(node)}\``, spanOf(node));
    return this.expr(node);
  }

  /** Statements as one block; `span` is where the block stands. */
  block(nodes: readonly SyntaxNode[], span: Span): Expr & { kind: 'block' } {
    return { kind: 'block', body: nodes.map((node) => this.expr(node)), ...span };
  }
}

export function spanOf(node: Span): Span {
  return { from: node.from, to: node.to };
}

/** A piece of source short enough for a message. */
export function excerpt(text: string): string {
  const line = text.trim().split(/[\r\n]/, 1)[0] ?? '';
  const letters = Array.from(line);
  return letters.length > 24 || line.length < text.trim().length ? `${letters.slice(0, 24).join('')}…` : line;
}

/** Julia's canonical spelling of a name or operator: NFC, and one of several look-alikes. */
export function canonicalName(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll('ɛ', 'ε')
    .replaceAll('µ', 'μ')
    .replaceAll('·', '⋅')
    .replaceAll('·', '⋅')
    .replaceAll('−', '-');
}
