/** No text whatever may do anything to the parser but be read or be refused with a place. */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { JuliaError } from '../errors.ts';
import { parse } from './parse.ts';
import { toTrouble } from '../source.ts';

const VOCABULARY = [
  ...['x', 'y', 'f', 'A', '1', '2.5', '1f0', '"s', '"', '"""', "'", "'a'", '$', '$(', ':', '::', ':a', '#', '#=', '=#'],
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ';',
    ';;',
    '\n',
    '\r\n',
    ' ',
    '  ',
    '\t',
    '.',
    '..',
    '...',
    '@',
    '@.',
    '@bind',
    '@bind c ',
  ],
  ...[
    '+',
    '-',
    '*',
    '/',
    '\\',
    '^',
    '÷',
    '%',
    '.+',
    '.*',
    '.^',
    '&&',
    '||',
    '!',
    '==',
    '!=',
    '<',
    '<=',
    '≈',
    '∈',
    '=',
    '+=',
    '.=',
  ],
  ...[
    '->',
    '=>',
    '|>',
    '?',
    ' ? ',
    ' : ',
    '√',
    '∘',
    '⊗',
    'begin ',
    'end',
    'if ',
    'else ',
    'elseif ',
    'for ',
    'while ',
    ' in ',
    'do ',
  ],
  ...[
    'function ',
    'let ',
    'return ',
    'break',
    'continue',
    'using ',
    'import ',
    'const ',
    'global ',
    'local ',
    'where ',
    'isa ',
  ],
  ...[
    'true',
    'nothing',
    'struct ',
    'try ',
    'catch',
    'quote ',
    'macro ',
    'module ',
    'for i in 1:3',
    ' for x in v',
    'f.(',
    'A[',
    'x -1',
  ],
];

const PROGRAMS = [
  "A = normalize_image(softmax(mandrill; dims=1))\nnormalize_image(A' * A)",
  'f(x, y=2; k=[1 -2; 3 4]) = x > 0 ? "$x $(y + 1)" : nothing\nf.(1:2:9)',
  'function warp(A; k=16)\n  [A[clamp(round(Int, x + k * sin(y / 4)), 1, end), y] for x in 1:size(A, 1), y in 1:size(A, 2)]\nend',
  '@bind c Slider(0:0.05:4, default=1)\nmap(v) do (i, x)\n  let s = 0\n    for j in 1:i, k = 1:j\n      s += 2x^2 # sum\n    end\n    s\n  end\nend;',
  'x, (y, z) = 1, (2, 3)\nwhile x < 10 && !done\n  x .+= @. exp(-y) / 2z\n  x > 5 && break\nend\n#= done =# Dict(:a => [A; I], "b" => (p = 1, q = 2))',
];

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(fc.constantFrom(...VOCABULARY), { maxLength: 60 }).map((tokens) => tokens.join('')),
  fc.array(fc.constantFrom(...VOCABULARY), { maxLength: 30 }).map((tokens) => tokens.join(' ')),
  mutated(),
);

/** A program with a few of its pieces dropped, doubled, moved or replaced by a token. */
function mutated(): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(6),
    insert: fc.oneof(fc.constant(''), fc.constantFrom(...VOCABULARY), fc.string({ unit: 'binary', maxLength: 3 })),
  });
  return fc.tuple(fc.constantFrom(...PROGRAMS), fc.array(change, { maxLength: 5 })).map(([program, changes]) =>
    changes.reduce((source, { at, length, insert }) => {
      const from = Math.floor(at * source.length);
      return source.slice(0, from) + insert + source.slice(from + length);
    }, program),
  );
}

describe('any text', () => {
  const refuse = (): never => {
    throw new Error('reached an evaluator of JavaScript');
  };

  beforeAll(() => {
    vi.stubGlobal('eval', refuse);
    vi.stubGlobal('Function', refuse);
  });

  afterAll(() => {
    vi.unstubAllGlobals();
  });

  it('is read into plain JSON or refused at a place', () => {
    fc.assert(
      fc.property(text, (source) => {
        try {
          const program = parse(source);
          expect(JSON.parse(JSON.stringify(program))).toEqual(program);
        } catch (error) {
          if (!(error instanceof JuliaError)) throw error;
          expect(error.span).not.toBeNull();
          const { from, to } = error.span ?? { from: -1, to: -1 };
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(source.length);
          expect(toTrouble(error, source).message).toBe(error.message);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('is read the same twice, and with a comment at its end', () => {
    fc.assert(
      fc.property(mutated(), (source) => {
        const outcome = (input: string): unknown => {
          try {
            return parse(input).body.body;
          } catch (error) {
            return error instanceof JuliaError ? error.julia : error;
          }
        };
        const once = outcome(source);
        expect(outcome(source)).toEqual(once);
        if (Array.isArray(once)) expect(outcome(`${source}\n# end`)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });
});

describe('programs', () => {
  it.each(PROGRAMS)('%# is valid', (source) => {
    expect(() => parse(source)).not.toThrow();
  });
});
