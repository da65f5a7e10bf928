/** Programs that people wrote, for mutations to start from: the tables of the documentation, Julia's own examples, the articles' cells, bombs. */
import { readFileSync, readdirSync } from 'node:fs';
import { programOf } from '../../src/lib/julia/corpus/record.ts';
import { recordedFacts } from '../../src/lib/julia/corpus/record-files.ts';
import { subsetRows } from '../../src/lib/julia/corpus/subset-table.ts';
import { bombs } from './bombs.ts';

const fence = /^```julia[^\n]*\n([\s\S]*?)^```/gm;

/** The live cells of every article. */
function articles(): string[] {
  const files = readdirSync('content', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.mdx'));
  return files
    .toSorted()
    .flatMap((file) => [...readFileSync(`content/${file}`, 'utf8').matchAll(fence)].map(([, code = '']) => code));
}

/** @throws Error where one of the sources has become empty */
export function corpus(): readonly string[] {
  const parts = [
    subsetRows(readFileSync('docs/julia-subset.md', 'utf8')).map(({ example }) => example),
    recordedFacts().map(programOf),
    articles(),
    bombs,
  ];
  if (parts.some(({ length }) => length < 50)) throw new Error('a source of programs has run dry');
  return parts.flat();
}
