/** Finds the matrix product behind a cell's result, so that its factors can be shown. Pure. */

import { dependencies } from '../../lib/julia/compile/analyse.ts';
import type { Expr, Program } from '../../lib/julia/ast.ts';

/** The two factors of a product, each as a program of its own that ends in the factor's value. */
export interface ProductPrograms {
  readonly left: Program;
  readonly right: Program;
}

/** Names that give another value each time they are called: a factor made by one cannot be asked for again. */
const RANDOM = new Set(['rand', 'randn', 'randperm', 'shuffle']);

/**
 * The factors of the product that a program ends in, seen through assignments and `normalize_image`; null where it ends in
 * anything else. Whether both are matrices only their values tell: `2 * A` has factors too.
 */
export function productOf(program: Program): ProductPrograms | null {
  const statements = program.body.body;
  let place = statements.length - 1;
  let expr = statements[place];
  while (expr !== undefined) {
    if (expr.kind === 'assign' && expr.target.kind === 'name') expr = expr.value;
    else if (expr.kind === 'block' && expr.body.length === 1) expr = expr.body[0];
    else if (isCall(expr, 'normalize_image') && expr.args.length === 1) expr = expr.args[0]?.value;
    else if (expr.kind === 'name') {
      const { name } = expr;
      place = statements.slice(0, place).findLastIndex((one) => dependencies(one).defines.includes(name));
      const maker: Expr | undefined = statements[place];
      // Made by a loop, a control or together with other names: nothing to see through.
      expr = maker?.kind === 'assign' && maker.target.kind === 'name' ? maker.value : undefined;
    } else break;
  }
  if (expr === undefined || !isCall(expr, '*')) return null;
  const right = expr.args.at(-1)?.value;
  const before = expr.args.at(-2)?.value;
  if (right === undefined || before === undefined) return null;
  // A * B * C is one call of three: all but the last are the left factor.
  const left = expr.args.length === 2 ? before : { ...expr, args: expr.args.slice(0, -1), to: before.to };
  const read = new Set([...dependencies(left).reads, ...dependencies(right).reads]);
  // The factors are asked for when the cell has run: a name must still mean what it meant in the product.
  const overwritten = statements.slice(place).some((one) => dependencies(one).defines.some((name) => read.has(name)));
  if (overwritten || [...read].some((name) => RANDOM.has(name))) return null;
  return { left: programOf(left, program.source), right: programOf(right, program.source) };
}

function isCall(expr: Expr, name: string): expr is Expr & { kind: 'call' } {
  return (
    expr.kind === 'call' &&
    !expr.broadcast &&
    expr.callee.kind === 'name' &&
    expr.callee.name === name &&
    expr.args.every(({ keyword }) => keyword === null)
  );
}

/** An expression of a program as a program; offsets go on counting in `source`. */
function programOf(expr: Expr, source: string): Program {
  const { from, to } = expr;
  return {
    source,
    body: { kind: 'block', body: [expr], from, to },
    defines: [],
    reads: [...dependencies(expr).reads],
    silent: false,
  };
}

/** The Julia of a factor, on one line. */
export function factorText({ source, body }: Program): string {
  return source.slice(body.from, body.to).replace(/\s+/g, ' ').trim();
}
