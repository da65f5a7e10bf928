/** Every exercise of the articles, done: its cells run, and what the prose says of it is true. */
import { readdirSync, readFileSync } from 'node:fs';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { loadAllPredefined } from '../../src/lib/image/node-pictures.ts';
import { upstream } from '../../src/lib/julia/graph.ts';
import { allPacks } from '../../src/lib/julia/library/all.ts';
import { Notebook } from '../../src/lib/julia/notebook.ts';
import { parse } from '../../src/lib/julia/parse/parse.ts';
import { ReferenceEngine } from '../../src/lib/matrix/reference.ts';
import { changedCells, exercisesIn, exerciseWords, type ExerciseWords } from '../../src/plugins/exercises.ts';
import type { MdxNode } from '../../src/plugins/mdx-nodes.ts';
import { cellsOf } from './articles.ts';

const articles = readdirSync(new URL('../../content', import.meta.url));
const markdown = unified().use(remarkParse).use(remarkMdx).use(remarkMath);

function exercisesOf(article: string): ExerciseWords[] {
  const text = readFileSync(new URL(`../../content/${article}/index.mdx`, import.meta.url), 'utf8');
  const tree = markdown.parse(text.replace(/^---\n[\s\S]*?\n---\n/, '')) as unknown as MdxNode;
  return exercisesIn(tree).map(exerciseWords);
}

/** Runs the exercise's cells and what they need, and says whether its sentence holds; an error's words where they fail. */
async function outcomeOf(article: string, words: ExerciseWords, done: boolean): Promise<unknown> {
  const cells = cellsOf(article).filter(({ options }) => !options.error);
  const changed = new Map(done ? changedCells(words, cells).map(({ id, source }) => [id, source]) : []);
  const programs = [...cells, { id: 'holds', source: words.holds }].map(({ id, source }) => ({
    id,
    program: parse(changed.get(id) ?? source),
  }));
  const notebook = new Notebook(new ReferenceEngine(), await loadAllPredefined(), { packs: allPacks });
  notebook.setCells(programs);
  if (done) for (const [name, value] of words.set) notebook.setBound(name, value);
  const reports = notebook.run(new Set(upstream(programs, [...words.cells, 'holds'])));
  const failed = reports.find(({ trouble }) => trouble !== null);
  if (failed?.trouble != null) return `${failed.id}: ${failed.trouble.message}`;
  const view = reports.find(({ id }) => id === 'holds')?.view;
  return view?.kind === 'text' ? view.text : view;
}

const all = articles.flatMap((article) => exercisesOf(article).map((words) => ({ article, words })));

it('there are at least ten, and every article about pictures has one', () => {
  expect(all.length).toBeGreaterThanOrEqual(10);
  expect([...new Set(all.map(({ article }) => article))].toSorted()).toEqual(
    articles.filter((article) => article !== 'about').toSorted(),
  );
});

describe.each(all)('$article: $words.cells $words.to $words.set', ({ article, words }) => {
  it('runs, and shows what the prose says', async () => {
    expect(await outcomeOf(article, words, true)).toBe('true');
  });
});

it('a sentence of an exercise that is not done can be false: the check tells the two apart', async () => {
  const [poster] = exercisesOf('commentary');
  expect(poster && (await outcomeOf('commentary', poster, false))).toBe('false');
});
