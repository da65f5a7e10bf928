import { matmul, transpose } from './matmul.ts';
import { mapBinary, mapUnary } from './elementwise.ts';
import type { OperandLane } from './elementwise.ts';
import {
  broadcastShape,
  checkBlock,
  checkMatmul,
  checkReshape,
  checkScatter,
  checkSize,
  concatShape,
  reducedShape,
} from './shape.ts';
import { above, below } from './scalar.ts';
import { MatrixError } from './engine.ts';
import type { BinaryOp, Buffer, Dims, Engine, UnaryOp } from './engine.ts';

/** Float64, row-major. Never written to once made: buffers may share their numbers. */
class Dense implements Buffer {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
  constructor(data: Float64Array, rows: number, cols: number) {
    this.data = data;
    this.rows = rows;
    this.cols = cols;
  }
}

/**
 * The engine that defines what is right: float64, plain TypeScript, no dependency, in Node and in the browser.
 * The site's static pictures come from it; the other engines are compared with it.
 */
export class ReferenceEngine implements Engine {
  readonly name = 'reference';
  readonly float = 64;

  upload(data: ArrayLike<number>, rows: number, cols: number): Buffer {
    checkSize(rows, cols);
    if (data.length !== rows * cols) {
      throw new MatrixError('DimensionMismatch', `${data.length} numbers do not fill a ${rows}×${cols} matrix`);
    }
    return new Dense(Float64Array.from(data), rows, cols);
  }

  fill(value: number, rows: number, cols: number): Buffer {
    checkSize(rows, cols);
    return new Dense(new Float64Array(rows * cols).fill(value), rows, cols);
  }

  download(a: Buffer): Float64Array {
    return dense(a).data.slice();
  }

  unary(op: UnaryOp, a: Buffer): Buffer {
    return new Dense(mapUnary(op, dense(a).data), a.rows, a.cols);
  }

  binary(op: BinaryOp, a: Buffer, b: Buffer): Buffer {
    const { rows, cols } = broadcastShape(a, b);
    return new Dense(mapBinary(op, lane(a), lane(b), rows, cols), rows, cols);
  }

  select(mask: Buffer, a: Buffer, b: Buffer): Buffer {
    const { rows, cols } = broadcastShape(mask, a, b);
    const [m, x, y] = [lane(mask), lane(a), lane(b)];
    const out = new Float64Array(rows * cols);
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++, at++) {
        const from = m.data[i * m.down + j * m.right] !== 0 ? x : y;
        out[at] = from.data[i * from.down + j * from.right] as number;
      }
    }
    return new Dense(out, rows, cols);
  }

  matmul(a: Buffer, b: Buffer): Buffer {
    checkMatmul(a, b);
    return new Dense(matmul(dense(a).data, dense(b).data, a.rows, a.cols, b.cols), a.rows, b.cols);
  }

  transpose(a: Buffer): Buffer {
    return new Dense(transpose(dense(a).data, a.rows, a.cols), a.cols, a.rows);
  }

  reduce(op: 'sum' | 'max' | 'min', a: Buffer, dims: Dims): Buffer {
    const { rows, cols } = reducedShape(a, dims);
    const out = new Float64Array(rows * cols).fill(op === 'sum' ? zeroOf(a) : op === 'max' ? -Infinity : Infinity);
    const { down, right } = lane({ rows, cols, data: out });
    if (op === 'sum') sumInto(out, down, right, dense(a));
    else foldInto(out, down, right, dense(a), op === 'max' ? Math.max : Math.min);
    return new Dense(out, rows, cols);
  }

  argreduce(op: 'max' | 'min', a: Buffer, dims: Dims): Buffer {
    const { rows, cols } = reducedShape(a, dims);
    const out = new Float64Array(rows * cols).fill(-1);
    const { down, right } = lane({ rows, cols, data: out });
    const data = dense(a).data;
    const better = op === 'max' ? above : below;
    for (let i = 0, at = 0; i < a.rows; i++) {
      for (let j = 0; j < a.cols; j++, at++) {
        const to = i * down + j * right;
        const best = out[to] as number;
        if (best < 0 || better(data[at] as number, data[best] as number)) out[to] = at;
      }
    }
    return new Dense(out, rows, cols);
  }

  reshape(a: Buffer, rows: number, cols: number): Buffer {
    checkReshape(a, rows, cols);
    return new Dense(dense(a).data, rows, cols);
  }

  slice(a: Buffer, row: number, col: number, rows: number, cols: number): Buffer {
    checkBlock(a, row, col, rows, cols);
    const data = dense(a).data;
    const out = new Float64Array(rows * cols);
    for (let i = 0; i < rows; i++) {
      const from = (row + i) * a.cols + col;
      out.set(data.subarray(from, from + cols), i * cols);
    }
    return new Dense(out, rows, cols);
  }

  pad(a: Buffer, row: number, col: number, rows: number, cols: number): Buffer {
    checkSize(rows, cols);
    checkBlock({ rows, cols }, row, col, a.rows, a.cols);
    const out = new Float64Array(rows * cols);
    place(dense(a), out, row, col, cols);
    return new Dense(out, rows, cols);
  }

  concat(parts: readonly Buffer[], dims: 1 | 2): Buffer {
    const { rows, cols } = concatShape(parts, dims);
    const out = new Float64Array(rows * cols);
    let at = 0;
    for (const part of parts) {
      place(dense(part), out, dims === 1 ? at : 0, dims === 1 ? 0 : at, cols);
      at += dims === 1 ? part.rows : part.cols;
    }
    return new Dense(out, rows, cols);
  }

  gather(a: Buffer, index: Buffer): Buffer {
    const data = dense(a).data;
    const out = dense(index).data.map((at) => data[at] ?? NaN);
    return new Dense(out, index.rows, index.cols);
  }

  scatterAdd(values: Buffer, index: Buffer, rows: number, cols: number): Buffer {
    checkScatter(values, index, rows, cols);
    const from = dense(values).data;
    const to = dense(index).data;
    const out = new Float64Array(rows * cols);
    for (let k = 0; k < to.length; k++) {
      const at = to[k] as number;
      out[at] = (out[at] as number) + (from[k] as number);
    }
    return new Dense(out, rows, cols);
  }

  tidy<T>(work: () => T): T {
    return work();
  }

  sweep(): void {
    // The garbage collector's work.
  }

  free(): void {
    // The garbage collector's work.
  }

  memory(): { buffers: number; bytes: number } {
    return { buffers: 0, bytes: 0 };
  }

  dispose(): void {
    // Nothing is held.
  }
}

/** Where a sum starts: -0.0 + x is x for every x, -0.0 too; a sum of nothing is 0.0. */
function zeroOf(a: Buffer): number {
  return a.rows * a.cols === 0 ? 0 : -0;
}

function dense(buffer: Buffer): Dense {
  if (buffer instanceof Dense) return buffer;
  throw new TypeError('a buffer of another engine was handed to the reference engine');
}

function lane(a: Buffer & { data?: Float64Array }): OperandLane {
  return {
    data: a.data ?? dense(a).data,
    down: a.rows === 1 ? 0 : a.cols,
    right: a.cols === 1 ? 0 : 1,
  };
}

function sumInto(out: Float64Array, down: number, right: number, a: Dense): void {
  for (let i = 0, at = 0; i < a.rows; i++) {
    let to = i * down;
    for (let j = 0; j < a.cols; j++, at++, to += right) out[to] = (out[to] as number) + (a.data[at] as number);
  }
}

function foldInto(
  out: Float64Array,
  down: number,
  right: number,
  a: Dense,
  join: (x: number, y: number) => number,
): void {
  for (let i = 0, at = 0; i < a.rows; i++) {
    let to = i * down;
    for (let j = 0; j < a.cols; j++, at++, to += right) out[to] = join(out[to] as number, a.data[at] as number);
  }
}

function place(part: Dense, out: Float64Array, row: number, col: number, cols: number): void {
  for (let i = 0; i < part.rows; i++) {
    out.set(part.data.subarray(i * part.cols, (i + 1) * part.cols), (row + i) * cols + col);
  }
}
