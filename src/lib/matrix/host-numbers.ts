/**
 * Numbers on their own stay on the host. A 1x1 matrix that came from a number, and whatever is computed from such alone, is kept
 * in float64 with the reference engine's arithmetic, on every engine; where it meets a matrix it becomes the engine's. So
 * `gradient((x, y) -> x * y, 0.1, 0.2)` is as exact as `0.1 * 0.2`, and costs no call of a graphics processor. What was
 * reduced from a matrix stays with the engine: reading it back would make it wait.
 */
import { binaryFunctions, unaryFunctions } from './scalar.ts';
import { checkBlock, checkReshape, checkSize } from './shape.ts';
import type { BinaryOp, Buffer, Dims, Engine, EngineName, UnaryOp } from './engine.ts';

class HostNumber implements Buffer {
  readonly rows = 1;
  readonly cols = 1;
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** Whether a buffer holds its number in float64 on the host. */
export function isHostNumber(a: Buffer): boolean {
  return a instanceof HostNumber;
}

/** The engine, with numbers on their own kept on the host; itself where it does so already. */
export function withHostNumbers(engine: Engine): Engine {
  return engine instanceof HostNumbers ? engine : new HostNumbers(engine);
}

/** Holds no state of its own: all wrappers of one engine may be mixed. */
class HostNumbers implements Engine {
  readonly name: EngineName;
  readonly float: 64 | 32;
  readonly #inner: Engine & { tensors?: () => number };

  constructor(inner: Engine) {
    this.#inner = inner;
    this.name = inner.name;
    this.float = inner.float;
  }

  upload(data: ArrayLike<number>, rows: number, cols: number): Buffer {
    if (rows !== 1 || cols !== 1 || data.length !== 1) return this.#inner.upload(data, rows, cols);
    return new HostNumber(data[0] as number);
  }

  fill(value: number, rows: number, cols: number): Buffer {
    return rows === 1 && cols === 1 ? new HostNumber(value) : this.#inner.fill(value, rows, cols);
  }

  download(a: Buffer): Float64Array {
    return a instanceof HostNumber ? Float64Array.of(a.value) : this.#inner.download(a);
  }

  unary(op: UnaryOp, a: Buffer): Buffer {
    return a instanceof HostNumber ? new HostNumber(unaryFunctions[op](a.value)) : this.#inner.unary(op, a);
  }

  binary(op: BinaryOp, a: Buffer, b: Buffer): Buffer {
    if (a instanceof HostNumber && b instanceof HostNumber) {
      return new HostNumber(binaryFunctions[op](a.value, b.value));
    }
    return this.#with([a, b], ([x = a, y = b]) => this.#inner.binary(op, x, y));
  }

  select(mask: Buffer, a: Buffer, b: Buffer): Buffer {
    if (mask instanceof HostNumber && a instanceof HostNumber && b instanceof HostNumber) {
      return mask.value !== 0 ? a : b;
    }
    return this.#with([mask, a, b], ([m = mask, x = a, y = b]) => this.#inner.select(m, x, y));
  }

  matmul(a: Buffer, b: Buffer): Buffer {
    if (a instanceof HostNumber && b instanceof HostNumber) return new HostNumber(a.value * b.value);
    return this.#with([a, b], ([x = a, y = b]) => this.#inner.matmul(x, y));
  }

  transpose(a: Buffer): Buffer {
    return a instanceof HostNumber ? a : this.#inner.transpose(a);
  }

  reduce(op: 'sum' | 'max' | 'min', a: Buffer, dims: Dims): Buffer {
    return a instanceof HostNumber ? a : this.#inner.reduce(op, a, dims);
  }

  argreduce(op: 'max' | 'min', a: Buffer, dims: Dims): Buffer {
    return a instanceof HostNumber ? new HostNumber(0) : this.#inner.argreduce(op, a, dims);
  }

  reshape(a: Buffer, rows: number, cols: number): Buffer {
    if (!(a instanceof HostNumber)) return this.#inner.reshape(a, rows, cols);
    checkReshape(a, rows, cols);
    return a;
  }

  slice(a: Buffer, row: number, col: number, rows: number, cols: number): Buffer {
    checkBlock(a, row, col, rows, cols);
    if (a instanceof HostNumber && rows === 1 && cols === 1) return a;
    return this.#with([a], ([x = a]) => this.#inner.slice(x, row, col, rows, cols));
  }

  pad(a: Buffer, row: number, col: number, rows: number, cols: number): Buffer {
    checkSize(rows, cols);
    if (a instanceof HostNumber && rows === 1 && cols === 1 && row === 0 && col === 0) return a;
    return this.#with([a], ([x = a]) => this.#inner.pad(x, row, col, rows, cols));
  }

  concat(parts: readonly Buffer[], dims: 1 | 2): Buffer {
    if (parts.length > 0 && parts.every((part) => part instanceof HostNumber)) {
      const data = parts.map(({ value }) => value);
      return dims === 1 ? this.upload(data, data.length, 1) : this.upload(data, 1, data.length);
    }
    return this.#with(parts, (buffers) => this.#inner.concat(buffers, dims));
  }

  gather(a: Buffer, index: Buffer): Buffer {
    if (a instanceof HostNumber && index instanceof HostNumber)
      return new HostNumber(index.value === 0 ? a.value : NaN);
    return this.#with([a, index], ([x = a, at = index]) => this.#inner.gather(x, at));
  }

  scatterAdd(values: Buffer, index: Buffer, rows: number, cols: number): Buffer {
    return this.#with([values, index], ([x = values, at = index]) => this.#inner.scatterAdd(x, at, rows, cols));
  }

  tidy<T>(work: () => T, keep: (result: T) => Iterable<Buffer>): T {
    return this.#inner.tidy(work, (result) => engineBuffers(keep(result)));
  }

  sweep(keep: Iterable<Buffer>): void {
    this.#inner.sweep(engineBuffers(keep));
  }

  free(buffers: Iterable<Buffer>): void {
    this.#inner.free(engineBuffers(buffers));
  }

  memory(): { buffers: number; bytes: number } {
    return this.#inner.memory();
  }

  /** Tensors held by the engine's backend, for leak tests. */
  tensors(): number {
    return this.#inner.tensors?.() ?? 0;
  }

  dispose(): void {
    this.#inner.dispose();
  }

  /** Runs `work` on the engine's own buffers; those made of host numbers for it are freed at once. */
  #with(buffers: readonly Buffer[], work: (buffers: readonly Buffer[]) => Buffer): Buffer {
    if (!buffers.some(isHostNumber)) return work(buffers);
    const made: Buffer[] = [];
    try {
      return work(
        buffers.map((buffer) => {
          if (!(buffer instanceof HostNumber)) return buffer;
          const own = this.#inner.fill(buffer.value, 1, 1);
          made.push(own);
          return own;
        }),
      );
    } finally {
      this.#inner.free(made);
    }
  }
}

function* engineBuffers(buffers: Iterable<Buffer>): Generator<Buffer> {
  for (const buffer of buffers) if (!(buffer instanceof HostNumber)) yield buffer;
}
