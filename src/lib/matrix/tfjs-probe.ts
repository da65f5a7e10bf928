import type { Engine } from './engine.ts';

const SIZE = 256;
const ROUNDS = 3;

/** Milliseconds of a warm product of two 256 x 256 matrices with its read-back: the best of three, after one to compile. */
export function probe(engine: Engine): number {
  const data = Float32Array.from({ length: SIZE * SIZE }, (_, k) => (k % 7) / 7);
  let best = Infinity;
  for (let round = 0; round <= ROUNDS; round++) {
    const start = performance.now();
    engine.tidy(
      () => {
        const a = engine.upload(data, SIZE, SIZE);
        engine.download(engine.reduce('sum', engine.matmul(a, a), 'all'));
      },
      () => [],
    );
    if (round > 0) best = Math.min(best, performance.now() - start);
  }
  return best;
}
