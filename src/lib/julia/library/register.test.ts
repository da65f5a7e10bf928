import { describe, expect, it } from 'vitest';
import { evaluate } from '../testing.ts';
import { allPacks } from './all.ts';
import { table } from './index.ts';
import { packOfName, register } from './register.ts';

describe('the register of the library', () => {
  it('has every function once', () => {
    const names = register.map(({ name }) => name);
    expect(names.filter((name, k) => names.indexOf(name) !== k)).toEqual([]);
    for (const { name } of [...table, ...[...allPacks.values()].flatMap(({ entries }) => entries)])
      expect(names).toContain(name);
  });

  it('knows the pack of each', () => {
    expect(packOfName['plot']).toBe('plots');
    expect(packOfName['sum']).toBeUndefined();
  });

  it.each(register)('$name: a signature and one line', ({ name, signature, doc }) => {
    expect(signature).toContain(name);
    expect(doc).toMatch(/^\S.{1,160}[.?]$/);
  });

  const examples = register.flatMap(({ name, examples: all = [] }) =>
    all.map(([program, value]) => ({ name, program, value })),
  );

  it.skipIf(examples.length === 0).each(examples)('$name: $program', ({ program, value }) => {
    const { printed, text } = evaluate(program);
    expect(`${printed}${text}`.replaceAll(/\s+/g, ' ').trim()).toBe(value);
  });
});
