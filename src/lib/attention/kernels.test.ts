import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { Arena, loadKernels } from './kernels.ts';
import { compileKernels, moduleText } from '../matrix/kernel-build.ts';
import { attentionKernels } from './kernels/build.ts';
import { KERNELS_BASE64 } from './kernels.wasm.ts';
import { random } from './random.ts';

it('the committed module is, byte for byte, what `npm run kernels` makes of the sources', async () => {
  const compiled = await compileKernels(attentionKernels);
  expect(compiled.map((binary) => Buffer.from(binary).toString('base64'))).toEqual([KERNELS_BASE64]);
  expect(await moduleText(attentionKernels, compiled)).toBe(
    await readFile(new URL('./kernels.wasm.ts', import.meta.url), 'utf8'),
  );
}, 60_000);

it('uses no relaxed SIMD and asks nothing of its host', async () => {
  const module = new WebAssembly.Module(Buffer.from(KERNELS_BASE64, 'base64'));
  expect(WebAssembly.Module.imports(module)).toEqual([]);
  // Hidden from TypeScript: its types would replace those of JavaScript's arrays for the whole project.
  const name: string = 'assemblyscript/binaryen';
  const { default: binaryen } = (await import(/* @vite-ignore */ name)) as {
    default: { readBinary(binary: Uint8Array): { emitText(): string } };
  };
  const text = binaryen.readBinary(new Uint8Array(Buffer.from(KERNELS_BASE64, 'base64'))).emitText();
  expect(text).toContain('f32x4.mul');
  expect(text).not.toMatch(/relaxed/);
});

const kernels = loadKernels();
const arena = new Arena(kernels.memory);
const [a, b, c, bias] = [arena.words(4096), arena.words(4096), arena.words(4096), arena.words(64)];
const floats = (address: number, count: number): Float32Array =>
  new Float32Array(kernels.memory.buffer, address, count);

it('exponential and logarithm are right to a few units in the last place', () => {
  const r = random(1, 'arguments');
  const x = floats(a, 4096);
  for (let i = 0; i < x.length; i++) x[i] = r.uniform() * 170 - 85;
  kernels.expAll({ out: b, x: a, n: 4096 });
  floats(b, 4096).forEach((e, i) => expect(Math.abs(e / Math.exp(x[i] ?? NaN) - 1)).toBeLessThan(4e-7));
  x.set([-87.5, -1e30, 200, 0]);
  kernels.expAll({ out: b, x: a, n: 4 });
  const [small, none, big, one] = floats(b, 4);
  expect([small, none, one]).toEqual([0, 0, 1]);
  expect(Math.abs((big ?? NaN) / Math.exp(88) - 1)).toBeLessThan(4e-7);
  for (let i = 0; i < 2000; i++) {
    const y = Math.fround(Math.exp(r.uniform() * 160 - 80));
    expect(Math.abs(kernels.logarithm({ x: y }) - Math.log(y))).toBeLessThan(2e-7 * Math.max(1, Math.abs(Math.log(y))));
  }
});

// Sizes around the tile (4 x 8), its edges, and beyond the block of 128 along the sum.
it.each([
  [1, 1, 1],
  [4, 8, 5],
  [5, 13, 7],
  [9, 12, 9],
  [7, 4, 300],
  [10, 11, 129],
  [16, 16, 16],
])('products %i x %i over %i, plain and with A transposed, alone, with a bias, and added', (m, n, k) => {
  const r = random(m * 1000 + n * 10 + k, 'product');
  for (const view of [floats(a, m * k), floats(b, k * n), floats(bias, n)]) {
    for (let i = 0; i < view.length; i++) view[i] = 2 * r.uniform() - 1;
  }
  const [av, bv, biasV] = [floats(a, m * k).slice(), floats(b, k * n).slice(), floats(bias, n).slice()];
  const check = (rowStride: number, columnStride: number, start: 'none' | 'bias' | 'added'): void => {
    const out = floats(c, m * n).fill(start === 'added' ? 0.5 : NaN);
    const init = { none: 0, bias, added: c }[start];
    const ldi = start === 'added' ? n : 0;
    kernels.gemm({ c, ldc: n, a, ars: rowStride, acs: columnStride, b, ldb: n, m, n, k, init, ldi });
    out.forEach((x, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      let sum = { none: 0, bias: biasV[j] ?? NaN, added: 0.5 }[start];
      for (let p = 0; p < k; p++) sum += (av[i * rowStride + p * columnStride] ?? NaN) * (bv[p * n + j] ?? NaN);
      expect(Math.abs(x - sum)).toBeLessThan(1e-6 * k + 1e-6);
    });
  };
  for (const start of ['none', 'bias', 'added'] as const) {
    check(k, 1, start);
    check(1, m, start);
  }
});
