/** Whatever a program says, it ends with a value or with a located error in Julia's words, within its budget. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { register } from './library/register.ts';
import { evaluate } from './testing.ts';

const budget = { operations: 3000, elements: 1e6, bytes: 1 << 18 };

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

const program = fc.array(statement, { minLength: 1, maxLength: 5 }).map((lines) => lines.join('\n'));

const ours = {
  rows: 2,
  cols: 3,
  grey: Float64Array.from([0, 51, 102, 153, 204, 255], (x) => x / 255),
  rgb: { red: new Float32Array(6), green: new Float32Array(6).fill(1), blue: new Float32Array(6).fill(0.2) },
};

describe('any program', () => {
  it('ends with a value or a located error', () => {
    fc.assert(
      fc.property(program, (source) => {
        const { view, trouble } = evaluate(source, { budget, pictures: new Map([['ours', ours]]) });
        expect(view === null).toBe(trouble !== null);
        if (!trouble) return;
        expect(trouble.name).not.toBe('InternalError');
        expect(trouble.name).not.toBe('');
        expect(trouble.from).toBeGreaterThanOrEqual(0);
        expect(trouble.to).toBeLessThanOrEqual(source.length);
        expect(trouble.from).toBeLessThanOrEqual(trouble.to);
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 1500) },
    );
  }, 300_000);
});
