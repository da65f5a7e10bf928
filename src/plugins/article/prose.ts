/** An article's prose against what it may hold: components and their attributes, tags, expressions, formulas, files beside it. */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { htmlTagNames } from 'html-tag-names';
import { visit } from 'unist-util-visit';
import { isCode, isJsx, type JsxNode, type MdxNode } from '../mdx-nodes.ts';
import { COMPONENTS, wrongValue } from './components.ts';
import { didYouMean, type Complaint, type Place } from './complaint.ts';
import { estreeOf, namesOf, readNames, relativeImports, wrongExpression } from './expressions.ts';
import { isMath, texComplaint, type TexOptions } from './tex.ts';

export interface ProseFacts {
  /** The article's file; files that it names lie beside it. */
  readonly path: string;
  /** Its text, line by line. */
  readonly lines: readonly string[];
  readonly tex: TexOptions;
  /** Reads Markdown as the article's is read: captions are Markdown. */
  readonly parse: (text: string) => MdxNode;
}

const HTML = new Set(htmlTagNames);
/** Elements whose insides have names of their own. */
const FOREIGN = new Set(['svg', 'math']);

const isExpression = (node: MdxNode): node is MdxNode & { readonly value: string } =>
  node.type === 'mdxTextExpression' || node.type === 'mdxFlowExpression';

/** Everything that is wrong with the prose, in no order. */
export function proseComplaints(tree: MdxNode, facts: ProseFacts): Complaint[] {
  const names = new Set<string>();
  const esm: MdxNode[] = [];
  visit(tree as never, 'mdxjsEsm', (node: MdxNode) => {
    esm.push(node);
    for (const name of namesIn(node)) names.add(name);
  });
  return [
    ...esm.flatMap((node) => missingImports(node, facts)),
    ...ticksInFences(facts),
    ...inside(tree, names, facts),
  ];
}

function namesIn(node: MdxNode): string[] {
  const program = estreeOf(node);
  return program === null ? [] : namesOf(program);
}

function inside(tree: MdxNode, names: ReadonlySet<string>, facts: ProseFacts): Complaint[] {
  const complaints: Complaint[] = [];
  const say = (node: MdxNode, message: string | null): void => {
    if (message !== null) complaints.push({ ...startOf(node), message });
  };
  visit(tree as never, (node: MdxNode) => {
    if (isJsx(node)) {
      for (const message of wrongElement(node, names)) say(node, message);
      return FOREIGN.has(node.name ?? '') ? 'skip' : undefined;
    }
    if (isExpression(node)) say(node, wrongExpression(node, names));
    else if (isMath(node))
      complaints.push(...[texComplaint(node, facts.lines, facts.tex)].filter((one) => one !== null));
    else if (node.type === 'image') say(node, wrongImage(node, facts));
    else if (isCode(node)) complaints.push(...wrongCaption(node, names, facts));
    return undefined;
  });
  return complaints;
}

function startOf({ position }: MdxNode): Place {
  return { line: position?.start.line ?? 1, column: position?.start.column ?? 1 };
}

/** What is wrong with an element: its name, or its attributes. */
function wrongElement(node: JsxNode, names: ReadonlySet<string>): string[] {
  const { name } = node;
  if (name === null) return [];
  const root = name.split('.')[0] ?? name;
  if (names.has(root)) return node.attributes.flatMap((one) => unknownInAttribute(one, names));
  if (!/^[A-Z]/.test(name)) {
    if (HTML.has(name) || name.includes('-')) return [];
    return [`<${name}> is no element of HTML.${didYouMean(name, HTML)} For the sign itself write \\<.`];
  }
  const words = COMPONENTS[name];
  if (words === undefined) {
    const known = Object.keys(COMPONENTS);
    return [
      `there is no component <${name}>.${didYouMean(name, known)} An article has ${known.join(', ')}; anything else it imports at its top.`,
    ];
  }
  const wrong = node.attributes.flatMap((attribute) => {
    if (attribute.name === undefined) return [`<${name}> takes no {...} among its words.`];
    if (!(attribute.name in words.attributes)) {
      const known = Object.keys(words.attributes);
      const takes = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`;
      return [`<${name}> has no \`${attribute.name}\`.${didYouMean(attribute.name, known)} (${takes})`];
    }
    const { value } = attribute;
    const text = typeof value === 'object' && value !== null ? value.value : (value ?? null);
    return [wrongValue(name, attribute.name, text), ...unknownInAttribute(attribute, names)].filter(
      (one) => one !== null,
    );
  });
  const missing = Object.entries(words.attributes)
    .filter(([key, { needed }]) => needed && !node.attributes.some((one) => one.name === key))
    .map(([key, { doc }]) => `<${name}> needs \`${key}\`: ${doc}. As in ${words.example.split('\n')[0] ?? ''}`);
  return [...wrong, ...missing];
}

/** A name in an attribute's braces that the article does not have. */
function unknownInAttribute({ name = '', value }: JsxNode['attributes'][number], names: ReadonlySet<string>): string[] {
  const program = typeof value === 'object' && value !== null ? estreeOf(value) : null;
  const unknown = program === null ? undefined : readNames(program).find((one) => !names.has(one));
  return unknown === undefined || unknown === 'undefined'
    ? []
    : [
        `${name}={…} reads \`${unknown}\`, which this article neither imports nor exports. A text stands in quotes: ${name}="…"`,
      ];
}

function missingImports(node: MdxNode, { path, lines }: ProseFacts): Complaint[] {
  const program = estreeOf(node);
  return (program === null ? [] : relativeImports(program)).flatMap((source) => {
    const file = source.split('?')[0] ?? source;
    if (existsSync(join(dirname(path), file))) return [];
    const start = startOf(node).line;
    const found = lines.findIndex((line, k) => k >= start - 1 && line.includes(source));
    const line = found < 0 ? start : found + 1;
    const column = (lines[line - 1]?.indexOf(source) ?? 0) + 1;
    return [{ line, column, message: `the file ${source} does not lie beside the article.` }];
  });
}

function wrongImage(node: MdxNode, { path }: ProseFacts): string | null {
  const { url = '', alt } = node as { url?: string; alt?: string | null };
  if (/^[a-z]+:/i.test(url))
    return `the picture ${url} is of another host; put it beside the article, with its licence in the front matter.`;
  if (!url.startsWith('/') && !existsSync(join(dirname(path), decodeURI(url))))
    return `the picture ${url} does not lie beside the article.`;
  return (alt ?? '').trim() === ''
    ? `the picture ${url} needs words for who cannot see it: ![what it shows](${url})`
    : null;
}

/** A caption is Markdown, and may hold formulas. They have no place of their own; the fence's line stands for it. */
function wrongCaption(
  node: MdxNode & { readonly meta?: string | null },
  names: ReadonlySet<string>,
  facts: ProseFacts,
): Complaint[] {
  const caption = /\bcaption=(?:"([^"]*)"|'([^']*)')/.exec(node.meta ?? '');
  const text = caption?.[1] ?? caption?.[2];
  if (text === undefined || !/(^|\s)live(\s|$)/.test(node.meta ?? '')) return [];
  const place = startOf(node);
  return inside(facts.parse(text), names, { ...facts, lines: text.split('\n') }).map(({ message }) => ({
    ...place,
    message: `in the caption: ${message}`,
  }));
}

/** Backticks among a fence's words: Markdown then sees no fence at all. */
function ticksInFences({ lines }: ProseFacts): Complaint[] {
  return lines.flatMap((line, k) => {
    const [, start = ''] = /^(\s*`{3,}julia\s+)[^\n]*`/.exec(line) ?? [];
    if (start === '') return [];
    const column = line.indexOf('`', start.length) + 1;
    return [
      {
        line: k + 1,
        column,
        message: 'a backtick among the words of a fence ends the fence: leave it out, or write TeX.',
      },
    ];
  });
}
