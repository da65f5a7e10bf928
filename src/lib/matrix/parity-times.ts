/** What the benchmarks time, the same in Node and in the browser. */
import { distance, poster, value, warp } from './parity-pipelines.ts';
import { Ops } from './tape.ts';
import type { Engine } from './engine.ts';
import type { Node } from './tape.ts';

export interface Timing {
  /**
   * `poster`: row softmax, column softmax, product, each normalized, read back. `forward`: the loss of the warp inside the
   * loss. `gradient`: its loss and gradient.
   */
  readonly work: 'poster' | 'forward' | 'gradient';
  readonly size: number;
  readonly rounds: number;
  /** Two square grey matrices, row-major. */
  readonly pictures: readonly [ArrayLike<number>, ArrayLike<number>];
}

/** Milliseconds of each of `rounds` runs, after one to warm up. Every run ends with a read-back, so that nothing is pending. */
export function milliseconds(engine: Engine, { work, size, rounds, pictures }: Timing): number[] {
  const ops = new Ops(engine);
  const times: number[] = [];
  engine.tidy(
    () => {
      const [m, other] = pictures.map((data) => ops.upload(data, size, size)) as [Node, Node];
      const target = value(ops, m, 'x+1', true);
      const loss = (x: Node): Node => distance(ops, value(ops, warp(ops, x), 'x+1', true), target);
      const run: Record<Timing['work'], () => Node> = {
        poster: () => poster(ops, other, m, 'exp'),
        forward: () => loss(m),
        gradient: () => ops.gradient(([x]) => loss(x as Node), [m]).gradients[0] as Node,
      };
      for (let round = 0; round <= rounds; round++) {
        const start = performance.now();
        engine.tidy(
          () => ops.download(run[work]()),
          () => [],
        );
        if (round > 0) times.push(performance.now() - start);
      }
    },
    () => [],
  );
  return times;
}
