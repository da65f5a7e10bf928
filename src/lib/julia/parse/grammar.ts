/**
 * The editor's grammar, made to decide as Julia does where it hesitates. It may read the header of
 * `for x in f(v)` as `for x in f` followed by a statement `(v)`, because a statement needs no line of its own. In Julia a
 * bracket that touches the expression before it always belongs to it, and so does a name that touches a factor.
 */

import { ExternalTokenizer } from '@lezer/lr';
import type { InputStream, LRParser, Stack } from '@lezer/lr';
import { parser as undeclared } from '@plutojl/lezer-julia';

// The package's declaration takes the type from a package that does not have it.
const parser = undeclared as unknown as LRParser;

/** What lezer's types keep to themselves. */
interface Tokenizer {
  token(input: InputStream, stack: Stack): void;
  extend: boolean;
}

/** The grammar's first tokenizer marks that a token touches the one before; `extend` lets the parser also ignore the mark. */
const [touching] = (parser as unknown as { tokenizers: readonly (ExternalTokenizer & Tokenizer)[] }).tokenizers;
if (touching === undefined) throw new Error('the Julia grammar has no tokenizer for adjacent tokens');

const decided: ExternalTokenizer & Tokenizer = new ExternalTokenizer(
  (input, stack) => {
    touching.token(input, stack);
    decided.extend = !belongsTogether(input);
  },
  // The verdict depends on what the stack can shift, so that no other stack may reuse it.
  { contextual: true, extend: true },
) as ExternalTokenizer & Tokenizer;

export const grammar = parser.configure({ tokenizers: [{ from: touching, to: decided }] });

/** Ends of expressions. A sign or an opening bracket before `(` decides nothing. */
const ENDS = /[\p{L}\p{M}\p{N}_)\]}"'′″∇∂∞\uDC00-\uDFFF]/u;
/** After these a name is a factor: `2x`, `(a)b`, `A'A`. */
const FACTOR_ENDS = /[\d.)\]}'′]/;
const RESERVED = new Set(['end', 'for', 'if', 'in', 'isa', 'where', 'else', 'elseif', 'do', 'catch', 'finally']);

function belongsTogether(input: InputStream): boolean {
  const next = charAt(input, 0);
  const before = charAt(input, -1);
  if ('([{"\'`'.includes(next) && next !== '') {
    return ENDS.test(before) || (before === '!' && ENDS.test(charAt(input, -2)));
  }
  if (!/\p{L}/u.test(next) || !FACTOR_ENDS.test(before)) return false;
  let word = '';
  for (let at = 0; /[\p{L}\d_!]/u.test(charAt(input, at)) && at < 8; at += 1) word += charAt(input, at);
  return !RESERVED.has(word);
}

function charAt(input: InputStream, offset: number): string {
  const code = input.peek(offset);
  return code < 0 ? '' : String.fromCharCode(code);
}
