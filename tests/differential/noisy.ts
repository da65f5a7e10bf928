/** The reference engine with operands disturbed at random by a few units of single precision: what roundings may do to a program. */
import { CENTRE_FROM } from '../../src/lib/matrix/tfjs-centre.ts';
import { ReferenceEngine } from '../../src/lib/matrix/reference.ts';
import type { BinaryOp, Buffer, Dims, UnaryOp } from '../../src/lib/matrix/engine.ts';

/** What one operation may do to a number, relative to it. */
const SIZE = 4 * 2 ** -24;

/** The smallest number of single precision with all its digits, and the smallest at all. */
const SMALLEST_NORMAL = 2 ** -126;
const SMALLEST = 2 ** -149;

const bits = new DataView(new ArrayBuffer(8));

/** A sum of `count` numbers is wrong by up to `count` roundings of its own size; each number is disturbed by its part of that. */
const inSum = (count: number): number => SIZE * (1 + count / 16);

/**
 * Of every two seeds one disturbs each number by itself, the other equal numbers alike, as an engine rounds them: a sum of sines of equal
 * large numbers is off by all of them together.
 */
export class Noisy extends ReferenceEngine {
  readonly #alike: boolean;
  #state: number;

  constructor(seed: number) {
    super();
    this.#alike = seed % 2 === 0;
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
    // Where numbers are alike their roundings are too, and do not cancel: the sum is off by part of its size, sum |a| |b|.
    const sizes = super.matmul(super.unary('abs', a), super.unary('abs', b));
    const rounded = this.#shifted(product, sizes, (4 + 2 * Math.sqrt(a.cols)) * (SIZE / 4));
    // Products may be centred from here on: their roundings go with the means of rows and columns.
    if (a.cols < CENTRE_FROM) return rounded;
    const size = (m: Buffer, dims: Dims): Buffer => super.reduce('sum', super.unary('abs', m), dims);
    const means = super.binary('div', super.matmul(size(a, 2), size(b, 1)), super.fill(a.cols, 1, 1));
    return this.#shifted(rounded, means, 8 * SIZE);
  }
  override reduce(op: 'sum' | 'max' | 'min', a: Buffer, dims: Dims): Buffer {
    const count = dims === 1 ? a.rows : dims === 2 ? a.cols : a.rows * a.cols;
    return super.reduce(op, this.#disturbed(a, op === 'sum' ? inSum(count) : SIZE), dims);
  }
  override scatterAdd(values: Buffer, index: Buffer, rows: number, cols: number): Buffer {
    return super.scatterAdd(this.#disturbed(values), index, rows, cols);
  }

  /** Each element shifted at random by up to `share` of the size that belongs to it. */
  #shifted(a: Buffer, sizes: Buffer, share: number): Buffer {
    this.#random();
    const noise = this.download(a).map((x) => share * this.#for(x));
    return super.binary('add', a, super.binary('mul', sizes, super.upload(noise, a.rows, a.cols)));
  }

  #disturbed(a: Buffer, size = SIZE): Buffer {
    const data = this.download(a);
    this.#random();
    for (let k = 0; k < data.length; k++) {
      const x = data[k] as number;
      data[k] = this.#underflowed(x * (1 + size * this.#for(x)), x);
    }
    return super.upload(data, a.rows, a.cols);
  }

  /**
   * What single precision makes of a number too small for its full digits: a neighbour on the grid of subnormal numbers, or zero. Below half
   * of the smallest of them zero is the only answer there is, and below the smallest normal one it is the answer of an engine that has
   * no others (WebGL). The standard model of rounding with underflow: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2.1.
   */
  #underflowed(x: number, from: number): number {
    if (x === 0 || Math.abs(x) >= SMALLEST_NORMAL) return x;
    return this.#for(from) < 0 ? 0 : Math.fround(x + SMALLEST * this.#for(x));
  }

  /** The random number of one element, between -1 and 1. */
  #for(x: number): number {
    if (!this.#alike) return this.#random();
    bits.setFloat64(0, x);
    let mixed = Math.imul(bits.getUint32(0) ^ this.#state, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13) ^ bits.getUint32(4), 0xc2b2ae35);
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x27d4eb2f);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 31 - 1;
  }

  /** Between -1 and 1 (a linear congruential sequence). */
  #random(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 31 - 1;
  }
}
