/**
 * Seeded randomness that is the same on every machine: 32-bit integers only (sfc32 by Chris Doty-Humphrey, public domain
 * design), no `Math.random`, no logarithms or cosines of the host.
 */

/** A deterministic stream of random numbers. */
export interface RandomStream {
  /** Uniform integer of 32 bits, 0 .. 2^32 - 1. */
  bits(): number;
  /** Uniform in [0, 1), a multiple of 2^-32. */
  uniform(): number;
  /** Uniform integer in 0 .. n - 1; n at most 65536, bias below n / 2^32. */
  below(n: number): number;
  /** Shuffles in place (Fisher and Yates) and returns its argument. */
  shuffle<T extends Int32Array | number[]>(items: T): T;
}

/** 32-bit hash of a text (FNV-1a with a final avalanche): turns stream names into seeds. */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The stream named `name` of a seed. Different names give unrelated streams, so data order and weights do not mix. */
export function random(seed: number, name: string): RandomStream {
  let a = seed >>> 0;
  let b = hashText(name);
  let c = Math.floor(seed / 4294967296) >>> 0;
  let d = 1;
  const bits = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 15; i++) bits();
  const uniform = (): number => bits() / 4294967296;
  const below = (n: number): number => Math.floor(uniform() * n);
  return {
    bits,
    uniform,
    below,
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = below(i + 1);
        const kept = items[i] ?? 0;
        items[i] = items[j] ?? 0;
        items[j] = kept;
      }
      return items;
    },
  };
}
