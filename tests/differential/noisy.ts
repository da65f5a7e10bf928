/** The reference engine with operands disturbed at random by a few units of single precision: what roundings may do to a program. */
import { CENTRE_FROM } from '../../src/lib/matrix/tfjs-centre.ts';
import { ReferenceEngine } from '../../src/lib/matrix/reference.ts';
import type { BinaryOp, Buffer, Dims, UnaryOp } from '../../src/lib/matrix/engine.ts';

/** What one operation may do to a number, relative to it. */
const SIZE = 4 * 2 ** -24;

/** The smallest number of single precision with all its digits, and the smallest at all. */
const SMALLEST_NORMAL = 2 ** -126;
const SMALLEST = 2 ** -149;

/** A sum of `count` numbers is wrong by up to `count` roundings of its own size; each number is disturbed by its part of that. */
const inSum = (count: number): number => SIZE * (1 + count / 16);

export class Noisy extends ReferenceEngine {
  #state: number;

  constructor(seed: number) {
    super();
    this.#state = seed;
  }

  override upload(data: ArrayLike<number>, rows: number, cols: number): Buffer {
    return this.#disturbed(super.upload(data, rows, cols));
  }
  override unary(op: UnaryOp, a: Buffer): Buffer {
    return super.unary(op, this.#disturbed(a));
  }
  override binary(op: BinaryOp, a: Buffer, b: Buffer): Buffer {
    return this.#disturbed(super.binary(op, this.#disturbed(a), this.#disturbed(b)));
  }
  override matmul(a: Buffer, b: Buffer): Buffer {
    const product = super.matmul(this.#disturbed(a, inSum(a.cols)), this.#disturbed(b, inSum(a.cols)));
    // Products may be centred from here on: their roundings go with the means of rows and columns.
    if (a.cols < CENTRE_FROM) return product;
    const size = (m: Buffer, dims: Dims): Buffer => super.reduce('sum', super.unary('abs', m), dims);
    const means = super.binary('div', super.matmul(size(a, 2), size(b, 1)), super.fill(a.cols, 1, 1));
    const noise = this.upload(
      new Float64Array(a.rows * b.cols).map(() => 8 * SIZE * this.#random()),
      a.rows,
      b.cols,
    );
    return super.binary('add', product, super.binary('mul', means, noise));
  }
  override reduce(op: 'sum' | 'max' | 'min', a: Buffer, dims: Dims): Buffer {
    const count = dims === 1 ? a.rows : dims === 2 ? a.cols : a.rows * a.cols;
    return super.reduce(op, this.#disturbed(a, op === 'sum' ? inSum(count) : SIZE), dims);
  }
  override scatterAdd(values: Buffer, index: Buffer, rows: number, cols: number): Buffer {
    return super.scatterAdd(this.#disturbed(values), index, rows, cols);
  }

  #disturbed(a: Buffer, size = SIZE): Buffer {
    const data = this.download(a);
    for (let k = 0; k < data.length; k++)
      data[k] = this.#underflowed((data[k] as number) * (1 + size * this.#random()));
    return super.upload(data, a.rows, a.cols);
  }

  /**
   * What single precision makes of a number too small for its full digits: a neighbour on the grid of subnormal numbers, or zero. Below half
   * of the smallest of them zero is the only answer there is, and below the smallest normal one it is the answer of an engine that has
   * no others (WebGL). The standard model of rounding with underflow: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2.1.
   */
  #underflowed(x: number): number {
    if (x === 0 || Math.abs(x) >= SMALLEST_NORMAL) return x;
    return this.#random() < 0 ? 0 : Math.fround(x + SMALLEST * this.#random());
  }

  /** Between -1 and 1 (a linear congruential sequence). */
  #random(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 31 - 1;
  }
}
