import type { Node, Ops } from './tape.ts';

/** A descent that cannot go on, in one sentence for the reader. */
export class DescentError extends Error {
  override readonly name = 'DescentError';
}

export type DescentOptimiser =
  | {
      /** ADAM (Kingma & Ba 2014) as Flux has it: bias-corrected, epsilon 1e-8 outside the root. */
      readonly kind: 'adam';
      readonly rate: number;
    }
  | {
      /** Along the gradient, as far as a line search finds it good; `rate` is the first length it tries. */
      readonly kind: 'plain';
      readonly rate: number;
    };

const DECAY = { first: 0.9, second: 0.999 };
/** Always given: libraries choose others, and on halves of precision tfjs' choice ends the descent early (docs/studies.md, 14). */
const EPSILON = 1e-8;
/** The line search tries lengths up to 2^WIDEST times longer or shorter than the last. */
const WIDEST = 14;
const HALVINGS = 4;

/**
 * Gradient descent on every number of a matrix, one step at a time. Deterministic: the same start, loss, optimiser and engine
 * give the same numbers. Everything stays on the engine; a step frees what it made but the new state.
 */
export class Descent {
  readonly #ops: Ops;
  readonly #loss: (x: Node) => Node;
  readonly #optimiser: DescentOptimiser;
  #x: Node;
  #moments: readonly [Node, Node] | null = null;
  #steps = 0;
  #length: number;
  /** Loss of the present state where a step has left it behind. */
  #known: number | null = null;

  /** @param start row-major, rows x cols. `loss` must give a 1x1 matrix and may keep nothing. */
  constructor(
    ops: Ops,
    loss: (x: Node) => Node,
    start: ArrayLike<number>,
    rows: number,
    cols: number,
    optimiser: DescentOptimiser,
  ) {
    this.#ops = ops;
    this.#loss = loss;
    this.#optimiser = optimiser;
    this.#length = optimiser.rate;
    this.#x = ops.upload(start, rows, cols);
  }

  /** Steps taken. */
  get steps(): number {
    return this.#steps;
  }

  /** The present X, row-major. */
  state(): Float64Array {
    return this.#ops.download(this.#x);
  }

  /** What `view` makes of the present X (its product, say), row-major. */
  look(view: (x: Node) => Node): Float64Array {
    return this.#scratch(() => this.#ops.download(view(this.#x)));
  }

  /** The loss of the present X. */
  loss(): number {
    this.#known ??= this.#scratch(() => this.#ops.item(this.#loss(this.#x)));
    return this.#known;
  }

  /** The gradient at the present X, row-major. */
  gradient(): Float64Array {
    return this.#scratch(() => this.#ops.download(this.#slope().gradient));
  }

  /**
   * Takes one step.
   * @returns the loss before it, which the gradient brings along at no cost
   * @throws DescentError where the loss is no number, is zero, or cannot be lowered
   */
  step(): number {
    return this.#optimiser.kind === 'adam' ? this.#adam(this.#optimiser.rate) : this.#search();
  }

  /** Frees the state. */
  dispose(): void {
    this.#ops.engine.free([this.#x, ...(this.#moments ?? [])].map((node) => node.value));
  }

  #slope(): { readonly value: number; readonly gradient: Node } {
    const { value, gradients } = this.#ops.gradient(([x]) => this.#loss(x as Node), [this.#x]);
    const loss = this.#ops.item(value);
    if (!Number.isFinite(loss))
      throw new DescentError(`At step ${this.#steps} the loss or its gradient is no number (${loss}).`);
    if (loss === 0)
      throw new DescentError('The loss is zero: this picture makes the target exactly, and there is no way down.');
    return { value: loss, gradient: gradients[0] as Node };
  }

  #adam(rate: number): number {
    const { engine } = this.#ops;
    const t = this.#steps + 1;
    const before = [this.#x, ...(this.#moments ?? [])];
    const { loss, nodes } = engine.tidy(
      () => {
        const { value, gradient } = this.#slope();
        const { x, first, second } = this.#adamUpdate(gradient, rate, t);
        return { loss: value, nodes: [x, first, second] as const };
      },
      (result) => result.nodes.map((node) => node.value),
    );
    engine.free(before.map((node) => node.value));
    const [x, first, second] = nodes;
    this.#x = x;
    this.#moments = [first, second];
    this.#steps = t;
    this.#known = null;
    return loss;
  }

  #adamUpdate(g: Node, rate: number, t: number): { x: Node; first: Node; second: Node } {
    const ops = this.#ops;
    const scaled = (by: number, node: Node): Node => ops.binary('mul', ops.scalar(by), node);
    const blend = (old: Node | undefined, next: Node, keep: number): Node =>
      old ? ops.binary('add', scaled(keep, old), scaled(1 - keep, next)) : scaled(1 - keep, next);
    const first = blend(this.#moments?.[0], g, DECAY.first);
    const second = blend(this.#moments?.[1], ops.binary('mul', g, g), DECAY.second);
    const root = ops.unary('sqrt', scaled(1 / (1 - DECAY.second ** t), second));
    const change = ops.binary(
      'div',
      scaled(rate / (1 - DECAY.first ** t), first),
      ops.binary('add', root, ops.scalar(EPSILON)),
    );
    return { x: ops.binary('sub', this.#x, change), first, second };
  }

  /** One step along the gradient, as long as a line search finds good. */
  #search(): number {
    const ops = this.#ops;
    const { engine } = ops;
    const old = this.#x;
    const found = engine.tidy(
      () => {
        const { value, gradient } = this.#slope();
        const move = (length: number): Node => ops.binary('sub', old, ops.binary('mul', ops.scalar(length), gradient));
        const at = (length: number): number => this.#scratch(() => ops.item(this.#loss(move(length))));
        const best = lineSearch(at, value, this.#length);
        if (best === null)
          throw new DescentError(`No step along the gradient lowers the loss of ${value.toFixed(4)} any more.`);
        return { before: value, best, x: move(best.length) };
      },
      ({ x }) => [x.value],
    );
    engine.free([old.value]);
    this.#x = found.x;
    this.#length = found.best.length;
    this.#known = found.best.loss;
    this.#steps += 1;
    return found.before;
  }

  #scratch<T>(work: () => T): T {
    return this.#ops.engine.tidy(work, () => []);
  }
}

interface Tried {
  readonly length: number;
  readonly loss: number;
}

/**
 * Backtracking from twice the last length: the longest of a few halvings that lowers the loss. Where none does, the best of a wide
 * grid of lengths, because a gradient with held extremes may lead uphill before it leads down; null where that fails too.
 */
function lineSearch(at: (length: number) => number, before: number, first: number): Tried | null {
  const tried = (k: number): Tried => ({ length: first * 2 ** k, loss: at(first * 2 ** k) });
  for (let k = 1; k >= -HALVINGS; k--) {
    const one = tried(k);
    if (one.loss < before) return one;
  }
  let best: Tried = { length: 0, loss: before };
  for (let k = -WIDEST; k <= WIDEST; k += 0.5) {
    const one = tried(k);
    if (one.loss < best.loss) best = one;
  }
  return best.loss < before ? best : null;
}
