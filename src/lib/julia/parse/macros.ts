/** Macro calls: those that change how their expression is read, and those that run with it. */

import type { SyntaxNode } from '@lezer/common';
import type { Expr, Span } from '../ast.ts';
import { parseError, unsupportedError } from '../errors.ts';
import { BRACKETS } from './calls.ts';
import { canonicalName, excerpt, spanOf } from './reader.ts';
import type { Reader } from './reader.ts';
import { readStruct } from './structs.ts';
import { children } from './tree.ts';

/** They change speed, not meaning. */
const TRANSPARENT = new Set(['@inbounds', '@simd', '@inline', '@noinline', '@fastmath', '@nospecialize']);
/** Least and greatest number of expressions. */
const RUN = new Map([
  ['@show', [0, Infinity]],
  ['@time', [1, 2]],
  ['@elapsed', [1, 1]],
  ['@timed', [1, 1]],
  ['@assert', [1, 2]],
  ['@info', [1, Infinity]],
  ['@warn', [1, Infinity]],
  ['@error', [1, Infinity]],
  ['@debug', [1, Infinity]],
  ['@printf', [1, Infinity]],
  ['@sprintf', [1, Infinity]],
  ['@isdefined', [1, 1]],
]);
/** What to write instead. */
const INSTEAD = new Map([
  ['@btime', '; `@time` and `@elapsed` measure one run, and that macro'],
  ['@benchmark', '; `@time` and `@elapsed` measure one run, and that macro'],
  ['@which', '; `isa` and `typeof` tell what a call would choose by, and that macro'],
  ['@code_warntype', '; programs are not compiled to machine code here, and that macro'],
  ['@code_llvm', '; programs are not compiled to machine code here, and that macro'],
  ['@code_native', '; programs are not compiled to machine code here, and that macro'],
  ['@code_lowered', '; programs are not compiled to machine code here, and that macro'],
  ['@code_typed', '; programs are not compiled to machine code here, and that macro'],
  ['@everywhere', '; one worker runs the whole page: write the expression alone, and that macro'],
  ['@threads', '; one worker runs the whole page: write the loop alone, and that macro'],
  ['@async', '; a cell computes from top to bottom: write the expression alone, and that macro'],
  ['@spawn', '; a cell computes from top to bottom: write the expression alone, and that macro'],
  ['@distributed', '; one worker runs the whole page: write the loop alone, and that macro'],
  ['@generated', '; a method for each type of argument often serves, and that macro'],
  ['@eval', '; a program cannot make programs here: write the expression alone, and that macro'],
  ['@goto', '; `break`, `continue` and `return` leave loops and functions, and that macro'],
  ['@label', '; `break`, `continue` and `return` leave loops and functions, and that macro'],
  ['@ccall', '; a page runs no other programs, and that macro'],
  ['@edit', '; the editor tells of a function when the pointer rests on it, and that macro'],
  ['@less', '; the editor tells of a function when the pointer rests on it, and that macro'],
  ['@test', '; `@assert` stops where something does not hold, and that macro'],
  ['@testset', '; `@assert` stops where something does not hold, and that macro'],
  ['@enum', '; symbols, or constants of a number each, often serve, and that macro'],
  ['@doc', '; the editor tells of a function when the pointer rests on it, and that macro'],
]);

export function readMacro(node: SyntaxNode, reader: Reader): Expr {
  const [head, given] = children(node);
  // `Base.@kwdef`, `Threads.@threads`: the module before the macro says nothing more.
  const name = head === undefined ? '' : reader.text(head).replace(/^[\w.]*(?=@)/, '');
  if (name === '@.' || name === '@__dot__') {
    const args = macroArguments(node, given);
    const [only] = args;
    if (only === undefined || args.length > 1) throw parseError('`@.` takes one expression', spanOf(node));
    return reader.at({ dots: true }).expr(only);
  }
  if (name === '@bind') return readBind(node, given, reader);
  if (TRANSPARENT.has(name)) {
    const [only, ...more] = macroArguments(node, given);
    if (only === undefined || more.length > 0) throw parseError(`\`${name}\` takes one expression`, spanOf(node));
    return reader.expr(only);
  }
  if (name === '@kwdef') {
    const [only, ...more] = macroArguments(node, given);
    if (only?.name !== 'StructDefinition' || more.length > 0) throw parseError('Invalid usage of @kwdef', spanOf(node));
    return readStruct(only, reader, true);
  }
  if (name === '@view' || name === '@views') {
    const [only, ...more] = macroArguments(node, given);
    if (only === undefined || more.length > 0) throw parseError(`\`${name}\` takes one expression`, spanOf(node));
    if (name === '@views') return reader.at({ views: true }).expr(only);
    const index = reader.expr(only);
    if (index.kind !== 'index')
      throw parseError('Invalid use of @view macro: argument must be a reference expression A[...].', spanOf(only));
    return { ...index, view: 'one' };
  }
  const arity = RUN.get(name);
  if (arity === undefined) {
    const instead = INSTEAD.get(name);
    if (instead !== undefined) throw unsupportedError(`\`${excerpt(name)}\`${instead}`, spanOf(head ?? node));
    throw unsupportedError(`the macro \`${excerpt(name)}\``, spanOf(head ?? node));
  }
  const args = macroArguments(node, given).flatMap((arg) => (arg.name === 'KeywordArguments' ? children(arg) : [arg]));
  const [least = 0, most = 0] = arity;
  if (args.length < least || args.length > most) {
    throw parseError(`wrong number of expressions for \`${name}\``, spanOf(node));
  }
  return {
    kind: 'macro',
    name,
    args: args.map((arg) => argument(name, arg, reader)),
    texts: args.map((arg) => reader.text(arg)),
    ...spanOf(node),
  };
}

/** `@info "text" x y=2`: a keyword's value; elsewhere the expression, assignments included. */
function argument(name: string, node: SyntaxNode, reader: Reader): Expr {
  if (node.name === 'KwArg' || (node.name === 'Assignment' && /^@(info|warn|error|debug)$/.test(name))) {
    const value = children(node)[2];
    if (value !== undefined) return reader.expr(value);
  }
  return reader.expr(node);
}

function readBind(node: SyntaxNode, given: SyntaxNode | undefined, reader: Reader): Expr {
  if (reader.where.inner) throw unsupportedError('`@bind` inside a function', spanOf(node));
  const [target, control, ...rest] = macroArguments(node, given);
  if (target?.name !== 'Identifier' || control === undefined || rest.length > 0) {
    throw parseError('`@bind` takes a name and a control, as in `@bind c Slider(0:0.1:1)`', spanOf(node));
  }
  const span: Span = spanOf(node);
  return { kind: 'bind', name: canonicalName(reader.text(target)), control: reader.operand(control), ...span };
}

function macroArguments(node: SyntaxNode, given: SyntaxNode | undefined): SyntaxNode[] {
  const args = given === undefined ? [] : children(given).filter((child) => !BRACKETS.has(child.name));
  const place = node.parent?.name ?? 'Program';
  // Between brackets Julia's macro call ends at the comma, the grammar's does not.
  if (/Expression$|^Arguments$|^MatrixRow$|^KwArg$/.test(place) && args.some(({ name }) => name === 'OpenTuple')) {
    throw unsupportedError('a macro call before a comma; put it between parentheses', spanOf(node));
  }
  return args;
}
