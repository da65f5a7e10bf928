/** Places in a source text: from offsets to what a reader counts, lines and columns. */

import { JuliaError } from './errors.ts';
import type { Trouble } from './view.ts';

export interface SourcePlace {
  /** From 1. */
  readonly line: number;
  /** From 1, in characters (code points), as Julia counts: an emoji is one column. */
  readonly column: number;
}

/** Offsets outside the text are brought to its nearest end. A line ends at `\n`; `\r\n` is one ending. */
export function placeOf(source: string, offset: number): SourcePlace {
  const end = Math.min(Math.max(offset, 0), source.length);
  let line = 1;
  let start = 0;
  for (let next = source.indexOf('\n'); next !== -1 && next < end; next = source.indexOf('\n', next + 1)) {
    line += 1;
    start = next + 1;
  }
  return { line, column: Array.from(source.slice(start, end)).length + 1 };
}

/** Most that leaves for the page of a value's text, or of an error's message. */
const most = { characters: 20_000, lines: 500 };

/** A text that is short enough to be shown; what is left out is said. */
export function shortened(text: string): string {
  let end = Math.min(text.length, most.characters);
  for (let line = 0, at = -1; line < most.lines; line++) {
    at = text.indexOf('\n', at + 1);
    if (at === -1 || at >= end) break;
    if (line === most.lines - 1) end = at;
  }
  return end === text.length
    ? text
    : `${text.slice(0, end)}\n⋮\n${text.length - end} more characters are left out here.`;
}

/**
 * What a cell shows of an error. A `JuliaError` without a place is put at the whole source; anything else is a defect
 * of this library and shown as such, so that no failure is silent.
 */
export function toTrouble(error: unknown, source: string): Trouble {
  if (error instanceof JuliaError) {
    const from = Math.min(Math.max(error.span?.from ?? 0, 0), source.length);
    const to = Math.min(Math.max(error.span?.to ?? source.length, from), source.length);
    return { name: error.julia, message: shortened(error.message), from, to, ...placeOf(source, from) };
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { name: 'InternalError', message: `InternalError: ${text}`, from: 0, to: source.length, line: 1, column: 1 };
}
