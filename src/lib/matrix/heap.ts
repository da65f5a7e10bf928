/**
 * Memory given out and taken back: addresses in a WebAssembly memory that grows. The books are kept in JavaScript, so that no kernel that writes too
 * far can spoil them.
 *
 * Free stretches lie in classes by size, four to each power of two; a request is served from the first class whose every stretch is large enough, and
 * a stretch that becomes free joins its free neighbours. Both take the same time however much is given out.
 */
import { MatrixError } from './engine.ts';

/** Addresses and sizes are multiples of this: a line of the cache. */
const UNIT = 64;
const PAGE = 65_536;
/** What a 32-bit address reaches. */
const ADDRESSABLE = 2 ** 32;
/** The memory grows by at least this share of itself, so that it grows seldom. */
const GROWTH = 1 / 8;

interface Stretch {
  readonly address: number;
  size: number;
  free: boolean;
  before: Stretch | null;
  after: Stretch | null;
}

export class Heap {
  readonly memory: WebAssembly.Memory;
  readonly #used = new Map<number, Stretch>();
  readonly #free: Set<Stretch>[] = Array.from({ length: 128 }, () => new Set<Stretch>());
  #last: Stretch | null = null;
  #end: number;

  /** Gives out what lies from address `start` on. */
  constructor(memory: WebAssembly.Memory, start: number) {
    this.memory = memory;
    this.#end = Math.ceil(start / UNIT) * UNIT;
    this.#extend(memory.buffer.byteLength);
  }

  /**
   * The address of `bytes` bytes of undefined content. The memory may grow: views made before are then empty.
   * @throws MatrixError OutOfMemoryError
   */
  take(bytes: number): number {
    const size = Math.max(UNIT, Math.ceil(bytes / UNIT) * UNIT);
    const stretch = this.#find(size) ?? this.#grow(size);
    this.#remove(stretch);
    const rest = stretch.size - size;
    if (rest > 0) {
      stretch.size = size;
      this.#insert(stretch.address + size, rest, stretch);
    }
    this.#used.set(stretch.address, stretch);
    return stretch.address;
  }

  /** Takes back what `take` gave. @throws TypeError for any other address */
  give(address: number): void {
    const stretch = this.#used.get(address);
    if (!stretch) throw new TypeError(`nothing was given out at ${address}`);
    this.#used.delete(address);
    this.#join(stretch);
  }

  /** Bytes given out. */
  get used(): number {
    let sum = 0;
    for (const { size } of this.#used.values()) sum += size;
    return sum;
  }

  #find(size: number): Stretch | null {
    // Every stretch of the class above is large enough; of its own class only some are.
    for (let k = classOf(size + step(size) - 1); k < this.#free.length; k++) {
      const [first] = this.#free[k] ?? [];
      if (first) return first;
    }
    for (const stretch of this.#free[classOf(size)] ?? []) if (stretch.size >= size) return stretch;
    return null;
  }

  #grow(size: number): Stretch {
    const last = this.#last?.free ? this.#last.size : 0;
    const least = Math.ceil((size - last) / PAGE);
    const wanted = Math.ceil((this.#end * GROWTH) / PAGE);
    if (size >= ADDRESSABLE || !(this.#enlarge(Math.max(least, wanted)) || this.#enlarge(least))) {
      throw new MatrixError('OutOfMemoryError', `WebAssembly has no room for another ${Math.ceil(size / 2 ** 20)} MB`);
    }
    this.#extend(this.memory.buffer.byteLength);
    return this.#last as unknown as Stretch;
  }

  #enlarge(pages: number): boolean {
    try {
      this.memory.grow(pages);
      return true;
    } catch {
      return false;
    }
  }

  /** What lies between the end so far and `end` is free. */
  #extend(end: number): void {
    const from = this.#end;
    if (end <= from) return;
    this.#end = end;
    const stretch: Stretch = { address: from, size: end - from, free: false, before: this.#last, after: null };
    if (this.#last) this.#last.after = stretch;
    this.#last = stretch;
    this.#join(stretch);
  }

  #insert(address: number, size: number, before: Stretch): void {
    const stretch: Stretch = { address, size, free: false, before, after: before.after };
    if (before.after) before.after.before = stretch;
    else this.#last = stretch;
    before.after = stretch;
    this.#join(stretch);
  }

  /** Makes a stretch free, as one with its free neighbours. */
  #join(stretch: Stretch): void {
    const { before, after } = stretch;
    if (after?.free) {
      this.#remove(after);
      this.#swallow(stretch, after);
    }
    if (before?.free) {
      this.#remove(before);
      this.#swallow(before, stretch);
      stretch = before;
    }
    stretch.free = true;
    this.#free[classOf(stretch.size)]?.add(stretch);
  }

  #swallow(stretch: Stretch, after: Stretch): void {
    stretch.size += after.size;
    stretch.after = after.after;
    if (after.after) after.after.before = stretch;
    else this.#last = stretch;
  }

  #remove(stretch: Stretch): void {
    stretch.free = false;
    this.#free[classOf(stretch.size)]?.delete(stretch);
  }
}

/** A quarter of the power of two at or below `size`: the width of its class. */
function step(size: number): number {
  return 2 ** Math.max(0, 29 - Math.clz32(Math.min(size, ADDRESSABLE - 1)));
}

function classOf(size: number): number {
  const power = 31 - Math.clz32(Math.min(size, ADDRESSABLE - 1));
  return power * 4 + (Math.floor(size / step(size)) & 3);
}
