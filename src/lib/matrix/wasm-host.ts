import { Heap } from './heap.ts';
import { loadMatrixKernels } from './kernels.ts';
import * as codes from './kernels/codes.ts';
import { LARGEST_ANGLE, WORK_BYTES } from './kernels/sizes.ts';
import { CENTRE_FROM, coarse, LONG, productInDouble, SINGLE_MAX, SMALL } from './tfjs-centre.ts';
import { sizeOf } from './tfjs-device.ts';
import type { BinaryOp, Dims, UnaryOp } from './engine.ts';
import type { HostBackend, TensorInfo } from './tfjs-device.ts';
import type { MatrixKernels } from './kernels.ts';

const unaryCodes: Partial<Record<UnaryOp, number>> = {
  neg: codes.NEG,
  abs: codes.ABS,
  sqrt: codes.SQRT,
  floor: codes.FLOOR,
  ceil: codes.CEIL,
  trunc: codes.TRUNC,
  round: codes.ROUND,
  exp: codes.EXP,
  log: codes.LOG,
  not: codes.NOT,
  isnan: codes.ISNAN,
  isfinite: codes.ISFINITE,
};

const binaryCodes: Partial<Record<BinaryOp, number>> = {
  add: codes.ADD,
  sub: codes.SUB,
  mul: codes.MUL,
  div: codes.DIV,
  min: codes.MIN,
  max: codes.MAX,
  eq: codes.EQ,
  ne: codes.NE,
  lt: codes.LT,
  le: codes.LE,
  and: codes.AND,
  or: codes.OR,
};

/** The kernels' own constants lie below this address. */
const CONSTANTS = 1024;

/** Where a tensor's numbers lie, and how many tensors share them. */
class Stored {
  readonly address: number;
  references = 1;
  /** Whose transpose this is, and the shape of that transpose. */
  turned: { readonly of: Stored; readonly rows: number; readonly cols: number } | null = null;
  constructor(address: number) {
    this.address = address;
  }
}

/** A memory of its own with the kernels of `kernels/`, which know nothing of tensors. */
export class WasmHost implements HostBackend {
  readonly name = 'tfjs-wasm';
  readonly #heap: Heap;
  readonly #kernels: MatrixKernels;
  /** Working memory of the product, taken at the first. */
  #work = 0;
  #tensors = 0;

  private constructor(heap: Heap, kernels: MatrixKernels) {
    this.#heap = heap;
    this.#kernels = kernels;
  }

  /**
   * @param relaxed false leaves relaxed SIMD out, where it would be had
   * @throws WebAssembly.CompileError without SIMD, and where a policy forbids WebAssembly
   */
  static async create(relaxed = true): Promise<WasmHost> {
    const memory = new WebAssembly.Memory({ initial: 1 });
    return new WasmHost(new Heap(memory, CONSTANTS), await loadMatrixKernels(memory, relaxed));
  }

  /** Whether products are fused: their last digits are then the processor's. */
  get fused(): boolean {
    return this.#kernels.fused;
  }

  /** Bytes of memory in use, the product's working memory included. */
  get used(): number {
    return this.#heap.used;
  }

  alloc(rows: number, cols: number): TensorInfo {
    const dataId = new Stored(this.#heap.take(rows * cols * Float32Array.BYTES_PER_ELEMENT));
    this.#tensors++;
    return { dataId, shape: [rows, cols], dtype: 'float32' };
  }

  view(a: TensorInfo): Float32Array {
    const [rows, cols] = sizeOf(a);
    return new Float32Array(this.#heap.memory.buffer, addressOf(a), rows * cols);
  }

  retain(a: TensorInfo): void {
    storedOf(a).references++;
  }

  release(a: TensorInfo): void {
    const stored = storedOf(a);
    if (--stored.references > 0) return;
    this.#heap.give(stored.address);
    this.#tensors--;
  }

  unary(op: UnaryOp, a: TensorInfo): TensorInfo | undefined {
    if (op === 'sin' || op === 'cos') return this.#sines(a, op);
    const code = unaryCodes[op];
    if (code === undefined) return undefined;
    const [rows, cols] = sizeOf(a);
    const out = this.alloc(rows, cols);
    this.#kernels.unary({ op: code, out: addressOf(out), x: addressOf(a), count: rows * cols });
    return out;
  }

  binary(op: BinaryOp, a: TensorInfo, b: TensorInfo, rows: number, cols: number): TensorInfo | undefined {
    const code = binaryCodes[op];
    return code === undefined ? undefined : this.#broadcast(code, a, b, rows, cols);
  }

  /** What lies beyond the kernel's range is JavaScript's. */
  #sines(a: TensorInfo, op: 'sin' | 'cos'): TensorInfo {
    const out = this.alloc(...sizeOf(a));
    const given = { out: addressOf(out), x: addressOf(a), count: elements(a), cosine: op === 'cos' ? 1 : 0 };
    if (this.#kernels.sines(given) > 0) {
      const [x, y] = [this.view(a), this.view(out)];
      for (let k = 0; k < x.length; k++) {
        const angle = x[k] as number;
        if (!(Math.abs(angle) < LARGEST_ANGLE)) y[k] = Math[op](angle);
      }
    }
    return out;
  }

  select(mask: TensorInfo, a: TensorInfo, b: TensorInfo, rows: number, cols: number): TensorInfo {
    const out = this.alloc(rows, cols);
    const [m, x, y] = [new Lane(mask), new Lane(a), new Lane(b)];
    this.#kernels.select({
      out: addressOf(out),
      rows,
      cols,
      mask: m.address,
      maskDown: m.down,
      maskRight: m.right,
      x: x.address,
      xDown: x.down,
      xRight: x.right,
      y: y.address,
      yDown: y.down,
      yRight: y.right,
    });
    return out;
  }

  #broadcast(op: number, a: TensorInfo, b: TensorInfo, rows: number, cols: number): TensorInfo {
    const out = this.alloc(rows, cols);
    const [x, y] = [new Lane(a), new Lane(b)];
    // Matrices of the result's own shape, and numbers, are run through as one long row.
    const flat = [x, y].every((lane) => lane.single || lane.full(rows, cols));
    this.#kernels.binary({
      op,
      out: addressOf(out),
      rows: flat ? 1 : rows,
      cols: flat ? rows * cols : cols,
      x: x.address,
      xDown: x.down,
      xRight: x.single ? 0 : flat ? 1 : x.right,
      y: y.address,
      yDown: y.down,
      yRight: y.single ? 0 : flat ? 1 : y.right,
    });
    return out;
  }

  reduce(op: 'sum' | 'max' | 'min', a: TensorInfo, dims: Dims): TensorInfo {
    const out = this.alloc(dims === 2 ? sizeOf(a)[0] : 1, dims === 1 ? sizeOf(a)[1] : 1);
    const given = { ...reduction(a, dims), out: addressOf(out) };
    const largest = op === 'max' ? 1 : 0;
    if (op === 'sum') this.#kernels[dims === 1 ? 'columnSums' : 'rowSums'](given);
    else this.#kernels[dims === 1 ? 'columnExtremes' : 'rowExtremes']({ ...given, largest });
    return out;
  }

  argreduce(op: 'max' | 'min', a: TensorInfo, dims: Dims): TensorInfo {
    const out = this.reduce(op, a, dims);
    const given = { ...reduction(a, dims), out: addressOf(out) };
    this.#kernels[dims === 1 ? 'columnFirsts' : 'rowFirsts'](given);
    return out;
  }

  gather(a: TensorInfo, index: TensorInfo): TensorInfo {
    const [rows, cols] = sizeOf(index);
    const out = this.alloc(rows, cols);
    const given = { out: addressOf(out), x: addressOf(a), index: addressOf(index) };
    this.#kernels.gather({ ...given, size: elements(a), count: rows * cols });
    return out;
  }

  scatterAdd(values: TensorInfo, index: TensorInfo, rows: number, cols: number): TensorInfo {
    const size = rows * cols;
    const sums = this.#heap.take(Float64Array.BYTES_PER_ELEMENT * size);
    try {
      const out = this.alloc(rows, cols);
      const given = { out: addressOf(out), sums, size, values: addressOf(values), index: addressOf(index) };
      this.#kernels.scatterAdd({ ...given, count: elements(values) });
      return out;
    } finally {
      this.#heap.give(sums);
    }
  }

  transpose(x: TensorInfo): TensorInfo {
    const [rows, cols] = sizeOf(x);
    const of = storedOf(x);
    if (rows === 1 || cols === 1) {
      this.retain(x);
      return { dataId: of, shape: [cols, rows], dtype: x.dtype };
    }
    const out = this.alloc(cols, rows);
    this.#kernels.transpose({ to: addressOf(out), x: of.address, rows, cols });
    storedOf(out).turned = { of, rows: cols, cols: rows };
    return out;
  }

  /**
   * A B, centred as `matmulCentred` tells. A matrix times its own transpose is computed to one side of the diagonal and copied to the other: it is
   * exactly symmetric.
   */
  matmul(a: TensorInfo, b: TensorInfo): TensorInfo {
    const [rows, inner] = sizeOf(a);
    const [, cols] = sizeOf(b);
    // A column times a row: nothing is added up.
    if (inner === 1) return this.#broadcast(codes.MUL, a, b, rows, cols);
    if (inner > LONG && rows * cols * inner <= SMALL) return productInDouble(this, a, b);
    this.#work ||= this.#heap.take(WORK_BYTES);
    const symmetric = isTransposeOf(a, b) || isTransposeOf(b, a);
    // The rows of A are then the columns of B, and of them only one is looked at.
    const doubles = this.#heap.take(Float64Array.BYTES_PER_ELEMENT * (3 * rows + 2 * cols));
    try {
      const right = { sums: doubles, squares: doubles + 8 * cols };
      const left = symmetric ? right : { sums: doubles + 16 * cols, squares: doubles + 16 * cols + 8 * rows };
      const rests = doubles + 16 * cols + 16 * rows;
      const most = this.#kernels.columnTotals({ ...right, x: addressOf(b), rows: inner, cols });
      const mostLeft = symmetric ? most : this.#kernels.rowTotals({ ...left, x: addressOf(a), rows, cols: inner });
      if (!(Math.sqrt(most) * Math.sqrt(mostLeft) < SINGLE_MAX)) return productInDouble(this, a, b);
      const out = this.alloc(rows, cols);
      const given = { c: addressOf(out), rows, cols, upper: symmetric ? 1 : 0 };
      const factors = { a: addressOf(a), b: addressOf(b), inner, work: this.#work };
      // The centres take the place of the squares.
      const centres = { p: left.squares, q: right.squares };
      if (inner < CENTRE_FROM || !this.#centre(left, rows, right, cols, rests, inner)) {
        this.#kernels.product({ ...given, ...factors, p: 0, q: 0 });
      } else {
        this.#kernels.product({ ...given, ...factors, ...centres });
        this.#kernels.addCentres({ ...given, ...centres, rests, sums: right.sums });
      }
      if (symmetric) this.#kernels.mirror({ x: given.c, size: rows });
      return out;
    } finally {
      this.#heap.give(doubles);
    }
  }

  /**
   * Turns sums of squares into centres, in single precision and in the same place, and says whether any is not 0. `rests` is what the rows of the left
   * factor then still add up to.
   */
  #centre(left: Totals, rows: number, right: Totals, cols: number, rests: number, inner: number): boolean {
    const { buffer } = this.#heap.memory;
    let any = false;
    const centresOf = ({ sums, squares }: Totals, count: number): Float32Array => {
      const total = new Float64Array(buffer, sums, count);
      const square = new Float64Array(buffer, squares, count);
      const centres = new Float32Array(buffer, squares, count);
      for (let k = 0; k < count; k++) {
        // What is written lies before what is still to be read.
        const centre = coarse(total[k] as number, square[k] as number, inner);
        centres[k] = centre;
        any ||= centre !== 0;
      }
      return centres;
    };
    const centres = centresOf(left, rows);
    if (right !== left) centresOf(right, cols);
    const rest = new Float64Array(buffer, rests, rows);
    const total = new Float64Array(buffer, left.sums, rows);
    for (let i = 0; i < rows; i++) rest[i] = (total[i] as number) - inner * (centres[i] as number);
    return any;
  }

  tensors(): number {
    return this.#tensors;
  }

  dispose(): void {
    // The memory goes with the object.
  }
}

/** Addresses of doubles: the sums of rows or columns, and of their squares. */
interface Totals {
  readonly sums: number;
  readonly squares: number;
}

function storedOf({ dataId }: TensorInfo): Stored {
  if (dataId instanceof Stored) return dataId;
  throw new TypeError('a tensor of another backend');
}

function elements(a: TensorInfo): number {
  const [rows, cols] = sizeOf(a);
  return rows * cols;
}

/** The matrix that a kernel reduces by rows or columns: for 'all' it is one row. */
function reduction(a: TensorInfo, dims: Dims): { x: number; rows: number; cols: number } {
  const [rows, cols] = sizeOf(a);
  return { x: addressOf(a), ...(dims === 'all' ? { rows: 1, cols: rows * cols } : { rows, cols }) };
}

function addressOf(a: TensorInfo): number {
  return storedOf(a).address;
}

/** Whether `a` was made as the transpose of `b`, and both still have the shapes that they had. */
function isTransposeOf(a: TensorInfo, b: TensorInfo): boolean {
  const { turned } = storedOf(a);
  const [rows, cols] = sizeOf(a);
  const [bRows, bCols] = sizeOf(b);
  return turned?.of === storedOf(b) && turned.rows === rows && turned.cols === cols && bRows === cols && bCols === rows;
}

/** A matrix as an operand that is broadcast: a step of 0 along a dimension of size 1. */
class Lane {
  readonly address: number;
  readonly down: number;
  readonly right: number;
  readonly #rows: number;
  readonly #cols: number;

  constructor(a: TensorInfo) {
    const [rows, cols] = sizeOf(a);
    this.address = addressOf(a);
    this.down = rows === 1 ? 0 : cols;
    this.right = cols === 1 ? 0 : 1;
    this.#rows = rows;
    this.#cols = cols;
  }

  get single(): boolean {
    return this.#rows === 1 && this.#cols === 1;
  }

  full(rows: number, cols: number): boolean {
    return this.#rows === rows && this.#cols === cols;
  }
}
