/** The reference engine with operands disturbed at random by a few units of single precision: what roundings may do to a program. */
import { ReferenceEngine } from '../../src/lib/matrix/reference.ts';
import type { BinaryOp, Buffer, Dims, UnaryOp } from '../../src/lib/matrix/engine.ts';

const SIZE = 4 * 2 ** -24;

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
    const product = super.matmul(this.#disturbed(a), this.#disturbed(b));
    // Products are centred from here on: their roundings go with the means of rows and columns.
    if (a.cols < 64) return product;
    const size = (m: Buffer, dims: Dims): Buffer => super.reduce('sum', super.unary('abs', m), dims);
    const means = super.binary('div', super.matmul(size(a, 2), size(b, 1)), super.fill(a.cols, 1, 1));
    const noise = this.upload(
      new Float64Array(a.rows * b.cols).map(() => (SIZE + (a.cols * SIZE) / 16) * this.#random()),
      a.rows,
      b.cols,
    );
    return super.binary('add', product, super.binary('mul', means, noise));
  }
  override reduce(op: 'sum' | 'max' | 'min', a: Buffer, dims: Dims): Buffer {
    return super.reduce(op, this.#disturbed(a), dims);
  }
  override scatterAdd(values: Buffer, index: Buffer, rows: number, cols: number): Buffer {
    return super.scatterAdd(this.#disturbed(values), index, rows, cols);
  }

  #disturbed(a: Buffer): Buffer {
    const data = this.download(a);
    for (let k = 0; k < data.length; k++)
      data[k] = (data[k] as number) * (1 + (SIZE + (a.cols * SIZE) / 16) * this.#random());
    return super.upload(data, a.rows, a.cols);
  }

  /** Between -1 and 1 (a linear congruential sequence). */
  #random(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 31 - 1;
  }
}
