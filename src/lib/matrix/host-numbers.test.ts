import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from './choose.ts';
import { MatrixError } from './engine.ts';
import { isHostNumber } from './host-numbers.ts';
import { createWasm } from './wasm.ts';
import { ReferenceEngine } from './reference.ts';
import { Ops } from './tape.ts';
import type { Buffer, Engine } from './engine.ts';

describe.each(['reference', 'tfjs-wasm', 'tfjs-cpu'] as const)('numbers on their own, on %s', (name) => {
  let engine: Engine;
  let ops: Ops;
  beforeAll(async () => {
    engine = await createEngine(name);
    ops = new Ops(engine);
  });
  afterAll(() => engine.dispose());

  const value = (a: Buffer): number => engine.download(a)[0] as number;
  const one = (x: number): Buffer => engine.fill(x, 1, 1);

  it('keep all their digits', () => {
    expect(value(engine.binary('mul', one(0.1), engine.upload([0.2], 1, 1)))).toBe(0.1 * 0.2);
    expect(value(engine.unary('sin', one(0.1)))).toBe(Math.sin(0.1));
    expect(value(engine.select(one(0), one(0.1), one(0.3)))).toBe(0.3);
    expect(value(engine.matmul(engine.transpose(one(0.1)), engine.reshape(one(3), 1, 1)))).toBe(0.1 * 3);
    expect(value(engine.reduce('sum', one(0.1), 1))).toBe(0.1);
    expect(value(engine.argreduce('max', one(0.1), 'all'))).toBe(0);
    expect(value(engine.gather(one(0.1), one(0)))).toBe(0.1);
    expect(value(engine.gather(one(0.1), one(1)))).toBe(NaN);
    expect(value(engine.slice(one(0.1), 0, 0, 1, 1))).toBe(0.1);
    expect(value(engine.pad(one(0.1), 0, 0, 1, 1))).toBe(0.1);
  });

  it('keep them in a gradient', () => {
    const { value: v, gradients } = ops.gradient(
      ([x, y]) => ops.binary('mul', x as never, y as never),
      [ops.scalar(0.1), ops.scalar(0.2)],
    );
    expect([ops.item(v), ...gradients.map((g) => ops.item(g))]).toEqual([0.1 * 0.2, 0.2, 0.1]);
  });

  it('meet matrices in every primitive that takes several, and leave nothing behind', () => {
    const before = engine.memory().buffers;
    engine.tidy(
      () => {
        const row = engine.upload([1, 2, 3], 1, 3);
        const list = (a: Buffer): number[] => [a.rows, a.cols, ...engine.download(a)];
        expect(list(engine.binary('add', one(0.5), row))).toEqual([1, 3, 1.5, 2.5, 3.5]);
        expect(list(engine.select(one(1), row, one(0)))).toEqual([1, 3, 1, 2, 3]);
        expect(list(engine.matmul(one(2), row))).toEqual([1, 3, 2, 4, 6]);
        expect(list(engine.concat([row, one(4)], 2))).toEqual([1, 4, 1, 2, 3, 4]);
        expect(list(engine.concat([one(4), one(5)], 1))).toEqual([2, 1, 4, 5]);
        expect(list(engine.concat([one(4), one(5)], 2))).toEqual([1, 2, 4, 5]);
        expect(list(engine.pad(one(4), 1, 0, 2, 2))).toEqual([2, 2, 0, 0, 4, 0]);
        expect(list(engine.slice(one(4), 1, 0, 0, 1))).toEqual([0, 1]);
        expect(list(engine.gather(one(4), engine.fill(0, 1, 2)))).toEqual([1, 2, 4, 4]);
        expect(list(engine.scatterAdd(one(4), one(1), 1, 2))).toEqual([1, 2, 0, 4]);
        const sum = engine.reduce('sum', row, 'all');
        expect(list(engine.binary('mul', sum, one(0.5)))).toEqual([1, 1, 3]);
        expect(isHostNumber(sum)).toBe(false);
      },
      () => [one(1)],
    );
    expect(engine.memory().buffers).toBe(before);
    engine.free([one(1)]);
  });
});

describe('sizes that are none', () => {
  const sizes = fc.constantFrom(-2, -1, NaN, 0.5, 1.5, Infinity, -Infinity, 2 ** 60, 0, 1, 2, 3, 4);
  const outcome = (engine: Engine, work: (e: Engine) => Buffer): unknown => {
    try {
      return engine.tidy(
        () => {
          const out = work(engine);
          return [out.rows, out.cols, ...engine.download(out)];
        },
        () => [],
      );
    } catch (error) {
      if (error instanceof MatrixError) return `${error.name}: ${error.message}`;
      throw error;
    }
  };
  const makers: Record<string, (e: Engine, a: number, b: number, c: number, d: number) => Buffer> = {
    fill: (e, a, b) => e.fill(2, a, b),
    upload: (e, a, b) => e.upload([1, 2, 3, 4], a, b),
    reshape: (e, a, b) => e.reshape(e.upload([1, 2, 3, 4], 2, 2), a, b),
    'reshape of nothing': (e, a, b) => e.reshape(e.fill(1, 0, 3), a, b),
    'reshape of one': (e, a, b) => e.reshape(e.fill(1, 1, 1), a, b),
    slice: (e, a, b, c, d) => e.slice(e.upload([1, 2, 3, 4], 2, 2), a, b, c, d),
    'slice of one': (e, a, b, c, d) => e.slice(e.fill(1, 1, 1), a, b, c, d),
    pad: (e, a, b, c, d) => e.pad(e.upload([1, 2, 3, 4], 2, 2), a, b, c, d),
    'pad of one': (e, a, b, c, d) => e.pad(e.fill(1, 1, 1), a, b, c, d),
    scatterAdd: (e, a, b) => e.scatterAdd(e.fill(1, 1, 2), e.fill(0, 1, 2), a, b),
    'scatterAdd of one': (e, a, b) => e.scatterAdd(e.fill(1, 1, 1), e.fill(0, 1, 1), a, b),
    'scatterAdd without enough indices': (e, a, b) => e.scatterAdd(e.fill(1, 2, 2), e.fill(0, 1, 2), a, b),
  };

  it.each(Object.entries(makers))('are refused by %s in the same words on every engine', async (_, make) => {
    const others = [await createEngine('reference'), await createEngine('tfjs-wasm'), await createWasm()];
    fc.assert(
      fc.property(sizes, sizes, sizes, sizes, (a, b, c, d) => {
        const right = outcome(new ReferenceEngine(), (e) => make(e, a, b, c, d));
        for (const engine of others) expect(outcome(engine, (e) => make(e, a, b, c, d))).toEqual(right);
      }),
      { numRuns: 300 },
    );
    others.forEach((engine) => engine.dispose());
  });

  it('are an ArgumentError', async () => {
    for (const name of ['reference', 'tfjs-wasm'] as const) {
      const engine = await createEngine(name);
      const a = engine.upload([1, 2, 3, 4], 2, 2);
      expect(() => engine.reshape(a, -2, -2)).toThrow('invalid Array dimensions: (-2, -2)');
      expect(() => engine.fill(1, 0.5, 2)).toThrow(MatrixError);
      expect(() => engine.fill(1, 2 ** 30, 2 ** 30)).toThrow('too large');
      expect(() => engine.slice(a, 0.5, 0, 1, 1)).toThrow(MatrixError);
    }
  });
});
