/** What is still in use: so that loops and cells can free everything else on engines whose memory is not JavaScript's. */

import type { Buffer } from '../matrix/engine.ts';
import type { Node } from '../matrix/tape.ts';
import type { Runtime } from './runtime.ts';
import { Extension } from './extension.ts';
import { Arr, Colour, Colours, Dict, Fn, Lane, List, Pair, Ref, Scaling, Tuple } from './values.ts';
import type { Frame, Value } from './values.ts';

/** Nodes that hang from values and frames. */
export function nodesOf(values: Iterable<Value>, frames: Iterable<Frame | null> = []): Set<Node> {
  const nodes = new Set<Node>();
  const seen = new Set<unknown>();
  const stack: (Value | Frame)[] = [...values];
  const visit = (frame: Frame | null): void => {
    for (let f = frame; f && !seen.has(f); f = f.parent) {
      seen.add(f);
      if (f.mask) nodes.add(f.mask);
      for (const v of f.slots) if (v !== undefined) stack.push(v);
    }
  };
  for (const frame of frames) visit(frame);
  while (stack.length > 0) {
    const v = stack.pop() as Value;
    if (typeof v !== 'object' || v === null || seen.has(v)) continue;
    seen.add(v);
    if (v instanceof Arr) {
      if (v.node) nodes.add(v.node);
      if (v.share) stack.push(v.share.parent);
    } else if (v instanceof Lane) nodes.add(v.node);
    else if (v instanceof Colours) v.planes.forEach((p) => nodes.add(p));
    else if (v instanceof Colour) stack.push(...v.channels);
    else if (v instanceof List || v instanceof Tuple) for (const item of v.items) stack.push(item);
    else if (v instanceof Dict) for (const e of v.entries.values()) stack.push(e.key, e.value);
    else if (v instanceof Pair) stack.push(v.key, v.value);
    else if (v instanceof Ref) stack.push(v.value);
    else if (v instanceof Scaling) stack.push(v.factor);
    else if (v instanceof Fn) visit(v.captured);
    else if (v instanceof Extension) stack.push(...v.held());
  }
  return nodes;
}

/** The buffers a running program can still reach from here. @throws JuliaError BudgetError where they are too many */
export function live(rt: Runtime, frame: Frame | null, extra: readonly Value[] = []): Buffer[] {
  const nodes = nodesOf(
    [...rt.globals.values(), rt.returning, rt.lastPlot, rt.activation?.value ?? null, ...extra],
    [frame],
  );
  if (rt.mask) nodes.add(rt.mask);
  if (rt.activation?.returned) nodes.add(rt.activation.returned);
  if (rt.activation?.entry) nodes.add(rt.activation.entry);
  const buffers = new Set<Buffer>();
  let elements = 0;
  for (const buffer of rt.ops.reachable(nodes)) {
    if (buffers.has(buffer)) continue;
    buffers.add(buffer);
    elements += buffer.rows * buffer.cols;
  }
  rt.meter.alive(elements);
  return [...buffers];
}
