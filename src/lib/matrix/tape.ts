import { MatrixError } from './engine.ts';
import { binaryPullback, unaryPullback } from './pullbacks.ts';
import type { Pullback } from './pullbacks.ts';
import type { BinaryOp, Buffer, Dims, Engine, UnaryOp } from './engine.ts';

/**
 * A matrix, and how it came about. Nodes that depend on no `gradient` input have no parents: their history is not kept.
 * There is no global tape: the graph hangs from the nodes, so whatever nobody can reach any more is garbage.
 */
export interface Node {
  readonly rows: number;
  readonly cols: number;
  readonly value: Buffer;
  /** Grows with time, so that descending order is a topological order for the reverse pass. */
  readonly order: number;
  /** True where a `gradient` input can be reached through `parents`. */
  readonly tracked: boolean;
  /** Everything the reverse pass reads besides the node's own value. Empty where not tracked. */
  readonly parents: readonly Node[];
  readonly pullback: Pullback | null;
}

/**
 * Differentiable matrix arithmetic on any engine: the engine's primitives, spoken in nodes, with reverse-mode
 * differentiation (Griewank & Walther, Evaluating Derivatives, ch. 3) by a pullback for each primitive.
 */
export class Ops {
  readonly engine: Engine;
  #count = 0;
  #guards = 0;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** A matrix with no history. */
  constant(value: Buffer): Node {
    return this.#leaf(value, false);
  }

  /** Row-major numbers as a matrix. */
  upload(data: ArrayLike<number>, rows: number, cols: number): Node {
    return this.constant(this.engine.upload(data, rows, cols));
  }

  fill(value: number, rows: number, cols: number): Node {
    return this.constant(this.engine.fill(value, rows, cols));
  }

  scalar(value: number): Node {
    return this.fill(value, 1, 1);
  }

  /** Row-major numbers, read back. */
  download(a: Node): Float64Array {
    return this.engine.download(a.value);
  }

  /** The number in a 1x1 matrix. @throws MatrixError DimensionMismatch for any other shape */
  item(a: Node): number {
    const data = this.engine.download(a.value);
    if (data.length !== 1) throw new MatrixError('DimensionMismatch', `expected one number, got ${a.rows}×${a.cols}`);
    return data[0] as number;
  }

  unary(op: UnaryOp, a: Node): Node {
    return this.#node(this.engine.unary(op, a.value), [a], unaryPullback(op, this.#guards > 0));
  }

  binary(op: BinaryOp, a: Node, b: Node): Node {
    return this.#node(this.engine.binary(op, a.value, b.value), [a, b], binaryPullback(op, this.#guards > 0));
  }

  /** `mask != 0 ? a : b`. The mask carries no gradient. */
  select(mask: Node, a: Node, b: Node): Node {
    return this.#node(this.engine.select(mask.value, a.value, b.value), [mask, a, b], (engine, g) => {
      const zero = engine.fill(0, 1, 1);
      return [null, engine.select(mask.value, g, zero), engine.select(mask.value, zero, g)];
    });
  }

  matmul(a: Node, b: Node): Node {
    return this.#node(this.engine.matmul(a.value, b.value), [a, b], (engine, g) => [
      a.tracked ? engine.matmul(g, engine.transpose(b.value)) : null,
      b.tracked ? engine.matmul(engine.transpose(a.value), g) : null,
    ]);
  }

  transpose(a: Node): Node {
    return this.#node(this.engine.transpose(a.value), [a], (engine, g) => [engine.transpose(g)]);
  }

  /**
   * Sum, maximum or minimum. The gradient of an extreme goes to one element, the first in row-major order: the
   * subgradient that Zygote takes too (STUDIES section 12), up to the order in which ties are met.
   */
  reduce(op: 'sum' | 'max' | 'min', a: Node, dims: Dims): Node {
    return this.#node(this.engine.reduce(op, a.value, dims), [a], (engine, g) => {
      if (op === 'sum') return [engine.binary('mul', g, engine.fill(1, a.rows, a.cols))];
      return [engine.scatterAdd(g, engine.argreduce(op, a.value, dims), a.rows, a.cols)];
    });
  }

  /** Flat row-major index of the first extreme; carries no gradient. */
  argreduce(op: 'max' | 'min', a: Node, dims: Dims): Node {
    return this.constant(this.engine.argreduce(op, a.value, dims));
  }

  reshape(a: Node, rows: number, cols: number): Node {
    return this.#node(this.engine.reshape(a.value, rows, cols), [a], (engine, g) => [
      engine.reshape(g, a.rows, a.cols),
    ]);
  }

  slice(a: Node, row: number, col: number, rows: number, cols: number): Node {
    return this.#node(this.engine.slice(a.value, row, col, rows, cols), [a], (engine, g) => [
      engine.pad(g, row, col, a.rows, a.cols),
    ]);
  }

  pad(a: Node, row: number, col: number, rows: number, cols: number): Node {
    return this.#node(this.engine.pad(a.value, row, col, rows, cols), [a], (engine, g) => [
      engine.slice(g, row, col, a.rows, a.cols),
    ]);
  }

  concat(parts: readonly Node[], dims: 1 | 2): Node {
    const value = this.engine.concat(
      parts.map((part) => part.value),
      dims,
    );
    return this.#node(value, parts, (engine, g) => {
      let at = 0;
      return parts.map((part) => {
        const [row, col] = dims === 1 ? [at, 0] : [0, at];
        at += dims === 1 ? part.rows : part.cols;
        return part.tracked ? engine.slice(g, row, col, part.rows, part.cols) : null;
      });
    });
  }

  /** out[i, j] = a.flat[index[i, j]]; `index` carries no gradient. */
  gather(a: Node, index: Node): Node {
    return this.#node(this.engine.gather(a.value, index.value), [a, index], (engine, g) => [
      engine.scatterAdd(g, index.value, a.rows, a.cols),
      null,
    ]);
  }

  /** Zeros with `values` added at the flat indices; `index` carries no gradient. */
  scatterAdd(values: Node, index: Node, rows: number, cols: number): Node {
    const value = this.engine.scatterAdd(values.value, index.value, rows, cols);
    return this.#node(value, [values, index], (engine, g) => [engine.gather(g, index.value), null]);
  }

  /**
   * Runs `work` on lanes some of which will be thrown away by a `select`. There a derivative may be infinite (log at 0),
   * and 0 times infinity would poison the sum; pullbacks recorded here let a zero adjoint stay zero.
   */
  guarded<T>(work: () => T): T {
    this.#guards++;
    try {
      return work();
    } finally {
      this.#guards--;
    }
  }

  /** The same value, cut off from its history: constant for `gradient` (min and max of a normalization, say). */
  detach(a: Node): Node {
    return a.tracked ? this.constant(a.value) : a;
  }

  /**
   * Value and gradient of a scalar function. `f` receives the inputs as tracked nodes and returns a 1x1 node.
   * An input that the value does not depend on has a gradient of zeros.
   * @throws MatrixError DimensionMismatch where f's value is not 1x1; ArgumentError for a gradient of a gradient
   */
  gradient(
    f: (inputs: readonly Node[]) => Node,
    at: readonly Node[],
  ): { readonly value: Node; readonly gradients: readonly Node[] } {
    const inputs = at.map((node) => this.#leaf(node.value, true));
    if (at.some((node) => node.tracked)) throw secondOrder();
    const result = f(inputs);
    if (result.rows !== 1 || result.cols !== 1) {
      throw new MatrixError('DimensionMismatch', `gradient needs a scalar, got ${result.rows}×${result.cols}`);
    }
    const gradients = this.engine.tidy(
      () => this.#backward(result, inputs),
      (buffers) => buffers,
    );
    return { value: this.detach(result), gradients: gradients.map((g) => this.constant(g)) };
  }

  /** The buffers that must stay alive for these nodes to be read and differentiated. */
  *reachable(nodes: Iterable<Node>): Generator<Buffer> {
    for (const node of history(nodes)) yield node.value;
  }

  #backward(result: Node, inputs: readonly Node[]): Buffer[] {
    const engine = this.engine;
    const adjoints = new Map<Node, Buffer>([[result, engine.fill(1, 1, 1)]]);
    for (const node of [...history([result])].sort((a, b) => b.order - a.order)) {
      const adjoint = adjoints.get(node);
      if (!adjoint) continue;
      if (!node.pullback) {
        if (node.tracked && !inputs.includes(node)) throw secondOrder();
        continue;
      }
      const parts = node.pullback(engine, adjoint, node);
      node.parents.forEach((parent, k) => {
        const part = parts[k];
        if (!parent.tracked || !part) return;
        const fitted = sumTo(engine, part, parent);
        const before = adjoints.get(parent);
        adjoints.set(parent, before ? engine.binary('add', before, fitted) : fitted);
      });
    }
    return inputs.map((input) => adjoints.get(input) ?? engine.fill(0, input.rows, input.cols));
  }

  #leaf(value: Buffer, tracked: boolean): Node {
    return { rows: value.rows, cols: value.cols, value, order: this.#count++, tracked, parents: [], pullback: null };
  }

  #node(value: Buffer, parents: readonly Node[], pullback: Pullback | null): Node {
    if (!pullback || !parents.some((parent) => parent.tracked)) return this.#leaf(value, false);
    return { rows: value.rows, cols: value.cols, value, order: this.#count++, tracked: true, parents, pullback };
  }
}

function secondOrder(): MatrixError {
  return new MatrixError('ArgumentError', 'a gradient of a gradient is not supported');
}

/** The nodes and all their ancestors, each once. Iterative: a loop of a thousand steps is a chain of thousands. */
function* history(nodes: Iterable<Node>): Generator<Node> {
  const seen = new Set<Node>();
  const stack = [...nodes];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    yield node;
    stack.push(...node.parents);
  }
}

/** The adjoint of broadcasting: sums over the dimensions in which the operand had size 1. */
function sumTo(engine: Engine, g: Buffer, to: { rows: number; cols: number }): Buffer {
  let out = g;
  if (to.rows === 1 && out.rows !== 1) out = engine.reduce('sum', out, 1);
  if (to.cols === 1 && out.cols !== 1) out = engine.reduce('sum', out, 2);
  return out;
}
