/**
 * The picture of the rooms in CONTRIBUTING.md: which room of the site knows which, after the imports in the source.
 *
 *     npm run rooms                 draws it anew
 *     npm run rooms -- --check      changes nothing: fails where the picture is old, a room knows one above it, or a rule of .dependency-cruiser.cjs is broken
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { mermaid, replaced, roomOf, upward, type Link } from './rooms-graph.ts';
import { bin, run } from './steps.ts';

/** What is read here of what dependency-cruiser says. */
interface Cruise {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string; readonly dependencyTypes: readonly string[] }[];
  }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

const guide = 'CONTRIBUTING.md';

async function cruise(): Promise<Cruise> {
  const said: Buffer[] = [];
  const depcruise = await bin('dependency-cruiser', 'depcruise');
  const words = ['src', 'scripts', 'tests', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  await run([depcruise, ...words], {}, (bytes) => said.push(bytes));
  return JSON.parse(Buffer.concat(said).toString()) as Cruise;
}

/** dependency-cruiser does not read `.astro` files. */
async function astroLinks(): Promise<Link[]> {
  const files = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.astro'));
  const links = await Promise.all(
    files.map(async (file) => {
      const from = path.posix.join('src', file);
      // `import type` is written as two words there, and what follows it is no value.
      const text = (await readFile(from, 'utf8')).replaceAll(/^import type .*$/gm, '');
      return ts
        .preProcessFile(text, true, true)
        .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => ({ from, to: path.posix.join(path.posix.dirname(from), fileName), typeOnly: false }));
    }),
  );
  return links.flat();
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const { modules, summary } = await cruise();
const links: Link[] = modules.flatMap(({ source, dependencies }) =>
  dependencies.map(({ resolved, dependencyTypes }) => ({
    from: source,
    to: resolved,
    typeOnly: dependencyTypes.includes('type-only'),
  })),
);
links.push(...(await astroLinks()));
const within = links.filter(({ from, to }) => roomOf(from) !== undefined && roomOf(to) !== undefined);
const troubles = [
  ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  ...upward(within),
];
const before = await readFile(guide, 'utf8');
const after = replaced(before, mermaid(within));
if (values.check && after !== before) troubles.push(`the picture of the rooms in ${guide} is old: npm run rooms`);
if (!values.check) await writeFile(guide, after);
for (const trouble of troubles) console.error(trouble);
console.log(`${modules.length} modules, ${troubles.length} troubles`);
process.exitCode = troubles.length === 0 ? 0 : 1;
