/**
 * Text of a cell -> typed program. The grammar is `@plutojl/lezer-julia`; what it accepts beyond Julia is refused here, what
 * Julia has beyond the subset is refused by name, and every refusal says where.
 */

import type { SyntaxNode } from '@lezer/common';
import type { Program } from '../ast.ts';
import { dependencies, functionsOf } from '../compile/analyse.ts';
import { isStackOverflow, parseError, unsupportedError } from '../errors.ts';
import * as calls from './calls.ts';
import { explain } from './fault.ts';
import { readFunction, readLambda } from './functions.ts';
import * as literals from './literals.ts';
import { readMacro } from './macros.ts';
import * as operators from './operators.ts';
import { packsOf } from '../compile/packs-of.ts';
import { Reader, spanOf } from './reader.ts';
import type { NodeReader } from './reader.ts';
import { readAbstract, readStruct } from './structs.ts';
import * as statements from './statements.ts';
import { guardDepth, guardText } from './limits.ts';
import { unknownTypes } from '../types.ts';
import { blankComments, children, markPrefixSigns, parseStrictly, respell } from './tree.ts';

const QUOTED = 'quoted code (a function, or a Dict of functions, often serves)';

const REFUSED: readonly (readonly [node: string, construct: string])[] = [
  ['QuoteStatement', QUOTED],
  ['QuoteExpression', QUOTED],
  ['PrimitiveDefinition', 'a `primitive type` definition (a `struct` works)'],
  ['ModuleDefinition', 'a `module` (a page is one program, whose cells see each other’s names)'],
  ['MacroDefinition', 'a `macro` definition (a function often serves)'],
  ['ExportStatement', '`export` (every name of a cell is there for the other cells)'],
  ['PublicStatement', '`public` (every name of a cell is there for the other cells)'],
  ['BraceExpression', 'an expression in braces (a vector is written with `[` and `]`)'],
  ['CommandLiteral', 'a command literal (a page runs no other programs)'],
  ['NsCommandLiteral', 'a command macro (a page runs no other programs)'],
];

const READERS: ReadonlyMap<string, NodeReader> = new Map<string, NodeReader>([
  ...REFUSED.map(([name, construct]): [string, NodeReader] => [
    name,
    (node: SyntaxNode) => {
      throw unsupportedError(construct, spanOf(node));
    },
  ]),
  ['IntegerLiteral', literals.readInteger],
  ['FloatLiteral', literals.readFloat],
  ['Identifier', literals.readName],
  ['BoolLiteral', literals.readBool],
  ['CharLiteral', literals.readChar],
  ['StringLiteral', literals.readString],
  ['NsStringLiteral', literals.readPrefixedString],
  ['Symbol', literals.readSymbol],
  ['begin', readIndexEnd],
  ['end', readIndexEnd],
  ['Operator', operators.readOperator],
  ['BinaryExpression', operators.readBinary],
  ['UnaryExpression', operators.readUnary],
  ['JuxtapositionExpression', operators.readJuxtaposition],
  ['CallExpression', calls.readCall],
  ['IndexExpression', calls.readIndex],
  ['FieldExpression', calls.readField],
  ['AdjointExpression', calls.readAdjoint],
  ['SplatExpression', calls.readSplat],
  ['VectorExpression', calls.readVector],
  ['MatrixExpression', calls.readMatrix],
  ['ComprehensionExpression', calls.readComprehension],
  ['Generator', calls.readGenerator],
  ['TupleExpression', calls.readTuple],
  ['ParenExpression', calls.readParens],
  ['InterpExpression', calls.readInterpolation],
  ['MacrocallExpression', readMacro],
  ['ArrowFunctionExpression', readLambda],
  ['FunctionDefinition', readFunction],
  ['BeginStatement', statements.readBegin],
  ['IfStatement', statements.readIf],
  ['TernaryExpression', statements.readTernary],
  ['ForStatement', statements.readFor],
  ['WhileStatement', statements.readWhile],
  ['TryStatement', statements.readTry],
  ['LetStatement', statements.readLet],
  ['BreakStatement', statements.readJump],
  ['ContinueStatement', statements.readJump],
  ['ReturnStatement', statements.readReturn],
  ['OpenTuple', statements.readOpenTuple],
  ['Assignment', statements.readAssignment],
  ['StructDefinition', readStruct],
  ['AbstractDefinition', readAbstract],
  ['ParametrizedExpression', readArrayType],
  ['ConstStatement', statements.readConst],
  ['GlobalStatement', statements.readDeclaration],
  ['LocalStatement', statements.readDeclaration],
  ['UsingStatement', statements.readUsing],
  ['ImportStatement', statements.readUsing],
]);

/** Throws a `JuliaError` with its place for any text that is not a program of the subset. */
export function parse(source: string): Program {
  try {
    return parseProgram(source);
  } catch (error) {
    // The limits on nesting leave room on every stack that is known; this is the net below them.
    if (isStackOverflow(error)) throw parseError('expression is nested too deeply', { from: 0, to: 1 });
    throw error;
  }
}

function parseProgram(source: string): Program {
  guardText(source);
  const blanked = blankComments(source);
  const { node, text } = readTree(respell(blanked));
  const body = new Reader(source, text, READERS).block(children(node), { from: 0, to: source.length });
  const last = node.lastChild;
  const packs = packsOf(body);
  const silent = last !== null && blanked.slice(last.to).includes(';');
  const { defines, reads } = dependencies(body);
  const functions = functionsOf(body.body);
  return {
    source,
    body,
    defines,
    reads,
    // A cell of nothing but functions changes as a whole.
    ...(functions.length === 0 || body.body.every((one) => one.kind === 'function') ? {} : { functions }),
    silent,
    ...(packs.length === 0 ? {} : { packs }),
  };
}

/** The grammar's tree of a text without comments, and the text with its prefix signs marked. */
function readTree(text: string): { node: SyntaxNode; text: string } {
  const first = parseStrictly(text);
  if ('stuck' in first) throw explain(text, first.stuck);
  guardDepth(first.tree);
  const marked = markPrefixSigns(first.tree, text);
  if (marked === null) return { node: first.tree.topNode, text };
  const second = parseStrictly(marked);
  if ('stuck' in second) throw explain(text, second.stuck);
  guardDepth(second.tree);
  return { node: second.tree.topNode, text: marked };
}

/** `Matrix{Float32}` as a value, for `convert`: a name with its parameters. */
function readArrayType(node: SyntaxNode, reader: Reader): ReturnType<NodeReader> {
  const name = reader.text(node).replaceAll(/\s+/g, '');
  // A type of the reader's own; one that nobody defines is an error where it is read.
  if (unknownTypes(name.replace(/\{.*/s, ''), () => false).length > 0) return { kind: 'name', name, ...spanOf(node) };
  if (
    !/^(Abstract)?(Matrix|Vector|Array)\{(<:)?\w+(\{\w+\})?(,[12])?\}$|^Dict\{\w+,\w+\}$|^Set\{\w+\}$|^(Gray|RGB)\{\w+\}$/.test(
      name,
    )
  ) {
    if (/^(Dict|Set|Union|Tuple|NTuple|Pair|Type)\{/.test(name) && unknownTypes(name, () => false).length === 0)
      return { kind: 'name', name, ...spanOf(node) };
    throw unsupportedError('a parametrized type other than an array’s or a Dict’s', spanOf(node));
  }
  return { kind: 'name', name, ...spanOf(node) };
}

/** `end` and `begin` as indices. */
function readIndexEnd(node: SyntaxNode, reader: Reader): ReturnType<NodeReader> {
  const kind = node.name === 'end' ? 'end' : 'begin';
  if (!reader.where.index) throw parseError(`unexpected \`${kind}\``, spanOf(node));
  return { kind, ...spanOf(node) };
}
