/**
 * The comment on a pull request: what its build holds, against what main holds.
 *
 *     node scripts/report-comment.ts NEW.json OLD.json     writes the comment
 *     node scripts/report-comment.ts NEW.json              writes the pull request's number
 *
 * The new report was written by code that nobody has read: nothing of it is run, and what is not of its form is refused. No package is
 * needed, so that none is installed where there are rights.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface PageReport {
  /** The page's address inside the site. */
  readonly page: string;
  readonly words: number;
  /** Of its HTML, after gzip. */
  readonly bytes: number;
  /** What each figure shows, by the cell's id. */
  readonly figures: Readonly<Record<string, string>>;
}

export interface Report {
  readonly pull: number | null;
  readonly pages: readonly PageReport[];
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws Error where a text is no report, or holds anything that a comment should not repeat */
export function readReport(text: string): Report {
  if (text.length > 2 ** 20) throw new Error('the report is too long');
  const value: unknown = JSON.parse(text);
  if (!isObject(value) || !Array.isArray(value['pages']) || value['pages'].length > 2000) throw new Error('no report');
  const { pull } = value;
  if (pull !== null && !(isCount(pull) && pull > 0)) throw new Error('the number of the pull request is none');
  return { pull, pages: value['pages'].map(readPage) };
}

function readPage(value: unknown): PageReport {
  if (!isObject(value)) throw new Error('a page is no object');
  const { page, words, bytes, figures } = value;
  if (typeof page !== 'string' || !/^\/(?:[\w-]{1,80}\/)*$/.test(page)) throw new Error('a page has no plain address');
  if (!isCount(words) || !isCount(bytes) || !isObject(figures))
    throw new Error(`${page}: numbers and figures are wanted`);
  const entries = Object.entries(figures).map(([id, shown]) => {
    if (!/^[\w-]{1,120}$/.test(id) || typeof shown !== 'string' || !/^[\w.-]{1,120}$/.test(shown))
      throw new Error(`${page}: a figure has no plain name`);
    return [id, shown] as const;
  });
  return { page, words, bytes, figures: Object.fromEntries(entries) };
}

/** Figures that are listed by name; of more there is a number. */
const LISTED = 30;

/** The comment, as Markdown. @param run where the build that it tells of can be seen */
export function commentOf(now: Report, then: Report, run: string): string {
  const old = new Map(then.pages.map((one) => [one.page, one]));
  const rows = now.pages.flatMap((one) => {
    const before = old.get(one.page);
    const changed = Object.entries(one.figures).filter(([id, shown]) => before?.figures[id] !== shown);
    const gone = Object.keys(before?.figures ?? {}).filter((id) => !(id in one.figures));
    const grown = one.words !== before?.words || Math.abs(one.bytes - before.bytes) > 512;
    if (before !== undefined && changed.length === 0 && gone.length === 0 && !grown) return [];
    const figures = changed.map(
      ([id]) => `${before !== undefined && id in before.figures ? 'changed' : 'new'} \`${id}\``,
    );
    const named = [...figures, ...gone.map((id) => `gone \`${id}\``)];
    const listed = [...named.slice(0, LISTED), ...(named.length > LISTED ? [`and ${named.length - LISTED} more`] : [])];
    const name = before === undefined ? `\`${one.page}\` (new)` : `\`${one.page}\``;
    return [
      `| ${name} | ${moved(one.words, before?.words)} | ${moved(one.bytes, before?.bytes)} | ${listed.join(', ')} |`,
    ];
  });
  const left = then.pages
    .filter(({ page }) => !now.pages.some((one) => one.page === page))
    .map(({ page }) => `\`${page}\``);
  const table =
    rows.length === 0
      ? 'No page differs from main in its words or figures.'
      : `| Page | Words | Bytes of HTML | Figures |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
  const lost = left.length === 0 ? '' : `\n\nNo longer there: ${left.join(', ')}.`;
  return `### What this changes for a reader\n\n${table}${lost}\n\nThe built site is the artifact \`dist\` of [this run](${run}): unpack it and serve the folder.\n`;
}

function moved(now: number, then: number | undefined): string {
  if (then === undefined) return String(now);
  return now === then ? String(now) : `${then} → ${now}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [newest, oldest] = process.argv.slice(2).map((file) => readReport(readFileSync(file, 'utf8')));
  if (newest === undefined) throw new Error('usage: report-comment NEW.json [OLD.json]');
  if (oldest === undefined) console.log(String(newest.pull ?? ''));
  else console.log(commentOf(newest, oldest, process.env['RUN_URL'] ?? ''));
}
