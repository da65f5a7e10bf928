import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BinaryOp, Buffer, Engine, UnaryOp } from './engine.ts';
import { PARITY_LIMIT } from './parity-limit.ts';
import { ReferenceEngine } from './reference.ts';
import { selfTest } from './self-test.ts';
import { createWasm } from './wasm.ts';

describe('the examination of an engine', () => {
  let wasm: Engine;
  beforeAll(async () => {
    wasm = await createWasm();
  });
  afterAll(() => wasm.dispose());

  it('finds double precision all but exact, and single precision in order', () => {
    expect(selfTest(new ReferenceEngine())).toBeLessThan(1e-13);
    const worst = selfTest(wasm);
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(PARITY_LIMIT / 20);
    expect(wasm.memory().buffers).toBe(0);
  });

  class Wrong extends ReferenceEngine {
    readonly #fault: (op: string, made: Buffer) => Buffer;
    constructor(fault: (op: string, data: Float64Array) => void) {
      super();
      this.#fault = (op, made) => {
        const data = this.download(made);
        fault(op, data);
        return this.upload(data, made.rows, made.cols);
      };
    }
    override matmul(a: Buffer, b: Buffer): Buffer {
      return this.#fault('matmul', super.matmul(a, b));
    }
    override unary(op: UnaryOp, a: Buffer): Buffer {
      return this.#fault(op, super.unary(op, a));
    }
    override binary(op: BinaryOp, a: Buffer, b: Buffer): Buffer {
      return this.#fault(op, super.binary(op, a, b));
    }
  }

  it.each([
    ['one element of a product that is off', 'matmul', (data: Float64Array) => (data[5] = (data[5] ?? 0) * 1.01)],
    ['a product that is NaN in one place', 'matmul', (data: Float64Array) => (data[2] = NaN)],
    [
      'products in half precision',
      'matmul',
      (data: Float64Array) => data.forEach((x, k) => (data[k] = x + x * 2e-3 * (k % 2))),
    ],
    [
      'an exponential of low precision',
      'exp',
      (data: Float64Array) => data.forEach((x, k) => (data[k] = x + 1e-3 * (k % 2))),
    ],
    ['a quotient that is off', 'div', (data: Float64Array) => (data[0] = 0)],
    ['a gradient that is off', 'mul', (data: Float64Array) => data.length > 1 && data.fill(0)],
  ])('finds %s', (_, wrong, fault) => {
    const engine = new Wrong((op, data) => {
      if (op === wrong) fault(data);
    });
    expect(selfTest(engine)).toBeGreaterThan(PARITY_LIMIT);
  });
});
