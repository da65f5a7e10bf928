import type { TensorInfo } from '@tensorflow/tfjs-core';
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
import { MatrixError } from './engine.ts';
import type { BinaryOp, Buffer, Dims, Engine, EngineName, UnaryOp } from './engine.ts';
import { EngineLost } from './tfjs-device.ts';
import type { Device } from './tfjs-device.ts';

/** Beyond this many elements a float32 can no longer name every flat index. */
const MAX_INDEXED = 2 ** 24;

/** `info` is null where there are no elements, and once the buffer has been freed. */
class TfjsBuffer implements Buffer {
  readonly rows: number;
  readonly cols: number;
  info: TensorInfo | null;
  constructor(info: TensorInfo | null, rows: number, cols: number) {
    this.info = info;
    this.rows = rows;
    this.cols = cols;
  }
  get empty(): boolean {
    return this.rows * this.cols === 0;
  }
}

/**
 * An engine over one tfjs backend, float32. Checks shapes, answers for matrices without elements (which backends handle
 * unevenly), and keeps the books: tfjs memory is not the garbage collector's, so every buffer is counted until freed.
 */
export class TfjsEngine implements Engine {
  readonly name: EngineName;
  readonly float = 32;
  readonly #device: Device;
  readonly #live = new Set<TfjsBuffer>();
  #bytes = 0;
  /** Set by a memory fault: whatever the backend holds may be anything from then on, and it is not called again. */
  #lost: EngineLost | null = null;
  /** What each open scope has made, innermost last. */
  readonly #scopes: Set<TfjsBuffer>[] = [];

  constructor(device: Device) {
    this.#device = device;
    this.name = device.name;
  }

  upload(data: ArrayLike<number>, rows: number, cols: number): Buffer {
    checkSize(rows, cols);
    if (data.length !== rows * cols) {
      throw new MatrixError('DimensionMismatch', `${data.length} numbers do not fill a ${rows}×${cols} matrix`);
    }
    return this.#make(rows, cols, () => this.#device.write(new Float32Array(data), rows, cols));
  }

  fill(value: number, rows: number, cols: number): Buffer {
    checkSize(rows, cols);
    return this.#make(rows, cols, () => this.#device.fill(value, rows, cols));
  }

  download(a: Buffer): Float64Array {
    const buffer = this.#own(a);
    return buffer.empty ? new Float64Array() : this.#call(() => new Float64Array(this.#device.read(infoOf(buffer))));
  }

  unary(op: UnaryOp, a: Buffer): Buffer {
    return this.#make(a.rows, a.cols, () => this.#device.unary(op, this.#info(a)));
  }

  binary(op: BinaryOp, a: Buffer, b: Buffer): Buffer {
    const { rows, cols } = broadcastShape(a, b);
    return this.#make(rows, cols, () => this.#device.binary(op, this.#info(a), this.#info(b), rows, cols));
  }

  select(mask: Buffer, a: Buffer, b: Buffer): Buffer {
    const { rows, cols } = broadcastShape(mask, a, b);
    return this.#make(rows, cols, () =>
      this.#device.select(this.#info(mask), this.#info(a), this.#info(b), rows, cols),
    );
  }

  matmul(a: Buffer, b: Buffer): Buffer {
    checkMatmul(a, b);
    if (a.cols === 0) return this.fill(0, a.rows, b.cols);
    return this.#make(a.rows, b.cols, () => this.#device.matmul(this.#info(a), this.#info(b)));
  }

  transpose(a: Buffer): Buffer {
    return this.#make(a.cols, a.rows, () => this.#device.transpose(this.#info(a)));
  }

  reduce(op: 'sum' | 'max' | 'min', a: Buffer, dims: Dims): Buffer {
    const { rows, cols } = reducedShape(a, dims);
    if (this.#own(a).empty) return this.fill(op === 'sum' ? 0 : op === 'max' ? -Infinity : Infinity, rows, cols);
    return this.#make(rows, cols, () => this.#device.reduce(op, this.#info(a), dims));
  }

  argreduce(op: 'max' | 'min', a: Buffer, dims: Dims): Buffer {
    const { rows, cols } = reducedShape(a, dims);
    if (this.#own(a).empty) return this.fill(-1, rows, cols);
    checkIndexed(a.rows, a.cols);
    return this.#make(rows, cols, () => this.#device.argreduce(op, this.#info(a), dims));
  }

  reshape(a: Buffer, rows: number, cols: number): Buffer {
    checkReshape(a, rows, cols);
    return this.#make(rows, cols, () => this.#device.reshape(this.#info(a), rows, cols));
  }

  slice(a: Buffer, row: number, col: number, rows: number, cols: number): Buffer {
    checkBlock(a, row, col, rows, cols);
    return this.#make(rows, cols, () => this.#device.slice(this.#info(a), row, col, rows, cols));
  }

  pad(a: Buffer, row: number, col: number, rows: number, cols: number): Buffer {
    checkSize(rows, cols);
    checkBlock({ rows, cols }, row, col, a.rows, a.cols);
    if (this.#own(a).empty) return this.fill(0, rows, cols);
    return this.#make(rows, cols, () => this.#device.pad(this.#info(a), row, col, rows, cols));
  }

  concat(parts: readonly Buffer[], dims: 1 | 2): Buffer {
    const { rows, cols } = concatShape(parts, dims);
    return this.#make(rows, cols, () => {
      const infos = parts.filter((part) => !this.#own(part).empty).map((part) => this.#info(part));
      return this.#joinAll(infos, dims);
    });
  }

  gather(a: Buffer, index: Buffer): Buffer {
    if (this.#own(a).empty) return this.fill(NaN, index.rows, index.cols);
    checkIndexed(a.rows, a.cols);
    return this.#make(index.rows, index.cols, () => this.#device.gather(this.#info(a), this.#info(index)));
  }

  scatterAdd(values: Buffer, index: Buffer, rows: number, cols: number): Buffer {
    checkScatter(values, index, rows, cols);
    if (this.#own(values).empty) return this.fill(0, rows, cols);
    checkIndexed(rows, cols);
    return this.#make(rows, cols, () => this.#device.scatterAdd(this.#info(values), this.#info(index), rows, cols));
  }

  tidy<T>(work: () => T, keep: (result: T) => Iterable<Buffer>): T {
    const scope = new Set<TfjsBuffer>();
    this.#scopes.push(scope);
    let result: T;
    try {
      result = work();
      const outer = this.#scopes[this.#scopes.length - 2];
      for (const kept of keep(result)) {
        const buffer = this.#own(kept);
        if (scope.delete(buffer)) outer?.add(buffer);
      }
    } finally {
      this.#scopes.pop();
      this.free(scope);
    }
    return result;
  }

  sweep(keep: Iterable<Buffer>): void {
    const kept = new Set(Array.from(keep, (buffer) => this.#own(buffer)));
    this.free([...(this.#scopes.at(-1) ?? [])].filter((buffer) => !kept.has(buffer)));
  }

  free(buffers: Iterable<Buffer>): void {
    for (const each of buffers) {
      const buffer = this.#own(each);
      if (!this.#live.delete(buffer)) continue;
      this.#bytes -= bytesOf(buffer);
      for (const scope of this.#scopes) scope.delete(buffer);
      const { info } = buffer;
      buffer.info = null;
      if (info && !this.#lost) this.#call(() => this.#device.release(info));
    }
  }

  memory(): { buffers: number; bytes: number } {
    return { buffers: this.#live.size, bytes: this.#bytes };
  }

  /** Tensors held by the backend itself, for leak tests. */
  tensors(): number {
    return this.#device.tensors();
  }

  dispose(): void {
    this.free([...this.#live]);
    if (!this.#lost) this.#device.dispose();
  }

  /**
   * Calls the backend. A trap of WebAssembly is the engine's loss.
   * @throws EngineLost then, and for every call after it
   */
  #call<T>(work: () => T): T {
    if (this.#lost) throw this.#lost;
    try {
      return work();
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        this.#lost = new EngineLost(this.name, `a fault in its memory: ${error.message}`);
      } else if (error instanceof EngineLost) this.#lost = error;
      throw this.#lost ?? error;
    }
  }

  #make(rows: number, cols: number, compute: () => TensorInfo): Buffer {
    const buffer = new TfjsBuffer(rows * cols === 0 ? null : this.#call(compute), rows, cols);
    this.#live.add(buffer);
    this.#bytes += bytesOf(buffer);
    this.#scopes[this.#scopes.length - 1]?.add(buffer);
    return buffer;
  }

  /** Joins in pairs, so that no element is copied more than log2(parts) times. */
  #joinAll(parts: readonly TensorInfo[], dims: 1 | 2): TensorInfo {
    const [first, second] = parts;
    if (!first) throw new MatrixError('ArgumentError', 'nothing to concatenate');
    if (!second) return this.#device.reshape(first, first.shape[0] ?? 1, first.shape[1] ?? 1);
    if (parts.length === 2) return this.#device.join(first, second, dims);
    const half = parts.length >> 1;
    const left = this.#joinAll(parts.slice(0, half), dims);
    const right = this.#joinAll(parts.slice(half), dims);
    const joined = this.#device.join(left, right, dims);
    this.#device.release(left);
    this.#device.release(right);
    return joined;
  }

  #own(a: Buffer): TfjsBuffer {
    if (a instanceof TfjsBuffer) return a;
    throw new TypeError(`a buffer of another engine was handed to ${this.name}`);
  }

  #info(a: Buffer): TensorInfo {
    return infoOf(this.#own(a));
  }
}

function infoOf(buffer: TfjsBuffer): TensorInfo {
  if (buffer.info) return buffer.info;
  throw new TypeError('a buffer was used after it had been freed');
}

function bytesOf(a: Buffer): number {
  return a.rows * a.cols * Float32Array.BYTES_PER_ELEMENT;
}

/** @throws MatrixError OutOfMemoryError where a flat index would not fit a float32. */
function checkIndexed(rows: number, cols: number): void {
  if (rows * cols > MAX_INDEXED) {
    throw new MatrixError(
      'OutOfMemoryError',
      `a ${rows}×${cols} matrix is too large to be indexed in single precision`,
    );
  }
}
