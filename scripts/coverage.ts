/**
 * Which lines of the notebook and of lib no unit test runs, as a table in Markdown: `npm run coverage`. The tests' own output goes to the
 * other stream.
 *
 *     npm run coverage -- --report     tells of the last run (`COVERAGE=1 npm test -- unit`) instead of running the tests
 */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { linesOf, ranges, type FileCoverage } from './coverage-lines.ts';
import { run, unitTests } from './steps.ts';

const { values } = parseArgs({ options: { report: { type: 'boolean', default: false } } });
if (!values.report) {
  await rm('coverage', { recursive: true, force: true });
  process.env['COVERAGE'] = '1';
  const { command } = await unitTests('!slow', 'coverage.json');
  process.exitCode = (await run(command, {}, (bytes) => process.stderr.write(bytes))) ?? 1;
}

const files = JSON.parse(await readFile('coverage/coverage-final.json', 'utf8')) as Record<string, FileCoverage>;
const rows = Object.entries(files)
  .map(([file, coverage]) => ({ file: path.relative('.', file).split(path.sep).join('/'), ...linesOf(coverage) }))
  .toSorted((a, b) => b.missed.length - a.missed.length || a.file.localeCompare(b.file));

/** Share of lines that a test runs, of the files of one folder. */
function share(folder: string): string {
  const inside = rows.filter(({ file }) => file.startsWith(folder));
  const all = inside.reduce((sum, { lines }) => sum + lines, 0);
  const missed = inside.reduce((sum, row) => sum + row.missed.length, 0);
  return `${folder}: ${((100 * (all - missed)) / all).toFixed(1)} % of ${all} lines with a statement`;
}

console.log(`## Lines that no unit test runs\n\n${share('src/notebook/')}; ${share('src/lib/')}.\n`);
console.log(
  'Browser tests run many of these; they are not counted here.\n\n| File | Lines | Not run |\n| --- | ---: | --- |',
);
for (const { file, lines, missed } of rows)
  if (missed.length > 0) console.log(`| ${file} | ${missed.length} of ${lines} | ${ranges(missed)} |`);
