/** Products of square matrices in Node, without reading back: on the engines, and by the kernels of the WebAssembly engine alone, plain and fused. */
import { createEngine } from '../../src/lib/matrix/choose.ts';
import { loadMatrixKernels } from '../../src/lib/matrix/kernels.ts';
import { WORK_BYTES } from '../../src/lib/matrix/kernels/sizes.ts';
import { numbers } from '../../src/lib/matrix/parity-cases.ts';
import { median } from './types.ts';
import type { Bench, Row } from './types.ts';

const WARM_UP = 2;

export const products: Bench = {
  name: 'products',
  baseline: 'reference',
  remark: 'A kernel alone neither centres nor takes memory. 2 n^3 operations over a time in ns are GFLOP/s.',
  async run({ sizes, rounds, note }) {
    const rows: Row[] = [];
    for (const size of sizes) {
      const data = numbers(size * size);
      for (const engine of ['reference', 'tfjs-wasm'] as const) {
        const on = await createEngine(engine);
        const [a, b] = [on.upload(data, size, size), on.upload(data, size, size)];
        const product = (): void => on.tidy(() => void on.matmul(a, b), nothing);
        const own = (): void => on.tidy(() => void on.matmul(on.transpose(a), a), nothing);
        note(`products of ${size} on ${engine}`);
        add(`A B, ${size}`, engine, product);
        add(`A' A, ${size}`, engine, own);
        on.dispose();
      }
      for (const relaxed of [false, true]) {
        const bytes = 4 * size * size;
        const [a, b, c, work] = [1024, 1024 + bytes, 1024 + 2 * bytes, 1024 + 3 * bytes];
        const memory = new WebAssembly.Memory({ initial: Math.ceil((work + WORK_BYTES) / 65_536) });
        const kernels = await loadMatrixKernels(memory, relaxed);
        if (kernels.fused !== relaxed) continue;
        for (const at of [a, b]) new Float32Array(memory.buffer, at, size * size).set(data);
        const given = { c, a, b, rows: size, inner: size, cols: size, p: 0, q: 0, work };
        const name = `kernel, ${relaxed ? 'fused' : 'plain'}`;
        add(`A B, ${size}`, name, () => kernels.product({ ...given, upper: 0 }));
        add(`A' A, ${size}`, name, () => kernels.product({ ...given, upper: 1 }));
      }
    }
    return rows;

    function add(what: string, engine: string, work: () => void): void {
      const times: number[] = [];
      for (let round = -WARM_UP; round < rounds; round++) {
        const began = performance.now();
        work();
        if (round >= 0) times.push(performance.now() - began);
      }
      rows.push({ what, engine, where: 'Node', medianMs: median(times), runs: times.length });
    }
  },
};

const nothing = (): never[] => [];
