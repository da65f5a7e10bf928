/** NNlib's activation functions, with its derivatives, and the losses of Flux. */

import type { Algebra, Pullback } from '../../matrix/pullbacks.ts';
import type { Node } from '../../matrix/tape.ts';
import { floatOf } from '../eltypes.ts';
import { dimensionMismatch, methodError } from '../errors.ts';
import { numbers } from '../iterate.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, Lane, scalarType, typeName } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import { dimsOf, entry } from './table.ts';
import type { Entry } from './table.ts';

/** Formulas over numbers and matrices alike. */
class Formula<T extends { rows: number; cols: number }> {
  readonly e: Algebra<T>;
  constructor(e: Algebra<T>) {
    this.e = e;
  }
  number(x: number): T {
    return this.e.fill(x, 1, 1);
  }
  plus(a: T, b: T | number): T {
    return this.e.binary('add', a, typeof b === 'number' ? this.number(b) : b);
  }
  times(a: T, b: T | number): T {
    return this.e.binary('mul', a, typeof b === 'number' ? this.number(b) : b);
  }
  positive(x: T): T {
    return this.e.binary('lt', this.number(0), x);
  }
  choose(mask: T, a: T, b: T | number): T {
    return this.e.select(mask, a, typeof b === 'number' ? this.number(b) : b);
  }
  /** 1 / (1 + exp(-x)) without overflow. */
  sigmoid(x: T): T {
    const t = this.e.unary('exp', this.e.unary('neg', this.e.unary('abs', x)));
    const negative = this.e.binary('lt', x, this.number(0));
    return this.e.binary('div', this.choose(negative, t, 1), this.plus(t, 1));
  }
  /** log(1 + exp(x)) without overflow. */
  softplus(x: T): T {
    const t = this.e.unary('exp', this.e.unary('neg', this.e.unary('abs', x)));
    return this.plus(this.e.unary('log1p', t), this.e.binary('max', x, this.number(0)));
  }
}

interface Activation {
  readonly doc: string;
  /** Value at x, and derivative from x and the value y; `a` is the setting, where there is one. */
  readonly value: <T extends { rows: number; cols: number }>(f: Formula<T>, x: T, a: number) => T;
  readonly slope: <T extends { rows: number; cols: number }>(f: Formula<T>, x: T, y: T, a: number) => T;
  readonly setting?: number;
  /** Keeps the argument's type; otherwise integers become Float64. */
  readonly keeps?: boolean;
}

const root2overPi = Math.sqrt(2 / Math.PI);

const sigmoid: Activation = {
  doc: '1 / (1 + exp(-x)).',
  value: (f, x) => f.sigmoid(x),
  slope: (f, _x, y) => f.times(y, f.e.binary('sub', f.number(1), y)),
};

const swish: Activation = {
  doc: 'x * sigmoid(x).',
  value: (f, x) => f.times(x, f.sigmoid(x)),
  slope: (f, x, y) => f.plus(y, f.times(f.sigmoid(x), f.e.binary('sub', f.number(1), y))),
};

const table: Record<string, Activation> = {
  relu: {
    doc: 'x, or 0 where x is negative.',
    keeps: true,
    value: (f, x) => f.e.binary('max', x, f.number(0)),
    slope: (f, _x, y) => f.positive(y),
  },
  leakyrelu: {
    doc: 'x, or a * x where x is negative.',
    setting: 0.01,
    value: (f, x, a) => f.e.binary('max', f.times(x, a), x),
    slope: (f, _x, y, a) => f.choose(f.positive(y), f.number(1), a),
  },
  relu6: {
    doc: 'relu, but at most 6.',
    keeps: true,
    value: (f, x) => f.e.binary('min', f.e.binary('max', x, f.number(0)), f.number(6)),
    slope: (f, _x, y) => f.e.binary('and', f.positive(y), f.e.binary('lt', y, f.number(6))),
  },
  elu: {
    doc: 'x, or α * (exp(x) - 1) where x is negative.',
    setting: 1,
    value: (f, x, a) =>
      f.choose(f.e.binary('lt', x, f.number(0)), f.times(f.e.unary('expm1', f.e.binary('min', x, f.number(0))), a), x),
    slope: (f, _x, y, a) => f.choose(f.e.binary('lt', y, f.number(0)), f.plus(y, a), 1),
  },
  gelu: {
    doc: '0.5x * (1 + tanh(√(2/π) * (x + 0.044715x^3))).',
    value: (f, x) => {
      const cube = f.times(x, f.times(x, x));
      const t = f.e.unary('tanh', f.times(f.plus(x, f.times(cube, 0.044715)), root2overPi));
      return f.times(f.times(x, 0.5), f.plus(t, 1));
    },
    slope: (f, x) => {
      const square = f.times(x, x);
      const t = f.e.unary('tanh', f.times(f.plus(x, f.times(f.times(x, square), 0.044715)), root2overPi));
      const inner = f.times(f.plus(f.times(square, 3 * 0.044715), 1), root2overPi);
      const flank = f.e.binary('sub', f.number(1), f.times(t, t));
      return f.plus(f.times(f.plus(t, 1), 0.5), f.times(f.times(f.times(x, 0.5), flank), inner));
    },
  },
  swish,
  sigmoid,
  σ: sigmoid,
  sigmoid_fast: sigmoid,
  softplus: { doc: 'log(1 + exp(x)).', value: (f, x) => f.softplus(x), slope: (f, x) => f.sigmoid(x) },
  tanh_fast: {
    doc: 'tanh(x).',
    value: (f, x) => f.e.unary('tanh', x),
    slope: (f, _x, y) => f.e.binary('sub', f.number(1), f.times(y, y)),
  },
};

function activation(name: string, { doc, value, slope, setting, keeps }: Activation): Entry {
  const about = {
    name,
    signature: setting === undefined ? `${name}(x)` : `${name}(x, a)`,
    doc,
    differentiable: 'yes',
  } as const;
  return entry(about, [1, setting === undefined ? 1 : 2], (rt, [x = null, given]) => {
    const type = scalarType(x);
    if (!type) {
      const error = methodError(name, [typeName(x)]);
      if (x instanceof Arr)
        error.message = `Use broadcasting (\`${name}.(x)\`) to apply activation functions to arrays.`;
      throw error;
    }
    const a = given === undefined ? (setting ?? 0) : rt.number(given, name);
    const node = rt.scalarNode(x);
    const { ops } = rt;
    const plain = value(new Formula<Node>(ops), ops.detach(node), a);
    const pullback: Pullback = (e, g, call) => {
      const [at] = call.parents;
      return at ? [e.binary('mul', g, slope(new Formula(e), at, call.value, a))] : [];
    };
    return new Lane(keeps ? type : floatOf(type), ops.record(plain.value, [node], pullback));
  });
}

function logsoftmax(rt: Runtime, a: Arr, keywords: Keywords): Arr {
  const { ops } = rt;
  const dims = keywords.has('dims') ? dimsOf(rt, keywords) : 1;
  const node = rt.node(a);
  const off = ops.binary('sub', node, ops.detach(ops.reduce('max', node, dims)));
  const sums = ops.unary('log', ops.reduce('sum', ops.unary('exp', off), dims));
  return new Arr(floatOf(a.eltype), a.ndims, ops.binary('sub', off, sums), a.rows, a.cols);
}

/** The mean over all elements of what `each` makes of the differences. */
function meanLoss(name: string, doc: string, each: (rt: Runtime, off: Node) => Node): Entry {
  return entry({ name, signature: `${name}(ŷ, y)`, doc, differentiable: 'yes' }, [2, 2], (rt, [x = null, y = null]) => {
    const [a, b] = [numbers(rt, x, name), numbers(rt, y, name)];
    if (a.rows !== b.rows || a.cols !== b.cols)
      throw dimensionMismatch(
        `loss function expects size(ŷ) = (${a.rows}, ${a.cols}) to match size(y) = (${b.rows}, ${b.cols})`,
      );
    const { ops } = rt;
    const total = ops.reduce('sum', each(rt, ops.binary('sub', rt.node(a), rt.node(b))), 'all');
    return new Lane(floatOf(a.eltype), ops.binary('div', total, ops.scalar(a.length)));
  });
}

export const activations: readonly Entry[] = [
  ...Object.entries(table).map(([name, rule]) => activation(name, rule)),
  entry(
    { name: 'logsoftmax', signature: 'logsoftmax(x; dims)', doc: 'The logarithm of softmax.', differentiable: 'yes' },
    [1, 1],
    (rt, [x = null]: readonly Value[], keywords) => logsoftmax(rt, numbers(rt, x, 'logsoftmax'), keywords),
  ),
  meanLoss('mse', 'Mean of the squared differences.', (rt, off) => rt.ops.binary('mul', off, off)),
  meanLoss('mae', 'Mean of the absolute differences.', (rt, off) => rt.ops.unary('abs', off)),
];
