import { checkFactors } from './matrix.ts';
import type { Factors } from './matrix.ts';

/**
 * A product under construction as a sum of rank-1 layers: after n layers it holds sum_{k < n} A[:, k] B[k, :]. Float64 inside, so that
 * taking layers away again leaves no dust. With factors U diag(s) and V' of a singular value decomposition the layers are the singular ones.
 */
export class LayerSum {
  readonly rows: number;
  readonly cols: number;
  /** Number of layers there are, K. */
  readonly depth: number;
  /** The current partial product, row-major. Changes in place. */
  readonly data: Float64Array;
  readonly #factors: Factors;
  #count = 0;

  /** Throws a MatrixShapeError when the factors do not fit. */
  constructor(factors: Factors) {
    checkFactors(factors);
    this.#factors = factors;
    this.rows = factors.left.rows;
    this.cols = factors.right.cols;
    this.depth = factors.left.cols;
    this.data = new Float64Array(this.rows * this.cols);
  }

  /** Layers summed so far. */
  get count(): number {
    return this.#count;
  }

  /**
   * Moves towards `target` layers by at most `budget` of them, adding or taking away; returns whether it has arrived. Going far back starts
   * again from nothing when that is the shorter way. One 512 x 512 layer is a quarter of a million multiply-adds, under a millisecond.
   */
  moveTo(target: number, budget = Number.POSITIVE_INFINITY): boolean {
    const goal = Math.max(0, Math.min(this.depth, Math.round(target)));
    if (goal < this.#count && goal < this.#count - goal) {
      this.data.fill(0);
      this.#count = 0;
    }
    let left = budget;
    while (this.#count !== goal && left > 0) {
      if (this.#count < goal) {
        this.#add(this.#count, 1);
        this.#count += 1;
      } else {
        this.#count -= 1;
        this.#add(this.#count, -1);
      }
      left -= 1;
    }
    if (this.#count === 0) this.data.fill(0);
    return this.#count === goal;
  }

  #add(layer: number, sign: number): void {
    const { left, right } = this.#factors;
    const { data, rows, cols, depth } = this;
    const b = right.data.subarray(layer * cols, (layer + 1) * cols);
    for (let row = 0; row < rows; row += 1) {
      const weight = sign * (left.data[row * depth + layer] as number);
      if (weight === 0) continue;
      const start = row * cols;
      for (let col = 0; col < cols; col += 1) {
        data[start + col] = (data[start + col] as number) + weight * (b[col] as number);
      }
    }
  }
}

/** The three ways to build a product that a reader can step through. */
export type LayerOrder = 'dot' | 'outer' | 'column';

/** Number of steps an order takes: one a pixel, one a layer, or one a column. */
export function stepsOf(order: LayerOrder, { left, right }: Factors): number {
  if (order === 'dot') return left.rows * right.cols;
  return order === 'outer' ? left.cols : right.cols;
}

/** Steps to take a frame so that the whole product is built in about `seconds` at 60 frames a second. */
export function stepsPerFrame(steps: number, seconds: number): number {
  return Math.max(1, Math.ceil(steps / (seconds * 60)));
}
