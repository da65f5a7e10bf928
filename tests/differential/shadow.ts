/**
 * An engine that is held to the reference engine primitive by primitive: each result is compared with what the reference
 * engine makes of the same numbers, so no error is excused by the ones before it, and bounds can be those of one operation.
 *
 * The comparison is made at the end, by `verify`: until then the engine works undisturbed, on its own buffers, and nothing is
 * read back or freed. (What freeing does is seen by running the same program without the shadow: the results must be equal.)
 */
import { ReferenceEngine } from '../../src/lib/matrix/reference.ts';
import { boundOf } from './bounds.ts';
import type { BinaryOp, Buffer, Dims, Engine, EngineName, UnaryOp } from '../../src/lib/matrix/engine.ts';

interface Step {
  readonly what: string;
  readonly inputs: readonly Buffer[];
  readonly output: Buffer;
  readonly again: (reference: Engine, inputs: readonly Buffer[]) => Buffer;
}

export class Shadow implements Engine {
  readonly name: EngineName;
  readonly float: 64 | 32;
  readonly #engine: Engine;
  readonly #reference = new ReferenceEngine();
  readonly #steps: Step[] = [];
  readonly #made = new Set<Buffer>();

  constructor(engine: Engine) {
    this.#engine = engine;
    this.name = engine.name;
    this.float = engine.float;
  }

  get count(): number {
    return this.#steps.length;
  }

  /** Compares every step, then frees all. A sentence for the first that is wrong; null where none is. */
  verify(): string | null {
    try {
      const numbers = new Map<Buffer, Float64Array>();
      const read = (buffer: Buffer): Float64Array => {
        const known = numbers.get(buffer);
        if (known) return known;
        const fresh = this.#engine.download(buffer);
        numbers.set(buffer, fresh);
        return fresh;
      };
      for (const { what, inputs, output, again } of this.#steps) {
        const data = inputs.map(read);
        const right = again(
          this.#reference,
          inputs.map(({ rows, cols }, k) => this.#reference.upload(data[k] as Float64Array, rows, cols)),
        );
        const shapes = inputs.map(({ rows, cols }) => `${rows}x${cols}`).join(', ');
        const call = `${what} of ${shapes}`;
        if (right.rows !== output.rows || right.cols !== output.cols)
          return `${call}: ${output.rows}x${output.cols} instead of ${right.rows}x${right.cols}`;
        const bound = boundOf(this.name, what, inputs, data, output);
        const [expected, found] = [this.#reference.download(right), read(output)];
        for (let k = 0; k < expected.length; k++) {
          const [x, y] = [expected[k] as number, found[k] as number];
          const single = Math.fround(x);
          if (Object.is(single, y) || single === y) continue;
          const allowed = bound(k, x);
          if (!(Math.abs(x - y) <= allowed) && allowed !== Infinity)
            return `${call}: element ${k} is ${y} instead of ${x} (allowed: ${allowed})`;
        }
      }
      return null;
    } finally {
      this.#steps.length = 0;
      this.#engine.free(this.#made);
      this.#made.clear();
    }
  }

  upload(data: ArrayLike<number>, rows: number, cols: number): Buffer {
    const copy = Float64Array.from(data);
    return this.#step('upload', [], (e) => e.upload(copy, rows, cols));
  }
  fill(value: number, rows: number, cols: number): Buffer {
    return this.#step('fill', [], (e) => e.fill(value, rows, cols));
  }
  download(a: Buffer): Float64Array {
    return this.#engine.download(a);
  }
  unary(op: UnaryOp, a: Buffer): Buffer {
    return this.#step(op, [a], (e, [x = a]) => e.unary(op, x));
  }
  binary(op: BinaryOp, a: Buffer, b: Buffer): Buffer {
    return this.#step(op, [a, b], (e, [x = a, y = b]) => e.binary(op, x, y));
  }
  select(mask: Buffer, a: Buffer, b: Buffer): Buffer {
    return this.#step('select', [mask, a, b], (e, [m = mask, x = a, y = b]) => e.select(m, x, y));
  }
  matmul(a: Buffer, b: Buffer): Buffer {
    return this.#step('matmul', [a, b], (e, [x = a, y = b]) => e.matmul(x, y));
  }
  transpose(a: Buffer): Buffer {
    return this.#step('transpose', [a], (e, [x = a]) => e.transpose(x));
  }
  reduce(op: 'sum' | 'max' | 'min', a: Buffer, dims: Dims): Buffer {
    return this.#step(`reduce ${op} ${dims}`, [a], (e, [x = a]) => e.reduce(op, x, dims));
  }
  argreduce(op: 'max' | 'min', a: Buffer, dims: Dims): Buffer {
    return this.#step(`argreduce ${op} ${dims}`, [a], (e, [x = a]) => e.argreduce(op, x, dims));
  }
  reshape(a: Buffer, rows: number, cols: number): Buffer {
    return this.#step('reshape', [a], (e, [x = a]) => e.reshape(x, rows, cols));
  }
  slice(a: Buffer, row: number, col: number, rows: number, cols: number): Buffer {
    return this.#step('slice', [a], (e, [x = a]) => e.slice(x, row, col, rows, cols));
  }
  pad(a: Buffer, row: number, col: number, rows: number, cols: number): Buffer {
    return this.#step('pad', [a], (e, [x = a]) => e.pad(x, row, col, rows, cols));
  }
  concat(parts: readonly Buffer[], dims: 1 | 2): Buffer {
    return this.#step('concat', parts, (e, all) => e.concat(all, dims));
  }
  gather(a: Buffer, index: Buffer): Buffer {
    return this.#step('gather', [a, index], (e, [x = a, at = index]) => e.gather(x, at));
  }
  scatterAdd(values: Buffer, index: Buffer, rows: number, cols: number): Buffer {
    return this.#step('scatterAdd', [values, index], (e, [x = values, at = index]) => e.scatterAdd(x, at, rows, cols));
  }

  /** Frees nothing: the steps are compared later. */
  tidy<T>(work: () => T): T {
    return work();
  }
  sweep(): void {
    // See tidy.
  }
  free(): void {
    // See tidy.
  }
  memory(): { buffers: number; bytes: number } {
    return this.#engine.memory();
  }
  dispose(): void {
    this.#engine.dispose();
  }

  #step(what: string, inputs: readonly Buffer[], run: Step['again']): Buffer {
    const output = run(this.#engine, inputs);
    this.#made.add(output);
    this.#steps.push({ what, inputs, output, again: run });
    return output;
  }
}
