import { expect, it } from 'vitest';
import { commentOf, readReport, type PageReport, type Report } from './report-comment.ts';

const page = (name: string, more: Partial<PageReport> = {}): PageReport => ({
  page: `/${name}/`,
  words: 100,
  bytes: 5000,
  figures: { one: 'a.webp' },
  ...more,
});
const report = (...pages: PageReport[]): Report => ({ pull: 7, pages });
const then = report(page('scale'), page('signed'), page('gone'));

it('tells of what is new, changed and gone, and of nothing else', () => {
  const now = report(
    page('scale', { figures: { one: 'b.webp', two: 'c.webp' }, words: 120 }),
    page('signed'),
    page('fern', { figures: {} }),
  );
  const comment = commentOf(now, then, 'https://example.org/run');
  expect(comment).toContain('| `/scale/` | 100 → 120 | 5000 | changed `one`, new `two` |');
  expect(comment).toContain('| `/fern/` (new) | 100 | 5000 |  |');
  expect(comment).not.toContain('signed');
  expect(comment).toContain('No longer there: `/gone/`.');
  expect(commentOf(then, then, '')).toContain('No page differs from main');
});

it('what a comment should not repeat is refused', () => {
  const text = (change: object): string => JSON.stringify({ ...then, ...change });
  expect(readReport(text({}))).toEqual(then);
  for (const bad of [
    { pull: '7; rm -rf' },
    { pull: -1 },
    { pages: [page('a](https://evil.example)')] },
    { pages: [page('fern', { figures: { '<img>': 'a' } })] },
    { pages: [page('fern', { figures: { one: '@everybody' } })] },
    { pages: [page('fern', { words: 1.5 })] },
    { pages: 'none' },
  ])
    expect(() => readReport(text(bad)), JSON.stringify(bad)).toThrow();
  expect(() => readReport('x'.repeat(2 ** 21))).toThrow('too long');
});
