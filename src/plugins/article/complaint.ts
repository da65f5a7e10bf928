/** What is wrong with an article, where, and what to do about it. */

export interface Place {
  /** Counted from 1, in the author's file. */
  readonly line: number;
  readonly column: number;
}

export interface Complaint extends Place {
  /** One or two sentences: what is wrong, and what to write instead. */
  readonly message: string;
}

/** The article's file, as unified has it. */
export interface File {
  readonly path?: string;
  readonly data?: {
    /** Front matter that the page's layout reads. */
    readonly astro?: { readonly frontmatter?: Record<string, unknown> };
    /** The whole text, front matter and all, where it is not to be read from its file. */
    readonly text?: string;
    /** Where it is there, complaints are gathered in it, and none stops the work. */
    readonly complaints?: Complaint[];
  };
  fail(reason: string, place?: unknown): never;
}

/** What unified throws from `file.fail`. */
interface Failure {
  readonly reason: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

function isFailure(error: unknown): error is Failure {
  return error instanceof Error && 'reason' in error && typeof error.reason === 'string';
}

/** The complaint in an error that unified or MDX threw; null for any other error. */
export function complaintOf(error: unknown): Complaint | null {
  if (!isFailure(error)) return null;
  return { line: error.line ?? 1, column: error.column ?? 1, message: error.reason };
}

/**
 * Does one step of a check. In a build the first failure stops it; where the file gathers (`npm run check-article`), failures are kept and
 * the next step follows.
 */
export function attempt(file: File, step: () => void): void {
  if (file.data?.complaints === undefined) {
    step();
    return;
  }
  try {
    step();
  } catch (error) {
    const complaint = complaintOf(error);
    if (complaint === null) throw error;
    file.data.complaints.push(complaint);
  }
}

/** Fails the build at the first of the complaints, and says how many more there are; or gathers them all. */
export function complain(file: File, complaints: readonly Complaint[]): void {
  if (file.data?.complaints !== undefined) {
    file.data.complaints.push(...complaints);
    return;
  }
  const [first, ...others] = complaints.toSorted((a, b) => a.line - b.line || a.column - b.column);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more: \`npm run check-article\` lists them)`;
  file.fail(`${first.message}${more}`, { line: first.line, column: first.column });
}

/** The known word that is nearest to a misspelt one, as a question; empty where none is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const near = [...known]
    .map((one) => [one, distance(word.toLowerCase(), one.toLowerCase())] as const)
    .toSorted(([, a], [, b]) => a - b)[0];
  return near !== undefined && near[1] <= Math.ceil(word.length / 3) ? ` Did you mean ${near[0]}?` : '';
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1)
      next.push(Math.min((row[j] ?? 0) + (a[i] === b[j] ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    row = next;
  }
  return row[b.length] ?? 0;
}
