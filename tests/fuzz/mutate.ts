/** Programs of the corpus, changed: tokens that go, come, change places, become extreme, become names of the host. */
import fc from 'fast-check';
import { register } from '../../src/lib/julia/library/register.ts';

const token = /\s+|[\p{L}_][\p{L}\p{N}_]*!?|\d+(?:\.\d+)?(?:[ef][+-]?\d+)?|"(?:[^"\\\n]|\\.)*"|[-+*/^<>=!&|.:]+|./gsu;

export const hostNames: readonly string[] = [
  ...new Set(
    [Object, Array, Function, String, Number, Map, Promise, RegExp, Error]
      .flatMap((of) => [...Object.getOwnPropertyNames(of.prototype), ...Object.getOwnPropertyNames(of)])
      .filter((name) => /^[A-Za-z_]\w*$/.test(name)),
  ),
  ...[
    'globalThis',
    'self',
    'window',
    'document',
    'process',
    'require',
    'postMessage',
    'fetch',
    'undefined',
    'arguments',
  ],
];

const extremes = [
  ...['0', '-1', '-2', '1', '0.5', '2^62', 'typemax(Int)', 'typemin(Int)', '10^9', '10^18', '1e308', 'NaN', 'Inf'],
  ...[
    '-Inf',
    'nothing',
    '""',
    '"a"^1000',
    '[]',
    '()',
    'zeros(0, 3)',
    'zeros(3, 0)',
    'fill(NaN, 2, 2)',
    '1:0',
    'missing',
  ],
];

const brackets = ['(', ')', '[', ']', '{', '}', '...', ',', ';', '\n', 'end', ':', "'", '.', '$', '@', '"', '='];

const functions = register.map(({ name }) => name);

type Gene = readonly [what: number, where: number, which: number];

const gene: fc.Arbitrary<Gene> = fc.tuple(fc.nat(999), fc.nat(9999), fc.nat(99_999));

const pick = <T>(from: readonly T[], which: number): T => from[which % from.length] as T;

function mutate(tokens: string[], others: readonly string[], [what, where, which]: Gene): string[] {
  if (tokens.length === 0) return [pick(functions, which)];
  const at = where % tokens.length;
  const old = tokens[at] as string;
  switch (what % 14) {
    case 0:
      return tokens.toSpliced(at, 1);
    case 1:
      return tokens.toSpliced(at, 0, old);
    case 2: {
      const other = which % tokens.length;
      return tokens.with(at, tokens[other] as string).with(other, old);
    }
    case 3:
      return tokens.toSpliced(nearest(tokens, at, /^\d/), 1, pick(extremes, which));
    case 4:
      return tokens.toSpliced(nearest(tokens, at, /^[\p{L}_]/u), 1, pick(hostNames, which));
    case 5:
      return tokens.toSpliced(nearest(tokens, at, /^[\p{L}_]/u), 1, pick(functions, which));
    case 6: {
      const other = pick(others, which).match(token) ?? [];
      return [...tokens.slice(0, at), ...other.slice(which % Math.max(1, other.length))];
    }
    case 7:
      return tokens.toSpliced(at, 1 + (which % 8));
    case 8:
      return tokens.toSpliced(at, 0, pick(brackets, which));
    case 9:
      return tokens.with(at, pick(brackets, which));
    case 10:
      return ['for host in 1:3\n', ...tokens, '\nend'];
    case 11:
      return ['try\n', ...tokens, '\ncatch e\n  string(e)\nend'];
    case 12:
      return tokens.toSpliced(at, 0, '.', pick(hostNames, which));
    default:
      return [...tokens, '\n', ...(pick(others, which).match(token) ?? [])];
  }
}

/** The place of the nearest token of a kind, from `at` on; `at` where there is none. */
function nearest(tokens: readonly string[], at: number, kind: RegExp): number {
  for (let k = 0; k < tokens.length; k++) {
    const place = (at + k) % tokens.length;
    if (kind.test(tokens[place] as string)) return place;
  }
  return at;
}

/** One to three changes to a program of `originals`. */
export function mutated(originals: readonly string[]): fc.Arbitrary<string> {
  const changes = fc.array(gene, { minLength: 1, maxLength: 3 });
  return fc
    .tuple(fc.nat(originals.length - 1), changes)
    .map(([which, genes]) =>
      genes
        .reduce<string[]>((tokens, one) => mutate(tokens, originals, one), originals[which]?.match(token) ?? [])
        .join(''),
    );
}
