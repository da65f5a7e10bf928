/**
 * What Julia shows, as facts: inputs and outputs transcribed from the examples of Julia's manual and docstrings. Most of them are doctests,
 * which Julia's own tests run.
 * The files are tests/fixtures/julia-doctests/*.txt; their README describes the form.
 */

import type { Trouble } from '../view.ts';

export interface Fact {
  /** A file of Julia's repository and the commit that was read. */
  readonly address: string;
  /** What the session had run before; empty outside of a session. */
  readonly before: string;
  readonly input: string;
  /** Printed text, then the value as the REPL displays it, or `ERROR: …` in its first line. */
  readonly output: string;
}

/** How the subset answered, as a test or a figure sees it. */
export interface RecordedAnswer {
  readonly printed: string;
  /** As the REPL displays it; empty after an error and for `nothing`. */
  readonly text: string;
  readonly trouble: Pick<Trouble, 'name' | 'message'> | null;
}

/** `refused` is an error of the subset where Julia has a value; `differs` is every other difference. */
export type RecordVerdict = 'agrees' | 'refused' | 'differs';

export const programOf = ({ before, input }: Fact): string => (before ? `${before}\n${input}` : input);

/** Inputs that a later one of their session can depend on. The others are left out: one that the subset refuses would hide those after it. */
const defines = /=|!\(|\bfunction\b/;

/** @throws Error at a line out of place: a record that is misread proves nothing */
export function readRecord(text: string): readonly Fact[] {
  const facts: Fact[] = [];
  let address = '';
  let session: string[] | null = null;
  let input: string[] = [];
  let output: string[] = [];

  const flush = (): void => {
    if (input.length === 0) return;
    const fact = { address, before: (session ?? []).join('\n'), input: input.join('\n'), output: output.join('\n') };
    facts.push(fact);
    if (session && defines.test(fact.input) && !fact.output.startsWith('ERROR: ')) session.push(fact.input);
    input = [];
    output = [];
  };

  for (const [index, line] of text.replace(/\n$/, '').split('\n').entries()) {
    if (line.startsWith('# ')) {
      flush();
      session = null;
      address = line.slice(2);
    } else if (line === 'session' || line === 'end') {
      flush();
      session = line === 'session' ? [] : null;
    } else if (line.startsWith('> ')) {
      flush();
      input = [line.slice(2)];
    } else if (input.length === 0 || !address) {
      throw new Error(`line ${index + 1} stands outside of a program: ${line}`);
    } else if (line.startsWith('. ') && output.length === 0) input.push(line.slice(2));
    else output.push(line);
  }
  flush();
  return facts;
}

/** Compares printed text and value to the last space, and an error by its name. A name that is not there at all is a refusal, too. */
export function judge(fact: Fact, { printed, text, trouble }: RecordedAnswer): RecordVerdict {
  const error = fact.output.startsWith('ERROR: ') ? errorName(fact.output) : null;
  if (trouble) {
    if (error === null || trouble.message.startsWith('unsupported:')) return 'refused';
    if (trouble.name === error) return 'agrees';
    return trouble.name === 'UndefVarError' ? 'refused' : 'differs';
  }
  return error === null && trimmed(printed + text) === trimmed(fact.output) ? 'agrees' : 'differs';
}

/** `ERROR: BoundsError: …`, `ERROR: DomainError with …`; what `error("…")` throws goes without its name. */
const errorName = (output: string): string =>
  /^ERROR: (\w+Error|DimensionMismatch)\b/.exec(output)?.[1] ?? 'ErrorException';

/** Spaces at the ends of lines are no part of what a reader sees. */
const trimmed = (text: string): string => text.replaceAll(/[ \t]+$/gm, '').replace(/\n+$/, '');
