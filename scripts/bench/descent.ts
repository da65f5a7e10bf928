/** One step of the inverse problem (value, gradient and ADAM) in forward evaluations of its loss, on every engine in Node. */
import { prepare } from '../../src/components/Descent/setup.ts';
import { RUNS } from '../../src/components/Descent/runs.ts';
import { productLoss } from '../../src/lib/matrix/descent-loss.ts';
import { createEngine } from '../../src/lib/matrix/choose.ts';
import { mandrill } from '../../src/lib/matrix/parity-pictures.ts';
import { Ops } from '../../src/lib/matrix/tape.ts';
import { median } from './types.ts';
import type { Bench, Row } from './types.ts';
import type { EngineName } from '../../src/lib/matrix/engine.ts';

const ENGINES: readonly EngineName[] = ['reference', 'tfjs-wasm'];
/** Beyond this a step on the reference engine takes seconds, and says nothing new. */
const LARGEST = 512;
/** Compilers and caches settle. */
const WARM_UP = 3;

export const descent: Bench = {
  name: 'descent',
  baseline: 'reference',
  async run({ sizes, rounds, note }) {
    const rows: Row[] = [];
    for (const size of sizes.filter((one) => one <= LARGEST)) {
      for (const engine of ENGINES) {
        note(`Node: a step of descent at ${size} on ${engine}`);
        const { forward, step } = await times(engine, size, rounds);
        const row = (what: string, ms: readonly number[]): Row => ({
          what: `${what}, ${size}`,
          engine,
          where: 'Node',
          medianMs: median(ms),
          runs: ms.length,
        });
        rows.push(row('loss', forward), row('step of ADAM', step));
        note(`  a step costs ${(median(step) / median(forward)).toFixed(2)} forward evaluations`);
      }
    }
    return rows;
  },
};

/** The two take turns, so that a busy machine slows both. */
async function times(engine: EngineName, size: number, rounds: number): Promise<{ forward: number[]; step: number[] }> {
  const ops = new Ops(await createEngine(engine));
  const m = mandrill(size);
  const prepared = prepare(ops, RUNS.may23, { mandrill: m }, size);
  const x = ops.upload(m, size, size);
  const loss = productLoss(ops, prepared.target, RUNS.may23);
  const forward: number[] = [];
  const step: number[] = [];
  const timed = (into: number[], round: number, work: () => unknown): void => {
    const began = performance.now();
    work();
    if (round >= WARM_UP) into.push(performance.now() - began);
  };
  for (let round = 0; round < rounds + WARM_UP; round++) {
    timed(forward, round, () =>
      ops.engine.tidy(
        () => ops.item(loss(x)),
        () => [],
      ),
    );
    timed(step, round, () => prepared.descent.step());
  }
  prepared.dispose();
  ops.engine.free([x.value]);
  return { forward, step };
}
