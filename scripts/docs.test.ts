/** What comments and documents point to is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const sources = ['src', 'scripts', 'tests'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    // Astro leaves a folder of that name beside a site.
    .filter((file) => /[^/\\]\.(ts|astro)$/.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
);

it('every study that a comment names is a section of docs/studies.md', () => {
  const sections = new Set(
    [...text('docs/studies.md').matchAll(/^#{2,3} ([\d.]+)/gm)].map(([, n]) => n?.replace(/\.$/, '')),
  );
  const named = sources.flatMap((file) =>
    [...text(file).matchAll(/docs\/studies\.md, (\d+(?:\.\d+)?)(?: to (\d+))?/g)].flatMap(([, one, other]) =>
      [one, other].filter((n) => n !== undefined).map((n) => ({ file, n })),
    ),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ n }) => !sections.has(n))).toEqual([]);
});

it('links between documents lead to files, and the decisions are all listed', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/studies.md', 'docs/decisions/README.md'];
  for (const document of documents) {
    for (const [, target = ''] of text(document).matchAll(/\]\((?!https?:|[#/])([^)#]+)/g))
      expect(existsSync(new URL(target, new URL(document, root))), `${document}: ${target}`).toBe(true);
  }
  for (const file of readdirSync(new URL('docs/decisions/', root)).filter((name) => /^\d/.test(name)))
    expect(text('docs/decisions/README.md')).toContain(`](${file})`);
});
