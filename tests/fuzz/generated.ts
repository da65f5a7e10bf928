/** Programs from nothing: expressions and statements of every kind, mostly nonsense, that the grammar can read. */
import fc from 'fast-check';
import { register } from '../../src/lib/julia/library/register.ts';

const names = fc.constantFrom('a', 'b', 'f', 'x', 'A', 'v');
const functions = fc.constantFrom(...register.map(({ name }) => name).filter((name) => /^[a-zA-Z]\w*!?$/.test(name)));
const operators = fc.constantFrom(
  '+',
  '-',
  '*',
  '/',
  '^',
  '÷',
  '%',
  '.+',
  '.*',
  './',
  '.^',
  '==',
  '<',
  '.<',
  '&&',
  '||',
  '≈',
  'in',
  ':',
  '|>',
);
const leaves = fc.oneof(
  names,
  fc.constantFrom(
    '0',
    '1',
    '2',
    '-3',
    '0.5',
    '1e300',
    '1f0',
    'true',
    'nothing',
    '"s"',
    ':k',
    "'c'",
    'I',
    'pi',
    'Inf',
    'NaN',
    '1:3',
    'Int',
    'Float32',
  ),
  fc.constantFrom(
    '[1, 2, 3]',
    '[1 2; 3 4]',
    '[0.5 -1.5]',
    'zeros(2, 3)',
    'Float64[]',
    '[]',
    'Dict(:k => 1)',
    '(1, 2)',
    '(p = 1, q = 2)',
    '["a", "b"]',
    'rand(3)',
    'ours',
    'testimage("ours")',
  ),
);

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const e = tie('expression');
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaves,
      fc.tuple(e, operators, e).map(([a, op, b]) => `(${a}) ${op} (${b})`),
      fc
        .tuple(functions, fc.array(e, { maxLength: 3 }), fc.boolean())
        .map(([f, args, dot]) => `${f}${dot ? '.' : ''}(${args.join(', ')})`),
      fc.tuple(e, e).map(([a, b]) => `(${a})[${b}]`),
      fc.tuple(e, e, e).map(([a, b, c]) => `(${a})[${b}, ${c}]`),
      e.map((a) => `(${a})'`),
      e.map((a) => `-(${a})`),
      fc.tuple(e, e, e).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
      fc.tuple(e, names, e).map(([a, x, over]) => `[${a} for ${x} in ${over}]`),
      fc.tuple(e, names, e, names, e).map(([a, x, over, y, other]) => `[${a} for ${x} in ${over}, ${y} in ${other}]`),
      fc.tuple(names, e, e).map(([x, body, a]) => `(${x} -> ${body}).(${a})`),
      fc.tuple(names, e, e).map(([x, body, a]) => `gradient(${x} -> ${body}, ${a})`),
      fc
        .tuple(functions, fc.constantFrom('dims', 'rev', 'default', 'length', 'digits', 'label'), e, e)
        .map(([f, k, a, b]) => `${f}(${a}; ${k}=${b})`),
      fc.array(e, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc.tuple(e, e).map(([a, b]) => `[${a} ; ${b}]`),
      e.map((a) => `"$(${a})"`),
    ),
  };
});

const statement = fc.oneof(
  expression,
  fc.tuple(names, expression).map(([x, e]) => `${x} = ${e}`),
  fc.tuple(names, expression).map(([x, e]) => `${x} .= ${e}`),
  fc.tuple(names, expression).map(([x, e]) => `${x} += ${e}`),
  fc.tuple(names, expression, expression).map(([x, i, e]) => `${x}[${i}] = ${e}`),
  fc.tuple(names, expression, expression, expression).map(([x, i, j, e]) => `${x}[${i}, ${j}] .= ${e}`),
  fc.tuple(names, names, expression).map(([f, x, e]) => `${f}(${x}) = ${e}`),
  fc.tuple(names, expression, expression).map(([x, over, e]) => `for ${x} in ${over}\n${e}\nend`),
  fc.tuple(expression, expression).map(([test, e]) => `while ${test}\n${e}\nend`),
  fc.tuple(expression, expression, expression).map(([test, e, other]) => `if ${test}\n${e}\nelse\n${other}\nend`),
  fc.tuple(names, expression).map(([x, e]) => `@bind ${x} ${e}`),
);

export const generated: fc.Arbitrary<string> = fc
  .array(statement, { minLength: 1, maxLength: 5 })
  .map((lines) => lines.join('\n'));
