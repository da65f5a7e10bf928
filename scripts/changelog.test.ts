import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { notesOf, releases } from './changelog.ts';

const root = new URL('../', import.meta.url);
const text = readFileSync(new URL('CHANGELOG.md', root), 'utf8');
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };

it('has what is not released first, then dated versions, the latest of which package.json has', () => {
  const all = releases(text);
  expect(all[0]?.version).toBe(version);
  expect(all.map(({ date }) => date)).toEqual(
    all
      .map(({ date }) => date)
      .toSorted()
      .toReversed(),
  );
  expect(text.indexOf('## [Unreleased]')).toBeGreaterThan(0);
  expect(text.indexOf('## [Unreleased]')).toBeLessThan(text.indexOf(`## [${version}]`));
  for (const one of ['Unreleased', ...all.map((release) => release.version)])
    expect(text).toMatch(new RegExp(`^\\[${one}\\]: https`, 'm'));
});

it('gives the words of a version and of no other', () => {
  const log =
    '# Changelog\n\n## [Unreleased]\n\n- c\n\n## [1.1.0] - 2026-12-01\n\n- b\n\n## [1.0.0] - 2026-11-29\n\n- a\n\n[1.0.0]: https://example.org\n';
  expect(notesOf(log, '1.1.0')).toBe('- b');
  expect(notesOf(log, '1.0.0')).toBe('- a');
  expect(() => notesOf(log, '2.0.0')).toThrow('nothing of 2.0.0');
});
