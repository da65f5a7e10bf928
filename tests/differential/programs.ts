/**
 * Random well-typed array programs of the subset, as text: chains of operations on vectors, rows, matrices and numbers, with
 * aliases by transpose, reshape and slice, and gradients. Most fit together; now and then one does not, on purpose.
 *
 * A program is decoded from genes, small whole numbers, so that fast-check's shrinking shortens it and makes it smaller.
 */
import fc from 'fast-check';

export type Gene = readonly [what: number, left: number, right: number, detail: number];

export interface Plan {
  readonly inputs: readonly Gene[];
  readonly steps: readonly Gene[];
}

/** One statement a cell; each defines one name. */
export interface ArrayProgram {
  readonly statements: readonly string[];
  readonly names: readonly string[];
}

const gene = fc.tuple(fc.nat(999), fc.nat(99), fc.nat(99), fc.nat(999));

/** Programs of 1 to 3 inputs and 3 to 12 operations. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  inputs: fc.array(gene, { minLength: 1, maxLength: 3 }),
  steps: fc.array(gene, { minLength: 3, maxLength: 12 }),
});

/** Sizes where something changes: nothing, one, odd edges, the start of centred products, blocks of 2, 4, 8 and 16. */
const sizes = [2, 3, 1, 4, 5, 7, 2, 3, 1, 8, 9, 0, 16, 17, 31, 33, 63, 64, 65, 100, 127, 128, 130];

interface Known {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly kind: 'number' | 'vector' | 'row' | 'matrix';
}

type Shape = Omit<Known, 'name'>;

const number: Shape = { rows: 1, cols: 1, kind: 'number' };
const vector = (rows: number): Shape => ({ rows, cols: 1, kind: 'vector' });
const matrix = (rows: number, cols: number): Shape => ({ rows, cols, kind: 'matrix' });
const row = (cols: number): Shape => ({ rows: 1, cols, kind: 'row' });

/** The shape of an elementwise result, as Julia has it: a row loses its adjoint beside a matrix. */
function joined(a: Shape, b: Shape): Shape {
  if (a.kind === 'number') return b;
  if (b.kind === 'number') return a;
  const size = (x: number, y: number): number => (x === 1 ? y : x);
  const [rows, cols] = [size(a.rows, b.rows), size(a.cols, b.cols)];
  if (a.kind === b.kind && a.kind !== 'matrix') return { rows, cols, kind: a.kind };
  return matrix(rows, cols);
}

/** Numbers in (-2, 2) that float32 holds, told apart by their place. */
function input([what, left, right, detail]: Gene): readonly [string, Shape] {
  const pick = (k: number): number => sizes[k % sizes.length] as number;
  const kind = what % 8;
  const shape = kind < 2 ? vector(pick(left)) : kind === 2 ? row(pick(right)) : matrix(pick(left), pick(right));
  const step = 3 + (detail % 37) * 2;
  const element = `mod(${step}i + ${step + 11}j, 251) / 64 - ${1 + (detail % 2)}`;
  if (shape.kind === 'vector') return [`[${element.replaceAll(/\d+j/g, '1')} for i in 1:${shape.rows}]`, shape];
  if (shape.kind === 'row') return [`[${element.replaceAll(/\d+j/g, '1')} for i in 1:${shape.cols}]'`, shape];
  return [`[${element} for i in 1:${shape.rows}, j in 1:${shape.cols}]`, shape];
}

const unaries = [
  (x: string) => `sin.(${x})`,
  (x: string) => `cos.(${x})`,
  (x: string) => `exp.(-abs.(${x}))`,
  (x: string) => `tanh.(${x})`,
  (x: string) => `sqrt.(abs.(${x}))`,
  (x: string) => `log.(1 .+ abs.(${x}))`,
  (x: string) => `log1p.(abs.(${x}))`,
  (x: string) => `round.(${x})`,
  (x: string) => `floor.(2 .* ${x})`,
  (x: string) => `sign.(${x})`,
  (x: string) => `atan.(${x})`,
  (x: string) => `cbrt.(${x})`,
  (x: string) => `abs.(${x})`,
  (x: string) => `clamp.(${x}, -1, 1)`,
  (x: string) => `exp2.(clamp.(${x}, -4, 4))`,
  (x: string) => `1 ./ (1 .+ ${x} .^ 2)`,
];

const binaries = ['.+', '.-', '.*', './', '.<', '.<=', '.=='];

/** A scalar of x for a gradient to be taken of, given another array of x's shape. */
const losses = [
  (x: string, b: string) => `sum(${x} .* ${b})`,
  (x: string) => `sum(abs2, ${x})`,
  (x: string) => `sum(${x}' * ${x})`,
  (x: string) => `sum(${x} * ${x}')`,
  (x: string, b: string) => `sum(sin.(${x} * ${b}'))`,
  (x: string, b: string) => `sum((${b}' * ${x}) .^ 2)`,
  (x: string) => `sum(softmax(${x}) .* ${x})`,
  (x: string) => `sum(maximum(${x}; dims=1))`,
  (x: string, b: string) => `sum(exp.(-abs.(${x} ./ (1 .+ ${b} .^ 2))))`,
  (x: string, b: string) => `sum([${x}; ${b}] .^ 3)`,
  (x: string) => `sum(vec(${x}) * vec(${x})')`,
  (x: string, b: string) => `sum(${x} .- ${b}) / 3 + sum(tanh.(${x}))`,
  (x: string) => `sum(cos.(sum(${x}; dims=2)))`,
];

function statement(known: readonly Known[], gene: Gene): readonly [string, Shape] {
  const [what, left, right, detail] = gene;
  const a = known[known.length - 1 - (left % known.length)] as Known;
  /** Another array that fits; one that may not, every sixteenth time; else one made to fit. */
  const other = (fits: (b: Known) => boolean, made: string, shape: Shape): readonly [string, Shape] => {
    const usable = detail % 16 === 15 ? known : known.filter(fits);
    const b = usable[right % Math.max(1, usable.length)];
    return b ? [b.name, b] : [made, shape];
  };
  const like = (): readonly [string, Shape] =>
    other((b) => b.rows === a.rows && b.cols === a.cols && b.kind === a.kind, a.name, a);
  if (a.kind === 'number') {
    const [b, shape] = other(() => true, '2.0', number);
    return what % 3 === 0 ? [`sin(${a.name}) + 0.5`, number] : [`${a.name} .${'+-*'[what % 3]} ${b}`, joined(a, shape)];
  }
  const m: Shape = a;
  switch (what % 24) {
    case 0:
    case 1:
      return [(unaries[detail % unaries.length] as (x: string) => string)(a.name), a];
    case 2: {
      const [b, shape] = like();
      return [`${a.name} ${binaries[detail % binaries.length]} ${b}`, joined(a, shape)];
    }
    case 3: {
      const [b, shape] = other(
        ({ rows, cols, kind }) =>
          kind === 'number' || ((rows === a.rows || rows === 1) && (cols === a.cols || cols === 1)),
        '0.5',
        number,
      );
      return [`${a.name} ${binaries[detail % 4]} (0.25 .+ abs.(${b}))`, joined(a, shape)];
    }
    case 4:
    case 5: {
      const [b, shape] = other(
        (b) => b.kind !== 'number' && b.rows === a.cols && (a.kind !== 'vector' || b.kind === 'row'),
        `${a.name}'`,
        {
          rows: a.cols,
          cols: a.rows,
          kind: a.kind === 'vector' ? 'row' : 'matrix',
        },
      );
      return [`${a.name} * ${b}`, productOf(a, shape)];
    }
    case 6: {
      const [b, shape] = other((b) => b.kind !== 'number' && b.rows === a.rows, a.name, a);
      const left: Shape = { rows: a.cols, cols: a.rows, kind: a.kind === 'vector' ? 'row' : 'matrix' };
      return [`${a.name}' * ${b}`, productOf(left, shape)];
    }
    case 7:
    case 8:
      return [
        `${a.name}'`,
        a.kind === 'vector' ? row(a.rows) : a.kind === 'row' ? vector(a.cols) : matrix(a.cols, a.rows),
      ];
    case 9:
      return [`vec(${a.name})`, vector(a.rows * a.cols)];
    case 10: {
      const count = a.rows * a.cols;
      const divisors = Array.from({ length: Math.min(count, 200) }, (_, k) => k + 1).filter((k) => count % k === 0);
      const rows = detail % 32 === 31 ? -2 : (divisors[detail % Math.max(1, divisors.length)] ?? 0);
      return [`reshape(${a.name}, ${rows}, ${rows > 0 ? count / rows : 2})`, matrix(rows, rows > 0 ? count / rows : 2)];
    }
    case 11:
    case 12: {
      if (a.kind !== 'matrix') {
        const n = a.rows * a.cols;
        const [i, j] = [1 + (detail % Math.max(1, n)), n - (right % Math.max(1, n))];
        return [`vec(${a.name})[${i}:${j}]`, vector(Math.max(0, j - i + 1))];
      }
      const from = (n: number, k: number): number => 1 + (k % Math.max(1, n));
      const [i, j] = [from(a.rows, detail), from(a.cols, right)];
      if (detail % 5 === 0) return [`${a.name}[${i}, :]`, vector(a.cols)];
      if (detail % 5 === 1) return [`${a.name}[:, ${j}]`, vector(a.rows)];
      return [`${a.name}[${i}:end, ${j}:${a.cols}]`, matrix(Math.max(0, a.rows - i + 1), Math.max(0, a.cols - j + 1))];
    }
    case 13: {
      const [b, shape] = other((b) => b.kind !== 'number' && b.cols === a.cols, a.name, a);
      const together = a.rows + shape.rows;
      return [`[${a.name}; ${b}]`, a.kind === 'vector' ? vector(together) : matrix(together, a.cols)];
    }
    case 14: {
      const [b, shape] = other((b) => b.kind !== 'number' && b.rows === a.rows, a.name, a);
      return [`[${a.name} ${b}]`, matrix(a.rows, a.cols + shape.cols)];
    }
    case 15: {
      const d = 1 + (detail % 2);
      const f = ['sum', 'maximum', 'minimum', 'sum'][right % 4] as string;
      if (a.kind === 'vector') return [`${f}(${a.name})`, number];
      return [`${f}(${a.name}; dims=${d})`, d === 1 ? matrix(1, a.cols) : matrix(a.rows, 1)];
    }
    case 16:
      return [`${detail % 2 === 0 ? 'sum' : 'mean'}(${a.name}) / 4`, number];
    case 17:
      return [
        a.kind === 'matrix' ? `softmax(${a.name}; dims=${1 + (detail % 2)})` : `softmax(${a.name})`,
        a.kind === 'row' ? matrix(1, a.cols) : a,
      ];
    case 18: {
      const [b, shape] = like();
      return [`ifelse.(${a.name} .> 0, ${b}, 2 .* ${a.name})`, joined(a, shape)];
    }
    case 19: {
      const n = a.rows * a.cols;
      if (n === 0) return [`copy(${a.name})`, a];
      const at = [1 + (detail % n), 1 + (right % n), n, 1 + (detail % n)];
      return [`${a.name}[[${at.join(', ')}]]`, vector(4)];
    }
    case 20:
      return detail % 2 === 0 ? [`2 * ${a.name} - ${a.name} / 3`, a] : [`-${a.name} + ${a.name}`, a];
    default: {
      const [b] = like();
      const loss = losses[detail % losses.length] as (x: string, b: string) => string;
      return [`gradient(x -> ${loss('x', b)}, ${a.name})[1]`, m];
    }
  }
}

function productOf(a: Shape, b: Shape): Shape {
  if (a.kind === 'row' && b.kind === 'vector') return number;
  if (b.kind === 'vector') return vector(a.rows);
  return a.kind === 'row' ? row(b.cols) : matrix(a.rows, b.cols);
}

/** More elements than a step may make: programs are to be many, not large. */
const MOST = 130 * 130;

export function programOf({ inputs, steps }: Plan): ArrayProgram {
  const statements: string[] = [];
  const known: Known[] = [];
  const define = ([code, shape]: readonly [string, Shape]): void => {
    const name = `v${known.length + 1}`;
    known.push({ ...shape, name });
    statements.push(`${name} = ${code}`);
  };
  inputs.forEach((one) => define(input(one)));
  for (const step of steps) {
    const next = statement(known, step);
    if (next[1].rows * next[1].cols <= MOST) define(next);
  }
  return { statements, names: known.map(({ name }) => name) };
}

export function textOf(plan: Plan): string {
  return programOf(plan).statements.join('\n');
}
