/** Every letter of a formula stands in `docs/notation.md`, for that article: one letter, one meaning. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const articles = readdirSync('content');

/** By symbol, the articles that may use it; null: all. */
const table = new Map(
  readFileSync('docs/notation.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| Symbol') && !line.startsWith('| ---'))
    .map((line): [string, readonly string[] | null] => {
      const [symbol = '', , where = ''] = line
        .split('|')
        .slice(1)
        .map((part) => part.trim());
      return [symbol, where === 'all' ? null : where.split(', ')];
    }),
);

const GREEK =
  /^(alpha|beta|gamma|delta|(var)?epsilon|zeta|eta|(var)?theta|lambda|mu|nu|xi|ell|pi|rho|sigma|tau|(var)?phi|chi|psi|omega|[A-Z]\w+)$/;

/** The letters of a formula: names of functions and words in it are none, nor are macros. */
function lettersOf(tex: string): string[] {
  const bare = tex
    .replaceAll(/\\(text|operatorname|mathrm|mathsf|begin|end)\{[^}]*\}/g, ' ')
    // Macros of this site that set a name, and functions that TeX knows.
    .replaceAll(/\\(softmax|norm|T|Pr|Bigl|Bigr|Vert)(?![a-zA-Z])/g, ' ');
  return [...bare.matchAll(/\\([a-zA-Z]+)|([A-Za-z])/g)].flatMap(([, macro, letter]) =>
    letter !== undefined ? [letter] : macro !== undefined && GREEK.test(macro) ? [`\\${macro}`] : [],
  );
}

function formulasOf(article: string): string[] {
  const prose = readFileSync(`content/${article}/index.mdx`, 'utf8')
    .replace(/^---[\s\S]*?\n---/, '')
    .replaceAll(/```[\s\S]*?```/g, '')
    .replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\$\$([\s\S]*?)\$\$|\$([^$\n]+)\$/g)].map(([, shown, inline]) => shown ?? inline ?? '');
}

test('a formula is read letter by letter', () => {
  expect(lettersOf('\\prodhue{C}_{ab} = \\sum_k \\rowhue{L}_{ak}\\,\\operatorname{Cov}(\\varepsilon)')).toEqual(
    'C a b k L a k \\varepsilon'.split(' '),
  );
});

test.each(articles)('the letters of %s are those of the table', (article) => {
  const unknown = formulasOf(article).flatMap((formula) =>
    lettersOf(formula)
      .filter((letter) => !table.has(letter) || table.get(letter)?.includes(article) === false)
      .map((letter) => `${letter} in ${formula.trim()}`),
  );
  expect(unknown).toEqual([]);
});

test('the table names articles that are there, and no letter that no formula uses', () => {
  const used = new Map(articles.map((article) => [article, new Set(formulasOf(article).flatMap(lettersOf))]));
  for (const [symbol, where] of table)
    if (where === null)
      expect(
        [...used.values()].some((letters) => letters.has(symbol)),
        symbol,
      ).toBe(true);
    else for (const article of where) expect(used.get(article)?.has(symbol), `${symbol} in ${article}`).toBe(true);
});
