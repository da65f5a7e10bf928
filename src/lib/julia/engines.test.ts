/** Programs whose values once depended on the engine. */
import { describe, expect, it } from 'vitest';
import { createEngine } from '../matrix/choose.ts';
import { Notebook } from './notebook.ts';
import { parse } from './parse.ts';
import type { Engine } from '../matrix/engine.ts';

describe.each(['reference', 'tfjs-wasm'] as const)('on %s', (name) => {
  /** What each program shows, in cells of one page. */
  async function shown(...programs: readonly string[]): Promise<string[]> {
    const engine: Engine = await createEngine(name);
    const book = new Notebook(engine);
    book.setCells(programs.map((source, k) => ({ id: `c${k}`, program: parse(source) })));
    const said = book.run().map(({ view, trouble }) => trouble?.message ?? (view as { text?: string }).text ?? '');
    engine.dispose();
    return said;
  }

  it('a vector and its transpose may both be right factors', async () => {
    expect(await shown("x = [1.0, 2.0]; a = x' * x; sum(x * x')")).toEqual(['9.0']);
    expect(await shown("u = ones(2); w = [1.0, 2]; b = u * w'; u' * w")).toEqual(['3.0']);
    expect(await shown("x = [1, 2]; a = [1 2; 3 4] * x; b = [1, 2, 3] * x'; (a, b)")).toEqual([
      '([5, 11], [1 2; 2 4; 3 6])',
    ]);
    const cells = ["p = [1.0, 2.0]; a = p' * p; sum(p * p')", "q = [1.0, 2.0]; b = q' * q; sum(q * q')"];
    expect(await shown(...cells)).toEqual(['9.0', '9.0']);
  });

  it('numbers on their own are Float64 under gradient', async () => {
    expect(await shown('gradient((x, y) -> x * y, 0.1, 0.2)')).toEqual(['(0.2, 0.1)']);
    expect(await shown('gradient(x -> exp(x) / 3, 0.1)[1] == exp(0.1) / 3')).toEqual(['true']);
  });
});
