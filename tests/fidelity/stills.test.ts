/** Stills stand in for live figures: each must be of what its article's own cells compute. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LAYERED, SURFACES, valueOf } from '../../src/components/ProductFigure/stills.ts';
import { runArticle } from './articles.ts';

interface Shown {
  readonly still: string;
  readonly of: string;
}

/** The reliefs and pairs of an article's figures that name a still and a program. */
function shownIn(article: string): Shown[] {
  const text = readFileSync(new URL(`../../content/${article}/index.mdx`, import.meta.url), 'utf8');
  const field = (entry: string, name: string): string | undefined =>
    new RegExp(`\\b${name}: (['"])(.*?)\\1`).exec(entry)?.[2];
  return [...text.matchAll(/\{ label: .*\bstill: .*\}/g)].flatMap(([entry]) => {
    const [still, of, left, right] = ['still', 'of', 'left', 'right'].map((name) => field(entry, name));
    const program = of ?? (left !== undefined && right !== undefined ? `(${left}) * (${right})` : undefined);
    return still !== undefined && program !== undefined ? [{ still, of: program }] : [];
  });
}

const programs = new Map([
  ...Object.entries(SURFACES).flatMap(([name, from]): [string, string][] =>
    'julia' in from ? [[name, from.julia]] : [],
  ),
  ...Object.entries(LAYERED),
]);
const articles = ['machines', 'mechanism'];

describe('stills', () => {
  it('of programs are all shown by these articles', () => {
    expect(new Set(articles.flatMap(shownIn).map(({ still }) => still))).toEqual(new Set(programs.keys()));
  });

  describe.each(articles)('of /%s/', (article) => {
    it.each(shownIn(article))(
      '$still is of the cells of its article',
      async ({ still, of }) => {
        const live = (await runArticle(article, { shown: of })).get('shown');
        const drawn = await valueOf(programs.get(still) ?? '');
        if (live?.kind !== 'matrix') throw new Error(`${of} is no matrix`);
        expect([live.rows, live.cols]).toEqual([drawn.rows, drawn.cols]);
        expect(live.data.every((value, k) => Math.abs(value - (drawn.data[k] ?? NaN)) < 1e-12)).toBe(true);
      },
      120_000,
    );
  });
});
