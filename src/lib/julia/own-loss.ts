/** A reader's own loss in Julia, as a function that a descent can differentiate. */
import type { Engine } from '../matrix/engine.ts';
import type { Node, Ops } from '../matrix/tape.ts';
import { defaultBudget } from './budget.ts';
import { compileProgram } from './compile/compile.ts';
import { argumentError } from './errors.ts';
import { extend, library } from './library/index.ts';
import { loadPack } from './library/packs.ts';
import { parse } from './parse/parse.ts';
import { Runtime } from './runtime.ts';
import { Arr, Fn, Lane, scalarType } from './values.ts';

/** A 1x1 matrix from a matrix. Throws a JuliaError for whatever the text does wrong. */
type Loss = (x: Node) => Node;

export interface OwnLoss {
  /** The arithmetic that the loss is written over: a descent must use the same. */
  readonly ops: Ops;
  /**
   * Runs the text, which finds `matrices` by name; they must outlive the loss.
   * @throws JuliaError where the text fails, or defines no function `loss`
   */
  readonly bind: (matrices: Readonly<Record<string, Node>>) => Loss;
}

/**
 * Reads `prelude` and then `source`, which is to define `loss(x)`.
 * @throws JuliaError where either is no Julia; Error where a part of the library that it names does not arrive
 */
export async function ownLoss(engine: Engine, prelude: string, source: string): Promise<OwnLoss> {
  const rt = new Runtime(engine, library, 0, { ...defaultBudget, bytes: 1 << 28 });
  const programs = [parse(prelude), parse(source)];
  for (const name of new Set(['base', ...programs.flatMap(({ packs = [] }) => packs)]))
    extend(rt, name, await loadPack(name));
  const bind = (matrices: Readonly<Record<string, Node>>): Loss => {
    for (const [name, node] of Object.entries(matrices)) {
      rt.globals.set(name, new Arr('Float64', 2, node, node.rows, node.cols));
    }
    rt.reset();
    for (const program of programs) compileProgram(rt, program, (name, value) => rt.globals.set(name, value))();
    const loss = rt.globals.get('loss') ?? null;
    if (!(loss instanceof Fn)) throw argumentError('the text must define a function loss(x)');
    return (x) => {
      rt.reset();
      rt.gradients++;
      try {
        const y = rt.call(loss, [new Arr('Float64', 2, x, x.rows, x.cols)]);
        if (!scalarType(y) || (y instanceof Lane && !y.uniform)) throw argumentError('loss(x) must give a number');
        rt.settleChecks();
        return rt.scalarNode(y);
      } catch (error) {
        throw rt.located(error);
      } finally {
        rt.gradients = 0;
      }
    };
  };
  return { ops: rt.ops, bind };
}
