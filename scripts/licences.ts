/**
 * The licences of what is bundled, as one text beside the pages: scripts are sent without their comments, and most licences ask that
 * their text goes along.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Packages of which the site sends files that no bundler sees: fonts, and the search that Pagefind writes. */
const besides: Readonly<Record<string, string>> = {
  '@fontsource-variable/source-serif-4': '',
  '@fontsource/stix-two-math': '',
  'jetbrains-mono': 'The typeface itself: SIL Open Font License 1.1, © The JetBrains Mono Project Authors.',
  pagefind: '',
};

/** The Apache License as a package that has it gives it: tfjs names it without its text, and the licence asks for a copy. */
const apache = await readFile(new URL('../node_modules/typescript/LICENSE.txt', import.meta.url), 'utf8');

interface PackageWords {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

/** Licences that ask for no more than their text, beside a site under the MIT licence. */
const permissive = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'OFL-1.1',
  'CC0-1.0',
  'Unlicense',
]);

/** Whether all parts of a licence such as `(MIT OR Apache-2.0)` may be sent, or one of those to choose from. */
function isPermissive(licence: string): boolean {
  const choices = licence.replaceAll(/[()]/g, '').split(/\s+OR\s+|\//);
  return choices.some((choice) => choice.split(/\s+AND\s+/).every((part) => permissive.has(part.trim())));
}

/** The part of the text that belongs to one package. Throws where a package says nothing of its licence, or has one that asks for more. */
export async function licenceOf(folder: string, besidesIt = ''): Promise<string> {
  const words = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as PackageWords;
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /^(licen[cs]e|notice|copying)(-(mit|apache))?(\.(md|txt))?$/i.test(entry.name))
    .map(({ name }) => name)
    .toSorted();
  if (words.license === undefined && files.length === 0)
    throw new Error(`${words.name} says nothing of its licence; it can't be sent to readers`);
  if (words.license !== undefined && !isPermissive(words.license))
    throw new Error(
      `${words.name} is under ${words.license}; whether it may be sent to readers is to be decided first`,
    );
  const author = typeof words.author === 'object' ? words.author.name : words.author;
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
  if (texts.length === 0 && words.license === 'Apache-2.0') texts.push(apache);
  return [
    `${words.name} ${words.version}`,
    `Licence: ${words.license ?? 'see its text'}${author === undefined ? '' : `. By ${author}`}`,
    ...[besidesIt, ...texts].filter((text) => text !== '').map((text) => `\n${text.trim()}`),
  ].join('\n');
}

/** @param bundled folders of packages, filled during the build @param root the folder of the project */
export function licences(bundled: ReadonlySet<string>, root: string): AstroIntegration {
  return {
    name: 'licences',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const notes = new Map([...bundled].map((folder) => [folder, '']));
        for (const [name, note] of Object.entries(besides)) notes.set(path.join(root, 'node_modules', name), note);
        const parts = await Promise.all([...notes].toSorted().map(([folder, note]) => licenceOf(folder, note)));
        const head =
          'Software and fonts of others that this site sends to its readers, with their licences.\nThe site itself: MIT licence.';
        await writeFile(
          path.join(fileURLToPath(dir), 'licences.txt'),
          `${[head, ...parts].join(`\n\n${'-'.repeat(72)}\n`)}\n`,
        );
      },
    },
  };
}
