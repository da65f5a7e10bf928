/** JavaScript that stands in an article: what it may read, and what was probably not meant to be JavaScript. */

import { walk, type Node } from 'estree-walker';
import type { MdxNode } from '../mdx-nodes.ts';

type Identifier = Extract<Node, { type: 'Identifier' }>;
type Pattern = Extract<Node, { type: 'VariableDeclarator' }>['id'];
type Program = Extract<Node, { type: 'Program' }>;

/** What JavaScript and MDX bring. */
const BROUGHT = new Set(
  'Array Boolean Date Infinity Intl JSON Map Math NaN Number Object Set String props undefined'.split(' '),
);

/** The program of an ESM block or of an expression, as MDX has parsed it. */
export function estreeOf(node: { readonly data?: unknown }): Program | null {
  const { data } = node;
  if (typeof data !== 'object' || data === null || !('estree' in data)) return null;
  return (data.estree as Program | null | undefined) ?? null;
}

/** The files that an article's ESM block imports by a relative address. */
export function relativeImports(program: Program): string[] {
  return program.body.flatMap((statement) =>
    statement.type === 'ImportDeclaration' && typeof statement.source.value === 'string'
      ? [statement.source.value].filter((source) => source.startsWith('.'))
      : [],
  );
}

/** The names that an article's ESM blocks bring: imported, or exported. */
export function namesOf(program: Program): string[] {
  return program.body.flatMap((statement) => {
    if (statement.type === 'ImportDeclaration') return statement.specifiers.map(({ local }) => local.name);
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'VariableDeclaration') return declaration.declarations.flatMap(({ id }) => bound(id));
    if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration')
      return [declaration.id.name];
    return [];
  });
}

/** The names that a pattern binds. */
function bound(pattern: Pattern): string[] {
  const names: string[] = [];
  walk(pattern, {
    enter(node, parent) {
      if (node.type === 'Identifier' && !isProperty(node, parent)) names.push(node.name);
    },
  });
  return names;
}

function isProperty(node: Identifier, parent: Node | null): boolean {
  if (parent?.type === 'MemberExpression') return parent.property === node && !parent.computed;
  return parent?.type === 'Property' && parent.key === node && !parent.computed && !parent.shorthand;
}

/** The names that an expression reads and does not itself bind. */
export function readNames(program: Program): string[] {
  const read: string[] = [];
  const own = new Set<string>();
  walk(program, {
    enter(node, parent) {
      if (node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression')
        for (const pattern of node.params) for (const name of bound(pattern)) own.add(name);
      if (node.type === 'VariableDeclarator') for (const name of bound(node.id)) own.add(name);
      if (node.type === 'Identifier' && !isProperty(node, parent)) read.push(node.name);
    },
  });
  return [...new Set(read)].filter((name) => !own.has(name));
}

/**
 * What is wrong with an expression in prose; null where nothing is.
 *
 * @param source as the author wrote it, without its braces
 * @param names what the article has imported or exported
 */
export function wrongExpression(node: MdxNode & { readonly value: string }, names: ReadonlySet<string>): string | null {
  const program = estreeOf(node);
  // A comment, or nothing.
  if (program === null || program.body.length === 0) return null;
  const read = readNames(program);
  const source = node.value.trim();
  const shown = source.length > 40 ? `${source.slice(0, 40)} …` : source;
  const instead = `For the braces themselves write \\{${shown}\\}, or TeX: $\\{${shown}\\}$; for a number <Value of="…" />.`;
  if (read.length === 0)
    return `{${shown}} in prose is JavaScript, and not what it says would be published. ${instead}`;
  const unknown = read.find((name) => !names.has(name) && !BROUGHT.has(name));
  if (unknown === undefined) return null;
  return `{${shown}} in prose is JavaScript, and this article has no \`${unknown}\`: it is neither imported nor exported here. ${instead}`;
}
