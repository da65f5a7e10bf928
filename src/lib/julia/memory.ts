/** What is still in use: so that loops and cells can free everything else on engines whose memory is not JavaScript's. */

import type { Buffer } from '../matrix/engine.ts';
import type { Node } from '../matrix/tape.ts';
import type { Runtime } from './runtime.ts';
import { Extension } from './extension.ts';
import { hostBytes } from './host-size.ts';
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

/**
 * Runs `work` and frees what the program cannot reach afterwards, also where it fails: a variable that outlives the failure may
 * have been moved to the engine meanwhile. `failed` runs before that is seen.
 */
export function tidied<T>(
  rt: Runtime,
  work: () => T,
  frame: Frame | null = null,
  extra: readonly Value[] = [],
  failed: () => void = () => undefined,
): T {
  const outcome = rt.engine.tidy(
    (): { readonly value: T } | { readonly error: unknown } => {
      try {
        return { value: work() };
      } catch (error) {
        failed();
        return { error };
      }
    },
    (result) => ('error' in result ? reachable(rt, frame, extra) : live(rt, frame, extra)),
  );
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

/** Most elements computed between two clean-ups of a loop. */
const mostOfBatch = 2 ** 22;

/**
 * Runs `step` until it says that nothing is left. Every so often, whatever the program cannot reach any more is freed. Inside a gradient the
 * tape needs all of it.
 *
 * @param held what `step` has made or will use besides the variables: its functions, its arguments, its results so far
 */
export function repeated(
  rt: Runtime,
  step: () => boolean,
  frame: Frame | null,
  held: () => readonly Value[] = () => [],
): void {
  if (rt.gradients > 0) {
    while (step());
    return;
  }
  const batch = Math.min(mostOfBatch, rt.meter.budget.bytes / 64);
  const kept: Value[] = [];
  const keep = (): void => void (kept[0] = new Tuple([...held()]));
  const work = (): void => {
    let ended = false;
    while (!ended) {
      const start = rt.meter.elements;
      while (!ended && rt.meter.elements - start < batch) ended = !step();
      rt.settleChecks();
      keep();
      if (!ended) rt.engine.sweep(live(rt, frame, kept));
    }
  };
  tidied(rt, work, frame, kept, keep);
}

/**
 * A function of the library calls `f` at every element, in turn; what is no longer reached is freed on the way.
 *
 * @param held its arguments, and its results so far
 */
export function eachOf(
  rt: Runtime,
  f: Value,
  items: Iterable<Value>,
  call: (x: Value) => void,
  held: () => readonly Value[],
): void {
  const iterator = items[Symbol.iterator]();
  const step = (): boolean => {
    const next = iterator.next();
    if (next.done !== true) call(next.value);
    return next.done !== true;
  };
  // What a run over lanes is about to do with its other values is in no variable.
  if (rt.lanes) while (step());
  else repeated(rt, step, null, () => [f, ...held()]);
}

/** `f` between what came of all before and the next. */
export function folded(
  rt: Runtime,
  start: Value,
  items: readonly Value[],
  f: Value,
  join: (a: Value, b: Value) => Value,
): Value {
  let last = start;
  eachOf(
    rt,
    f,
    items,
    (x) => void (last = join(last, x)),
    () => [last, ...items],
  );
  return last;
}

/** One more of the values that a function or a comprehension gathers. @throws JuliaError BudgetError */
export function keep(rt: Runtime, items: Value[], value: Value): void {
  if (typeof value === 'object' || typeof value === 'string') rt.meter.hold(hostBytes(value));
  items.push(value);
}

/** The buffers a running program can still reach from here. @throws JuliaError BudgetError where they are too many */
export function live(rt: Runtime, frame: Frame | null, extra: readonly Value[] = []): Buffer[] {
  const buffers = reachable(rt, frame, extra);
  rt.meter.alive(buffers.reduce((sum, { rows, cols }) => sum + rows * cols, 0));
  return buffers;
}

function reachable(rt: Runtime, frame: Frame | null, extra: readonly Value[]): Buffer[] {
  const nodes = nodesOf(
    [...rt.globals.values(), rt.returning, rt.lastPlot, rt.activation?.value ?? null, ...extra],
    [frame],
  );
  if (rt.mask) nodes.add(rt.mask);
  if (rt.activation?.returned) nodes.add(rt.activation.returned);
  if (rt.activation?.entry) nodes.add(rt.activation.entry);
  return [...new Set(rt.ops.reachable(nodes))];
}
