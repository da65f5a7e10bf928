/** A cell's text as it stands in real Julia: the reader's settings put in, and names of pictures that only this site has. */

import type { Expr, Program } from '../julia/ast.ts';
import { lentKey } from '../julia/graph.ts';
import type { BoundValue } from '../julia/view.ts';

export type Bind = Expr & { kind: 'bind' };
export type Call = Expr & { kind: 'call' };

interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Every node of a tree, parents first. */
export function* nodesOf(tree: unknown): Generator<Expr> {
  if (Array.isArray(tree)) {
    for (const item of tree) yield* nodesOf(item);
  } else if (typeof tree === 'object' && tree !== null) {
    if ('kind' in tree) yield tree as Expr;
    yield* nodesOf(Object.values(tree));
  }
}

/** @param list in any order, none inside another */
export function replaced(source: string, list: readonly Replacement[]): string {
  return list
    .toSorted((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: by }) => text.slice(0, from) + by + text.slice(to), source);
}

export function bindsOf(program: Program): Bind[] {
  return [...nodesOf(program.body)].filter((node) => node.kind === 'bind');
}

/** A setting as Julia writes it. */
export function literal(value: BoundValue, integer: boolean): string {
  if (typeof value === 'object')
    return /^[\p{L}_][\p{L}\p{N}_!]*$/u.test(value.symbol)
      ? `:${value.symbol}`
      : `Symbol(${JSON.stringify(value.symbol)})`;
  if (typeof value === 'string') return JSON.stringify(value).replaceAll('$', '\\$');
  if (typeof value === 'boolean') return String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Inf' : '-Inf';
  return Number.isInteger(value) && !integer && !/e/.test(String(value)) ? `${value}.0` : String(value);
}

/** Whether a control offers whole numbers only. */
export function offersIntegers({ control }: Bind): boolean {
  const [range] = control.kind === 'call' ? control.args : [];
  return [...nodesOf(range?.value)].every(
    (node) =>
      node.kind !== 'float' && !(node.kind === 'call' && node.callee.kind === 'name' && node.callee.name === '/'),
  );
}

/** What the bound name holds: the reader's setting, or what the control begins with. */
export function valueOf(bind: Bind, source: string, set: BoundValue | undefined): string {
  if (set !== undefined) return literal(set, offersIntegers(bind));
  const { control } = bind;
  if (control.kind !== 'call' || control.callee.kind !== 'name') return source.slice(control.from, control.to);
  const given = control.args.find(({ keyword }) => keyword === 'default');
  const text = (node: Expr): string => source.slice(node.from, node.to);
  if (given !== undefined) {
    const { value } = given;
    // A slider of fractions that begins at `default=1` gives 1.0.
    return value.kind === 'int' && control.callee.name === 'Slider' && !offersIntegers(bind)
      ? `${text(value)}.0`
      : text(value);
  }
  if (control.callee.name === 'CheckBox') return 'false';
  const offered = control.args.find(({ keyword }) => keyword === null)?.value;
  if (offered === undefined) return text(control);
  if (offered.kind === 'range') return literalStart(offered, text, offersIntegers(bind));
  if (offered.kind === 'vector' && offered.items[0] !== undefined) {
    const [first] = offered.items;
    return text(first.kind === 'pair' ? first.key : first);
  }
  return `first(${text(offered)})`;
}

function literalStart(range: Expr & { kind: 'range' }, text: (node: Expr) => string, integer: boolean): string {
  const start = text(range.start);
  return range.start.kind === 'int' && !integer ? `${start}.0` : start;
}

/** `testimage("name")`, with its name. */
export function testImageCalls(program: Program): (readonly [call: Call, name: string])[] {
  return callsWithText(program, 'testimage').map(([call, text]) => [call, text.replace(/\.\w+$/, '')]);
}

/** `picture("name")`, with its name. */
export function pictureCalls(program: Program): (readonly [call: Call, name: string])[] {
  return callsWithText(program, 'picture');
}

function callsWithText(program: Program, callee: string): (readonly [call: Call, text: string])[] {
  return [...nodesOf(program.body)].flatMap((node) => {
    if (node.kind !== 'call' || node.callee.kind !== 'name' || node.callee.name !== callee) return [];
    const [first] = node.args;
    const part = first?.value.kind === 'string' ? first.value.parts[0] : undefined;
    return typeof part === 'string' ? [[node, part] as const] : [];
  });
}

/** The variable that holds a picture's greys in an export: its name, or for one that is lent a name made of it. */
export function variableOf(key: string): string {
  return key.replace(/[^\p{L}\p{N}_]/gu, '_');
}

/**
 * Pictures that only this site has: the calls of `testimage` for them become reads of their file, the calls of `picture` the variable that
 * holds the greys.
 *
 * @param files the keys of the pictures that the export has as files
 */
export function pictureReplacements(program: Program, files: ReadonlySet<string>): Replacement[] {
  const reads = testImageCalls(program).flatMap(([{ from, to }, name]) =>
    files.has(name) ? [{ from, to, text: `load(${variableOf(name)}_file)` }] : [],
  );
  const lent = pictureCalls(program).map(([{ from, to }, name]) => ({
    from,
    to,
    text: variableOf(files.has(lentKey(name)) ? lentKey(name) : name),
  }));
  return [...reads, ...lent];
}

/** The cell's text with `@bind x Slider(...)` written as `x = value`. */
export function plainSource(
  program: Program,
  bound: ReadonlyMap<string, BoundValue>,
  files: ReadonlySet<string>,
): string {
  const { source } = program;
  const binds = bindsOf(program).map((bind) => ({
    from: bind.from,
    to: bind.to,
    text: `${bind.name} = ${valueOf(bind, source, bound.get(bind.name))}`,
  }));
  return replaced(source, [...binds, ...pictureReplacements(program, files)]);
}
