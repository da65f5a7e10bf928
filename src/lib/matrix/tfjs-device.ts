import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BinaryOp, Dims, EngineName, UnaryOp } from './engine.ts';

/** A tensor's place, shape and kind, as tfjs has it; what the place is, is the backend's. */
export type { TensorInfo };

/**
 * What a tfjs backend must do for `TfjsEngine`: the engine's primitives on tfjs tensor infos of shape [rows, cols], float32,
 * with at least one element, shapes already checked. Every call returns a new info, which the caller releases once.
 *
 * Backends are held directly, not through tfjs' global engine: several live side by side, nothing is recorded for tfjs'
 * own gradients, and its operator layer (shape inference, chained methods, gradient registry) stays out of the bundle.
 */
export interface Device {
  readonly name: EngineName;

  write(data: Float32Array, rows: number, cols: number): TensorInfo;
  fill(value: number, rows: number, cols: number): TensorInfo;
  /** The numbers, row-major. Valid until the next call: copy what must last. */
  read(a: TensorInfo): Float32Array;
  release(a: TensorInfo): void;

  unary(op: UnaryOp, a: TensorInfo): TensorInfo;
  binary(op: BinaryOp, a: TensorInfo, b: TensorInfo, rows: number, cols: number): TensorInfo;
  select(mask: TensorInfo, a: TensorInfo, b: TensorInfo, rows: number, cols: number): TensorInfo;
  matmul(a: TensorInfo, b: TensorInfo): TensorInfo;
  transpose(a: TensorInfo): TensorInfo;
  reduce(op: 'sum' | 'max' | 'min', a: TensorInfo, dims: Dims): TensorInfo;
  argreduce(op: 'max' | 'min', a: TensorInfo, dims: Dims): TensorInfo;
  reshape(a: TensorInfo, rows: number, cols: number): TensorInfo;
  slice(a: TensorInfo, row: number, col: number, rows: number, cols: number): TensorInfo;
  pad(a: TensorInfo, row: number, col: number, rows: number, cols: number): TensorInfo;
  /** Two matrices, one below the other (1) or side by side (2). */
  join(a: TensorInfo, b: TensorInfo, dims: 1 | 2): TensorInfo;
  gather(a: TensorInfo, index: TensorInfo): TensorInfo;
  scatterAdd(values: TensorInfo, index: TensorInfo, rows: number, cols: number): TensorInfo;

  /** Tensors that the backend itself holds; equals the engine's own count unless something leaks. */
  tensors(): number;
  dispose(): void;
}

/** A backend whose tensors lie in memory that JavaScript can read and write: WASM and CPU. */
export interface HostBackend {
  readonly name: EngineName;
  /** A new tensor of undefined content. May move the memory: take views afterwards. */
  alloc(rows: number, cols: number): TensorInfo;
  view(a: TensorInfo): Float32Array;
  retain(a: TensorInfo): void;
  release(a: TensorInfo): void;
  /** The backend's own kernels: none where it has none worth using, undefined where this call is not for them. */
  unary?(op: UnaryOp, a: TensorInfo): TensorInfo | undefined;
  binary?(op: BinaryOp, a: TensorInfo, b: TensorInfo, rows: number, cols: number): TensorInfo | undefined;
  select?(mask: TensorInfo, a: TensorInfo, b: TensorInfo, rows: number, cols: number): TensorInfo | undefined;
  reduce?(op: 'sum' | 'max' | 'min', a: TensorInfo, dims: Dims): TensorInfo | undefined;
  argreduce?(op: 'max' | 'min', a: TensorInfo, dims: Dims): TensorInfo | undefined;
  gather?(a: TensorInfo, index: TensorInfo): TensorInfo | undefined;
  scatterAdd?(values: TensorInfo, index: TensorInfo, rows: number, cols: number): TensorInfo | undefined;
  /** The product, centred where that keeps digits. */
  matmul(a: TensorInfo, b: TensorInfo): TensorInfo;
  transpose(a: TensorInfo): TensorInfo;
  tensors(): number;
  dispose(): void;
}

/** [rows, cols] of a tensor info made by a device. */
export function sizeOf(a: TensorInfo): readonly [rows: number, cols: number] {
  const [rows = 1, cols = 1] = a.shape;
  return [rows, cols];
}

/**
 * The graphics context, or the memory behind an engine, is gone: every buffer of the engine is lost, and it must be
 * replaced. Whoever hosts the engine moves to another one and runs the program again.
 */
export class EngineLost extends Error {
  override readonly name = 'EngineLost';
  readonly engine: EngineName;
  constructor(engine: EngineName, message: string) {
    super(message);
    this.engine = engine;
  }
}

/** An engine that this machine or page cannot offer; the message says why, in words for the reader. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
  readonly engine: EngineName;
  constructor(engine: EngineName, message: string) {
    super(message);
    this.engine = engine;
  }
}

/**
 * A backend's start, given up after `limit` milliseconds. Needed because tfjs-wasm waits for ever where a content security
 * policy forbids WebAssembly, rather than failing.
 */
export async function withTimeout<T>(engine: EngineName, start: Promise<T>, limit: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new EngineUnavailable(engine, `${engine} did not start within ${limit / 1000} s`));
    }, limit);
  });
  try {
    return await Promise.race([start, expired]);
  } finally {
    clearTimeout(timer);
  }
}
