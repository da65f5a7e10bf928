import { describe, expect, it } from 'vitest';
import { ARM_NAMES, ARMS, KIND_CODE, valueTransform } from './transforms.ts';
import { Arena, loadKernels } from './kernels.ts';
import { random } from './random.ts';
import type { ArmName } from './transforms.ts';

const N = 5;
const D = 8;
const HEAD = 4;

/** The transformed values of one sample, by the kernel. */
function transformed(arm: ArmName, v: Float32Array, alpha = 0.5): Float32Array {
  const kernels = loadKernels();
  const arena = new Arena(kernels.memory);
  const [from, out, t, r] = [arena.words(N * D), arena.words(N * D), arena.words(N * D), arena.words(D)];
  new Float32Array(kernels.memory.buffer, from, N * D).set(v);
  const { kind, value, part, shift } = valueTransform(arm, alpha, N, HEAD);
  const shape = { ldv: D, samples: 1, tokens: N, n: D, width: HEAD };
  kernels.values({ kind: KIND_CODE[kind], out, t, r, v: from, cv: value, ct: part, shift, ...shape });
  return new Float32Array(kernels.memory.buffer, out, N * D).slice();
}

const r = random(2, 'values');
const V = Float32Array.from({ length: N * D }, () => 4 * r.uniform() - 2);
const column = (x: Float32Array, j: number): number[] => Array.from({ length: N }, (_, i) => x[i * D + j] ?? NaN);
const sum = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0);

describe('value transforms', () => {
  it('S: every column is a distribution over the tokens, and equals the softmax written out', () => {
    const s = transformed('S', V);
    for (let j = 0; j < D; j++) {
      expect(sum(column(s, j))).toBeCloseTo(1, 6);
      const e = column(V, j).map(Math.exp);
      column(s, j).forEach((x, i) => expect(x).toBeCloseTo((e[i] ?? NaN) / sum(e), 6));
    }
  });

  it('S does not overflow', () => {
    const s = transformed(
      'S',
      V.map((x) => x * 1000),
    );
    expect([...s].every(Number.isFinite)).toBe(true);
  });

  it('features: every row of a head sums to its width', () => {
    const f = transformed('features', V);
    for (let at = 0; at < N * D; at += HEAD) expect(sum([...f.subarray(at, at + HEAD)])).toBeCloseTo(HEAD, 5);
  });

  it('centred and standardised: mean 0, deviation 1', () => {
    const c = transformed('centred', V);
    const z = transformed('standardised', V);
    for (let j = 0; j < D; j++) {
      expect(sum(column(c, j))).toBeCloseTo(0, 5);
      expect(sum(column(z, j))).toBeCloseTo(0, 5);
      expect(sum(column(z, j).map((x) => x * x)) / N).toBeCloseTo(1, 3);
    }
  });

  it('V + a N S is V + a (V - m) + a to first order: the difference falls with the square of V', () => {
    const gap = (scale: number): number => {
      const small = V.map((x) => x * scale);
      const ns = transformed('add-NS', small, 0.7);
      const linear = transformed('linear', small, 0.7);
      return Math.max(...ns.map((x, i) => Math.abs(x - 0.7 - (linear[i] ?? NaN))));
    };
    expect(gap(0.02) / gap(0.2)).toBeLessThan(0.02);
  });

  it('the scaled arms are their kind, times the scale, less it where they are centred', () => {
    const e = V.map((x) => Math.exp(x));
    const means = Array.from({ length: D }, (_, j) => sum(column(V, j)) / N);
    const sums = Array.from({ length: D }, (_, j) => sum(column(e, j)));
    const heads = Array.from({ length: (N * D) / HEAD }, (_, h) => sum([...e.subarray(h * HEAD, (h + 1) * HEAD)]));
    const written: Partial<Record<ArmName, (i: number) => number>> = {
      'scaled-V': (i) => V[i] ?? NaN,
      'scaled-centred': (i) => (V[i] ?? NaN) - (means[i % D] ?? NaN),
      'scaled-exp': (i) => e[i] ?? NaN,
      'scaled-exp-1': (i) => (e[i] ?? NaN) - 1,
      'scaled-NS': (i) => (N * (e[i] ?? NaN)) / (sums[i % D] ?? NaN),
      'scaled-NS-1': (i) => (N * (e[i] ?? NaN)) / (sums[i % D] ?? NaN) - 1,
      'scaled-features': (i) => (HEAD * (e[i] ?? NaN)) / (heads[Math.floor(i / HEAD)] ?? NaN),
      'scaled-features-1': (i) => (HEAD * (e[i] ?? NaN)) / (heads[Math.floor(i / HEAD)] ?? NaN) - 1,
    };
    expect(Object.keys(written)).toEqual(ARM_NAMES.filter((name) => name.startsWith('scaled-')));
    for (const [arm, at] of Object.entries(written)) {
      for (const scale of [1, 1 / 4, 1 / 16]) {
        const result = transformed(arm as ArmName, V, scale);
        result.forEach((x, i) => expect(Math.abs(x - scale * at(i)), arm).toBeLessThan(2e-6 * scale));
      }
    }
  });

  it('a N S is S at a = 1/N, to the last bit, and the scaled arms at 1 are those without a scale', () => {
    const four = { tokens: 16, width: 8 };
    expect(valueTransform('scaled-NS', 1 / 16, four.tokens, four.width)).toEqual(valueTransform('S', 0, 16, 8));
    for (const [scaled, plain] of [
      ['scaled-V', 'V'],
      ['scaled-centred', 'centred'],
      ['scaled-exp', 'exp'],
      ['scaled-NS', 'NS'],
      ['scaled-features', 'features'],
    ] as const) {
      expect(transformed(scaled, V, 1)).toEqual(transformed(plain, V));
    }
  });

  it('every mixed arm at alpha 0 is V, to the last bit', () => {
    for (const arm of ['mix-S', 'mix-NS', 'add-S', 'add-NS', 'linear', 'add-prefix'] as const) {
      expect(transformed(arm, V, 0)).toEqual(V);
    }
  });

  it('mix at alpha 1 is the pure form', () => {
    expect(transformed('mix-NS', V, 1)).toEqual(transformed('NS', V));
    expect(transformed('mix-S', V, 1)).toEqual(transformed('S', V));
  });

  it('names every arm with a formula of its own', () => {
    expect(new Set(ARM_NAMES.map((name) => ARMS[name].formula)).size).toBe(ARM_NAMES.length);
  });
});
