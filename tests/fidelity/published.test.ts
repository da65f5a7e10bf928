/**
 * The published pictures, from the articles' own cells. A cell whose id is a published picture's name is held to it; what the
 * author published as one picture and an article shows as two is put together here, from the article's own definitions.
 */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareLevels } from '../../src/lib/image/compare.ts';
import { display8 } from '../../src/lib/image/display.ts';
import { cellsOf, runArticle } from './articles.ts';
import { digest, digests, published } from './published.ts';
import type { View } from '../../src/lib/julia/view.ts';
import type { Digest, Levels } from './published.ts';

/** Expressions in an article's scope, by the name of the published picture that they make. */
const together: Record<string, Record<string, string>> = {
  scale: Object.fromEntries<string>([
    ['scale-invariance-cell-07-mandrill-half-rgb', 'half_colour'],
    ...[256, 128, 64, 32, 16, 8, 4, 2, 1].flatMap((n) => {
      const name = `resolution-cell-${cellNumber(n)}-N${String(n).padStart(3, '0')}`;
      const product = `resolution-cell-${cellNumber(n) + (n === 128 ? 2 : 1)}-N${String(n).padStart(3, '0')}`;
      return [
        [`${name}-factor`, `imresize(Q, (${n}, 512))`],
        [`${product}-product`, `product_of(imresize(Q, (${n}, 512)))`],
      ] as const;
    }),
  ]),
  inverse: { 'may23-warped-image-and-its-transform': '[w T]' },
  machines: {
    'refactor-exercise2-cell-14-one-centre-wave-t0': 'one_centre(colour, 0)',
    'refactor-exercise2-cell-22-one-centre-wave-t3': 'one_centre(colour, 3)',
    'refactor-exercise1-cell-20-two-centre-waves-t3': 'two_centres(colour, 3)',
    'refactor-variation3-cell-20-warp-value': 'value(w)',
    'refactor-variation3-cell-19-warp-plus-one-columns': 'normalize_image(plus_one(w))',
  },
};

interface Tolerance {
  /** Largest difference, in grey levels. */
  readonly levels: number;
  /** Share of the pixels that may differ at all. */
  readonly share: number;
  /** Largest difference of a block's mean, in grey levels. */
  readonly block: number;
}

const usual: Tolerance = { levels: 1, share: 0.005, block: 0.05 };

/**
 * Where the usual is too little. The grey of 38 pixels whose luma is an exact half is one level off the author's; a factor, unlike
 * a product, keeps single pixels, and stretching makes two levels of one at a few of them. The half-size pictures go through two
 * roundings to 8 bits, and the author's ties fall the other way at 1.4 % of the samples (docs/studies.md, 2).
 */
const factor: Tolerance = { levels: 2, share: 0.005, block: 0.05 };
const halfSize: Tolerance = { levels: 1, share: 0.05, block: 0.15 };
const wider: Readonly<Record<string, Tolerance>> = {
  'first-study-cell-80-mandrill-column-softmax': factor,
  'first-study-cell-81-mandrill-column-softmax-transposed': factor,
  'variation-3-cell-14-column-softmax': factor,
  'scale-invariance-cell-07-mandrill-half-rgb': halfSize,
  'scale-invariance-cell-09-mandrill-half-gray': halfSize,
  'scale-invariance-cell-30-raw-symmetric': halfSize,
  'scale-invariance-cell-33-mandrill-column-softmax': { ...halfSize, levels: 2 },
  'scale-invariance-cell-35-softmax-symmetric': halfSize,
};

function cellNumber(n: number): number {
  return { 256: 13, 128: 10, 64: 16, 32: 18, 16: 20, 8: 22, 4: 24, 2: 26, 1: 28 }[n] ?? 0;
}

const known = digests();
const content = new URL('../../content/', import.meta.url);
const articles = readdirSync(content).filter(
  (name) => existsSync(new URL(`${name}/index.mdx`, content)) && cellsOf(name).length > 0,
);

function levelsOf(view: View): Levels {
  if (view.kind === 'matrix')
    return { rows: view.rows, cols: view.cols, planes: [bytes(view.rows, view.cols, view.data)] };
  if (view.kind !== 'colour') throw new Error(`a ${view.kind} is no picture`);
  const { rows, cols } = view;
  return { rows, cols, planes: [view.red, view.green, view.blue].map((data) => bytes(rows, cols, data)) };
}

function bytes(rows: number, cols: number, data: Float32Array | Float64Array): Uint8Array {
  return Uint8Array.from(display8({ rows, cols, data }));
}

describe.each(articles)('pictures of %s', async (article) => {
  const extra = Object.fromEntries(Object.entries(together[article] ?? {}).filter(([name]) => name in known));
  const names = [
    // What takes hundreds of steps is stored, and checked in learned.test.ts.
    ...cellsOf(article)
      .filter((cell) => !cell.options.stored)
      .map((cell) => cell.id)
      .filter((id) => id in known),
    ...Object.keys(extra),
  ];
  if (names.length === 0) {
    it.skip('publishes none');
    return;
  }
  const views = await runArticle(article, extra, (cell) => !cell.options.stored);

  it.each(names)('%s', async (name) => {
    const view = views.get(name);
    const fixture = known[name];
    if (!view || !fixture) throw new Error(`nothing computed for ${name}`);
    const mine = levelsOf(view);
    expect([mine.rows, mine.cols]).toEqual([fixture.rows, fixture.cols]);
    const allowed = wider[name] ?? usual;
    expectNear(digest(mine), fixture, allowed);

    const theirs = await published(name);
    theirs?.planes.forEach((plane, p) => {
      const { max, share } = compareLevels(mine.planes[p] ?? [], plane);
      expect(max).toBeLessThanOrEqual(allowed.levels);
      expect(share).toBeLessThanOrEqual(allowed.share);
    });
  });
});

function expectNear(mine: Digest, theirs: Digest, allowed: Tolerance): void {
  mine.samples.forEach((sample, k) => {
    sample.forEach((level, part) =>
      expect(Math.abs(level - (theirs.samples[k]?.[part] ?? NaN))).toBeLessThanOrEqual(allowed.levels),
    );
  });
  mine.blocks.forEach((blocks, plane) => {
    blocks.forEach((mean, k) =>
      expect(Math.abs(mean - (theirs.blocks[plane]?.[k] ?? NaN))).toBeLessThanOrEqual(allowed.block),
    );
  });
}

it('every published picture is made by an article', () => {
  const made = new Set(
    articles.flatMap((article) => [...cellsOf(article).map(({ id }) => id), ...Object.keys(together[article] ?? {})]),
  );
  expect(Object.keys(known).filter((name) => !made.has(name))).toEqual(notYet);
});

/** Published pictures that no article's cell makes, each with the reason. */
const notYet: string[] = [];
