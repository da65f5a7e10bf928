/** A program as one short line, for tests: every node in prefix form, spans left out. `(+ 1 (.* x 2))`. */

import type { Argument, Expr, Iteration, Param, Pattern, Target } from '../ast.ts';
import { parse } from './parse.ts';

/** The statements of a cell, joined by `; `. */
export function sketch(source: string): string {
  return parse(source).body.body.map(draw).join('; ');
}

function list(head: string, ...parts: string[]): string {
  return `(${[head, ...parts].filter((part) => part !== '').join(' ')})`;
}

export function draw(expr: Expr): string {
  switch (expr.kind) {
    case 'int':
      return expr.value;
    case 'float':
      return `${Number.isInteger(expr.value) ? expr.value.toFixed(1) : String(expr.value)}${expr.single ? 'f0' : ''}`;
    case 'bool':
      return String(expr.value);
    case 'nothing':
    case 'break':
    case 'continue':
    case 'end':
    case 'begin':
      return expr.kind;
    case 'string':
      return list(
        'string',
        ...expr.parts.map((part) => (typeof part === 'string' ? JSON.stringify(part) : draw(part))),
      );
    case 'char':
      return `'${expr.value}'`;
    case 'symbol':
      return `:${expr.name}`;
    case 'name':
      return expr.name;
    case 'colon':
      return ':';
    case 'call': {
      const dot = expr.broadcast ? '.' : '';
      return list(`${dot}${draw(expr.callee)}`, ...expr.args.map(argument));
    }
    case 'compare':
      return list(
        'compare',
        draw(expr.first),
        ...expr.rest.map((r) => `${r.broadcast ? '.' : ''}${r.op} ${draw(r.right)}`),
      );
    case 'and':
    case 'or':
      return list(`${expr.broadcast ? '.' : ''}${expr.kind}`, draw(expr.left), draw(expr.right));
    case 'ternary':
      return list('?', draw(expr.test), draw(expr.then), draw(expr.otherwise));
    case 'if':
      return list(
        'if',
        ...expr.branches.map(({ test, body }) => `${draw(test)} ${draw(body)}`),
        expr.otherwise === null ? '' : `else ${draw(expr.otherwise)}`,
      );
    case 'for':
      return list('for', ...expr.loops.map(iteration), draw(expr.body));
    case 'while':
      return list('while', draw(expr.test), draw(expr.body));
    case 'return':
      return list('return', expr.value === null ? '' : draw(expr.value));
    case 'block':
      return `{${expr.body.map(draw).join('; ')}}`;
    case 'let':
      return list(
        'let',
        ...expr.bindings.map(({ name, value }) => (value ? `${pattern(name)}=${draw(value)}` : pattern(name))),
        draw(expr.body),
      );
    case 'assign':
      return list('=', pattern(expr.target), draw(expr.value));
    case 'update':
      return list(`${expr.broadcast ? '.' : ''}${expr.op}=`, pattern(expr.target), draw(expr.value));
    case 'function':
      return list(
        'fn',
        expr.name ?? '',
        `[${expr.params.map(param).join(' ')}${expr.keywords.length > 0 ? `; ${expr.keywords.map(param).join(' ')}` : ''}]`,
        draw(expr.body),
      );
    case 'index':
      return list(expr.view ? 'view' : 'index', draw(expr.object), ...expr.indices.map(draw));
    case 'field':
      return `${draw(expr.object)}.${expr.name}`;
    case 'adjoint':
      return list("'", draw(expr.value));
    case 'range':
      return list('range', draw(expr.start), expr.step === null ? '' : draw(expr.step), draw(expr.stop));
    case 'tuple':
      return list(
        'tuple',
        ...expr.items.map((item, at) => (expr.names[at] == null ? '' : `${expr.names[at]}=`) + draw(item)),
      );
    case 'vector':
      return list('vector', ...expr.items.map(draw));
    case 'matrix':
      return list('matrix', expr.rows.map((row) => row.map(draw).join(' ')).join(' | '));
    case 'comprehension':
      return list(
        expr.generator ? 'generator' : 'comprehension',
        expr.inner ? draw(expr.inner) : draw(expr.value),
        ...expr.loops.map(iteration),
        expr.filter === null ? '' : `if ${draw(expr.filter)}`,
      );
    case 'pair':
      return list('=>', draw(expr.key), draw(expr.value));
    case 'splat':
      return `${draw(expr.value)}...`;
    case 'using':
      return list('using', ...expr.modules);
    case 'bind':
      return list('bind', expr.name, draw(expr.control));
    case 'declare':
      return list(expr.word, ...expr.names, expr.value ? draw(expr.value) : '');
    case 'typed':
      return list('::', draw(expr.value), expr.type);
    case 'macro':
      return list(expr.name, ...expr.args.map(draw));
    case 'struct':
      return list(
        expr.mutable ? 'mutable' : 'struct',
        expr.name,
        ...expr.fields.map(({ name, type }) => (type === null ? name : `${name}::${type}`)),
        ...[...expr.inner, ...expr.outer].map(draw),
      );
    case 'abstract':
      return list('abstract', expr.name, expr.above);
    case 'try': {
      const part = (word: string, e: Expr | null): string => (e ? `${word} ${draw(e)}` : '');
      const caught = part(expr.name === null ? 'catch' : `catch ${expr.name}`, expr.handler);
      return list('try', draw(expr.body), caught, part('else', expr.otherwise), part('finally', expr.last));
    }
  }
}

function argument({ value, keyword }: Argument): string {
  return keyword === null ? draw(value) : `${keyword}=${draw(value)}`;
}

function iteration({ name, over }: Iteration): string {
  return `${pattern(name)}∈${draw(over)}`;
}

function pattern(target: Pattern | Target): string {
  if (target.kind === 'name') return target.type === undefined ? target.name : `${target.name}::${target.type}`;
  if (target.kind === 'names') {
    return `<${target.items.map((item, at) => pattern(item) + (at === target.rest ? '...' : '')).join(' ')}>`;
  }
  if (target.kind === 'fields') return `<; ${target.names.join(' ')}>`;
  if (target.kind === 'property') return `${draw(target.object)}.${target.name}`;
  return list('index', draw(target.object), ...target.indices.map(draw));
}

function param({ name, fallback, rest, type }: Param): string {
  return `${pattern(name)}${type === null ? '' : `::${type}`}${rest ? '...' : ''}${fallback === null ? '' : `=${draw(fallback)}`}`;
}
