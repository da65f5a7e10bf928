/** What an article must say of itself, before its text. A front matter that does not fit is a complaint at its line. */

import { isAlias, isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'astro/zod';
import type { Complaint } from './complaint.ts';
import { didYouMean } from './complaint.ts';

/** An ORCID's last character is a checksum of the others (ISO 7064, MOD 11-2). */
export function isOrcid(text: string): boolean {
  if (!/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.test(text)) return false;
  const digits = text.replaceAll('-', '');
  const sum = Array.from(digits.slice(0, 15)).reduce((total, digit) => (total + Number(digit)) * 2, 0);
  const check = (12 - (sum % 11)) % 11;
  return digits.at(-1) === (check === 10 ? 'X' : String(check));
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}

const text = z.string('a text is wanted').trim().min(1, 'it is empty');

/** A day as YAML readers give it: some as text, some as a date. */
const day = z
  .union([z.date(), z.string()], 'a day is written year-month-day, as in 2026-11-24')
  .refine((value) => value instanceof Date || isDay(value), 'a day is written year-month-day, as in 2026-11-24')
  .transform((value) => new Date(value));

const author = z.union(
  [
    text,
    z.strictObject({
      name: text,
      orcid: z
        .string()
        .refine(isOrcid, 'an ORCID is written 0000-0002-1825-0097, and its last sign must fit the others')
        .optional(),
    }),
  ],
  'an author is a name, or `name:` and `orcid:`',
);

const source = z.union(
  [
    z.strictObject({ title: text, url: z.url('an address is wanted, as in https://example.org/paper') }),
    // A work of the bibliography.
    z.strictObject({ cite: text }),
  ],
  'a source is `title:` and `url:`, or `cite:` with a key of docs/bibliography.bib',
);

/** Licences under which a file may be sent to every reader, by their SPDX names; `PDM-1.0` is for what is in the public domain. */
const LICENCES = [
  'CC0-1.0',
  'PDM-1.0',
  'CC-BY-4.0',
  'CC-BY-3.0',
  'CC-BY-SA-4.0',
  'CC-BY-SA-3.0',
  'MIT',
  'BSD-3-Clause',
  'Apache-2.0',
  'PDDL-1.0',
  'ODC-By-1.0',
  'ODbL-1.0',
] as const;

const ownFile = z.strictObject({
  /** What cells call it. */
  name: z
    .string('a name is wanted')
    .regex(/^[\p{L}_][\p{L}\p{N}_]*$/u, 'a name of Julia is wanted: letters, digits and _'),
  file: z.string('a file is wanted').regex(/^[^/\\]+$/, 'the file lies beside the article'),
  title: text,
  by: text,
  licence: z.enum(LICENCES, `one of ${LICENCES.join(', ')} is wanted`),
  source: z.url('an address is wanted: where the file is from'),
});

export type OwnFile = z.infer<typeof ownFile>;

/** What an article says of itself. Each field's description stands on the page `/contribute/` too. */
export const articleSchema = z.strictObject({
  title: text.describe('The article’s name.'),
  question: text
    .refine((value) => value.endsWith('?'), 'it stands under the title and ends with a question mark')
    .describe('What the article asks, as a question. It stands under the title and in the index.'),
  summary: z
    .string('a text is wanted')
    .min(40, 'one or two sentences, of 40 characters at least')
    .max(240, 'one or two sentences, of 240 characters at most')
    .describe('One or two plain sentences of 40 to 240 characters, for search engines and shared links.'),
  authors: z
    .array(author, 'a list is wanted, as in [Jane Doe]')
    .min(1, 'somebody has written it')
    .describe('Who wrote the article: names, or `name:` and `orcid:`. Who made an experiment is named in the text.'),
  date: day.describe('When the article was last brought up to date: year-month-day.'),
  status: z
    .enum(['draft', 'published'], '`draft` or `published`')
    .default('published')
    .describe('`draft` or `published`. A draft is shown by `npm run dev` alone.'),
  order: z
    .int('a whole number is wanted')
    .min(0, 'a whole number is wanted')
    .optional()
    .describe('Its place in the index. Articles of one place, or of none, stand by their days.'),
  card: text.optional().describe('The id of the cell whose picture is on the card of a shared link.'),
  files: z
    .array(ownFile, 'a list is wanted')
    .default([])
    .describe(
      'Pictures and matrices (PNG, JPEG, WebP, AVIF, GIF, TIFF, NPY, CSV) beside the article, each a name in its cells: `name`, `file`, `title`, `by`, `licence` and `source`.',
    ),
  sources: z
    .array(source, 'a list is wanted')
    .min(1, 'name at least one source: where the idea, or the data, comes from')
    .describe('What the article rests on: `title:` and `url:`, or `cite:` with a key of `docs/bibliography.bib`.'),
});

/** The front matter's own text and the line that it begins at; null where the file has none. */
export function splitFrontMatter(
  article: string,
): { readonly yaml: string; readonly body: string; readonly lines: number } | null {
  const found = /^---\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(article);
  if (found?.index !== 0) return null;
  const [whole, yaml = ''] = found;
  return { yaml, body: article.slice(whole.length), lines: whole.split('\n').length - 1 };
}

/** The files of a front matter that fit; what does not is a complaint of `frontMatterComplaints`. */
export function ownFilesOf(frontmatter: Readonly<Record<string, unknown>> | undefined): OwnFile[] {
  return z.array(ownFile).safeParse(frontmatter?.['files']).data ?? [];
}

/** The fields of a front matter, as they are; none where it is no YAML. */
export function frontMatterOf(article: string): Record<string, unknown> {
  const document = parseDocument(splitFrontMatter(article)?.yaml ?? '', { prettyErrors: false });
  const fields: unknown = document.errors.length > 0 ? null : document.toJS();
  return typeof fields === 'object' && fields !== null ? { ...fields } : {};
}

/** What is wrong with the front matter of an article, given the whole of its file. */
export function frontMatterComplaints(article: string): Complaint[] {
  const split = splitFrontMatter(article);
  if (split === null)
    return [
      {
        line: 1,
        column: 1,
        message: 'an article begins with its front matter, between two lines of ---; `npm run new-article` writes one.',
      },
    ];
  const counter = new LineCounter();
  const document = parseDocument(split.yaml, { lineCounter: counter, prettyErrors: false });
  const at = (offset: number): Pick<Complaint, 'line' | 'column'> => {
    const { line, col } = counter.linePos(offset);
    return { line: line + 1, column: col };
  };
  if (document.errors.length > 0)
    return document.errors.map(({ message, pos }) => ({
      ...at(pos[0]),
      message: `the front matter is no YAML: ${message}. A text with a colon or a # in it stands in quotes.`,
    }));
  const parsed = articleSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) =>
    wordsOf(issue, document).map(({ path, message }) => ({ ...at(offsetOf(document, path)), message })),
  );
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What an issue says, and of which field. */
function wordsOf(issue: Issue, document: Document): { readonly path: Path; readonly message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(articleSchema.shape);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `the front matter has a field \`${key}\` that nobody reads.${didYouMean(key, known)} (it takes ${known.join(', ')})`,
    }));
  }
  const name = issue.path.map(String).join('.');
  if (!document.hasIn(issue.path))
    return [{ path: issue.path.slice(0, -1), message: `the front matter lacks \`${name}\`: ${reason(issue)}.` }];
  // One of the ways to say it may be nearly right: then its own words are the better ones.
  const nearer = issue.code === 'invalid_union' ? issue.errors.flat().find(({ path }) => path.length > 0) : undefined;
  if (nearer !== undefined) return wordsOf({ ...nearer, path: [...issue.path, ...nearer.path] }, document);
  const value: unknown = document.getIn(issue.path);
  const shown = typeof value === 'string' || typeof value === 'number' ? `: ${value}` : '';
  return [{ path: issue.path, message: `\`${name}${shown}\`: ${reason(issue)}.` }];
}

function reason({ message }: Issue): string {
  return message.replace(/\.$/, '');
}

/** Where a field stands in the front matter's text; the place of what holds it, where it is absent. */
function offsetOf(document: Document, path: Path): number {
  const last = path.at(-1);
  const holder = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (isMap(holder)) {
    const pair = holder.items.find(({ key }) => isScalar(key) && key.value === last);
    if (isScalar(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  const node = path.length === 0 ? null : document.getIn(path, true);
  if (typeof node === 'object' && node !== null && 'range' in node && !isAlias(node))
    return (node.range as [number] | undefined)?.[0] ?? 0;
  return 0;
}
