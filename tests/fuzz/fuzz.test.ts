import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/lib/matrix/engine.ts';
import { ReferenceEngine } from '../../src/lib/matrix/reference.ts';
import { createWasm } from '../../src/lib/matrix/wasm.ts';
import { bombs } from './bombs.ts';
import { fuzz } from './fuzz.ts';
import { judge } from './judge.ts';

/** Programs of `npm test`; `npm run test:long -- fuzz` tries 100,000. */
const RUNS = 3000;

const engines: Engine[] = [];
beforeAll(async () => {
  engines.push(new ReferenceEngine(), await createWasm());
});

describe('whatever a program says, it ends with a value or a located error in Julia’s words, within its budget', () => {
  it(`${RUNS} programs, generated and mutated`, { timeout: 300_000 }, () => {
    const { tried, failed, found } = fuzz(engines, 2021, RUNS);
    expect(found).toBeNull();
    expect(tried).toBe(RUNS);
    // Many say something that can be done.
    expect(tried - failed).toBeGreaterThan(RUNS / 10);
  });

  it('bombs', { timeout: 300_000 }, () => {
    const wrong = bombs.flatMap((bomb, k) => {
      const judged = judge(bomb, engines[k % engines.length] as Engine);
      return judged.wrong === null ? [] : [`${bomb}: ${judged.wrong}`];
    });
    expect(wrong).toEqual([]);
  });

  it('what breaks a promise is found', () => {
    class Leaky extends ReferenceEngine {
      #made = 0;
      override fill(value: number, rows: number, cols: number) {
        this.#made += 1;
        return super.fill(value, rows, cols);
      }
      override memory() {
        return { buffers: this.#made, bytes: 0 };
      }
    }
    expect(judge('sum(zeros(20, 20))', new Leaky()).wrong).toMatch(/buffers are left over/);
    class Broken extends ReferenceEngine {
      override matmul(): never {
        throw new Error('no such thing');
      }
    }
    expect(judge('ones(20, 20) * ones(20, 20)', new Broken()).wrong).toMatch(/the host failed: Error: no such thing/);
    expect(judge('"[object Object]"', new ReferenceEngine()).wrong).toBeNull();
    expect(judge('string("[object ", "Object]")', new ReferenceEngine()).wrong).toMatch(/the host shines through/);
  });
});
