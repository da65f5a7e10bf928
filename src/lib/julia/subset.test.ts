import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reference } from './library/reference.ts';
import { table } from './library/index.ts';
import { evaluate } from './testing.ts';

const document = readFileSync(new URL('./SUBSET.md', import.meta.url), 'utf8');
const rows = [...document.matchAll(/^\| `(.+)` \| `(.+)` \|$/gm)].map(([, program = '', value = '']) => [
  program.replaceAll('\\|', '|'),
  value,
]);

describe('the table of what is supported', () => {
  it('has rows', () => {
    expect(rows.length).toBeGreaterThan(60);
  });

  it.each(rows)('%s', (program = '', value = '') => {
    expect(evaluate(program).text.replaceAll(/\s+/g, ' ')).toBe(value);
  });
});

describe('the reference of the library', () => {
  it('describes every function and no other', () => {
    const described = reference.map(([name]) => name);
    expect(new Set(described)).toEqual(new Set(table.map(({ name }) => name)));
    expect(described.length).toBe(new Set(described).size);
  });

  it('starts every signature with its name', () => {
    for (const [name, signature] of reference) expect(signature.startsWith(name)).toBe(true);
  });
});
