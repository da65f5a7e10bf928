import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReferenceEngine } from '../../src/lib/matrix/reference.ts';
import { createWasm } from '../../src/lib/matrix/wasm.ts';
import { difference, fetchLibrary } from './compare.ts';
import { plans, programOf } from './programs.ts';
import { search } from './search.ts';
import { Shadow } from './shadow.ts';
import type { BinaryOp, Buffer, Dims, Engine, UnaryOp } from '../../src/lib/matrix/engine.ts';

/** Programs of `npm test`; `npm run test:long` tries 20,000. */
const RUNS = 200;

beforeAll(fetchLibrary);

describe('random programs on WebAssembly', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWasm();
  });
  afterAll(() => engine.dispose());

  it(`give what they give on the reference engine, and leave nothing behind`, { timeout: 300_000 }, () => {
    expect(search(engine, 2021, RUNS)).toEqual({ tried: RUNS, found: null });
  });

  /** Found by the search, or the shortest of a kind that it once found. */
  const once: readonly (readonly [string, readonly string[]])[] = [
    ['a vector and its transpose as right factors', ['v1 = [1.0, 2.0]', "v2 = v1' * v1", "v3 = v1 * v1'"]],
    ['the same, the other way round', ['v1 = [1.0, 2.0]', "v2 = ones(2) * v1'", "v3 = ones(2)' * v1"]],
    [
      'a matrix and its reshapes as right factors',
      ['v1 = [1.0 2; 3 4]', 'v2 = v1 * v1', 'v3 = ones(1, 1) * reshape(v1, 1, 4)'],
    ],
    [
      'a softmax that single precision cannot tell from zero, and a decision by its sign',
      ['v1 = [0.0, -250.0, -60.0]', 'v2 = softmax(v1)', 'v3 = ifelse.(v2 .> 0, v1, 2 .* v1)'],
    ],
    [
      'a number below all of single precision, rounded down',
      ['v1 = exp.([-200.0, 0.0])', 'v2 = -v1', 'v3 = floor.(v2)'],
    ],
    [
      'a subnormal number divided by another',
      ['v1 = softmax([0.0, -95.5, -96.0])', 'v2 = v1 ./ sum(v1[2:3])', 'v3 = v2[2:3] .* 3'],
    ],
    [
      'a quotient of two numbers that single precision may not tell from zero',
      ['v1 = softmax([0.0, -103.9, -104.5, -60.0])', 'v2 = 2 .* v1 .- v1 ./ 3', 'v3 = v1 ./ v2'],
    ],
    [
      'an exponential of a sum of sines of numbers so large that they keep no digit',
      [
        'v1 = [mod(17i + 28j, 251) / 64 - 2 for i in 1:100, j in 1:33]',
        'v2 = [v1 v1]',
        "v3 = v2 * v2'",
        'v4 = v3 .* (0.25 .+ abs.(v3))',
        "v5 = gradient(x -> sum(sin.(x * v4')), v3)[1]",
        'v6 = gradient(x -> sum(exp.(-abs.(x ./ (1 .+ v3 .^ 2)))), v5)[1]',
      ],
    ],
    [
      'a product of numbers that are all the same, whose roundings do not cancel',
      ['v1 = fill(tanh(1.0), 63, 63)', 'v2 = tanh.(exp.(zeros(63, 63)))', 'v3 = v2 * v2'],
    ],
    ['a reshape to sizes that are none', ['v1 = [1.0 2; 3 4]', 'v2 = reshape(v1, -2, -2)', 'v3 = v1 * v1']],
  ];
  it.each(once)('%s', { timeout: 300_000 }, (_, statements) => {
    expect(difference(engine, { statements, names: [] })).toBeNull();
  });

  // An outer product of 4,096 x 4,096 in double precision takes the reference engine 20 s.
  const large = { timeout: 300_000, tags: ['slow'] };
  it('a sum of sines of large numbers that are all the same, which are off together', large, () => {
    const statements = [
      'v1 = [mod(53i + 1, 251) / 64 - 1 for i in 1:64]',
      "v2 = v1 * v1'",
      "v3 = gradient(x -> sum(vec(x) * vec(x)'), v2)[1]",
      "v4 = gradient(x -> sum((v3' * x) .^ 2), v2)[1]",
      "v5 = gradient(x -> sum(sin.(x * v4')), v2)[1]",
    ];
    expect(difference(engine, { statements, names: [] })).toBeNull();
  });
});

describe('what is compared', () => {
  it('is mostly programs that run to the end', () => {
    const sample = fc.sample(plans, { seed: 7, numRuns: 200 });
    const programs = sample.map(programOf);
    expect(programs.filter(({ statements }) => statements.length > 6).length).toBeGreaterThan(80);
    expect(new Set(programs.map(({ statements }) => statements.join('\n'))).size).toBe(200);
    for (const pattern of [/gradient/, /\* v\d+'/, /reshape/, /\[\d+:end/, /softmax/, /dims=2/, /\.<=/])
      expect(programs.filter(({ statements }) => statements.some((s) => pattern.test(s))).length).toBeGreaterThan(5);
  });

  /** The reference engine, rounding every result to single precision, with one primitive that is wrong. */
  class Faulty extends ReferenceEngine {
    readonly #fault: (what: string, data: Float64Array, a: Buffer) => void;
    constructor(fault: (what: string, data: Float64Array, a: Buffer) => void) {
      super();
      this.#fault = fault;
    }
    override upload(data: ArrayLike<number>, rows: number, cols: number): Buffer {
      return super.upload(Float32Array.from(data), rows, cols);
    }
    override unary(op: UnaryOp, a: Buffer): Buffer {
      return this.#made(op, super.unary(op, a), a);
    }
    override binary(op: BinaryOp, a: Buffer, b: Buffer): Buffer {
      return this.#made(op, super.binary(op, a, b), a);
    }
    override matmul(a: Buffer, b: Buffer): Buffer {
      return this.#made('matmul', super.matmul(a, b), a);
    }
    override reduce(op: 'sum' | 'max' | 'min', a: Buffer, dims: Dims): Buffer {
      return this.#made(op, super.reduce(op, a, dims), a);
    }
    #made(what: string, result: Buffer, a: Buffer): Buffer {
      const data = this.download(result);
      this.#fault(what, data, a);
      return this.upload(data, result.rows, result.cols);
    }
  }
  const program = {
    statements: [
      'v1 = [mod(7i + 5j, 11) / 8 for i in 1:9, j in 1:9]',
      "v2 = v1 * v1'",
      'v3 = sin.(v2)',
      'v4 = sum(v3; dims=1)',
    ],
    names: [],
  };

  it('passes single precision', () => {
    expect(difference(new Faulty(() => undefined), program)).toBeNull();
  });

  it.each([
    ['a product off by 2e-6 of itself', 'matmul', 2e-6],
    ['a sine off by 1e-6 of itself', 'sin', 1e-6],
    ['a sum off by 1e-6 of itself', 'sum', 1e-6],
  ] as const)('finds %s', (_, op, by) => {
    const engine = new Faulty((what, data) => {
      if (what === op && data.length > 3) data[3] = (data[3] as number) * (1 + by);
    });
    expect(difference(engine, program)).toContain(op === 'sum' ? 'reduce sum' : op);
  });

  it('finds a fault of small numbers that single precision still has', () => {
    const small = {
      statements: ['v1 = [1.0e-30, 2.0e-30, 3.0e-30, 4.0e-30]', 'v2 = sin.(v1)', 'v3 = v2 ./ v1'],
      names: [],
    };
    expect(difference(new Faulty(() => undefined), small)).toBeNull();
    const wrong = new Faulty((what, data) => {
      if (what === 'sin') data[3] = 0;
    });
    expect(difference(wrong, small)).not.toBeNull();
  });

  it('finds an engine that gives another answer the second time', () => {
    let calls = 0;
    const engine = new Faulty((what, data) => {
      if (what === 'sin' && calls++ === 0) data[0] = (data[0] as number) * (1 + 2 ** -23);
    });
    expect(difference(engine, program)).toMatch(/in one run and|explain/);
  });

  it('compares every primitive of a run', () => {
    const shadow = new Shadow(new ReferenceEngine());
    shadow.matmul(shadow.fill(1, 2, 3), shadow.upload([1, 2, 3], 3, 1));
    expect(shadow.count).toBe(3);
    expect(shadow.verify()).toBeNull();
    expect(shadow.count).toBe(0);
  });
});
