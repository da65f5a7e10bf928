/** The engine's own kernels: their committed bytes, and what they compute, with and without relaxed SIMD. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesOf } from './base64.ts';
import { compileKernels, moduleText } from './kernel-build.ts';
import { loadMatrixKernels } from './kernels.ts';
import { matrixKernels } from './kernels/build.ts';
import * as codes from './kernels/codes.ts';
import { WORK_BYTES } from './kernels/sizes.ts';
import { FUSED_BASE64, PLAIN_BASE64 } from './kernels.wasm.ts';
import { numbers } from './parity-cases.ts';
import { ReferenceEngine } from './reference.ts';
import { TfjsEngine } from './tfjs.ts';
import { HostDevice } from './tfjs-host.ts';
import { WasmHost } from './wasm-host.ts';
import type { MatrixKernels } from './kernels.ts';

it('the committed module is, byte for byte, what `npm run kernels` makes of the sources', async () => {
  const compiled = await compileKernels(matrixKernels);
  expect(compiled.map((binary) => Buffer.from(binary).toString('base64'))).toEqual([PLAIN_BASE64, FUSED_BASE64]);
  expect(await moduleText(matrixKernels, compiled)).toBe(
    await readFile(new URL('./kernels.wasm.ts', import.meta.url), 'utf8'),
  );
}, 60_000);

it.each([
  ['plain', PLAIN_BASE64, false],
  ['fused', FUSED_BASE64, true],
])('the %s binary asks its host for a memory alone', async (_, base64, relaxed) => {
  const module = new WebAssembly.Module(bytesOf(base64));
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  // Hidden from TypeScript: its types would replace those of JavaScript's arrays for the whole project.
  const name: string = 'assemblyscript/binaryen';
  const { default: binaryen } = (await import(/* @vite-ignore */ name)) as {
    default: { readBinary(binary: Uint8Array): { emitText(): string } };
  };
  const text = binaryen.readBinary(bytesOf(base64)).emitText();
  expect(/relaxed_madd/.test(text)).toBe(relaxed);
  expect(/f32x4\.mul/.test(text)).toBe(!relaxed);
});

describe.each([
  ['fused', true],
  ['plain', false],
])('%s kernels', (_, relaxed) => {
  let host: WasmHost;
  let engine: TfjsEngine;
  const reference = new ReferenceEngine();
  beforeAll(async () => {
    host = await WasmHost.create(relaxed);
    engine = new TfjsEngine(new HostDevice(host));
  });

  it('are those that were asked for', () => {
    expect(host.fused).toBe(relaxed);
  });

  /** Whole numbers from -4 to 4, whose products and sums single precision holds. */
  const whole = (count: number, seed: number): Float64Array => numbers(count, seed).map((x) => Math.round(2 * x));

  it('give exact products of whole numbers in every size to 130, whichever side has it', () => {
    for (let size = 0; size <= 130; size++) {
      const [other, third] = [(size * 37) % 131, (size * 53 + 7) % 29];
      for (const [m, k, n] of [
        [size, other, third],
        [third, size, other],
        [other, third, size],
        [size, size, size],
      ] as const) {
        const on = (e: TfjsEngine | ReferenceEngine): Float64Array =>
          e.tidy(
            () => e.download(e.matmul(e.upload(whole(m * k, m + 1), m, k), e.upload(whole(k * n, n + 9), k, n))),
            () => [],
          );
        const [found, exact] = [on(engine), on(reference)];
        // Not by the test's own comparison of arrays, which would take a minute; zeros of either sign are right.
        expect(found.length).toBe(m * n);
        expect(found.findIndex((x, at) => x !== exact[at])).toBe(-1);
      }
    }
  });

  it.each([
    [3, 1027, 5],
    [515, 257, 9],
    [129, 300, 1033],
    [1, 700, 200],
    [200, 700, 1],
    [300, 64, 300],
  ])('give products of %i x %i x %i, beyond one block, to single precision', (m, k, n) => {
    const [a, b] = [numbers(m * k, 3), numbers(k * n, 4)];
    const right = reference.download(reference.matmul(reference.upload(a, m, k), reference.upload(b, k, n)));
    // Around 10 the rows and columns are nearly constant, and centred.
    for (const shift of [0, 10]) {
      const [x, y] = [a, b].map((data) => data.map((v) => Math.fround(v / 8 + shift))) as [Float64Array, Float64Array];
      const exact = shift
        ? reference.download(reference.matmul(reference.upload(x, m, k), reference.upload(y, k, n)))
        : right.map((v) => v / 64);
      const found = engine.tidy(
        () => engine.download(engine.matmul(engine.upload(x, m, k), engine.upload(y, k, n))),
        () => [],
      );
      const scale = Math.sqrt(k) + shift * shift * k;
      const worst = found.reduce((most, v, i) => Math.max(most, Math.abs(v - (exact[i] as number))), 0);
      expect(worst).toBeLessThan(2 ** -23 * scale);
    }
  });

  it('multiply what is not finite as IEEE 754 does, in every place of a tile', async () => {
    const memory = new WebAssembly.Memory({ initial: 40 });
    const kernels: MatrixKernels = await loadMatrixKernels(memory, relaxed);
    const [rows, inner, cols] = [6, 5, 11];
    const [a, b, c, work] = [1024, 2048, 4096, 8192];
    const floats = (at: number, count: number): Float32Array => new Float32Array(memory.buffer, at, count);
    expect(work + WORK_BYTES).toBeLessThan(memory.buffer.byteLength);
    for (const odd of [NaN, Infinity, -Infinity, -0]) {
      for (let at = 0; at < rows * inner; at++) {
        const x = floats(a, rows * inner).fill(1);
        const y = floats(b, inner * cols).fill(0);
        x[at] = odd;
        for (let j = 0; j < cols; j += 2) y[Math.floor(at % inner) * cols + j] = j === 4 ? Infinity : -2;
        floats(c, rows * cols + 8).fill(777);
        kernels.product({ c, a, b, rows, inner, cols, p: 0, q: 0, upper: 0, work });
        const found = floats(c, rows * cols + 8);
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < cols; j++) {
            let sum = 0;
            for (let k = 0; k < inner; k++) sum += (x[i * inner + k] as number) * (y[k * cols + j] as number);
            expect((found[i * cols + j] as number) + 0).toEqual(sum + 0);
          }
        }
        expect([...found.subarray(rows * cols)]).toEqual(new Array(8).fill(777));
      }
    }
  });

  it.each([5, 64, 131, 300])('make a matrix times its transpose exactly symmetric, at %i', (size) => {
    const data = numbers(size * 70, size).map((x) => Math.fround(x + 5));
    const on = (e: TfjsEngine | ReferenceEngine): Float64Array[] =>
      e.tidy(
        () => {
          const x = e.upload(data, 70, size);
          const turned = e.transpose(x);
          return [
            e.download(e.matmul(turned, x)),
            e.download(e.matmul(x, turned)),
            // No transpose of each other in these shapes.
            e.download(e.matmul(e.reshape(turned, 70, size), turned)),
            e.download(e.matmul(e.reshape(turned, 35, 2 * size), e.reshape(x, 2 * size, 35))),
          ];
        },
        () => [],
      );
    const [found, exact] = [on(engine), on(reference)];
    found.forEach((product, k) => {
      const width = Math.sqrt(product.length);
      const largest = (exact[k] as Float64Array).reduce((most, v) => Math.max(most, Math.abs(v)), 0);
      const worst = product.reduce((most, v, at) => Math.max(most, Math.abs(v - (exact[k]?.[at] as number))), 0);
      expect(worst).toBeLessThan(1e-6 * largest);
      const mirrored = product.map((_, at) => product[(at % width) * width + Math.floor(at / width)] as number);
      if (k < 2) expect(product.findIndex((v, at) => v !== mirrored[at])).toBe(-1);
    });
  });

  it('give the same bits again, also after the memory has grown, and take nothing for it', () => {
    const [a, b] = [numbers(90 * 333, 1), numbers(333 * 77, 2)];
    const once = (): Float64Array =>
      engine.tidy(
        () => engine.download(engine.matmul(engine.upload(a, 90, 333), engine.upload(b, 333, 77))),
        () => [],
      );
    const first = once();
    const before = host.used;
    const large = engine.fill(0, 2048, 2048);
    expect(once()).toEqual(first);
    engine.free([large]);
    expect(once()).toEqual(first);
    expect(host.used).toBe(before);
  });

  it('find exponentials and logarithms to the last place', async () => {
    const memory = new WebAssembly.Memory({ initial: 4 });
    const kernels = await loadMatrixKernels(memory, relaxed);
    const [x, out, count] = [1024, 132_096, 20_001];
    const check = (op: number, f: (x: number) => number, at: (u: number) => number): void => {
      const given = new Float32Array(memory.buffer, x, count);
      given.set(numbers(count, 5).map((u) => at(u / 2)));
      kernels.unary({ op, out, x, count });
      new Float32Array(memory.buffer, out, count).forEach((found, k) => {
        const right = f(given[k] as number);
        if (found === Math.fround(right)) return;
        const place = Math.max(2 ** -149, 2 ** (Math.floor(Math.log2(Math.abs(right))) - 23));
        expect(Math.abs(found - right) / place).toBeLessThan(0.57);
      });
    };
    check(codes.EXP, Math.exp, (u) => 110 * u);
    check(codes.EXP, Math.exp, (u) => u / 1000);
    check(codes.LOG, Math.log, (u) => Math.exp(95 * u - 8));
    check(codes.LOG, Math.log, (u) => 1 + u / 100);
    const odd = [0, -0, NaN, Infinity, -Infinity, -1, 1, 88.72284, 88.72283, -103.97, -104, 1e-45, -1e-45, 3.4e38];
    for (const [op, f] of [
      [codes.EXP, Math.exp],
      [codes.LOG, Math.log],
    ] as const) {
      const given = new Float32Array(memory.buffer, x, odd.length);
      given.set(odd);
      kernels.unary({ op, out, x, count: odd.length });
      expect([...new Float32Array(memory.buffer, out, odd.length)]).toEqual([...given].map((v) => Math.fround(f(v))));
    }
  });

  it.each([
    ['sin', 1],
    ['cos', 4],
    ['sin', 1000],
    ['cos', 1_048_575],
    ['sin', 3e7],
    ['cos', 1e30],
  ] as const)('find a %s of angles up to %d as double precision has it, rounded', (op, most) => {
    const angles = [
      ...numbers(5003, 3).map((u) => Math.fround((u / 2) * most)),
      0,
      -0,
      NaN,
      Infinity,
      -Infinity,
      1e-45,
    ];
    const found = engine.tidy(
      () => engine.download(engine.unary(op, engine.upload(angles, angles.length, 1))),
      () => [],
    );
    const wrong = angles.filter((x, k) => !Object.is(found[k], Math.fround(Math[op](x))));
    // A double that lies half-way between two singles but for its last digits may go either way.
    expect(wrong.length, String(wrong)).toBeLessThanOrEqual(1);
  });

  it('choose between matrices of every two shapes as the reference engine does, at every edge', () => {
    for (const [rows, cols] of [
      [3, 7],
      [1, 9],
      [5, 1],
    ] as const) {
      for (const [r, c] of [
        [rows, cols],
        [1, cols],
        [rows, 1],
        [1, 1],
      ] as const) {
        const on = (e: TfjsEngine | ReferenceEngine): Float64Array =>
          e.tidy(
            () => {
              const mask = e.upload(
                whole(rows * cols, 2).map((x, k) => (k % 5 === 4 ? NaN : x % 2)),
                rows,
                cols,
              );
              const [a, b] = [e.upload(numbers(r * c, 3), r, c), e.fill(-0, 1, 1)];
              return e.download(e.concat([e.select(mask, a, b), e.select(mask, b, a), e.select(a, mask, b)], 1));
            },
            () => [],
          );
        expect(on(engine)).toEqual(on(reference));
      }
    }
  });
});
