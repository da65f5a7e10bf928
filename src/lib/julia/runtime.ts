/**
 * The state of a running program, and the moves between host and engine. One `Runtime` serves one notebook.
 */

import { MatrixError } from '../matrix/engine.ts';
import { isHostNumber } from '../matrix/host-numbers.ts';
import type { Engine } from '../matrix/engine.ts';
import type { Node } from '../matrix/tape.ts';
import type { Span } from './ast.ts';
import { Meter, MeteredOps, defaultBudget } from './budget.ts';
import { floatText } from './show/number.ts';
import type { Budget } from './budget.ts';
import {
  JuliaError,
  argumentError,
  budgetError,
  byteRangeError,
  errorException,
  inexactError,
  isStackOverflow,
  methodError,
  stackOverflowError,
  typeError,
} from './errors.ts';
import { realOf } from './eltypes.ts';
import { Random } from './random.ts';
import {
  Fn,
  Lane,
  Scaling,
  TypeValue,
  boxed,
  elementType,
  hostNumber,
  noKeywords,
  ownerOf,
  scalarType,
  typeName,
} from './values.ts';
import type { Arr, Eltype, Frame, Keywords, Value, Widget } from './values.ts';

/** What a run over lanes cannot do. Whoever started the run may go through the elements one by one instead. */
export class Unlaneable extends JuliaError {
  constructor(what: string) {
    super('UnsupportedError', `unsupported: ${what} in a function that runs over a whole matrix at once`);
  }
}

/** A check whose verdict is still on the engine: `bad` is nonzero where an active lane broke a rule. */
interface Check {
  readonly bad: Node;
  readonly span: Span | null;
  readonly error: (lane: number) => JuliaError;
}

/** A call of a function of the reader's, while it runs over lanes. */
export interface Activation {
  /** Lanes that have returned, and what. */
  returned: Node | null;
  value: Value;
  readonly entry: Node | null;
}

/** Compiles one kind of expression; typed where it is written (scope.ts), since it needs what only a compiler knows. */
export type Form = (c: never, e: never) => (frame: Frame) => Value;

/**
 * Thrown where a program turns out to need a part of the library that has not been fetched. Whoever runs the program fetches it and runs the
 * program again; no program can catch it.
 */
export class PackNeeded extends Error {
  readonly pack: string;
  constructor(pack: string) {
    super(`the part of the library called ${pack} is needed`);
    this.pack = pack;
  }
}

export class Runtime {
  readonly ops: MeteredOps;
  readonly engine: Engine;
  readonly meter: Meter;
  readonly random: Random;
  /** The reader's variables at top level. */
  readonly globals = new Map<string, Value>();
  /** The standard library: functions, types, constants. */
  readonly library: Map<string, Value>;
  /** Compilers of rare statements, by kind of expression: a pack brings them. */
  readonly forms = new Map<string, Form>();
  /** The reader's own types, each with its supertype. */
  readonly ownTypes = new Map<string, string>();
  /** What packs add to functions of the library, for other kinds of arguments. */
  readonly methods = new Map<string, (rt: Runtime, args: readonly Value[], keywords: Keywords) => Value | undefined>();
  /** Methods that the program gives functions of the library, for its own types; undefined where none fits. */
  readonly own = new Map<string, (args: readonly Value[], keywords?: Keywords) => Value | undefined>();
  /** How the program itself shows its values, for one of them; `long`: in several lines. Undefined where it does not. */
  shown:
    | ((v: Value, how: { readonly compact: boolean; readonly limit: boolean }, long?: boolean) => string | undefined)
    | null = null;
  /** The common type of values; `struct` knows more of it. */
  sharedType: (items: readonly Value[]) => string = elementType;
  /** Packs that have been added to the library. */
  readonly packs = new Set<string>();
  /** What testimage gives, by name. */
  readonly pictures = new Map<string, () => Value>();
  /** Where in the source we are: set by every operation just before it works, read when something goes wrong. */
  span: Span | null = null;
  printed = '';
  /** Calls of the reader's functions that are under way. */
  depth = 0;
  /** Those of them that run over lanes. */
  laneDepth = 0;
  /** `gradient` calls under way: then values stay on the engine, and arrays must not be mutated. */
  gradients = 0;
  /** Shape of the lanes of the run under way; null outside of one. */
  lanes: { readonly rows: number; readonly cols: number } | null = null;
  /** How many lane runs are nested: variables made further out must not be assigned. */
  level = 0;
  /** Active lanes; null: all. */
  mask: Node | null = null;
  activation: Activation | null = null;
  /** Set by break, continue and return until the construct they leave has seen it. */
  jump: 'break' | 'continue' | 'return' | null = null;
  returning: Value = null;
  /** What the innermost `catch` under way has caught. */
  caught: JuliaError | null = null;
  /** Arrays being indexed, innermost last: what `end` measures. */
  readonly indexing: { readonly object: Value; readonly position: number; readonly count: number }[] = [];
  /** The plot that plot! adds to. */
  lastPlot: Value = null;
  /** Most turns of any one loop. */
  loopLimit = Infinity;
  /** Told where a loop was ended before its time. */
  onLoopLimit: (loop: Span) => void = () => undefined;
  /** Decides what a @bind'ed name holds. */
  bind: (name: string, widget: Widget) => Value = () => null;
  #checks: Check[] = [];

  constructor(engine: Engine, library: (rt: Runtime) => Map<string, Value>, seed = 0, budget?: Partial<Budget>) {
    this.meter = new Meter({ ...defaultBudget, ...budget });
    this.ops = new MeteredOps(engine, this.meter);
    this.engine = this.ops.engine;
    this.random = new Random(seed);
    this.library = library(this);
  }

  /** Forgets a run that was broken off. */
  reset(): void {
    this.meter.reset();
    this.#checks = [];
    this.printed = '';
    this.depth = this.laneDepth = this.gradients = this.level = 0;
    this.indexing.length = 0;
    this.lanes = this.mask = this.activation = this.jump = this.returning = this.span = this.caught = null;
  }

  /** A function of the library, for another one. @throws PackNeeded where it is in a part that is fetched on demand */
  fn(name: string, pack = 'base'): Value {
    const found = this.library.get(name);
    if (found === undefined) this.need(pack);
    return found ?? null;
  }

  /** @throws PackNeeded unless the pack is there, or cannot be had */
  need(pack: string): void {
    if (!this.packs.has(pack)) throw new PackNeeded(pack);
  }

  call(callee: Value, args: Value[], keywords: Keywords = noKeywords): Value {
    this.meter.tick();
    if (callee instanceof Fn) {
      const result = callee.call(args, keywords);
      // Long texts that loops make; short ones are gone before they count.
      if (typeof result === 'string' && result.length > 10_000) this.meter.hold(2 * result.length);
      return result;
    }
    if (callee instanceof TypeValue) return callee.call(args, keywords);
    if (callee instanceof Scaling)
      return this.call(this.fn('Diagonal', 'linalg'), [this.call(this.fn('fill'), [callee.factor, ...args])]);
    const answer = this.own.get('()')?.([callee, ...args], keywords);
    if (answer !== undefined) return answer;
    throw new JuliaError('MethodError', `MethodError: objects of type ${typeName(callee)} are not callable`);
  }

  /** The array on the engine. */
  node(a: Arr): Node {
    refresh(a);
    if (a.share) return (a.node ??= a.share.derive(this.ops, this.node(a.share.parent)));
    return (a.node ??= this.ops.upload(a.host ?? [], a.rows, a.cols));
  }

  /** The array's numbers, row-major, for reading alone. */
  host(a: Arr): Float64Array {
    refresh(a);
    if (a.host) return a.host;
    const own = a.share ? ownerOf(a).host : null;
    if (own) return (a.host = Float64Array.from({ length: a.length }, (_, at) => own[placeIn(a, at)] ?? 0));
    const node = this.node(a);
    if (node.tracked)
      throw errorException('gradient cannot follow this: it needs the numbers themselves, not the matrix');
    a.host = this.ops.download(node);
    if (a.eltype === 'Int64') a.host.forEach((x, k) => ((a.host as Float64Array)[k] = Math.round(x)));
    return a.host;
  }

  /** The number at a row-major position. */
  numberAt(a: Arr, at: number): number {
    return (a.share ? this.host(ownerOf(a))[placeIn(a, at)] : this.host(a)[at]) ?? 0;
  }

  /** Whether the elements depend on an argument of the gradient under way. */
  tracked(a: Arr): boolean {
    return ownerOf(a).node?.tracked ?? false;
  }

  /** Writes numbers at row-major positions. Every array that shares the elements sees them. */
  write(a: Arr, at: ArrayLike<number>, number: (k: number) => number): void {
    this.mutable(a);
    const owner = ownerOf(a);
    for (let k = 0; a.share?.refuses && k < at.length; k++) {
      const why = a.share.refuses(at[k] ?? 0, number(k));
      if (why !== null) throw argumentError(why);
    }
    const host = this.host(owner);
    owner.node = null;
    owner.version++;
    for (let k = 0; k < at.length; k++) {
      const place = placeIn(a, at[k] ?? 0);
      if (place >= 0) host[place] = number(k);
    }
  }

  /** Writes all elements at once. */
  overwrite(a: Arr, node: Node): void {
    this.mutable(a);
    if (a.share) {
      const data = this.ops.download(node);
      this.write(
        a,
        data.map((_, k) => k),
        (k) => data[k] ?? NaN,
      );
      return;
    }
    a.node = node;
    a.host = null;
    a.version++;
  }

  /** Gives a vector other elements, and as many as come. @throws ErrorException where another array shares them */
  resize(a: Arr, host: Float64Array, called: string): void {
    this.mutable(a, called);
    if (a.lent) throw errorException('cannot resize array with shared data');
    a.host = host;
    a.node = null;
    a.rows = host.length;
    a.version++;
  }

  /** @throws Unlaneable, ErrorException where arrays must not change now */
  mutable(a: Value, called = 'setindex!'): void {
    if (this.lanes) throw new Unlaneable('changing an array');
    if (this.gradients > 0)
      throw errorException(`Mutating arrays is not supported -- called ${called}(${typeName(a)}, ...)`);
  }

  /** The array's numbers to decide by, to show or to order: what comes of it has no gradient. Not to be written to. */
  peek(a: Arr): Float64Array {
    return this.tracked(a) ? this.ops.download(this.node(a)) : this.host(a);
  }

  /**
   * Reads back a number that the engine holds; host scalars pass. To decide by, to find a place or to show: the number has
   * no gradient any more. @throws Unlaneable where lanes differ
   */
  settle(v: Value, what = 'using a number that differs from element to element'): Value {
    if (!(v instanceof Lane)) return v;
    if (!v.uniform) throw new Unlaneable(what);
    return boxed(this.ops.item(v.node), v.eltype);
  }

  /** A condition on the host. @throws TypeError unless Bool */
  truth(v: Value): boolean {
    const settled = this.settle(v, 'a loop whose length depends on the element');
    if (typeof settled === 'boolean') return settled;
    throw typeError(`non-boolean (${typeName(settled)}) used in boolean context`);
  }

  /** A real number on the host. @throws ErrorException where a gradient would be lost that way */
  number(v: Value, name = 'Float64'): number {
    if (v instanceof Lane && v.node.tracked)
      throw errorException(
        `gradient cannot follow a number into ${name}: it must not depend on what is differentiated`,
      );
    const x = hostNumber(this.settle(v));
    if (x === null) throw methodError(name, [typeName(v)]);
    return x;
  }

  /** A whole number on the host, for sizes and positions. */
  integer(v: Value, name = 'Int64'): number {
    const x = hostNumber(this.settle(v));
    if (x === null) throw methodError(name, [typeName(v)]);
    if (!Number.isInteger(x)) throw inexactError('Int64', floatText(x));
    return x;
  }

  /**
   * Numbers of one type as another. To Int64 or Bool they must be whole; to Float32 they are rounded to 24 bits, once,
   * here: arithmetic after that keeps the engine's own precision.
   */
  conform(node: Node, from: Eltype, to: Eltype): Node {
    const { ops } = this;
    [from, to] = [realOf(from), realOf(to)];
    if (from === to || (from === 'N0f8' && to === 'Float64' && this.engine.float === 64)) return node;
    if (to === 'N0f8') return this.#bytes(node);
    if (to === 'Int64' && from !== 'Bool') {
      const broken = ops.binary('ne', node, ops.unary('floor', node));
      this.check(broken, (k) =>
        inexactError('Int64', floatText(ops.download(node)[k % (node.rows * node.cols)] ?? NaN)),
      );
    }
    if (to === 'Bool') {
      const broken = ops.binary('ne', node, ops.binary('mul', node, node));
      this.check(broken, (k) =>
        inexactError('Bool', floatText(ops.download(node)[k % (node.rows * node.cols)] ?? NaN)),
      );
    }
    if (to !== 'Float32' || (this.engine.float === 32 && !isHostNumber(node.value))) return node;
    // Veltkamp's splitting: the difference keeps the upper 24 bits of 53.
    const scaled = ops.binary('mul', node, ops.scalar(2 ** 29 + 1));
    return ops.binary('sub', scaled, ops.binary('sub', scaled, node));
  }

  /** Numbers as bytes: rounded to whole multiples of 1/255. */
  #bytes(node: Node): Node {
    const { ops } = this;
    const whole = ops.unary('round', ops.binary('mul', node, ops.scalar(255)));
    const inside = ops.binary('and', ops.binary('le', ops.scalar(0), whole), ops.binary('le', whole, ops.scalar(255)));
    this.check(ops.unary('not', inside), (k) => byteRangeError(ops.download(node)[k % (node.rows * node.cols)] ?? NaN));
    return ops.binary('div', whole, ops.scalar(255));
  }

  /** @throws ArgumentError where an N0f8 cannot hold the number */
  checkByte(x: number): void {
    const whole = Math.round(x * 255);
    if (!(whole >= 0 && whole <= 255)) throw byteRangeError(x);
  }

  /** A scalar as a node; a host scalar becomes 1x1. */
  scalarNode(v: Value): Node {
    if (v instanceof Lane) return v.node;
    const x = hostNumber(v);
    if (x === null) throw new Unlaneable(`a value of type ${typeName(v)}`);
    return this.ops.scalar(x);
  }

  eltype(v: Value): Eltype {
    const type = scalarType(v);
    if (type) return type;
    throw new Unlaneable(`a value of type ${typeName(v)}`);
  }

  /**
   * Raises `error` if `bad` is nonzero in an active lane; `error` is told the first such lane's row-major position.
   * Where reading back is costly the verdict is collected, and read with others: see `settleChecks`.
   */
  check(bad: Node, error: (lane: number) => JuliaError): void {
    const { ops, mask } = this;
    this.#checks.push({ bad: ops.detach(mask ? ops.binary('and', mask, bad) : bad), span: this.span, error });
    if (this.engine.name === 'reference' || this.#checks.length >= 16) this.settleChecks();
  }

  /** Reads all verdicts at once. @throws the first error among them */
  settleChecks(): void {
    const checks = this.#checks;
    if (checks.length === 0) return;
    this.#checks = [];
    const { ops } = this;
    const verdicts = ops.download(
      ops.concat(
        checks.map((c) => ops.reduce('max', c.bad, 'all')),
        1,
      ),
    );
    checks.forEach((c, k) => {
      if (verdicts[k] === 0) return;
      const error = c.error(ops.download(c.bad).findIndex((x) => x !== 0));
      throw c.span ? error.at(c.span) : error;
    });
  }

  /** Whether a loop that has made so many turns must end. */
  capped(turns: number, loop: Span): boolean {
    if (turns < this.loopLimit) return false;
    this.onLoopLimit(loop);
    return true;
  }

  get checkCount(): number {
    return this.#checks.length;
  }

  dropChecks(from: number): void {
    this.#checks.length = Math.min(from, this.#checks.length);
  }

  /** Whatever was thrown, as a Julia error that knows its place. */
  located(thrown: unknown): JuliaError {
    let error = asJulia(thrown);
    try {
      this.settleChecks();
    } catch (earlier) {
      error = asJulia(earlier);
    }
    return this.span ? error.at(this.span) : error;
  }
}

/** Forgets what was derived from a parent's elements before they were written to. */
function refresh(a: Arr): void {
  if (!a.share) return;
  const { version } = ownerOf(a);
  if (a.version === version) return;
  a.node = a.host = null;
  a.version = version;
}

/** Where among its owner's elements an array's element lies. */
function placeIn(a: Arr, at: number): number {
  let position = at;
  for (let { share } = a; share && position >= 0; { share } = share.parent) position = share.place(position);
  return position;
}

function asJulia(thrown: unknown): JuliaError {
  if (thrown instanceof JuliaError) return thrown;
  if (thrown instanceof MatrixError) {
    if (thrown.name === 'OutOfMemoryError') return budgetError(thrown.message);
    if (thrown.name === 'ArgumentError') return argumentError(thrown.message);
    return new JuliaError(thrown.name, `${thrown.name}: ${thrown.message}`);
  }
  if (isStackOverflow(thrown)) return stackOverflowError();
  if (thrown instanceof RangeError) return budgetError('a text or a list would be longer than there is room for');
  throw thrown;
}
