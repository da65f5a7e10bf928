/**
 * What a program may spend. An endless loop or `zeros(10^6, 10^6)` must end in a sentence, not in a dead tab.
 * All work on the engine goes through `MeteredOps`, which asks before it allocates.
 */

import { Ops } from '../matrix/tape.ts';
import type { Node } from '../matrix/tape.ts';
import type { BinaryOp, Dims, Engine, UnaryOp } from '../matrix/engine.ts';
import { budgetError } from './errors.ts';

export interface Budget {
  /** Calls and loop iterations. */
  readonly operations: number;
  /**
   * Matrix elements computed, summed over all operations. A product of matrices counts its multiplications / 16 besides, and
   * every operation something, since small matrices cost time too.
   */
  readonly elements: number;
  /** Bytes of any one array, and of everything a loop keeps alive, at 8 bytes a number. */
  readonly bytes: number;
}

export const defaultBudget: Budget = { operations: 1e7, elements: 2e10, bytes: 1 << 29 };

/** What an operation on a small matrix costs, in elements. */
const least = 1000;

/** What an operation leaves on a tape besides its elements, in elements. */
const tapeNode = 32;

/** What a value in a list costs: its place, and what it points to. */
const boxBytes = 64;

export class Meter {
  readonly budget: Budget;
  #operations = 0;
  #elements = 0;
  /** Elements made since the outermost `gradient` under way began; null outside of one. */
  #tape: number | null = null;
  /** Bytes of text, lists and other things of the host made so far; what became garbage is counted, since nobody knows when. */
  #held = 0;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  reset(): void {
    this.#operations = 0;
    this.#elements = 0;
    this.#tape = null;
    this.#held = 0;
  }

  get elements(): number {
    return this.#elements;
  }

  /** Counts calls or iterations. @throws JuliaError BudgetError */
  tick(count = 1): void {
    this.#operations += count;
    if (this.#operations > this.budget.operations) {
      throw budgetError(`the program ran more than ${this.budget.operations} operations; is there an endless loop?`);
    }
  }

  work(elements: number): void {
    this.#elements += elements;
    if (this.#elements > this.budget.elements) {
      throw budgetError(`the program computed more than ${this.budget.elements} matrix elements`);
    }
  }

  /** An array of so many elements may be made, one without elements of such sizes too. @throws JuliaError BudgetError */
  fits(rows: number, cols = 1): void {
    const elements = Math.max(rows, 1) * Math.max(cols, 1);
    if (elements * 8 > this.budget.bytes)
      throw budgetError(`an array of ${elements} elements is larger than the ${this.budget.bytes} bytes allowed`);
  }

  /** Asks for room for an array before it is made. @throws JuliaError BudgetError */
  room(elements: number): void {
    this.fits(elements);
    this.work(elements + least);
    this.keep(elements);
  }

  /** Asks for room for a list of values, each a thing of its own. @throws JuliaError BudgetError */
  boxes(count: number): void {
    if (count * boxBytes > this.budget.bytes)
      throw budgetError(`a list of ${count} values is larger than the ${this.budget.bytes} bytes allowed`);
  }

  /** Asks for room for a text of so many characters, which may be copied a few times. @throws JuliaError BudgetError */
  text(characters: number): void {
    if (characters * 32 > this.budget.bytes)
      throw budgetError(`a text of ${characters} characters is longer than the ${this.budget.bytes / 32} allowed`);
  }

  /** Counts what the host has made. @throws JuliaError BudgetError where that is more than a program may make in one run */
  hold(bytes: number): void {
    this.#held += bytes;
    if (this.#held > this.budget.bytes * 2)
      throw budgetError(`the program made more than ${this.budget.bytes * 2} bytes of text and lists`);
  }

  /** From here on nothing is freed: the reverse pass of a gradient needs all of it. */
  startTape(): void {
    this.#tape = 0;
  }

  endTape(): void {
    this.#tape = null;
  }

  /** Counts what a tape keeps. @throws JuliaError BudgetError before that is more than a program may keep alive */
  keep(elements: number): void {
    if (this.#tape === null) return;
    this.#tape += elements + tapeNode;
    if (this.#tape * 8 > this.budget.bytes * 2) {
      throw budgetError(
        `this gradient would keep more than ${this.budget.bytes * 2} bytes alive; is there a long loop inside?`,
      );
    }
  }

  /** The engine holds so many bytes. @throws JuliaError BudgetError */
  held(bytes: number): void {
    if (bytes > this.budget.bytes * 2)
      throw budgetError(`the program keeps more than ${this.budget.bytes * 2} bytes alive`);
  }

  /** `elements` are alive at once. @throws JuliaError BudgetError */
  alive(elements: number): void {
    if (elements * 8 > this.budget.bytes * 2) {
      throw budgetError(`the program keeps more than ${this.budget.bytes * 2} bytes alive`);
    }
  }
}

export class MeteredOps extends Ops {
  readonly meter: Meter;

  constructor(engine: Engine, meter: Meter) {
    super(engine);
    this.meter = meter;
  }

  /** Asks for room beside what the engine holds, garbage that no loop has come round to free included. @throws JuliaError BudgetError */
  #room(elements: number): void {
    this.meter.room(elements);
    this.meter.held(this.engine.memory().bytes);
  }

  override upload(data: ArrayLike<number>, rows: number, cols: number): Node {
    this.#room(rows * cols);
    return super.upload(data, rows, cols);
  }

  override fill(value: number, rows: number, cols: number): Node {
    this.#room(rows * cols);
    return super.fill(value, rows, cols);
  }

  override unary(op: UnaryOp, a: Node): Node {
    this.#room(a.rows * a.cols);
    return super.unary(op, a);
  }

  override binary(op: BinaryOp, a: Node, b: Node): Node {
    this.#room(Math.max(a.rows, b.rows) * Math.max(a.cols, b.cols));
    return super.binary(op, a, b);
  }

  override select(mask: Node, a: Node, b: Node): Node {
    this.#room(Math.max(mask.rows, a.rows, b.rows) * Math.max(mask.cols, a.cols, b.cols));
    return super.select(mask, a, b);
  }

  override matmul(a: Node, b: Node): Node {
    this.#room(a.rows * b.cols);
    this.meter.work((a.rows * a.cols * b.cols) / 16);
    return super.matmul(a, b);
  }

  override transpose(a: Node): Node {
    this.#room(a.rows * a.cols);
    return super.transpose(a);
  }

  override reduce(op: 'sum' | 'max' | 'min', a: Node, dims: Dims): Node {
    this.meter.work(a.rows * a.cols);
    this.meter.keep(1);
    return super.reduce(op, a, dims);
  }

  override reshape(a: Node, rows: number, cols: number): Node {
    this.meter.fits(rows, cols);
    return super.reshape(a, rows, cols);
  }

  override slice(a: Node, row: number, col: number, rows: number, cols: number): Node {
    this.meter.keep(rows * cols);
    return super.slice(a, row, col, rows, cols);
  }

  override pad(a: Node, row: number, col: number, rows: number, cols: number): Node {
    this.#room(rows * cols);
    return super.pad(a, row, col, rows, cols);
  }

  override concat(parts: readonly Node[], dims: 1 | 2): Node {
    this.#room(parts.reduce((sum, part) => sum + part.rows * part.cols, 0));
    return super.concat(parts, dims);
  }

  override gather(a: Node, index: Node): Node {
    this.#room(index.rows * index.cols);
    return super.gather(a, index);
  }

  override scatterAdd(values: Node, index: Node, rows: number, cols: number): Node {
    this.#room(rows * cols);
    return super.scatterAdd(values, index, rows, cols);
  }
}
