/**
 * Every primitive of `Engine`, on data that tells engines apart, for parity and leak tests in Node and in the browser.
 */
import type { BinaryOp, Buffer, Dims, Engine, UnaryOp } from './engine.ts';

export interface Case {
  readonly name: string;
  readonly run: (engine: Engine) => Buffer;
  /**
   * Allowed difference, over the larger of 1 and the size of the reference's number (elementwise functions) or of its
   * largest number (everything else). 0 means equal.
   */
  readonly tolerance: number;
  readonly elementwise?: boolean;
}

/** What a difference is: a sentence, or null where the engines agree. */
export function disagreement(
  right: Float64Array,
  other: Float64Array,
  { tolerance, elementwise = false }: Pick<Case, 'tolerance' | 'elementwise'>,
): string | null {
  if (right.length !== other.length) return `${other.length} elements instead of ${right.length}`;
  let largest = 1;
  for (const x of right) if (Number.isFinite(x)) largest = Math.max(largest, Math.abs(x));
  for (let k = 0; k < right.length; k++) {
    const x = right[k] as number;
    const y = other[k] as number;
    const scale = elementwise ? Math.max(1, Math.abs(x)) : largest;
    // Beyond float32 there is only infinity.
    const infinite = !Number.isFinite(Math.fround(x));
    const same = infinite ? Object.is(Math.fround(x), y) : Math.abs(x - y) <= tolerance * scale;
    if (!same) return `element ${k}: ${y} instead of ${x}`;
  }
  return null;
}

/** Numbers in [-2, 2] that float32 holds, the same for every engine and every run (a linear congruential sequence). */
export function numbers(count: number, seed = 1): Float64Array {
  let state = seed >>> 0;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround((state / 2 ** 32) * 4 - 2);
  });
}

/** Ties, signs, ends of the range, NaN and infinities. Zeros are positive; `signedZeros` is about the others. */
export const special = [
  0,
  0.5,
  1.5,
  2.5,
  -0.5,
  -1.5,
  -2.5,
  0.49999997,
  1,
  -1,
  2,
  -2,
  3,
  7,
  -7,
  100.5,
  8388609,
  -8388609,
  1e10,
  -1e10,
  1e-10,
  88,
  -88,
  89,
  -104,
  127.25,
  NaN,
  Infinity,
  -Infinity,
].map(Math.fround);

/** Absolute error of a float32 function that the hardware rounds in its own way; 1e-6 is 8 units in the last place of 1. */
const LOOSE = 1e-6;

const unaryTolerance: Readonly<Record<UnaryOp, number>> = {
  neg: 0,
  exp: 4e-6,
  exp2: 4e-6,
  exp10: 1e-5,
  expm1: 4e-6,
  log: LOOSE,
  log2: LOOSE,
  log10: LOOSE,
  log1p: LOOSE,
  sqrt: LOOSE,
  cbrt: LOOSE,
  sin: LOOSE,
  cos: LOOSE,
  tan: 1e-5,
  asin: 4e-6,
  acos: 4e-6,
  atan: 4e-6,
  sinh: 1e-5,
  cosh: 1e-5,
  tanh: LOOSE,
  abs: 0,
  sign: 0,
  floor: 0,
  ceil: 0,
  round: 0,
  trunc: 0,
  not: 0,
  isnan: 0,
  isfinite: 0,
};

const binaryTolerance: Readonly<Record<BinaryOp, number>> = {
  add: 1e-7,
  sub: 1e-7,
  mul: 1e-7,
  div: 2e-7,
  pow: 1e-5,
  min: 0,
  max: 0,
  mod: LOOSE,
  rem: LOOSE,
  atan2: 4e-6,
  eq: 0,
  ne: 0,
  lt: 0,
  le: 0,
  and: 0,
  or: 0,
};

export const unaryOps = Object.keys(unaryTolerance) as UnaryOp[];
export const binaryOps = Object.keys(binaryTolerance) as BinaryOp[];
const allDims: readonly Dims[] = [1, 2, 'all'];

/** Angles of many turns too: the nearest multiple of π/2 must be subtracted with all of its digits. */
const angles = [...special, ...[8191, 8193, -8193, 3805166.5, 16367173 * 2 ** 72, -1e20, 3.4e38].map(Math.fround)];

function elementwiseCases(): Case[] {
  const cases: Case[] = [];
  for (const op of unaryOps) {
    const data = op === 'sin' || op === 'cos' || op === 'tan' ? angles : special;
    const tolerance = unaryTolerance[op];
    cases.push(
      {
        name: `${op} of special numbers`,
        tolerance,
        elementwise: true,
        run: (e) => e.unary(op, e.upload(data, data.length, 1)),
      },
      { name: `${op} of 5x7`, tolerance, elementwise: true, run: (e) => e.unary(op, e.upload(numbers(35), 5, 7)) },
    );
  }
  for (const op of binaryOps) {
    const tolerance = binaryTolerance[op];
    // Quotients so large that float32 cannot name their parts have no remainder to speak of.
    const data =
      op === 'mod' || op === 'rem'
        ? special.filter((x) => x === 0 || !Number.isFinite(x) || (Math.abs(x) >= 0.5 && Math.abs(x) < 1000))
        : special;
    const usable =
      op === 'pow' ? data.filter((x) => !Number.isFinite(x) || (Math.abs(x) <= 8 && x !== 0.49999997)) : data;
    const size = usable.length;
    cases.push({
      name: `${op} of every pair of special numbers`,
      tolerance,
      elementwise: true,
      run: (e) => e.binary(op, e.upload(usable, size, 1), e.upload(usable, 1, size)),
    });
    for (const [a, b] of op === 'sub' || op === 'le' ? broadcasts : broadcasts.slice(1, 2)) {
      cases.push({
        name: `${op} of ${a.join('x')} and ${b.join('x')}`,
        tolerance,
        elementwise: true,
        run: (e) => e.binary(op, upload(e, a, 3), upload(e, b, 5)),
      });
    }
  }
  return cases;
}

/** Reciprocals tell -0.0 from 0.0. */
function signedZeros(): Case[] {
  const few = [0, -0, 0.25, -0.25, 1, -1, 3, -3, NaN, Infinity, -Infinity];
  const odd = [-0, 0, 1, -1, 2, -2, 0.5, 3, -3, NaN, Infinity, -Infinity];
  const reciprocal = (e: Engine, a: Buffer): Buffer => e.binary('div', e.fill(1, 1, 1), a);
  return [
    ...(['neg', 'abs', 'sign', 'floor', 'ceil', 'round', 'trunc', 'sqrt', 'sin', 'tan', 'atan'] as const).map(
      (op): Case => ({
        name: `${op} keeps the sign of a zero`,
        tolerance: 4e-6,
        elementwise: true,
        run: (e) => reciprocal(e, e.unary(op, e.upload(few, few.length, 1))),
      }),
    ),
    ...(['expm1', 'log1p', 'cbrt', 'sinh', 'tanh', 'asin'] as const).map((op): Case => ({
      name: `${op} keeps the sign of a zero`,
      tolerance: 0,
      run: (e) => reciprocal(e, e.unary(op, e.upload([0, -0], 2, 1))),
    })),
    ...(['min', 'max', 'mul', 'div', 'mod', 'rem', 'atan2'] as const).map((op): Case => ({
      name: `${op} gives zeros their sign`,
      tolerance: 4e-6,
      elementwise: true,
      run: (e) => reciprocal(e, e.binary(op, e.upload(few, few.length, 1), e.upload(few, 1, few.length))),
    })),
    {
      name: "pow is IEEE's",
      tolerance: 1e-5,
      elementwise: true,
      run: (e) => reciprocal(e, e.binary('pow', e.upload(odd, odd.length, 1), e.upload(odd, 1, odd.length))),
    },
    ...(['exp2', 'exp10'] as const).map((op): Case => ({
      name: `${op} of whole numbers is exact`,
      tolerance: 0,
      run: (e) => e.unary(op, e.upload([0, 1, 2, 3, 10], 5, 1)),
    })),
    {
      name: 'log2 of powers of 2 is whole',
      tolerance: 0,
      run: (e) => e.unary('log2', e.upload([0.125, 1, 2, 4, 8, 2 ** 29], 6, 1)),
    },
    {
      name: 'log10 of powers of 10 is whole',
      tolerance: 0,
      run: (e) => e.unary('log10', e.upload([1, 10, 100, 1000, 1e6, 1e9], 6, 1)),
    },
    ...(['expm1', 'log1p', 'tanh', 'sinh', 'asin', 'cbrt'] as const).map((op): Case => ({
      name: `${op} keeps its digits near 0`,
      tolerance: 1e-6,
      run: (e) =>
        e.binary('mul', e.unary(op, e.upload([1e-9, -2e-9, 3e-9], 3, 1)), e.fill(op === 'cbrt' ? 1e3 : 1e9, 1, 1)),
    })),
    ...(['max', 'min'] as const).map((op): Case => ({
      name: `index of ${op} finds the first NaN`,
      tolerance: 0,
      run: (e) => e.argreduce(op, e.upload([1, 2, NaN, 3, NaN, -1, 4, 5, NaN, 0, 0, 0], 4, 3), 1),
    })),
  ];
}

type Shape = readonly [rows: number, cols: number];

const broadcasts: readonly (readonly [Shape, Shape])[] = [
  [
    [5, 7],
    [5, 7],
  ],
  [
    [5, 7],
    [1, 7],
  ],
  [
    [5, 1],
    [5, 7],
  ],
  [
    [5, 1],
    [1, 7],
  ],
  [
    [1, 1],
    [5, 7],
  ],
  [
    [4, 6],
    [1, 1],
  ],
  [
    [1, 1],
    [1, 1],
  ],
  [
    [0, 7],
    [1, 7],
  ],
];

function upload(e: Engine, [rows, cols]: Shape, seed: number): Buffer {
  return e.upload(numbers(rows * cols, seed), rows, cols);
}

function selection(): Case[] {
  const mask = [0, 1, NaN, 0.5, -1, 0, 0, 2, 0, 1, 1, 0, 3, 0, 1];
  const poisoned = mask.map((m, k) => (m === 0 ? k : k % 2 ? NaN : Infinity));
  return [
    {
      name: 'select never lets the other lane through',
      tolerance: 0,
      run: (e) => e.select(e.upload(mask, 3, 5), e.fill(1, 3, 5), e.upload(poisoned, 3, 5)),
    },
    {
      name: 'select broadcasts mask and lanes',
      tolerance: 0,
      run: (e) => e.select(e.upload([0, 1, 0.25], 3, 1), e.upload([1, 2, 3, 4], 1, 4), e.fill(NaN, 1, 1)),
    },
  ];
}

function products(): Case[] {
  const shapes: readonly (readonly [number, number, number])[] = [
    [1, 1, 1],
    [2, 3, 4],
    [3, 5, 1],
    [1, 7, 3],
    [5, 1, 5],
    [33, 17, 9],
    [64, 64, 64],
    [65, 127, 31],
    [1, 300, 1],
    [3, 0, 2],
    [0, 3, 2],
  ];
  const cases = shapes.map(([m, k, n]): Case => ({
    name: `product of ${m}x${k} and ${k}x${n}`,
    tolerance: 2e-6,
    run: (e) => e.matmul(upload(e, [m, k], 7), upload(e, [k, n], 11)),
  }));
  const whole = Float64Array.from(numbers(90 * 90, 5), (x) => Math.round(x * 50));
  const odd = Float64Array.from(numbers(7 * 7, 5), (x) => Math.round(x * 50));
  const ragged = (e: Engine, value: number): Buffer => {
    const data = numbers(70 * 80, 3);
    data[70] = value;
    return e.upload(data, 70, 80);
  };
  return [
    ...cases,
    {
      name: 'product of whole numbers is exact',
      tolerance: 0,
      run: (e) => e.matmul(e.upload(whole, 90, 90), e.upload(whole, 90, 90)),
    },
    ...(['a row by a column', 'a row by a matrix', 'a matrix by a column'] as const).map((what): Case => ({
      name: `sums of thousands of round numbers, ${what}`,
      tolerance: 1e-6,
      run: (e) => {
        const steps = Float64Array.from({ length: 3 * 8129 }, (_, k) => 1 + ((17 * k) % 251) / 64);
        const matrix = e.upload(steps, 3, 8129);
        const row = e.slice(matrix, 0, 0, 1, 8129);
        const [left, right] = [what.startsWith('a row') ? row : matrix, what.endsWith('column') ? row : matrix];
        return e.matmul(left, e.transpose(right));
      },
    })),
    {
      name: 'product of zeros and a few ones is exact',
      tolerance: 0,
      run: (e) => {
        const mask = e.upload(
          Float64Array.from({ length: 13 * 500 }, (_, k) => ((k * k) % 83 === 4 ? 1 : 0)),
          13,
          500,
        );
        return e.matmul(mask, e.transpose(mask));
      },
    },
    {
      name: 'product over an odd edge that holds no zeros',
      tolerance: 1e-6,
      run: (e) =>
        e.matmul(
          e.unary(
            'exp',
            e.upload(
              odd.map((x) => x / 100),
              7,
              7,
            ),
          ),
          e.unary('cos', e.upload(odd, 7, 7)),
        ),
    },
    {
      name: 'product with an odd edge beside NaN-prone lanes',
      tolerance: 1e-6,
      run: (e) => {
        const x = e.binary('add', e.unary('abs', e.upload(odd, 7, 7)), e.fill(1, 1, 1));
        return e.matmul(e.unary('log', x), e.binary('div', e.fill(1, 7, 7), x));
      },
    },
    {
      name: 'a NaN poisons its row of a product alone',
      tolerance: 2e-6,
      run: (e) => e.matmul(ragged(e, NaN), upload(e, [80, 9], 2)),
    },
    {
      name: 'an infinity stays in its row of a product',
      tolerance: 2e-6,
      run: (e) => e.matmul(ragged(e, Infinity), e.unary('abs', upload(e, [80, 9], 2))),
    },
    {
      name: 'a NaN poisons its column of a product alone',
      tolerance: 2e-6,
      run: (e) => e.matmul(upload(e, [9, 70], 2), ragged(e, NaN)),
    },
    {
      name: 'near-constant factors keep their covariance',
      // 1 part in 40 varies, as in a softmax picture; over the range this is 4e-6.
      tolerance: 5e-7,
      run: (e) => {
        const x = e.binary('add', e.fill(40, 1, 1), upload(e, [200, 200], 9));
        const p = e.binary('div', x, e.reduce('sum', x, 1));
        return e.binary('mul', e.matmul(e.transpose(p), p), e.fill(200, 1, 1));
      },
    },
  ];
}

/** The same numbers as a right factor in several shapes, which share their memory on some engines. */
function aliases(): Case[] {
  const both = (e: Engine, first: Buffer, second: Buffer): Buffer =>
    e.concat([e.reshape(first, first.rows * first.cols, 1), e.reshape(second, second.rows * second.cols, 1)], 1);
  return [
    {
      name: "x'x, then xx'",
      tolerance: 0,
      run: (e) => {
        const x = e.upload([1, 2], 2, 1);
        const row = e.transpose(x);
        return both(e, e.matmul(row, x), e.matmul(x, row));
      },
    },
    {
      name: "xx', then x'x",
      tolerance: 1e-6,
      run: (e) => {
        const x = upload(e, [33, 1], 4);
        const row = e.transpose(x);
        return both(e, e.matmul(e.unary('sign', x), row), e.matmul(e.unary('sign', row), x));
      },
    },
    {
      name: "a vector's transpose as a right factor, then the vector",
      tolerance: 0,
      run: (e) => {
        const w = e.upload([1, 2], 2, 1);
        const u = e.fill(1, 2, 1);
        return both(e, e.matmul(u, e.transpose(w)), e.matmul(e.transpose(u), w));
      },
    },
    {
      name: 'a matrix as a right factor in four shapes',
      tolerance: 1e-6,
      run: (e) => {
        const x = upload(e, [4, 9], 4);
        const products = [
          [4, 9],
          [9, 4],
          [36, 1],
          [1, 36],
          [4, 9],
        ].map(([rows = 0, cols = 0]) => e.matmul(upload(e, [3, rows], 6), e.reshape(x, rows, cols)));
        return products.reduce((all, next) => both(e, all, next));
      },
    },
  ];
}

function reductions(): Case[] {
  const shapes: readonly Shape[] = [
    [1, 1],
    [5, 7],
    [1, 9],
    [9, 1],
    [33, 65],
    [70, 2],
    [0, 3],
    [3, 0],
  ];
  const cases: Case[] = [];
  for (const dims of allDims) {
    for (const shape of shapes) {
      const name = `of ${shape.join('x')} along ${dims}`;
      for (const op of ['sum', 'max', 'min'] as const) {
        cases.push({
          name: `${op} ${name}`,
          tolerance: op === 'sum' ? LOOSE : 0,
          run: (e) => e.reduce(op, upload(e, shape, 3), dims),
        });
      }
      for (const op of ['max', 'min'] as const) {
        cases.push(
          { name: `index of ${op} ${name}`, tolerance: 0, run: (e) => e.argreduce(op, upload(e, shape, 3), dims) },
          {
            name: `index of ${op} among equals ${name}`,
            tolerance: 0,
            run: (e) => e.argreduce(op, e.unary('round', upload(e, shape, 3)), dims),
          },
        );
      }
    }
    for (const op of ['sum', 'max', 'min'] as const) {
      const spoilt = numbers(40 * 50, 4);
      spoilt[777] = NaN;
      cases.push({
        name: `${op} along ${dims} shows a NaN`,
        tolerance: LOOSE,
        run: (e) => e.reduce(op, e.upload(spoilt, 40, 50), dims),
      });
    }
  }
  return cases;
}

function shapes(): Case[] {
  const flat = Float64Array.from({ length: 35 }, (_, k) => (k * 13) % 35);
  const repeated = Float64Array.from({ length: 33 * 40 }, (_, k) => (k * k) % 35);
  return [
    ...(
      [
        [1, 1],
        [5, 7],
        [1, 6],
        [33, 40],
        [0, 4],
      ] as const
    ).map((shape): Case => ({
      name: `transpose of ${shape.join('x')}`,
      tolerance: 0,
      run: (e) => e.transpose(upload(e, shape, 2)),
    })),
    ...(
      [
        [
          [5, 7],
          [7, 5],
        ],
        [
          [5, 7],
          [1, 35],
        ],
        [
          [1, 35],
          [35, 1],
        ],
        [
          [6, 4],
          [3, 8],
        ],
        [
          [0, 4],
          [2, 0],
        ],
      ] as const
    ).map(([from, to]): Case => ({
      name: `reshape of ${from.join('x')} to ${to.join('x')}`,
      tolerance: 0,
      run: (e) => e.reshape(e.unary('neg', upload(e, from, 2)), to[0], to[1]),
    })),
    {
      name: 'one matrix in two shapes at once',
      tolerance: LOOSE,
      run: (e) => {
        const x = upload(e, [1, 36], 2);
        return e.matmul(e.reshape(x, 4, 9), e.reshape(x, 9, 4));
      },
    },
    ...(
      [
        [0, 0, 5, 7],
        [1, 1, 3, 4],
        [2, 3, 1, 1],
        [4, 0, 1, 7],
        [0, 6, 5, 1],
        [5, 0, 0, 7],
      ] as const
    ).map((block): Case => ({
      name: `slice ${block.join(' ')}`,
      tolerance: 0,
      run: (e) => e.slice(upload(e, [5, 7], 2), block[0], block[1], block[2], block[3]),
    })),
    ...(
      [
        [0, 0, 5, 7],
        [1, 1, 8, 9],
        [3, 2, 8, 9],
        [0, 0, 6, 8],
      ] as const
    ).map((place): Case => ({
      name: `pad ${place.join(' ')}`,
      tolerance: 2e-7,
      run: (e) => e.pad(e.unary('exp', upload(e, [5, 7], 2)), place[0], place[1], place[2], place[3]),
    })),
    { name: 'pad of nothing', tolerance: 0, run: (e) => e.pad(e.fill(1, 0, 2), 1, 1, 3, 4) },
    ...([1, 2, 3, 5] as const).map((count): Case => ({
      name: `concat of ${count}, one below the other`,
      tolerance: 0,
      run: (e) =>
        e.concat(
          Array.from({ length: count }, (_, k) => upload(e, [k * 2 + 1, 5], k + 1)),
          1,
        ),
    })),
    ...([1, 2, 3, 5] as const).map((count): Case => ({
      name: `concat of ${count}, side by side`,
      tolerance: 0,
      run: (e) =>
        e.concat(
          Array.from({ length: count }, (_, k) => upload(e, [3, k === 1 ? 0 : k + 1], k + 1)),
          2,
        ),
    })),
    { name: 'gather', tolerance: 0, run: (e) => e.gather(upload(e, [5, 7], 6), e.upload(flat, 7, 5)) },
    {
      name: 'gather from a row, repeated',
      tolerance: 0,
      run: (e) => e.gather(upload(e, [1, 35], 6), e.upload(repeated, 33, 40)),
    },
    {
      name: 'gather outside gives NaN',
      tolerance: 0,
      run: (e) => e.gather(upload(e, [5, 7], 6), e.upload([0, 34, 35, -1], 2, 2)),
    },
    {
      name: 'scatter adds up',
      tolerance: 1e-6,
      run: (e) => e.scatterAdd(upload(e, [33, 40], 8), e.upload(repeated, 33, 40), 5, 7),
    },
    { name: 'scatter of one', tolerance: 0, run: (e) => e.scatterAdd(e.fill(3, 1, 1), e.fill(4, 1, 1), 3, 3) },
    { name: 'scatter of nothing', tolerance: 0, run: (e) => e.scatterAdd(e.fill(3, 0, 1), e.fill(4, 0, 1), 3, 3) },
    { name: 'fill', tolerance: 0, run: (e) => e.fill(0.25, 3, 5) },
    { name: 'fill with an infinity', tolerance: 0, run: (e) => e.fill(-Infinity, 3, 1) },
  ];
}

export const cases: readonly Case[] = [
  ...elementwiseCases(),
  ...signedZeros(),
  ...selection(),
  ...products(),
  ...aliases(),
  ...reductions(),
  ...shapes(),
];

/** Tensors and buffers left over by a run inside `tidy`: 0 unless something leaks. */
export function leaked(engine: Engine & { tensors?: () => number }, work: () => void): number {
  const before = [engine.memory().buffers, engine.tensors?.() ?? 0];
  engine.tidy(work, () => []);
  const after = [engine.memory().buffers, engine.tensors?.() ?? 0];
  return (
    Math.abs((after[0] as number) - (before[0] as number)) + Math.abs((after[1] as number) - (before[1] as number))
  );
}
