import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';
import { register } from './register.ts';

const nonsense = [
  '"a"',
  'nothing',
  ':s',
  'Dict()',
  'sin',
  '',
  '1, 2, 3, 4, 5, 6, 7, 8, 9',
  '1; zzz=1',
  '[1.0, 2.0]; zzz=1',
];

/**
 * Errors that need not name the function called: Julia's of the iteration it starts, of a condition, of what is called in its turn and of
 * empty collections, and this subset's about what it lacks.
 */
const inner = new RegExp(
  [
    'MethodError: no method matching (iterate|length|keys)\\(',
    'MethodError: objects of type ',
    'TypeError: non-boolean \\(',
    'BoundsError: ',
    'UndefKeywordError: ',
    'ArgumentError: (No value arguments present|array must be non-empty|The given vector should not be empty|arrays have one or two dimensions here|no picture named)',
  ].join('|'),
);

/** Functions whose error is what they were told to say, and functions that call their argument. */
const speakFor =
  /^(error|throw|rethrow|sprint|ignore|gradient|withgradient|pullback|ignore_derivatives|dropgrad|stopgradient)$/;

describe('a function called with nonsense', () => {
  const names = register
    .filter(({ pack, kind }) => pack !== 'outside' && kind === 'function')
    // A dotted operator is no name.
    .filter(({ name }) => !/^\.[&|]/.test(name))
    .map(({ name }) => name);

  it.each(names)('%s gives a value, or an error of Julia that names it', (name) => {
    const own = name.split('.').at(-1) ?? name;
    for (const list of nonsense) {
      const program = `(${name})(${list})`;
      const { trouble } = evaluate(program, { budget: { elements: 10_000_000 } });
      if (!trouble) continue;
      expect(trouble.name, `${program}: ${trouble.message}`).not.toMatch(/^(InternalError|BudgetError|ParseError)$/);
      if (!speakFor.test(name) && !inner.test(trouble.message)) expect(trouble.message, program).toContain(own);
    }
  });

  it('says what imresize takes', () => {
    expect(evaluate('imresize([1 2; 3 4], [2, 2])').text).toBe(
      'ERROR: MethodError: no method matching imresize(::Matrix{Int64}, ::Vector{Int64})',
    );
  });
});
