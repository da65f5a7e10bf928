import { backward, courseOf, history } from './backward.ts';
import { MatrixError } from './engine.ts';
import { withHostNumbers } from './host-numbers.ts';
import { binaryPullback, unaryPullback } from './pullbacks.ts';
import type { Node } from './node.ts';
import type { Algebra, Pullback } from './pullbacks.ts';
import type { BinaryOp, Buffer, Dims, Engine, UnaryOp } from './engine.ts';

export type { Node };

/**
 * Differentiable matrix arithmetic on any engine: the engine's primitives, spoken in nodes, with reverse-mode
 * differentiation (Griewank & Walther, Evaluating Derivatives, ch. 3) by a pullback for each primitive.
 */
export class Ops {
  /** The engine, with numbers on their own kept on the host in float64. */
  readonly engine: Engine;
  #count = 0;
  #guards = 0;

  constructor(engine: Engine) {
    this.engine = withHostNumbers(engine);
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
    return this.record(this.engine.unary(op, a.value), [a], unaryPullback(op, this.#guards > 0));
  }

  binary(op: BinaryOp, a: Node, b: Node): Node {
    return this.record(this.engine.binary(op, a.value, b.value), [a, b], binaryPullback(op, this.#guards > 0));
  }

  /** `mask != 0 ? a : b`. The mask carries no gradient. */
  select(mask: Node, a: Node, b: Node): Node {
    return this.record(this.engine.select(mask.value, a.value, b.value), [mask, a, b], selectPullback);
  }

  matmul(a: Node, b: Node): Node {
    return this.record(this.engine.matmul(a.value, b.value), [a, b], matmulPullback);
  }

  transpose(a: Node): Node {
    return this.record(this.engine.transpose(a.value), [a], (e, g) => [e.transpose(g)]);
  }

  /**
   * Sum, maximum or minimum. The gradient of an extreme goes to one element: the first in Julia's order, down the columns,
   * as Zygote's does.
   */
  reduce(op: 'sum' | 'max' | 'min', a: Node, dims: Dims): Node {
    return this.record(this.engine.reduce(op, a.value, dims), [a], (e, g, { parents: [x] }) => {
      if (!x) return [];
      if (op === 'sum') return [e.binary('mul', g, e.fill(1, x.rows, x.cols))];
      return [e.scatterAdd(g, firstExtreme(e, op, x, dims), x.rows, x.cols)];
    });
  }

  /** Flat row-major index of the first extreme; carries no gradient. */
  argreduce(op: 'max' | 'min', a: Node, dims: Dims): Node {
    return this.constant(this.engine.argreduce(op, a.value, dims));
  }

  reshape(a: Node, rows: number, cols: number): Node {
    const { rows: m, cols: n } = a;
    return this.record(this.engine.reshape(a.value, rows, cols), [a], (e, g) => [e.reshape(g, m, n)]);
  }

  slice(a: Node, row: number, col: number, rows: number, cols: number): Node {
    const { rows: m, cols: n } = a;
    return this.record(this.engine.slice(a.value, row, col, rows, cols), [a], (e, g) => [e.pad(g, row, col, m, n)]);
  }

  pad(a: Node, row: number, col: number, rows: number, cols: number): Node {
    const { rows: m, cols: n } = a;
    return this.record(this.engine.pad(a.value, row, col, rows, cols), [a], (e, g) => [e.slice(g, row, col, m, n)]);
  }

  concat(parts: readonly Node[], dims: 1 | 2): Node {
    const value = this.engine.concat(
      parts.map((part) => part.value),
      dims,
    );
    return this.record(value, parts, (e, g, { parents, wanted }) => {
      let at = 0;
      return parents.map((part, k) => {
        const [row, col] = dims === 1 ? [at, 0] : [0, at];
        at += dims === 1 ? part.rows : part.cols;
        return wanted[k] ? e.slice(g, row, col, part.rows, part.cols) : null;
      });
    });
  }

  /** out[i, j] = a.flat[index[i, j]]; `index` carries no gradient. */
  gather(a: Node, index: Node): Node {
    return this.record(this.engine.gather(a.value, index.value), [a, index], (e, g, { parents: [x, at] }) =>
      x && at ? [e.scatterAdd(g, at, x.rows, x.cols), null] : [],
    );
  }

  /** Zeros with `values` added at the flat indices; `index` carries no gradient. */
  scatterAdd(values: Node, index: Node, rows: number, cols: number): Node {
    const value = this.engine.scatterAdd(values.value, index.value, rows, cols);
    return this.record(value, [values, index], (e, g, { parents: [, at] }) => (at ? [e.gather(g, at), null] : []));
  }

  /** A function with a rule of its own: `value` as computed from the parents by whatever means. */
  record(value: Buffer, parents: readonly Node[], pullback: Pullback | null): Node {
    if (!pullback || !parents.some((parent) => parent.tracked)) return this.#leaf(value, false);
    return { rows: value.rows, cols: value.cols, value, order: this.#count++, tracked: true, parents, pullback };
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

  /** A node to differentiate with respect to. Inside another gradient it stays joined to what it was made from. */
  input(at: Node): Node {
    if (!at.tracked) return this.#leaf(at.value, true);
    return this.record(at.value, [at], (_e, g) => [g]);
  }

  /**
   * Derivatives of a 1x1 node with respect to inputs made by `input`; null for an input that it does not depend on. Where an
   * outer gradient is under way the reverse pass is recorded, so that it can be differentiated in its turn; otherwise value
   * and gradients have no history.
   * @throws MatrixError DimensionMismatch where `result` is not 1x1
   */
  differentiate(
    result: Node,
    inputs: readonly Node[],
  ): { readonly value: Node; readonly gradients: readonly (Node | null)[] } {
    if (result.rows !== 1 || result.cols !== 1) {
      throw new MatrixError('DimensionMismatch', `gradient needs a scalar, got ${result.rows}×${result.cols}`);
    }
    const course = courseOf(result, inputs);
    if (course.nested) {
      const surroundings = {
        algebra: this as Algebra<Node>,
        lift: (node: Node) => node,
        tidy: <R>(work: () => R) => work(),
        drop: nothing,
      };
      return { value: result, gradients: backward(surroundings, result, inputs, course) };
    }
    const { engine } = this;
    const kept = (buffers: readonly (Buffer | null)[]): Buffer[] => buffers.filter((buffer) => buffer !== null);
    const surroundings = {
      algebra: engine,
      lift: (node: Node) => node.value,
      tidy: (work: () => readonly (Buffer | null)[]) => engine.tidy(work, kept),
      drop: (adjoint: Buffer) => {
        engine.free([adjoint]);
      },
    };
    const gradients = engine.tidy(() => backward(surroundings, result, inputs, course), kept);
    return { value: this.detach(result), gradients: gradients.map((g) => g && this.constant(g)) };
  }

  /**
   * Value and gradient of a scalar function. `f` receives the inputs as tracked nodes and returns a 1x1 node.
   * An input that the value does not depend on has a gradient of zeros.
   * @throws MatrixError DimensionMismatch where f's value is not 1x1
   */
  gradient(
    f: (inputs: readonly Node[]) => Node,
    at: readonly Node[],
  ): { readonly value: Node; readonly gradients: readonly Node[] } {
    const inputs = at.map((node) => this.input(node));
    const { value, gradients } = this.differentiate(f(inputs), inputs);
    return {
      value,
      gradients: gradients.map((g, k) => g ?? this.fill(0, at[k]?.rows ?? 1, at[k]?.cols ?? 1)),
    };
  }

  /** The buffers that must stay alive for these nodes to be read and differentiated. */
  *reachable(nodes: Iterable<Node>): Generator<Buffer> {
    for (const node of history(nodes)) yield node.value;
  }

  #leaf(value: Buffer, tracked: boolean): Node {
    return { rows: value.rows, cols: value.cols, value, order: this.#count++, tracked, parents: [], pullback: null };
  }
}

function nothing(): void {
  // Nodes are the garbage collector's, and their buffers the tape's.
}

const selectPullback: Pullback = (e, g, { parents: [mask], wanted }) => {
  if (!mask) return [];
  const zero = e.fill(0, 1, 1);
  return [null, wanted[1] ? e.select(mask, g, zero) : null, wanted[2] ? e.select(mask, zero, g) : null];
};

const matmulPullback: Pullback = (e, g, { parents: [a, b], wanted }) => {
  if (!a || !b) return [];
  return [wanted[0] ? e.matmul(g, e.transpose(b)) : null, wanted[1] ? e.matmul(e.transpose(a), g) : null];
};

/** Where the extremes are; of equal ones the first down the columns, where an engine would take the first along the rows. */
function firstExtreme<T extends { rows: number; cols: number }>(e: Algebra<T>, op: 'max' | 'min', x: T, dims: Dims): T {
  if (dims !== 'all' || x.rows === 1 || x.cols === 1) return e.argreduce(op, x, dims);
  const inColumns = e.argreduce(op, x, 1);
  return e.gather(inColumns, e.argreduce(op, e.gather(x, inColumns), 'all'));
}
