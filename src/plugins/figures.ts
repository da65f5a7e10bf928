/** Figures in three dimensions that an article writes as one tag: `<Surface>` and `<Cube>`. Their programs are computed with the page. */

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { upstream } from '../lib/julia/graph.ts';
import { surfaceStill } from '../lib/scene/still.ts';
import type { BuildOutcome } from './compute.ts';
import type { File } from './article/complaint.ts';
import type { Found } from './find-programs.ts';
import * as mdx from './mdx-nodes.ts';
import { writeWhole } from './picture-file.ts';

/** Pixels of a drawn surface: twice what a column of text shows, and the shape of the live frame. */
const SIZE = { width: 832, height: 624 } as const;

/** A figure as the emitter places it. */
export interface PlannedFigure {
  readonly kind: 'surface' | 'cube';
  readonly attributes: readonly mdx.JsxAttribute[];
  /** Markdown. */
  readonly caption: string | null;
  /** The file of its picture. */
  readonly picture: string | null;
}

/**
 * The figures of a page, by the node that each stands for. Fails the build where a surface is of no matrix, and where no cell of the page
 * is shown: figures ask the engine of a cell.
 */
export async function planFigures(
  found: readonly Found[],
  outcomes: ReadonlyMap<string, BuildOutcome>,
  folder: string,
  file: File,
): Promise<Map<mdx.MdxNode, PlannedFigure>> {
  const figures = new Map<mdx.MdxNode, PlannedFigure>();
  for (const one of found) {
    const { node } = one;
    if (!one.figure || figures.has(node) || !mdx.isJsx(node)) continue;
    const name = node.name ?? '';
    if (!found.some(({ value, options }) => !value && !options.setup))
      file.fail(`<${name}> asks the engine of a cell, and this page shows none: add a \`julia live\` fence`, node);
    const id = mdx.attributeText(node, 'id') ?? `${name.toLowerCase()}-${figures.size + 1}`;
    const text = (key: string): string | null => mdx.attributeText(node, key);
    const shared = { id, label: text('label') ?? text('alt') ?? name };
    const caption = text('caption');
    if (name === 'Surface') {
      const { picture = null, result } = outcomes.get(one.id) ?? {};
      if (picture === null || result?.kind !== 'picture' || result.colour)
        file.fail(
          `<Surface of="${one.program.source}"> is no matrix of grey levels: a landscape has one height a place`,
          node,
        );
      const words = { ...shared, of: one.program.source, alt: text('alt') ?? '', name: text('name') ?? 'A' };
      figures.set(node, { kind: 'surface', attributes: all(words), caption, picture: await drawn(folder, picture) });
    } else {
      const cells = found.filter(({ value }) => !value);
      const needs = upstream([...cells, ...found.filter((other) => other.node === node)], idsAt(node, found));
      const before = cells.filter(({ id }) => needs.includes(id)).map(({ program }) => program.source);
      const [row, col] = ['row', 'col'].map((key) => text(key) ?? '1');
      const words = {
        ...shared,
        left: text('left') ?? '',
        right: text('right') ?? '',
        row: row ?? '1',
        col: col ?? '1',
      };
      figures.set(node, {
        kind: 'cube',
        attributes: all({ ...words, before: JSON.stringify(before) }),
        caption,
        picture: null,
      });
    }
  }
  return figures;
}

const all = (words: Readonly<Record<string, string>>): mdx.JsxAttribute[] =>
  Object.entries(words).map(([name, text]) => mdx.textAttribute(name, text));

const idsAt = (node: mdx.MdxNode, found: readonly Found[]): string[] =>
  found.filter((one) => one.node === node).map(({ id }) => id);

/** Draws the landscape of a picture's levels, once: equal pictures have one drawing. */
async function drawn(folder: string, picture: string): Promise<string> {
  const name = `surface-${picture.replace(/\.\w+$/, '')}.webp`;
  const there = await access(join(folder, name)).then(
    () => true,
    () => false,
  );
  if (there) return name;
  const levels = sharp(join(folder, picture)).toColourspace('b-w').raw();
  const { data: bytes, info } = await levels.toBuffer({ resolveWithObject: true });
  const data = Float64Array.from({ length: info.width * info.height }, (_, k) => bytes[k * info.channels] ?? 0);
  const still = surfaceStill({ rows: info.height, cols: info.width, data }, SIZE.width, SIZE.height);
  const raw = { width: still.width, height: still.height, channels: 4 } as const;
  await writeWhole(join(folder, name), await sharp(still.data, { raw }).webp({ quality: 78 }).toBuffer());
  return name;
}
