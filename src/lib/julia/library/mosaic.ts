/** Pictures side by side, as MosaicViews.jl lays them. */

import { argumentError } from '../errors.ts';
import { numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, Colour, Colours, List, Range, Tuple, promote } from '../values.ts';
import type { ChannelType, Eltype, Keywords, Planes, Value } from '../values.ts';
import type { Node } from '../../matrix/tape.ts';
import { any, entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

interface Grid {
  readonly nrow: number;
  readonly ncol: number;
  readonly npad: number;
  readonly byRows: boolean;
  readonly centred: boolean;
}

/** @throws ArgumentError in MosaicViews' words */
function gridOf(rt: Runtime, tiles: number, keywords: Keywords): Grid {
  const whole = (name: string, otherwise: number): number => {
    const v = keywords.get(name);
    return v === undefined ? otherwise : rt.integer(v);
  };
  const flag = (name: string, otherwise: boolean): boolean => {
    const v = keywords.get(name);
    return v === undefined ? otherwise : rt.truth(v);
  };
  let [nrow, ncol] = [whole('nrow', -1), whole('ncol', -1)];
  const npad = whole('npad', 0);
  for (const [name, n] of [
    ['nrow', nrow],
    ['ncol', ncol],
  ] as const)
    if (n !== -1 && n <= 0) throw argumentError(`The parameter "${name}" must be greater than 0`);
  if (npad < 0) throw argumentError('The parameter "npad" must be greater than or equal to 0');
  if (nrow === -1 && ncol === -1) [nrow, ncol] = [tiles, 1];
  else if (nrow === -1) nrow = Math.ceil(tiles / ncol);
  else if (ncol === -1) ncol = Math.ceil(tiles / nrow);
  else if (nrow * ncol < tiles)
    throw argumentError(
      `The product of the parameters "ncol" (value: ${ncol}) and "nrow" (value: ${nrow}) must be greater than or equal to ${tiles}`,
    );
  return { nrow, ncol, npad, byRows: flag('rowmajor', false), centred: flag('center', true) };
}

interface Layout {
  readonly rows: number;
  readonly cols: number;
  /** For each element of the mosaic, row by row, its place in the tiles one after another, from 1; 0 for the filling. */
  readonly index: Float64Array;
}

function layoutOf(rt: Runtime, tiles: readonly { rows: number; cols: number }[], grid: Grid): Layout {
  const { nrow, ncol, npad, byRows, centred } = grid;
  const [high, wide] = [Math.max(...tiles.map((t) => t.rows)), Math.max(...tiles.map((t) => t.cols))];
  const [rows, cols] = [nrow * (high + npad) - npad, ncol * (wide + npad) - npad];
  rt.meter.room(rows * cols);
  const index = new Float64Array(rows * cols);
  let before = 1;
  tiles.forEach((tile, k) => {
    const [i, j] = byRows ? [Math.floor(k / ncol), k % ncol] : [k % nrow, Math.floor(k / nrow)];
    // A smaller tile stands in the middle; of an odd rest more lies behind it.
    const top = i * (high + npad) + (centred ? (high - tile.rows) >> 1 : 0);
    const left = j * (wide + npad) + (centred ? (wide - tile.cols) >> 1 : 0);
    for (let r = 0; r < tile.rows; r++)
      for (let c = 0; c < tile.cols; c++) index[(top + r) * cols + left + c] = before + r * tile.cols + c;
    before += tile.rows * tile.cols;
  });
  return { rows, cols, index };
}

function laid(rt: Runtime, nodes: readonly Node[], fill: Node, { rows, cols, index }: Layout): Node {
  const { ops } = rt;
  const flat = ops.concat([fill, ...nodes.map((node) => ops.reshape(node, 1, node.rows * node.cols))], 2);
  return ops.gather(flat, ops.upload(index, rows, cols));
}

function tilesOf(rt: Runtime, name: string, args: readonly Value[]): (Arr | Colours)[] {
  const [only] = args;
  const list = args.length === 1 && (only instanceof List || only instanceof Tuple) ? only.items : args;
  if (list.length === 0) throw argumentError('The given vector should not be empty');
  const tiles = list.map((v) => {
    if (v instanceof Colours) return v;
    if (v instanceof Arr || v instanceof Range) return numbers(rt, v, name);
    throw noMethod(name, args);
  });
  if (tiles.some((t) => t.ndims !== tiles[0]?.ndims)) throw argumentError('All arrays should have the same dimension');
  return tiles;
}

function mosaic(name: string): Entry['run'] {
  return (rt, args, keywords) => {
    const tiles = tilesOf(rt, name, args);
    const layout = layoutOf(rt, tiles, gridOf(rt, tiles.length, keywords));
    const fill = keywords.get('fillvalue') ?? 0n;
    const colours = tiles.filter((t) => t instanceof Colours);
    const greys = tiles.filter((t) => t instanceof Arr);
    if (colours.length === 0) {
      const eltype = greys.map((t) => t.eltype).reduce<Eltype>((a, b) => promote(a, b), greys[0]?.eltype ?? 'Float64');
      const node = laid(
        rt,
        greys.map((t) => rt.node(t)),
        rt.scalarNode(fill),
        layout,
      );
      return new Arr(eltype, 2, node, layout.rows, layout.cols);
    }
    if (greys.length > 0) throw argumentError(`${name} of greys and colours together; take RGB.(img) of the greys`);
    const type = colours
      .map((t) => t.type)
      .reduce<ChannelType>((a, b) => promote(a, b) as ChannelType, colours[0]?.type ?? 'N0f8');
    const channels = fill instanceof Colour ? fill.channels : [fill, fill, fill];
    const planes = [0, 1, 2].map((k) =>
      laid(
        rt,
        colours.map((t) => t.planes[k as 0 | 1 | 2]),
        rt.scalarNode(channels[k] ?? 0n),
        layout,
      ),
    ) as unknown as Planes;
    return new Colours(planes, type);
  };
}

export const mosaics: readonly Entry[] = (['mosaicview', 'mosaic'] as const).map((name) =>
  entry(
    {
      name,
      signature: `${name}(A, B, ...; nrow, ncol, npad, fillvalue, rowmajor, center)`,
      doc: 'Pictures laid out on a grid, column after column; smaller ones in the middle of their tile.',
      examples: [
        [`${name}([1 2], [3 4], [5 6]; ncol=2)`, '2×4 Matrix{Int64}: 1 2 5 6 3 4 0 0'],
        [
          `${name}([1 2], [3 4], [5 6]; nrow=2, npad=1, fillvalue=-1, rowmajor=true)`,
          '3×5 Matrix{Int64}: 1 2 -1 3 4 -1 -1 -1 -1 -1 5 6 -1 -1 -1',
        ],
      ],
    },
    any,
    mosaic(name),
  ),
);
