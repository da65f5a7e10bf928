/** Formulas that KaTeX cannot read, found in the author's text. */

import katex from 'katex';
import type { MdxNode } from '../mdx-nodes.ts';
import type { Complaint } from './complaint.ts';

/** What KaTeX is to know: the same options that set the formulas. */
export type TexOptions = Readonly<Record<string, unknown>>;

interface MathNode extends MdxNode {
  readonly value: string;
}

export function isMath(node: MdxNode): node is MathNode {
  return node.type === 'math' || node.type === 'inlineMath';
}

/** The complaint about a formula; null where KaTeX reads it. `lines` is the text that the node's position is of. */
export function texComplaint(node: MathNode, lines: readonly string[], options: TexOptions): Complaint | null {
  try {
    katex.renderToString(node.value, { ...options, displayMode: node.type === 'math', throwOnError: true });
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ...placeOf(node, offsetOf(error), lines), message: messageOf(error) };
  }
}

function offsetOf(error: Error): number {
  return 'position' in error && typeof error.position === 'number' ? error.position : 0;
}

function messageOf(error: Error): string {
  const raw = 'rawMessage' in error && typeof error.rawMessage === 'string' ? error.rawMessage : error.message;
  const words = raw.replace(/^KaTeX parse error: /, '').replace(/\.$/, '');
  return `TeX: ${words.charAt(0).toLowerCase()}${words.slice(1)}. katex.org/docs/supported lists what can be written; a brace in TeX is \\{.`;
}

/** Where a character of the formula stands in the text. */
function placeOf(node: MathNode, offset: number, lines: readonly string[]): { line: number; column: number } {
  const start = node.position?.start ?? { line: 1, column: 1 };
  const before = node.value.slice(0, offset).split('\n');
  const first = lines[start.line - 1] ?? '';
  const dollars = /^\$+/.exec(first.slice(start.column - 1))?.[0].length ?? 0;
  // A formula of its own lines begins below its dollars.
  const line = start.line + before.length - (node.type === 'math' ? 0 : 1);
  const last = before.at(-1) ?? '';
  if (node.type === 'inlineMath' && before.length === 1) return { line, column: start.column + dollars + offset };
  const text = lines[line - 1] ?? '';
  const whole = node.value.split('\n')[before.length - 1] ?? '';
  return { line, column: Math.max(0, text.indexOf(whole)) + last.length + 1 };
}
