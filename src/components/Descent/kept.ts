/**
 * States of a descent, kept sparsely: every k-th, and where that becomes too many, every second of those. The first and the latest
 * are always there.
 */
export class KeptStates {
  readonly #most: number;
  #every: number;
  readonly #states = new Map<number, Float32Array>();
  #latest: number | null = null;

  constructor(every: number, most: number) {
    this.#every = every;
    this.#most = most;
  }

  /** Whether the state after `step` steps stays when the next one comes. */
  wants(step: number): boolean {
    return step % this.#every === 0;
  }

  add(step: number, state: ArrayLike<number>): void {
    if (this.#latest !== null && this.#latest !== step && !this.wants(this.#latest)) this.#states.delete(this.#latest);
    this.#states.set(step, Float32Array.from(state));
    this.#latest = step;
    while (this.#states.size > this.#most) this.#thin();
  }

  get(step: number): Float32Array | undefined {
    return this.#states.get(step);
  }

  get steps(): number[] {
    return [...this.#states.keys()].sort((a, b) => a - b);
  }

  #thin(): void {
    this.#every *= 2;
    for (const step of this.#states.keys()) if (step !== this.#latest && !this.wants(step)) this.#states.delete(step);
  }
}
