/** A backend whose memory breaks: nothing it says afterwards may be believed. */
import { describe, expect, it } from 'vitest';
import { Notebook } from '../julia/notebook.ts';
import { parse } from '../julia/parse/parse.ts';
import { EngineLost } from './tfjs-device.ts';
import { HostDevice } from './tfjs-host.ts';
import { TfjsEngine } from './tfjs.ts';
import { matmul, transpose } from './matmul.ts';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { HostBackend } from './tfjs-device.ts';

/** Memory of JavaScript's, that traps as WebAssembly does when it is told to. */
class Trapping implements HostBackend {
  readonly name = 'tfjs-wasm';
  readonly #data = new Map<object, Float32Array>();
  broken = false;
  calls = 0;
  alloc(rows: number, cols: number): TensorInfo {
    this.calls++;
    if (this.broken) throw new WebAssembly.RuntimeError('memory access out of bounds');
    const dataId = {};
    this.#data.set(dataId, new Float32Array(rows * cols));
    return { dataId, shape: [rows, cols], dtype: 'float32' };
  }
  view({ dataId }: TensorInfo): Float32Array {
    return this.#data.get(dataId) ?? new Float32Array();
  }
  retain(): void {
    // Nothing is counted.
  }
  release(): void {
    this.calls++;
  }
  matmul(a: TensorInfo, b: TensorInfo): TensorInfo {
    const [[rows = 0, inner = 0], [, cols = 0]] = [a.shape, b.shape];
    const out = this.alloc(rows, cols);
    this.view(out).set(matmul(Float64Array.from(this.view(a)), Float64Array.from(this.view(b)), rows, inner, cols));
    return out;
  }
  transpose(a: TensorInfo): TensorInfo {
    const [rows = 0, cols = 0] = a.shape;
    const out = this.alloc(cols, rows);
    this.view(out).set(transpose(Float64Array.from(this.view(a)), rows, cols));
    return out;
  }
  tensors(): number {
    return 0;
  }
  dispose(): void {
    this.calls++;
  }
}

function trapping(): { backend: Trapping; engine: TfjsEngine } {
  const backend = new Trapping();
  return { backend, engine: new TfjsEngine(new HostDevice(backend)) };
}

describe('a memory fault', () => {
  it('is the loss of the engine, and so is every call after it', () => {
    const { backend, engine } = trapping();
    const a = engine.upload([1, 2, 3, 4], 2, 2);
    expect([...engine.download(engine.matmul(a, a))]).toEqual([7, 10, 15, 22]);
    backend.broken = true;
    expect(() => engine.matmul(a, a)).toThrow(EngineLost);
    backend.broken = false;
    const before = backend.calls;
    expect(() => engine.matmul(a, a)).toThrow('memory access out of bounds');
    expect(() => engine.download(a)).toThrow(EngineLost);
    expect(() => engine.fill(1, 2, 2)).toThrow(EngineLost);
    expect(() =>
      engine.tidy(
        () => engine.reshape(a, 4, 1),
        (b) => [b],
      ),
    ).toThrow(EngineLost);
    engine.free([a]);
    engine.dispose();
    // The broken backend was not called again, not even to free.
    expect(backend.calls).toBe(before);
    expect(engine.memory()).toEqual({ buffers: 0, bytes: 0 });
  });

  it('ends a run of cells without a report, and all later ones', () => {
    const { backend, engine } = trapping();
    const book = new Notebook(engine);
    book.setCells([
      { id: 'a', program: parse('a = [1.0 2; 3 4] * [1.0 2; 3 4]') },
      { id: 'b', program: parse('a + a') },
    ]);
    expect(book.run().map(({ trouble }) => trouble)).toEqual([null, null]);
    backend.broken = true;
    book.replaceCell('b', parse('a * a'));
    expect(() => book.run()).toThrow(EngineLost);
    backend.broken = false;
    // Neither a cell's error nor a value: the host of the engine is to move on.
    book.replaceCell('b', parse('a - a'));
    expect(() => book.run()).toThrow(EngineLost);
  });
});
