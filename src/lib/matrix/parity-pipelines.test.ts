import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from './choose.ts';
import { companion, mandrill } from './parity-pictures.ts';
import { difference, pipelines, warpInsideLoss } from './parity-pipelines.ts';
import { ReferenceEngine } from './reference.ts';
import { Ops } from './tape.ts';
import type { Engine, EngineName } from './engine.ts';

const reference = new ReferenceEngine();

function picture(engine: Engine, name: string, size: number): Float64Array {
  const make = pipelines[name];
  if (!make) throw new Error(`no pipeline ${name}`);
  const m = mandrill(size);
  return engine.tidy(
    () => {
      const ops = new Ops(engine);
      return ops.download(make(ops, ops.upload(m, size, size), ops.upload(companion(m), size, size)));
    },
    () => [],
  );
}

function descend(engine: Engine, size: number, steps: number): number[] {
  return engine.tidy(
    () => warpInsideLoss(new Ops(engine), mandrill(size), size, steps),
    () => [],
  );
}

const sizes: readonly (readonly [EngineName, number])[] = [
  ['tfjs-cpu', 128],
  ['tfjs-wasm', 128],
  ['tfjs-wasm', 512],
];

describe.each(sizes)("the studies' pictures on %s at %i", (name, size) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine(name);
  });

  it.each(Object.keys(pipelines))('%s', (pipeline) => {
    const { relative, levels, pixels } = difference(
      picture(reference, pipeline, size),
      picture(engine, pipeline, size),
    );
    // Five times tighter than a reader could need: the plain float32 product would fail, the centred one does not.
    expect(relative).toBeLessThan(2e-5);
    expect(levels).toBeLessThanOrEqual(1);
    expect(pixels).toBeLessThan(0.001);
    expect(engine.memory().buffers).toBe(0);
  });
});

describe('gradient descent through warp, distribution and product', () => {
  it('starts as the study says (20.3982, then 19.286), on WASM at full size', async () => {
    const [first, second] = descend(await createEngine('tfjs-wasm'), 512, 1);
    expect(first).toBeCloseTo(20.3982, 2);
    expect(second).toBeCloseTo(19.286, 2);
  }, 30_000);

  it('takes the same 20 steps on every engine', async () => {
    const right = descend(reference, 128, 20);
    for (const name of ['tfjs-wasm', 'tfjs-cpu'] as const) {
      const engine = await createEngine(name);
      const losses = descend(engine, 128, 20);
      losses.forEach((loss, k) => expect(Math.abs(loss / (right[k] as number) - 1)).toBeLessThan(1e-3));
      expect(engine.memory().buffers).toBe(0);
    }
  }, 60_000);
});
