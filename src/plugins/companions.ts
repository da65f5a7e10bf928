/** What stands with a cell at its author's wish: a player of one of its sliders (`animate`), and its dataflow (`graph`). */

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { formatNumber } from '../lib/display/number.ts';
import { reachedBy, type GraphCell } from '../lib/julia/graph.ts';
import { flowOf, valueProgram, type FlowNode } from '../lib/julia/dataflow.ts';
import type { CellJob, BuildOutcome } from './compute.ts';
import type { CellOptions } from './fence-meta.ts';
import { writeWhole } from './picture-file.ts';

export interface CompanionCell extends GraphCell {
  readonly options: CellOptions;
  readonly value: boolean;
}

export interface FlowPlan {
  readonly cell: string;
  readonly nodes: readonly FlowNode[];
  /** Programs that show the nodes' values; they are no cells of the article and may fail, for a value that is no picture. */
  readonly jobs: readonly CellJob[];
}

/** Pixels of a thumbnail's longer side: twice what it takes on the page. */
const THUMBNAIL = 192;

/** The graphs that the article asks for. */
export function planFlows(found: readonly CompanionCell[], pictures: readonly string[]): FlowPlan[] {
  const cells = found.filter(({ value }) => !value);
  return cells
    .filter(({ options }) => options.graph)
    .map(({ id: cell }) => {
      const nodes = flowOf(cells, cell, pictures);
      const shown = nodes.filter(({ name, current }) => name !== '' && current);
      const jobs = shown.map(({ name }) => ({ id: valueId(cell, name), program: valueProgram(name), show: 'auto' }));
      return { cell, nodes, jobs };
    });
}

function valueId(cell: string, name: string): string {
  return `${cell}--value-${name}`;
}

/** What a graph's nodes show, by id: files of thumbnails, numbers in words. */
export interface FlowFaces {
  readonly pictures: ReadonlyMap<string, string>;
  readonly words: Readonly<Record<string, string>>;
}

/** What the build shows of a plan's nodes: files of thumbnails in `folder`, and numbers in words. */
export async function facesOf(
  { cell, nodes }: FlowPlan,
  outcomes: ReadonlyMap<string, BuildOutcome>,
  folder: string,
): Promise<FlowFaces> {
  const pictures = new Map<string, string>();
  const words: Record<string, string> = {};
  for (const { id, name, current } of nodes) {
    const outcome = name === '' ? outcomes.get(cell) : current ? outcomes.get(valueId(cell, name)) : undefined;
    if (outcome?.picture != null) pictures.set(id, await thumbnail(folder, outcome.picture));
    else if (outcome?.result.kind === 'number') words[id] = formatNumber(outcome.result.value);
  }
  return { pictures, words };
}

async function thumbnail(folder: string, file: string): Promise<string> {
  const name = `small-${file.replace(/\.\w+$/, '')}.webp`;
  const there = await access(join(folder, name)).then(
    () => true,
    () => false,
  );
  if (!there) {
    const small = sharp(join(folder, file)).resize(THUMBNAIL, THUMBNAIL, { fit: 'inside', withoutEnlargement: true });
    await writeWhole(join(folder, name), await small.webp({ quality: 80 }).toBuffer());
  }
  return name;
}

/**
 * The cells whose pictures a player shows: those of the cell's group, or the cell alone, that follow the slider.
 *
 * @throws RangeError where the page has no such slider, or nothing to see follows it
 */
export function animatedCells(
  one: CompanionCell,
  found: readonly CompanionCell[],
  outcomes: ReadonlyMap<string, BuildOutcome>,
): string[] {
  const name = one.options.animate ?? '';
  const bound = [...outcomes.values()].some(({ controls }) =>
    controls.some((control) => control.kind === 'slider' && control.name === name),
  );
  if (!bound) throw new RangeError(`animate="${name}": no cell of this page binds a slider to ${name}`);
  const cells = found.filter(({ value }) => !value);
  const reached = new Set(reachedBy(cells, name));
  const near = cells.filter(
    ({ id, options: { group } }) => id === one.id || (group !== null && group === one.options.group),
  );
  const ids = near.map(({ id }) => id).filter((id) => reached.has(id) && outcomes.get(id)?.picture != null);
  if (ids.length === 0)
    throw new RangeError(`animate="${name}": no picture of this cell or its group depends on ${name}`);
  return ids;
}
