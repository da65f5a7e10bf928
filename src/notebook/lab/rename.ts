/** Giving a name of a cell another name, wherever the cell means that name. */

import type { SyntaxNode } from '@lezer/common';
import { grammar } from '../../lib/julia/parse/grammar.ts';

/** Where an identifier is no name of a value: a field, a symbol, a package. */
const OTHER = new Set(['Field', 'Symbol', 'ImportPath', 'MacroIdentifier']);
/** Where an identifier is a name and more: a field that has to be called as it is, a type's own name. */
const FIXED = new Set(['KeywordArguments', 'TypeHead']);

/** Names that stand in a text: all its identifiers. */
export function identifiersOf(source: string): Set<string> {
  return new Set([...identifiers(source)].map(({ from, to }) => source.slice(from, to)));
}

/** The names that a text assigns outside of any function, as far as can be seen where it is no program of the subset. */
export function assignedNames(source: string): string[] {
  const found: string[] = [];
  for (const node of childrenOf(grammar.parse(source).topNode)) {
    const left = node.firstChild;
    if (node.name === 'Assignment' && left !== null) {
      const named = left.name === 'CallExpression' ? left.firstChild : left;
      for (const one of named === null ? [] : named.name === 'Identifier' ? [named] : childrenOf(named))
        if (one.name === 'Identifier') found.push(source.slice(one.from, one.to));
    } else if (/^(Function|Struct|Macro|Abstract)Definition$/.test(node.name)) {
      const [name] = [...identifiers(source, node)];
      if (name !== undefined) found.push(source.slice(name.from, name.to));
    }
  }
  return found;
}

/**
 * The text with other names. Names of the cell's own scopes that are called alike are renamed with them, which changes nothing.
 *
 * @returns null where a name stands where it cannot be renamed
 */
export function renamed(source: string, names: ReadonlyMap<string, string>): string | null {
  const places: { readonly from: number; readonly to: number; readonly by: string }[] = [];
  for (const node of identifiers(source)) {
    const by = names.get(source.slice(node.from, node.to));
    const parent = node.parent?.name ?? '';
    if (by === undefined || OTHER.has(parent)) continue;
    if (FIXED.has(parent)) return null;
    if (parent === 'KwArg' && node.prevSibling === null) {
      // `f(; x = 1)` keeps the word when it calls, and cannot keep it when it defines.
      if (isParameter(node)) return null;
      continue;
    }
    places.push({ from: node.from, to: node.to, by });
  }
  return places.reduceRight((text, { from, to, by }) => text.slice(0, from) + by + text.slice(to), source);
}

function isParameter(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent === null) return false;
  if (parent.name === 'Signature') return true;
  const left = parent.firstChild?.from === node.from;
  return (left && /^(Assignment|ArrowFunctionExpression)$/.test(parent.name)) || isParameter(parent);
}

function* identifiers(source: string, node = grammar.parse(source).topNode): Generator<SyntaxNode> {
  for (const child of childrenOf(node)) {
    if (child.name === 'Identifier') yield child;
    else yield* identifiers(source, child);
  }
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}
