import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createEngine } from './choose.ts';
import { MatrixError } from './engine.ts';
import { ReferenceEngine } from './reference.ts';
import { binaryOps, cases, disagreement, leaked, numbers } from './parity-cases.ts';
import type { Buffer, Engine } from './engine.ts';

const reference = new ReferenceEngine();

describe.each(['tfjs-wasm', 'tfjs-cpu'] as const)('%s beside the reference engine', (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine(name);
  });
  afterAll(() => engine.dispose());

  it.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
    const { run } = each;
    const right = run(reference);
    const lost = leaked(engine, () => {
      const other = run(engine);
      expect([other.rows, other.cols]).toEqual([right.rows, right.cols]);
      expect(disagreement(reference.download(right), engine.download(other), each)).toBeNull();
    });
    expect(lost).toBe(0);
  });

  const size = fc.integer({ min: 0, max: 9 });

  it('broadcasts every shape as the reference engine does, or refuses in the same words', () => {
    const shape = fc.tuple(size, size);
    fc.assert(
      fc.property(fc.constantFrom(...binaryOps), shape, shape, (op, [a, b], [c, d]) => {
        const on = (e: Engine): Buffer =>
          e.binary(op, e.upload(numbers(a * b), a, b), e.upload(numbers(c * d, 9), c, d));
        const [{ data, ...other }, { data: expected, ...right }] = [outcome(engine, on), outcome(reference, on)];
        expect(other).toEqual(right);
        // The third power of a float32 is off by a few of its last digits.
        expect(disagreement(expected, data, { tolerance: 2e-6, elementwise: true })).toBeNull();
      }),
    );
  });

  it('agrees on products, sums and blocks of any shape', () => {
    const property = fc.property(size, size, size, (m, k, n) => {
      const on = (e: Engine): Buffer => {
        const a = e.upload(numbers(m * k, 3), m, k);
        const b = e.upload(numbers(k * n, 5), k, n);
        const c = e.matmul(a, b);
        const both = e.concat([c, e.transpose(e.matmul(e.transpose(b), e.transpose(a)))], 2);
        return e.binary('add', e.slice(both, 0, 0, m, n), e.reduce('sum', both, 'all'));
      };
      engine.tidy(
        () =>
          expect(
            disagreement(reference.download(on(reference)), engine.download(on(engine)), { tolerance: 1e-5 }),
          ).toBeNull(),
        () => [],
      );
    });
    fc.assert(property);
  });

  interface Outcome {
    readonly rows?: number;
    readonly cols?: number;
    readonly trouble?: string;
    readonly data: Float64Array;
  }

  /** Shape and numbers, or the error's name and words. */
  function outcome(on: Engine, work: (e: Engine) => Buffer): Outcome {
    try {
      return on.tidy(
        () => {
          const out = work(on);
          return { rows: out.rows, cols: out.cols, data: Float64Array.from(on.download(out)) };
        },
        () => [],
      );
    } catch (error) {
      if (error instanceof MatrixError) return { trouble: `${error.name}: ${error.message}`, data: new Float64Array() };
      throw error;
    }
  }
});

describe('products on WebAssembly', () => {
  it('are computed in double precision where single precision would overflow', async () => {
    const engine = await createEngine('tfjs-wasm');
    const product = engine.matmul(engine.upload([3e38, 3e38], 1, 2), engine.upload([3e38, -3e38], 2, 1));
    expect([...engine.download(product)]).toEqual([0]);
    engine.dispose();
  });

  it('keep no copy of a right factor beyond its life, in whatever shape it served', async () => {
    const engine = (await createEngine('tfjs-wasm')) as Engine & { tensors: () => number };
    const before = engine.tensors();
    const x = engine.upload([1, 2, 3], 3, 1);
    for (let round = 0; round < 3; round++) {
      engine.matmul(engine.fill(1, 1, 3), x);
      engine.matmul(engine.fill(1, 1, 1), engine.transpose(x));
    }
    engine.dispose();
    expect(engine.tensors()).toBe(before);
  });

  it('refuse what does not fit the memory, and stay usable', async () => {
    const engine = await createEngine('tfjs-wasm');
    expect(() => engine.fill(1, 2 ** 16, 2 ** 16)).toThrow('WebAssembly has no room for another 16384 MB');
    expect([...engine.download(engine.fill(1, 1, 2))]).toEqual([1, 1]);
    engine.dispose();
  });
});

describe('the books of a tfjs engine', () => {
  it('keeps what a scope returns, and hands it to the scope outside', async () => {
    const engine = await createEngine('tfjs-wasm');
    const kept = engine.tidy(
      () =>
        engine.tidy(
          () => engine.binary('add', engine.fill(1, 2, 2), engine.fill(2, 2, 2)),
          (sum) => [sum],
        ),
      (sum) => [sum],
    );
    expect(engine.memory()).toEqual({ buffers: 1, bytes: 16 });
    expect([...engine.download(kept)]).toEqual([3, 3, 3, 3]);
    engine.free([kept]);
    engine.free([kept]);
    expect(engine.memory()).toEqual({ buffers: 0, bytes: 0 });
    expect(() => engine.download(kept)).toThrow('freed');
  });

  it('frees a scope that throws', async () => {
    const engine = await createEngine('tfjs-wasm');
    const work = (): void => {
      engine.matmul(engine.fill(1, 2, 3), engine.fill(1, 2, 3));
    };
    expect(() => engine.tidy(work, () => [])).toThrow('incompatible dimensions');
    expect(engine.memory().buffers).toBe(0);
  });

  it('keeps a reshaped matrix alive when the original goes', async () => {
    const engine = await createEngine('tfjs-wasm');
    const a = engine.upload([1, 2, 3, 4], 2, 2);
    const b = engine.reshape(a, 1, 4);
    engine.free([a]);
    expect([...engine.download(b)]).toEqual([1, 2, 3, 4]);
    engine.dispose();
  });

  it('refuses to index what float32 cannot name', async () => {
    const engine = await createEngine('tfjs-wasm');
    expect(() => engine.scatterAdd(engine.fill(1, 1, 1), engine.fill(0, 1, 1), 4097, 4096)).toThrow(MatrixError);
    engine.dispose();
  });
});
