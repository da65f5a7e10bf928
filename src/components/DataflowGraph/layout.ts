/**
 * A small layered layout, top to bottom: a node stands below all it is made from, edges that pass a layer get a lane of their
 * own in it, and each layer is ordered by the mean place of its neighbours (Sugiyama, Tagawa and Toda, 1981). Pure.
 */

import type { Point } from '../../lib/display/axes.ts';

export interface LayoutNode {
  readonly id: string;
  readonly from: readonly string[];
  readonly width: number;
  readonly height: number;
}

export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  /** Upper left corners. */
  readonly places: ReadonlyMap<string, Point>;
  /** Points from the bottom of one node, through its lanes, to the top of another. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly points: readonly Point[] }[];
}

/** Where edges meet a node: the middle of its upper side, its lower side, and the end of its layer. */
interface Middle extends Point {
  readonly bottom: number;
  readonly end: number;
}

const GAP = 14;
const BETWEEN = 34;
const LANE = 10;

interface Slot {
  readonly key: string;
  readonly node: LayoutNode | null;
  readonly width: number;
  readonly above: string[];
  readonly below: string[];
}

/** @param nodes every node after those it is made from */
export function place(nodes: readonly LayoutNode[]): FlowLayout {
  const layers = layersOf(nodes);
  const ordered = orderLayers(layers);
  const heights = ordered.map((layer) => Math.max(0, ...layer.map(({ node }) => node?.height ?? 0)));
  const widths = ordered.map((layer) =>
    layer.reduce((sum, slot) => sum + slot.width, GAP * Math.max(0, layer.length - 1)),
  );
  const width = Math.max(0, ...widths);
  const places = new Map<string, Point>();
  const middle = new Map<string, Middle>();
  let y = 0;
  ordered.forEach((layer, k) => {
    let x = (width - (widths[k] ?? 0)) / 2;
    const height = heights[k] ?? 0;
    for (const { key, node, width: own } of layer) {
      if (node !== null) places.set(node.id, { x, y });
      middle.set(key, { x: x + own / 2, y, bottom: y + (node?.height ?? height), end: y + height });
      x += own + GAP;
    }
    y += height + BETWEEN;
  });
  return { width, height: Math.max(0, y - BETWEEN), places, edges: edgesOf(nodes, layers, middle) };
}

function laneKey(from: string, to: string, layer: number): string {
  return `${from}>${to}@${layer}`;
}

function depths(nodes: readonly LayoutNode[]): Map<string, number> {
  const depth = new Map<string, number>();
  for (const { id, from } of nodes) depth.set(id, Math.max(-1, ...from.map((other) => depth.get(other) ?? -1)) + 1);
  // A source stands right above its first reader, not at the top of the page.
  for (const { id, from } of nodes) {
    if (from.length > 0) continue;
    const readers = nodes.filter((node) => node.from.includes(id)).map((node) => depth.get(node.id) ?? 1);
    if (readers.length > 0) depth.set(id, Math.min(...readers) - 1);
  }
  return depth;
}

function layersOf(nodes: readonly LayoutNode[]): Slot[][] {
  const depth = depths(nodes);
  const layers: Slot[][] = Array.from({ length: Math.max(-1, ...depth.values()) + 1 }, () => []);
  const slots = new Map<string, Slot>();
  const add = (layer: number, key: string, node: LayoutNode | null): Slot => {
    const slot: Slot = { key, node, width: node?.width ?? LANE, above: [], below: [] };
    slots.set(key, slot);
    layers[layer]?.push(slot);
    return slot;
  };
  for (const node of nodes) add(depth.get(node.id) ?? 0, node.id, node);
  for (const { id, from } of nodes) {
    for (const other of from) {
      let above = slots.get(other);
      for (let layer = (depth.get(other) ?? 0) + 1; layer <= (depth.get(id) ?? 0); layer += 1) {
        const here = layer === depth.get(id) ? slots.get(id) : add(layer, laneKey(other, id, layer), null);
        if (above === undefined || here === undefined) break;
        above.below.push(here.key);
        here.above.push(above.key);
        above = here;
      }
    }
  }
  return layers;
}

/** Sweeps down and up, putting each slot at the mean place of its neighbours in the layer before. */
function orderLayers(layers: readonly Slot[][]): Slot[][] {
  const ordered = layers.map((layer) => [...layer]);
  for (let sweep = 0; sweep < 8; sweep += 1) {
    const down = sweep % 2 === 0;
    const indices = ordered.map((_, k) => (down ? k : ordered.length - 1 - k));
    for (const k of indices) {
      const before = ordered[k + (down ? -1 : 1)];
      if (before === undefined) continue;
      const at = new Map(before.map(({ key }, place) => [key, (place + 0.5) / before.length]));
      const layer = ordered[k] ?? [];
      const mean = new Map(
        layer.map((slot, place) => {
          const places = (down ? slot.above : slot.below).flatMap((key) => at.get(key) ?? []);
          return [
            slot.key,
            places.length === 0 ? (place + 0.5) / layer.length : places.reduce((a, b) => a + b) / places.length,
          ];
        }),
      );
      layer.sort((a, b) => (mean.get(a.key) ?? 0) - (mean.get(b.key) ?? 0));
    }
  }
  return ordered;
}

function edgesOf(
  nodes: readonly LayoutNode[],
  layers: readonly Slot[][],
  middle: ReadonlyMap<string, Middle>,
): FlowLayout['edges'] {
  return nodes.flatMap(({ id, from }) =>
    from.map((other) => {
      const start = middle.get(other);
      const end = middle.get(id);
      const lanes = layers.flatMap((_, layer) => {
        const lane = middle.get(laneKey(other, id, layer));
        return lane === undefined
          ? []
          : [
              { x: lane.x, y: lane.y },
              { x: lane.x, y: lane.bottom },
            ];
      });
      const points = [
        // Down to the end of the layer first, so that no edge runs beneath a taller neighbour.
        ...(start === undefined
          ? []
          : [
              { x: start.x, y: start.bottom },
              { x: start.x, y: start.end },
            ]),
        ...lanes,
        ...(end === undefined ? [] : [{ x: end.x, y: end.y }]),
      ];
      return { from: other, to: id, points };
    }),
  );
}
