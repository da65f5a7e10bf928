/** The lab's starting points: the key cell of each study, as its article has it. */
import { z } from 'astro/zod';
import type { Article } from './articles.ts';

/** By article, in the order of the studies. */
export const KEY_CELLS: Readonly<Record<string, string>> = {
  poster: 'symmetric',
  mechanism: 'covariance',
  signed: 'signed-symmetric2',
  scale: 'slider',
  'softmax-variants': 'family',
  machines: 'warp-value',
  inverse: 'second-refactor-cell-110-value-after-manual-step-1',
};

const schema = z.object({
  cells: z
    .array(
      z.object({
        id: z.string(),
        source: z.string(),
        caption: z.string().nullable(),
        alt: z.string().nullable(),
        needs: z.array(z.string()),
        picture: z.string().nullable(),
      }),
    )
    .optional(),
});

export interface StartCell {
  readonly source: string;
  readonly caption: string | null;
}

export interface LabStart {
  /** The key cell, and before it those that it needs. */
  readonly cells: readonly StartCell[];
  readonly alt: string;
  /** The file of its picture, while the site is built. */
  readonly picture: string;
}

/** The article's starting point, from what the cells' plugin leaves in its front matter. @throws Error where the article has no such cell */
export function startOf(article: Article, frontmatter: unknown): LabStart {
  const cells = schema.parse(frontmatter).cells ?? [];
  const key = cells.find(({ id }) => id === KEY_CELLS[article.id]);
  if (key?.picture == null) throw new Error(`${article.id} has no picture of a cell ${KEY_CELLS[article.id] ?? ''}`);
  const needed = cells.filter(({ id }) => key.needs.includes(id)).map(({ source }) => ({ source, caption: null }));
  const last = { source: key.source, caption: key.caption };
  return { cells: [...needed, last], alt: key.alt ?? `The key picture of ${article.data.title}`, picture: key.picture };
}

/** Whether the cells' plugin has found a program in the article. */
export function hasCells(frontmatter: unknown): boolean {
  return (schema.parse(frontmatter).cells ?? []).length > 0;
}
