/**
 * Holds the built pages to the HTML standard: `html-validate` with its rules for the standard and for WCAG. Of the embeds, which are made of
 * one frame and the articles' own cells, the first of each article is read.
 *
 *     node scripts/html.ts [--folder dist]
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';

const { values } = parseArgs({ options: { folder: { type: 'string', default: 'dist' } } });

const validator = new HtmlValidate(
  new FileSystemConfigLoader({
    root: true,
    extends: ['html-validate:standard', 'html-validate:a11y'],
    rules: {
      // A group that is a figure, a cell or an exercise is no section of the text.
      'prefer-native-element': 'off',
      // What stands in a <template> is counted with the page: the lab numbers its cells when it places them.
      'unique-landmark': 'off',
    },
  }),
);

const files = (await readdir(values.folder, { recursive: true }))
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.html'))
  .toSorted();
if (files.length === 0) throw new Error(`${values.folder} holds no page: run \`npm run build\` first`);
/** The first embed of an article stands for the others. */
const seen = new Set<string>();
const chosen = files.filter((file) => {
  const [, article] = /^embed\/([^/]+)\//.exec(file) ?? [];
  if (article === undefined) return true;
  const known = seen.has(article);
  seen.add(article);
  return !known;
});

let troubles = 0;
for (const file of chosen) {
  const { results } = await validator.validateFile(path.join(values.folder, file));
  for (const { messages } of results)
    for (const { line, column, message, ruleId } of messages) {
      troubles += 1;
      console.error(`${file}:${line}:${column}: ${message} (${ruleId})`);
    }
}
console.log(`${chosen.length} pages, ${troubles} troubles`);
if (troubles > 0) process.exitCode = 1;
