/**
 * The subset's random stream: xoshiro128** (Blackman & Vigna 2018), seeded by splitmix32. The same seed gives the same
 * numbers on every engine and machine; they are not the numbers Julia's own generator would give.
 */
export class Random {
  #state = new Uint32Array(4);
  #spare: number | null = null;

  constructor(seed: number) {
    this.seed(seed);
  }

  seed(seed: number): void {
    let s = seed >>> 0;
    for (let k = 0; k < 4; k++) {
      s = (s + 0x9e3779b9) >>> 0;
      let z = s;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      this.#state[k] = z ^ (z >>> 15);
    }
    this.#spare = null;
  }

  /** For going back to this point. */
  save(): { state: Uint32Array; spare: number | null } {
    return { state: this.#state.slice(), spare: this.#spare };
  }

  restore(saved: { state: Uint32Array; spare: number | null }): void {
    this.#state = saved.state.slice();
    this.#spare = saved.spare;
  }

  bits(): number {
    const s = this.#state;
    const [a = 0, b = 0, c = 0, d = 0] = s;
    const x = Math.imul(b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
    const t = b << 9;
    const e = c ^ a;
    const f = d ^ b;
    s[1] = b ^ e;
    s[0] = a ^ f;
    s[2] = e ^ t;
    s[3] = (f << 11) | (f >>> 21);
    return result;
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform(): number {
    return ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992;
  }

  /** A whole number in [0, n). */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Standard normal, by Marsaglia's polar method. */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        this.#spare = v * scale;
        return u * scale;
      }
    }
  }
}
