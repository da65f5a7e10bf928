/** Expressions of Julia's in NumPy's words. Where the kind of a value decides, it is followed. */

import type { Argument, Expr } from '../julia/ast.ts';
import { wholeCall } from './numpy-calls.ts';
import { ELEMENTWISE, REDUCTIONS } from './numpy-functions.ts';
import { indexText } from './numpy-index.ts';
import { aligned, atom, BINDS, NotNumpy, spread, within, type Piece } from './numpy-types.ts';
import type { Surroundings, Translation } from './numpy-translation.ts';
import { number, pythonName, TYPES, valueOf, WORDS } from './numpy-words.ts';

const ARITHMETIC: Readonly<Record<string, readonly [text: string, binds: number]>> = {
  '+': [' + ', BINDS.sum],
  '-': [' - ', BINDS.sum],
  '*': [' * ', BINDS.product],
  '/': [' / ', BINDS.product],
};
const COMPARISONS: Readonly<Record<string, string>> = {
  '<': '<',
  '<=': '<=',
  '≤': '<=',
  '>': '>',
  '>=': '>=',
  '≥': '>=',
  '==': '==',
  '!=': '!=',
  '≠': '!=',
};

export class Translator implements Translation {
  readonly around: Surroundings;

  constructor(around: Surroundings) {
    this.around = around;
  }

  refuse(what: string, node: Expr): never {
    throw new NotNumpy(what, node, this.around.source);
  }

  expression(node: Expr): Piece {
    switch (node.kind) {
      case 'int':
        return atom(node.value, 'number');
      case 'float':
        return atom(node.single ? `np.float32(${number(node.value)})` : number(node.value), 'number');
      case 'bool':
        return atom(node.value ? 'True' : 'False', 'number');
      case 'name':
        return this.#name(node);
      case 'block': {
        const [only, ...more] = node.body;
        return only !== undefined && more.length === 0
          ? this.expression(only)
          : this.refuse('it has several expressions in one', node);
      }
      case 'adjoint':
        return this.adjoint(this.expression(node.value), node);
      case 'ternary':
        return this.#where(node);
      case 'compare':
        return this.#compare(node);
      case 'and':
      case 'or':
        return this.#logic(node);
      case 'range':
        return this.#range(node);
      case 'vector':
        return this.#vector(node);
      case 'matrix':
        return this.#matrix(node);
      case 'index':
        return indexText(this, node);
      case 'call':
        return this.#call(node);
      default:
        return this.refuse(`it uses ${WORDS[node.kind] ?? `what Julia calls a ${node.kind}`}`, node);
    }
  }

  /** A value that must be a plain number. */
  count(node: Expr): string {
    const piece = this.expression(node);
    return piece.kind === 'number' ? piece.text : this.refuse('a size must be a number', node);
  }

  #name(node: Expr & { kind: 'name' }): Piece {
    const kind = this.around.names.get(node.name);
    if (kind !== undefined) return atom(pythonName(node.name), kind);
    const constant = { π: 'np.pi', pi: 'np.pi', ℯ: 'np.e', Inf: 'np.inf', NaN: 'np.nan' }[node.name];
    if (constant !== undefined) return atom(constant, 'number');
    if (node.name === 'I') return atom('I', 'unit');
    return this.refuse(`${node.name} is no array or number here`, node);
  }

  adjoint(value: Piece, node: Expr): Piece {
    switch (value.kind) {
      case 'number':
        return value;
      case 'vector':
        return atom(`${within(value, BINDS.atom)}[None, :]`, 'row');
      case 'row':
        return atom(`${within(value, BINDS.atom)}[0]`, 'vector');
      case 'matrix':
        return atom(`${within(value, BINDS.atom)}.T`, 'matrix');
      case 'unit':
        return this.refuse('it turns the unit matrix', node);
    }
  }

  #where({ test, then, otherwise }: Expr & { kind: 'ternary' }): Piece {
    const [a, b, c] = [test, then, otherwise].map((one) => this.expression(one)) as [Piece, Piece, Piece];
    if (a.kind !== 'number' || b.kind !== c.kind) this.refuse('its two cases are not alike', then);
    return b.kind === 'number'
      ? atom(`np.where(${a.text}, ${b.text}, ${c.text})`, 'number')
      : {
          text: `${within(b, BINDS.or)} if ${within(a, BINDS.or)} else ${within(c, BINDS.or)}`,
          binds: BINDS.ternary,
          kind: b.kind,
        };
  }

  #compare(node: Expr & { kind: 'compare' }): Piece {
    const [only, ...more] = node.rest;
    if (only === undefined || more.length > 0) return this.refuse('it has a chain of comparisons', node);
    const sign = COMPARISONS[only.op];
    const [a, b] = [this.expression(node.first), this.expression(only.right)];
    if (sign === undefined || (!only.broadcast && (a.kind !== 'number' || b.kind !== 'number')))
      return this.refuse(`it compares with ${only.op}`, node);
    return this.#spread([a, b], (left, right) => ({
      text: `${within(left, BINDS.sum)} ${sign} ${within(right, BINDS.sum)}`,
      binds: BINDS.compare,
    }));
  }

  #logic(node: Expr & { kind: 'and' | 'or' }): Piece {
    const pieces = [this.expression(node.left), this.expression(node.right)];
    if (!node.broadcast && pieces.some(({ kind }) => kind !== 'number'))
      this.refuse('it joins arrays as conditions', node);
    return this.#spread(pieces, (left, right) => ({
      text: `np.logical_${node.kind}(${left.text}, ${right.text})`,
      binds: BINDS.atom,
    }));
  }

  #range({ start, step, stop }: Expr & { kind: 'range' }): Piece {
    const [a, b] = [this.count(start), this.count(stop)];
    const given = step === null ? null : valueOf(step);
    if (step !== null && (given === null || given === 0))
      this.refuse('the step of a range must be written as a number', step);
    if (
      [start, stop].every((one) => Number.isInteger(valueOf(one))) &&
      start.kind !== 'float' &&
      step?.kind !== 'float'
    ) {
      const by = given ?? 1;
      const last = Number(valueOf(stop)) + Math.sign(by);
      return atom(`np.arange(${a}, ${last}${by === 1 ? '' : `, ${by}`})`, 'vector');
    }
    const [from, to] = [valueOf(start), valueOf(stop)];
    if (from !== null && to !== null) {
      const by = given ?? 1;
      const n = Math.max(0, Math.floor((to - from) / by + 1e-9) + 1);
      return atom(`np.linspace(${number(from)}, ${number(from + (n - 1) * by)}, ${n})`, 'vector');
    }
    if (step !== null) this.refuse('the ends of a range with a step must be written as numbers', step);
    return atom(`np.arange(${a}, ${b} + 1)`, 'vector');
  }

  #vector(node: Expr & { kind: 'vector' }): Piece {
    const items = node.items.map((item) => this.expression(item));
    if (items.some(({ kind }) => kind !== 'number')) this.refuse('it has a vector of arrays', node);
    return atom(`np.array([${items.map(({ text }) => text).join(', ')}])`, 'vector');
  }

  #matrix(node: Expr & { kind: 'matrix' }): Piece {
    const rows = node.rows.map((row) => row.map((item) => this.expression(item)));
    const all = rows.flat();
    const texts = (row: readonly Piece[]): string => row.map(({ text }) => text).join(', ');
    if (all.every(({ kind }) => kind === 'number')) {
      if (rows.every((row) => row.length === 1)) return atom(`np.array([${texts(all)}])`, 'vector');
      return atom(`np.array([${rows.map((row) => `[${texts(row)}]`).join(', ')}])`, 'matrix');
    }
    if (all.some(({ kind }) => kind === 'number')) this.refuse('it joins numbers and arrays', node);
    if (rows.every((row) => row.length === 1 && row[0]?.kind === 'vector'))
      return atom(`np.concatenate([${texts(all)}])`, 'vector');
    const beside = rows.map((row) => this.#beside(row, node));
    if (beside.length === 1) return beside[0] ?? this.refuse('it has an empty matrix', node);
    const first = beside.find(({ kind }) => kind !== 'unit') ?? this.refuse('it joins unit matrices', node);
    const sized = beside.map((piece) =>
      piece.kind === 'unit' ? atom(`np.eye(${within(first, BINDS.atom)}.shape[1])`, 'matrix') : piece,
    );
    return atom(`np.vstack([${texts(sized)}])`, 'matrix');
  }

  /** Blocks side by side. */
  #beside(row: readonly Piece[], node: Expr): Piece {
    if (row.length === 1) return aligned(row[0] ?? this.refuse('it has an empty row', node), 'matrix');
    const first = row.find(({ kind }) => kind !== 'unit') ?? this.refuse('it joins unit matrices', node);
    const pieces = row.map((piece) =>
      piece.kind === 'unit' ? `np.eye(len(${first.text}))` : aligned(piece, 'matrix').text,
    );
    return atom(`np.hstack([${pieces.join(', ')}])`, 'matrix');
  }

  #call(node: Expr & { kind: 'call' }): Piece {
    const { callee, args } = node;
    if (callee.kind !== 'name') return this.refuse('it calls a function that has no name', node);
    const { name } = callee;
    const plain = args.filter(({ keyword }) => keyword === null).map(({ value }) => value);
    const keywords = args.filter(({ keyword }) => keyword !== null);
    const own = this.#ownCall(name, plain, node);
    if (own !== null) return own;
    if (this.around.names.has(name)) return this.refuse(`it calls ${name}, which is no function here`, node);
    if (keywords.length === 0 && (name in ARITHMETIC || name === '^')) return this.#arithmetic(name, plain, node);
    if (name === '!' && plain.length === 1) return this.#elementwise('np.logical_not', plain, node);
    if (node.broadcast && name in TYPES) return this.#convert(name, plain, node);
    if (name === 'identity' && plain[0] !== undefined) return this.expression(plain[0]);
    const element = ELEMENTWISE[name];
    if (element !== undefined && keywords.length === 0) return this.#elementwise(element, plain, node);
    if (node.broadcast) return this.refuse(`it uses ${name} element by element`, node);
    const reduction = REDUCTIONS[name];
    if (reduction !== undefined && plain.length === 1 && plain[0] !== undefined)
      return this.#reduced(reduction, this.expression(plain[0]), keywords, node);
    return wholeCall(this, name, plain, keywords, node);
  }

  /** A function that the program defines. Under a dot it takes arrays as if they were numbers, as its body is elementwise then. */
  #ownCall(name: string, plain: readonly Expr[], node: Expr & { kind: 'call' }): Piece | null {
    const { own } = this.around;
    if (own(name, []) === null) return null;
    if (plain.length < node.args.length) return this.refuse(`it gives ${name} a keyword`, node);
    const pieces = plain.map((one) => this.expression(one));
    if (!node.broadcast) {
      const kind =
        own(
          name,
          pieces.map((piece) => piece.kind),
        ) ?? this.refuse(`it calls ${name}`, node);
      return atom(`${pythonName(name)}(${pieces.map(({ text }) => text).join(', ')})`, kind);
    }
    const result = own(
      name,
      pieces.map(() => 'number'),
    );
    if (result !== 'number') return this.refuse(`it uses ${name} element by element, and that gives arrays`, node);
    return this.#spread(pieces, (...list) => ({
      text: `${pythonName(name)}(${list.map(({ text }) => text).join(', ')})`,
      binds: BINDS.atom,
    }));
  }

  /** Broadcasts: vectors become columns where there is a matrix. */
  #spread(pieces: readonly Piece[], make: (...pieces: Piece[]) => Omit<Piece, 'kind'>): Piece {
    if (pieces.some(({ kind }) => kind === 'unit')) throw new NotNumpy('it broadcasts the unit matrix');
    const kind = spread(pieces.map((piece) => piece.kind));
    return { ...make(...pieces.map((piece) => aligned(piece, kind))), kind };
  }

  #elementwise(name: string, plain: readonly Expr[], node: Expr & { kind: 'call' }): Piece {
    const pieces = plain.map((one) => this.expression(one));
    if (!node.broadcast && pieces.some(({ kind }) => kind !== 'number'))
      return this.refuse('it gives a whole array to a function of numbers', node);
    return this.#spread(pieces, (...list) => ({
      text: `${name}(${list.map(({ text }) => text).join(', ')})`,
      binds: BINDS.atom,
    }));
  }

  #arithmetic(name: string, plain: readonly Expr[], node: Expr & { kind: 'call' }): Piece {
    const [first, ...rest] = plain.map((one) => this.expression(one));
    if (first === undefined) return this.refuse(`it calls ${name} of nothing`, node);
    if (rest.length === 0) {
      if (name !== '-') return first;
      return { text: `-${within(first, BINDS.sign)}`, binds: BINDS.sign, kind: first.kind };
    }
    return rest.reduce((left, right) => this.#binary(name, left, right, node), first);
  }

  #binary(name: string, left: Piece, right: Piece, node: Expr & { kind: 'call' }): Piece {
    const numbers = [left, right].filter(({ kind }) => kind === 'number').length;
    if (name === '^') return this.#power(left, right, node);
    if (!node.broadcast && name === '*' && numbers === 0) return this.#product(left, right, node);
    if (!node.broadcast) {
      const units = left.kind === 'unit' || right.kind === 'unit';
      if (units && numbers === 0 && name !== '/' && left.kind !== right.kind) {
        const other = left.kind === 'unit' ? right : left;
        const unit = atom(`np.eye(len(${other.text}))`, 'matrix');
        return this.#binary(name, left.kind === 'unit' ? unit : left, right.kind === 'unit' ? unit : right, node);
      }
      const lawful =
        numbers === 2 ||
        (numbers === 1 && (name === '*' || (name === '/' && right.kind === 'number'))) ||
        (numbers === 0 && (name === '+' || name === '-') && (left.kind === 'vector') === (right.kind === 'vector'));
      if (!lawful || units) return this.refuse(`${name} of these is no operation of arrays`, node);
    }
    const [sign, binds] = ARITHMETIC[name] ?? this.refuse(`it uses ${name}`, node);
    return this.#spread([left, right], (a, b) => ({
      text: `${within(a, binds)}${sign}${within(b, binds + 1)}`,
      binds,
    }));
  }

  #power(left: Piece, right: Piece, node: Expr & { kind: 'call' }): Piece {
    if (!node.broadcast && left.kind === 'matrix' && right.kind === 'number')
      return atom(`np.linalg.matrix_power(${left.text}, ${right.text})`, 'matrix');
    if (!node.broadcast && (left.kind !== 'number' || right.kind !== 'number'))
      return this.refuse('it raises an array to a power', node);
    return this.#spread([left, right], (a, b) => ({
      text: `${within(a, BINDS.atom)} ** ${within(b, BINDS.sign)}`,
      binds: BINDS.power,
    }));
  }

  /** The product of matrices. A row times a vector is a number; a vector times a row, a matrix. */
  #product(left: Piece, right: Piece, node: Expr): Piece {
    if (left.kind === 'unit') return right;
    if (right.kind === 'unit') return left;
    const text = (a: Piece, b: Piece): string => `${within(a, BINDS.product)} @ ${within(b, BINDS.sign)}`;
    if (left.kind === 'vector') {
      if (right.kind === 'vector') return this.refuse('it multiplies two vectors', node);
      return { text: text(aligned(left, 'matrix'), right), binds: BINDS.product, kind: 'matrix' };
    }
    if (right.kind === 'vector')
      return left.kind === 'row'
        ? atom(`(${text(left, right)})[0]`, 'number')
        : { text: text(left, right), binds: BINDS.product, kind: 'vector' };
    return { text: text(left, right), binds: BINDS.product, kind: left.kind === 'row' ? 'row' : 'matrix' };
  }

  #convert(name: string, plain: readonly Expr[], node: Expr): Piece {
    const piece = plain[0] === undefined ? this.refuse(`it calls ${name} of nothing`, node) : this.expression(plain[0]);
    return piece.kind === 'number'
      ? atom(`np.${TYPES[name] ?? 'float64'}(${piece.text})`, 'number')
      : atom(`${within(piece, BINDS.atom)}.astype(np.${TYPES[name] ?? 'float64'})`, piece.kind);
  }

  #reduced([name, more]: readonly [string, string], piece: Piece, keywords: readonly Argument[], node: Expr): Piece {
    const axis = this.axis(keywords, node);
    if (axis === null) return atom(`${name}(${piece.text}${more})`, 'number');
    if (piece.kind === 'vector' && axis === 1)
      return this.refuse('it reduces a vector along its second dimension', node);
    return atom(
      `${name}(${piece.text}, axis=${axis}${more}, keepdims=True)`,
      piece.kind === 'vector' ? 'vector' : 'matrix',
    );
  }

  /** `dims=1` is axis 0; null where nothing is said. */
  axis(keywords: readonly Argument[], node: Expr): 0 | 1 | null {
    const [only, ...more] = keywords;
    if (only === undefined) return null;
    const value = only.keyword === 'dims' && more.length === 0 ? valueOf(only.value) : null;
    return value === 1 ? 0 : value === 2 ? 1 : this.refuse(`it gives a keyword that has no translation here`, node);
  }
}
