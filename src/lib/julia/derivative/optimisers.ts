/**
 * The optimisers of Flux 0.12 and of Optimisers.jl: from a gradient to the step that is taken off the array. Their formulas and
 * defaults; ADAM's epsilon stands outside of the root.
 */

import type { Node } from '../../matrix/tape.ts';
import { Extension } from '../extension.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, Tuple } from '../values.ts';
import type { Value } from '../values.ts';

const EPSILON = 1e-8;

/** What an optimiser remembers of one array: moments or velocities, and how many steps it has taken. */
export interface Memory {
  readonly moments: Node[];
  steps: number;
}

export const fresh = (): Memory => ({ moments: [], steps: 0 });

/** The settings of an optimiser, by the names that Flux gives them. */
export type OptimiserSettings = Readonly<Record<string, number | readonly [number, number]>>;

type Rule = (m: Arithmetic, g: Node, memory: Memory, settings: OptimiserSettings, x: Node) => Node;

/** Sums and products of matrices with numbers, for formulas that read as such. */
class Arithmetic {
  readonly #rt: Runtime;
  constructor(rt: Runtime) {
    this.#rt = rt;
  }
  add(a: Node, b: Node): Node {
    return this.#rt.ops.binary('add', a, b);
  }
  shift(a: Node, by: number): Node {
    return this.add(a, this.#rt.ops.scalar(by));
  }
  times(a: Node, by: number): Node {
    return this.#rt.ops.binary('mul', a, this.#rt.ops.scalar(by));
  }
  product(a: Node, b: Node): Node {
    return this.#rt.ops.binary('mul', a, b);
  }
  quotient(a: Node, b: Node): Node {
    return this.#rt.ops.binary('div', a, b);
  }
  root(a: Node): Node {
    return this.#rt.ops.unary('sqrt', a);
  }
  /** keep * old + (1 - keep) * next, from zeros. */
  blend(old: Node | undefined, next: Node, keep: number): Node {
    const share = this.times(next, 1 - keep);
    return old ? this.add(this.times(old, keep), share) : share;
  }
}

const one = (s: OptimiserSettings, name: string): number => s[name] as number;
const two = (s: OptimiserSettings, name: string): readonly [number, number] => s[name] as readonly [number, number];

const adam: Rule = (m, g, memory, s) => {
  const [b1, b2] = two(s, 'beta');
  const first = m.blend(memory.moments[0], g, b1);
  const second = m.blend(memory.moments[1], m.product(g, g), b2);
  memory.moments.splice(0, 2, first, second);
  const t = memory.steps + 1;
  const root = m.root(m.times(second, 1 / (1 - b2 ** t)));
  return m.times(m.quotient(m.times(first, 1 / (1 - b1 ** t)), m.shift(root, EPSILON)), one(s, 'eta'));
};

const adamw: Rule = (m, g, memory, s, x) => {
  const step = adam(m, g, memory, s, x);
  const decay = one(s, 'decay');
  return decay === 0 ? step : m.add(step, m.times(x, decay));
};

/** v = rho * v - eta * g */
function velocity(m: Arithmetic, g: Node, memory: Memory, s: OptimiserSettings): Node {
  const push = m.times(g, -one(s, 'eta'));
  const [old] = memory.moments;
  const next = old ? m.add(m.times(old, one(s, 'rho')), push) : push;
  memory.moments.splice(0, 1, next);
  return next;
}

const rules = {
  Descent: (m, g, _memory, s) => m.times(g, one(s, 'eta')),
  Momentum: (m, g, memory, s) => m.times(velocity(m, g, memory, s), -1),
  Nesterov: (m, g, memory, s) => {
    const [old] = memory.moments;
    const rho = one(s, 'rho');
    velocity(m, g, memory, s);
    const ahead = m.times(g, (1 + rho) * one(s, 'eta'));
    return old ? m.add(m.times(old, -(rho ** 2)), ahead) : ahead;
  },
  RMSProp: (m, g, memory, s) => {
    const mean = m.blend(memory.moments[0], m.product(g, g), one(s, 'rho'));
    memory.moments.splice(0, 1, mean);
    return m.quotient(m.times(g, one(s, 'eta')), m.shift(m.root(mean), EPSILON));
  },
  ADAGrad: (m, g, memory, s) => {
    const square = m.product(g, g);
    const [old] = memory.moments;
    const sum = old ? m.add(old, square) : m.shift(square, EPSILON);
    memory.moments.splice(0, 1, sum);
    return m.quotient(m.times(g, one(s, 'eta')), m.shift(m.root(sum), EPSILON));
  },
  ADAM: adam,
  Adam: adam,
  ADAMW: adamw,
  AdamW: adamw,
} satisfies Record<string, Rule>;

export type OptimiserName = keyof typeof rules;

/** `ADAM(0.01)`: its settings, and what it remembers of each array it has changed, as Flux's IdDict does. */
export class FluxOptimiser extends Extension {
  readonly type: OptimiserName;
  settings: OptimiserSettings;
  readonly memories = new Map<Arr, Memory>();

  constructor(type: OptimiserName, settings: OptimiserSettings) {
    super();
    this.type = type;
    this.settings = settings;
  }

  /** What is to be taken off x. @param memory of x, which is brought up to date */
  step(rt: Runtime, x: Node, g: Node, memory: Memory): Node {
    const rule: Rule = rules[this.type];
    const step = rule(new Arithmetic(rt), g, memory, this.settings, x);
    memory.steps += 1;
    return step;
  }

  memoryOf(x: Arr): Memory {
    const known = this.memories.get(x);
    if (known) return known;
    const memory = fresh();
    this.memories.set(x, memory);
    return memory;
  }

  override *held(): Iterable<Value> {
    for (const [x, memory] of this.memories) {
      yield x;
      yield* heldBy([memory]);
    }
  }

  override text(show: (v: Value) => string): string {
    return `${this.type}(${Object.keys(this.settings)
      .map((name) => show(this.field(name) ?? null))
      .join(', ')})`;
  }

  override field(name: string): Value | undefined {
    const setting = this.settings[name];
    return typeof setting === 'object' ? new Tuple([...setting]) : setting;
  }

  override setField(name: string, v: Value): boolean {
    if (!(name in this.settings) || typeof v !== 'number') return false;
    this.settings = { ...this.settings, [name]: v };
    return true;
  }
}

/** Memories as values, for whoever asks what is still in use. */
export function heldBy(memories: Iterable<Memory>): Value[] {
  return [...memories].flatMap(({ moments }) =>
    moments.map((node) => new Arr('Float64', 2, node, node.rows, node.cols)),
  );
}
