import type { TensorInfo } from '@tensorflow/tfjs-core';
import { above, below, binaryFunctions, unaryFunctions } from './scalar.ts';
import { sizeOf } from './tfjs-device.ts';
import type { Device, HostBackend } from './tfjs-device.ts';
import type { BinaryOp, Dims, EngineName, UnaryOp } from './engine.ts';

type Numbers = Float32Array;

/**
 * The primitives as loops over the backend's memory, with the backend's kernels where they are faster and mean the same.
 * The loops give the reference engine's semantics (NaN, ties, signs) exactly, and reductions add up in float64.
 */
export class HostDevice implements Device {
  readonly name: EngineName;
  readonly #backend: HostBackend;

  constructor(backend: HostBackend) {
    this.#backend = backend;
    this.name = backend.name;
  }

  write(data: Float32Array, rows: number, cols: number): TensorInfo {
    return this.#fresh(rows, cols, (out) => out.set(data));
  }

  fill(value: number, rows: number, cols: number): TensorInfo {
    return this.#fresh(rows, cols, (out) => out.fill(value));
  }

  read(a: TensorInfo): Float32Array {
    return this.#backend.view(a);
  }

  release(a: TensorInfo): void {
    this.#backend.release(a);
  }

  unary(op: UnaryOp, a: TensorInfo): TensorInfo {
    const native = this.#backend.unary?.(op, a);
    if (native) return native;
    const [rows, cols] = sizeOf(a);
    if (op === 'neg') {
      return this.#fresh(rows, cols, (out) => {
        const x = this.#backend.view(a);
        for (let k = 0; k < out.length; k++) out[k] = -(x[k] as number);
      });
    }
    const f = unaryFunctions[op];
    return this.#fresh(rows, cols, (out) => {
      const x = this.#backend.view(a);
      for (let k = 0; k < out.length; k++) out[k] = f(x[k] as number);
    });
  }

  binary(op: BinaryOp, a: TensorInfo, b: TensorInfo, rows: number, cols: number): TensorInfo {
    const native = this.#backend.binary?.(op, a, b, rows, cols);
    if (native) return native;
    const f = binaryLoops[op] ?? loopOf(binaryFunctions[op]);
    return this.#fresh(rows, cols, (out) => {
      const [x, y] = [this.#lane(a), this.#lane(b)];
      for (let i = 0; i < rows; i++) {
        f(out, i * cols, cols, x.data, i * x.down, x.right, y.data, i * y.down, y.right);
      }
    });
  }

  select(mask: TensorInfo, a: TensorInfo, b: TensorInfo, rows: number, cols: number): TensorInfo {
    const native = this.#backend.select?.(mask, a, b, rows, cols);
    if (native) return native;
    return this.#fresh(rows, cols, (out) => {
      const [m, x, y] = [this.#lane(mask), this.#lane(a), this.#lane(b)];
      for (let i = 0, at = 0; i < rows; i++) {
        for (let j = 0; j < cols; j++, at++) {
          const from = m.data[i * m.down + j * m.right] === 0 ? y : x;
          out[at] = from.data[i * from.down + j * from.right] as number;
        }
      }
    });
  }

  matmul(a: TensorInfo, b: TensorInfo): TensorInfo {
    return this.#backend.matmul(a, b);
  }

  transpose(a: TensorInfo): TensorInfo {
    return this.#backend.transpose(a);
  }

  reduce(op: 'sum' | 'max' | 'min', a: TensorInfo, dims: Dims): TensorInfo {
    const native = this.#backend.reduce?.(op, a, dims);
    if (native) return native;
    const [rows, cols] = sizeOf(a);
    const x = this.#backend.view(a);
    // -0.0 + x is x for every x, -0.0 too.
    const sums = new Float64Array(dims === 1 ? cols : dims === 2 ? rows : 1).fill(-0);
    if (op === 'sum') sum(sums, x, rows, cols, dims);
    else extreme(sums, x, rows, cols, dims, op === 'max' ? 1 : -1);
    return this.#reduced(sums, dims);
  }

  argreduce(op: 'max' | 'min', a: TensorInfo, dims: Dims): TensorInfo {
    const native = this.#backend.argreduce?.(op, a, dims);
    if (native) return native;
    const [rows, cols] = sizeOf(a);
    const x = this.#backend.view(a);
    const best = new Float64Array(dims === 1 ? cols : dims === 2 ? rows : 1).fill(-1);
    const better = op === 'max' ? above : below;
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++, at++) {
        const to = dims === 1 ? j : dims === 2 ? i : 0;
        const before = best[to] as number;
        if (before < 0 || better(x[at] as number, x[before] as number)) best[to] = at;
      }
    }
    return this.#reduced(best, dims);
  }

  reshape(a: TensorInfo, rows: number, cols: number): TensorInfo {
    this.#backend.retain(a);
    return { dataId: a.dataId, shape: [rows, cols], dtype: a.dtype };
  }

  slice(a: TensorInfo, row: number, col: number, rows: number, cols: number): TensorInfo {
    const [, width] = sizeOf(a);
    return this.#fresh(rows, cols, (out) =>
      copyBlock(this.#backend.view(a), row * width + col, width, out, 0, cols, rows, cols),
    );
  }

  pad(a: TensorInfo, row: number, col: number, rows: number, cols: number): TensorInfo {
    const [height, width] = sizeOf(a);
    return this.#fresh(rows, cols, (out) => {
      out.fill(0);
      copyBlock(this.#backend.view(a), 0, width, out, row * cols + col, cols, height, width);
    });
  }

  join(a: TensorInfo, b: TensorInfo, dims: 1 | 2): TensorInfo {
    const [aRows, aCols] = sizeOf(a);
    const [bRows, bCols] = sizeOf(b);
    const [rows, cols] = dims === 1 ? [aRows + bRows, aCols] : [aRows, aCols + bCols];
    return this.#fresh(rows, cols, (out) => {
      copyBlock(this.#backend.view(a), 0, aCols, out, 0, cols, aRows, aCols);
      copyBlock(this.#backend.view(b), 0, bCols, out, dims === 1 ? aRows * cols : aCols, cols, bRows, bCols);
    });
  }

  gather(a: TensorInfo, index: TensorInfo): TensorInfo {
    const native = this.#backend.gather?.(a, index);
    if (native) return native;
    const [rows, cols] = sizeOf(index);
    return this.#fresh(rows, cols, (out) => {
      const x = this.#backend.view(a);
      const at = this.#backend.view(index);
      for (let k = 0; k < out.length; k++) {
        const from = at[k] as number;
        // Anything but a whole number would be looked up as a property's name, a thousand times slower.
        const whole = from | 0;
        out[k] = whole === from ? (x[whole] ?? NaN) : NaN;
      }
    });
  }

  scatterAdd(values: TensorInfo, index: TensorInfo, rows: number, cols: number): TensorInfo {
    const native = this.#backend.scatterAdd?.(values, index, rows, cols);
    if (native) return native;
    const sums = scatter(this.#backend.view(values), this.#backend.view(index), rows * cols);
    return this.#fresh(rows, cols, (out) => out.set(sums));
  }

  tensors(): number {
    return this.#backend.tensors();
  }

  dispose(): void {
    this.#backend.dispose();
  }

  #fresh(rows: number, cols: number, write: (out: Numbers) => void): TensorInfo {
    const info = this.#backend.alloc(rows, cols);
    write(this.#backend.view(info));
    return info;
  }

  #reduced(values: Float64Array, dims: Dims): TensorInfo {
    return this.#fresh(dims === 2 ? values.length : 1, dims === 1 ? values.length : 1, (out) => out.set(values));
  }

  #lane(a: TensorInfo): Lane {
    const [rows, cols] = sizeOf(a);
    return { data: this.#backend.view(a), down: rows === 1 ? 0 : cols, right: cols === 1 ? 0 : 1 };
  }
}

/** A matrix as a broadcast operand: a step of 0 along a dimension of size 1. */
interface Lane {
  readonly data: Numbers;
  readonly down: number;
  readonly right: number;
}

/** out[at ..] = x[p], x[p + dp] ... with y[q], y[q + dq] ..., `count` times. */
type RowLoop = (
  out: Numbers,
  at: number,
  count: number,
  x: Numbers,
  p: number,
  dp: number,
  y: Numbers,
  q: number,
  dq: number,
) => void;

/** A loop of its own for each operation that pictures are made of: called through one function they would share its speed. */
const binaryLoops: Partial<Record<BinaryOp, RowLoop>> = {
  add: (out, at, count, x, p, dp, y, q, dq) => {
    for (const end = at + count; at < end; at++, p += dp, q += dq) out[at] = (x[p] as number) + (y[q] as number);
  },
  sub: (out, at, count, x, p, dp, y, q, dq) => {
    for (const end = at + count; at < end; at++, p += dp, q += dq) out[at] = (x[p] as number) - (y[q] as number);
  },
  mul: (out, at, count, x, p, dp, y, q, dq) => {
    for (const end = at + count; at < end; at++, p += dp, q += dq) out[at] = (x[p] as number) * (y[q] as number);
  },
  div: (out, at, count, x, p, dp, y, q, dq) => {
    for (const end = at + count; at < end; at++, p += dp, q += dq) out[at] = (x[p] as number) / (y[q] as number);
  },
};

function loopOf(f: (a: number, b: number) => number): RowLoop {
  return (out, at, count, x, p, dp, y, q, dq) => {
    for (const end = at + count; at < end; at++, p += dp, q += dq) out[at] = f(x[p] as number, y[q] as number);
  };
}

function sum(out: Float64Array, x: Numbers, rows: number, cols: number, dims: Dims): void {
  for (let i = 0, at = 0; i < rows; i++) {
    if (dims === 1) {
      for (let j = 0; j < cols; j++, at++) out[j] = (out[j] as number) + (x[at] as number);
      continue;
    }
    let total = -0;
    for (const end = at + cols; at < end; at++) total += x[at] as number;
    const to = dims === 2 ? i : 0;
    out[to] = (out[to] as number) + total;
  }
}

/** Maximum (sign 1) or minimum (sign -1); NaN wins, as in Julia. */
function extreme(out: Float64Array, x: Numbers, rows: number, cols: number, dims: Dims, sign: 1 | -1): void {
  out.fill(-sign * Infinity);
  const join = sign === 1 ? Math.max : Math.min;
  for (let i = 0, at = 0; i < rows; i++) {
    if (dims === 1) {
      for (let j = 0; j < cols; j++, at++) out[j] = join(out[j] as number, x[at] as number);
      continue;
    }
    const to = dims === 2 ? i : 0;
    out[to] = join(out[to] as number, sign === 1 ? highest(x, at, cols) : lowest(x, at, cols));
    at += cols;
  }
}

function highest(x: Numbers, at: number, count: number): number {
  let most = -Infinity;
  for (const end = at + count; at < end; at++) most = Math.max(most, x[at] as number);
  return most;
}

function lowest(x: Numbers, at: number, count: number): number {
  let least = Infinity;
  for (const end = at + count; at < end; at++) least = Math.min(least, x[at] as number);
  return least;
}

function copyBlock(
  from: Numbers,
  start: number,
  fromWidth: number,
  to: Numbers,
  at: number,
  toWidth: number,
  rows: number,
  cols: number,
): void {
  for (let i = 0; i < rows; i++)
    to.set(from.subarray(start + i * fromWidth, start + i * fromWidth + cols), at + i * toWidth);
}

/** Zeros with values added at flat indices, in float64; indices outside are dropped. */
export function scatter(values: Numbers, index: Numbers, size: number): Float64Array {
  const out = new Float64Array(size);
  for (let k = 0; k < index.length; k++) {
    const at = index[k] as number;
    const whole = at | 0;
    if (whole === at && whole >= 0 && whole < size) out[whole] = (out[whole] as number) + (values[k] as number);
  }
  return out;
}
