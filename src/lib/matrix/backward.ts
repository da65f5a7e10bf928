/** The reverse pass: from one number's history to its derivatives with respect to chosen nodes. */
import type { Node } from './node.ts';
import type { Algebra } from './pullbacks.ts';

interface Sized {
  readonly rows: number;
  readonly cols: number;
}

/** The nodes and all their ancestors, each once. Iterative: a loop of a thousand steps is a chain of thousands. */
export function* history(nodes: Iterable<Node>): Generator<Node> {
  const seen = new Set<Node>();
  const stack = [...nodes];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    yield node;
    stack.push(...node.parents);
  }
}

/** The part of a history that lies between inputs and a result. */
export interface Course {
  /** Nodes that depend on an input, inputs left out, latest first. */
  readonly steps: readonly Node[];
  readonly dependent: ReadonlySet<Node>;
  /** Whether some of it depends on inputs of another gradient, which is still under way around this one. */
  readonly nested: boolean;
}

export function courseOf(result: Node, inputs: readonly Node[]): Course {
  const ends = new Set(inputs);
  const first = Math.min(...inputs.map((node) => node.order));
  const found: Node[] = [];
  const seen = new Set<Node>();
  let nested = inputs.some((node) => node.parents.length > 0);
  const stack = [result];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (!node.tracked || ends.has(node)) continue;
    // What is older than every input cannot depend on one.
    if (!node.pullback || node.order < first) nested = true;
    else {
      found.push(node);
      stack.push(...node.parents);
    }
  }
  const dependent = new Set<Node>(inputs);
  const steps = found
    .sort((a, b) => a.order - b.order)
    .filter((node) => {
      if (!node.parents.some((parent) => dependent.has(parent))) return false;
      dependent.add(node);
      return true;
    });
  return { steps: steps.reverse(), dependent, nested };
}

/** What the pass asks of its surroundings. */
export interface BackwardContext<T extends Sized> {
  readonly algebra: Algebra<T>;
  /** A node as an operand of the algebra. */
  readonly lift: (node: Node) => T;
  /** Runs a rule; what it made and did not return may be freed. */
  readonly tidy: (work: () => readonly (T | null)[]) => readonly (T | null)[];
  /** An adjoint that nobody will ask for again. */
  readonly drop: (adjoint: T) => void;
}

/** Adjoints of the inputs; null where the result does not depend on one. */
export function backward<T extends Sized>(
  { algebra, lift, tidy, drop }: BackwardContext<T>,
  result: Node,
  inputs: readonly Node[],
  { steps, dependent }: Course,
): (T | null)[] {
  const adjoints = new Map<Node, T>();
  const uses = new Map<T, number>();
  const hold = (node: Node, adjoint: T): void => {
    adjoints.set(node, adjoint);
    uses.set(adjoint, (uses.get(adjoint) ?? 0) + 1);
  };
  const letGo = (adjoint: T): void => {
    const left = (uses.get(adjoint) ?? 1) - 1;
    uses.set(adjoint, left);
    if (left === 0) drop(adjoint);
  };
  if (dependent.has(result)) hold(result, algebra.fill(1, 1, 1));
  for (const node of steps) {
    const adjoint = adjoints.get(node);
    if (!adjoint || !node.pullback) continue;
    const { pullback } = node;
    const wanted = node.parents.map((parent) => dependent.has(parent));
    const parts = tidy(() =>
      pullback(algebra, adjoint, { parents: node.parents.map(lift), value: lift(node), wanted }).map((part, k) => {
        const parent = node.parents[k];
        return part && parent && wanted[k] ? sumTo(algebra, part, parent) : null;
      }),
    );
    node.parents.forEach((parent, k) => {
      const part = parts[k];
      if (!part) return;
      const before = adjoints.get(parent);
      if (!before) hold(parent, part);
      else {
        hold(parent, algebra.binary('add', before, part));
        letGo(before);
        if (!uses.get(part)) drop(part);
      }
    });
    adjoints.delete(node);
    letGo(adjoint);
  }
  return inputs.map((input) => adjoints.get(input) ?? null);
}

/** The adjoint of broadcasting: sums over the dimensions in which the operand had size 1. */
function sumTo<T extends Sized>(e: Algebra<T>, g: T, to: Sized): T {
  let out = g;
  if (to.rows === 1 && out.rows !== 1) out = e.reduce('sum', out, 1);
  if (to.cols === 1 && out.cols !== 1) out = e.reduce('sum', out, 2);
  // A rule may give one number for all places: `fill(0, 1, 1)`, say.
  if (out.rows !== to.rows || out.cols !== to.cols) out = e.binary('add', out, e.fill(0, to.rows, to.cols));
  return out;
}
