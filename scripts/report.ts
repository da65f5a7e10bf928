/**
 * What a built site holds, for the comment on a pull request: of each article its words, the bytes of its page, and its figures.
 *
 *     node scripts/report.ts [--folder dist] [--pull NUMBER] > report.json
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { builtPages } from './pages.ts';
import type { Report } from './report-comment.ts';

const { values } = parseArgs({ options: { folder: { type: 'string', default: 'dist' }, pull: { type: 'string' } } });

/** What a cell shows: the name of its picture, which is a hash of its pixels, or a hash of its words. */
function shown(cell: Element): string {
  const picture = cell.querySelector('.cell-result img')?.getAttribute('src');
  if (picture != null) return picture.split('/').at(-1) ?? picture;
  const words = cell.querySelector('.cell-result')?.textContent ?? '';
  return createHash('sha256').update(words).digest('hex').slice(0, 16);
}

const pages = (await builtPages(values.folder))
  .filter(({ file, document }) => !file.startsWith('embed/') && document.querySelector('meta[name=robots]') === null)
  .map(({ file, html, document }) => ({
    page: `/${file.replace(/index\.html$/, '')}`,
    words: document.querySelector('.article-body')?.textContent.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)?.length ?? 0,
    bytes: gzipSync(html, { level: 9 }).length,
    figures: Object.fromEntries([...document.querySelectorAll('julia-cell')].map((cell) => [cell.id, shown(cell)])),
  }));
const report: Report = { pull: values.pull === undefined ? null : Number(values.pull), pages };
console.log(JSON.stringify(report));
