import fc from 'fast-check';
import { createNodeWasm } from '../src/lib/matrix/tfjs-node.ts';
import { difference } from '../tests/differential/compare.ts';
import { plans, programOf, textOf } from '../tests/differential/programs.ts';
const engine = await createNodeWasm();
const [runs, seed] = process.argv.slice(2).map(Number);
if (process.argv[4]) { for (const p of fc.sample(plans, { numRuns: 8, seed: 5 })) console.log(textOf(p), '\n'); }
const t = performance.now();
const r = fc.check(fc.property(plans, (plan) => { const d = difference(engine, programOf(plan)); if (d) throw new Error(d); }), { numRuns: runs!, seed: seed!, endOnFailure: false });
console.log(r.numRuns, r.failed, (performance.now()-t)/r.numRuns, 'ms each');
if (r.failed) console.log(textOf(r.counterexample![0]), '\n', String(r.errorInstance).slice(0, 600), (r.errorInstance as Error).stack?.slice(0,900));
