import { expect, it } from 'vitest';
import { evaluate } from '../testing.ts';
import { pack } from './outside.ts';

it.each(pack.entries.map(({ name }) => name))('%s says at its place what works instead', (name) => {
  const { trouble, underlined } = evaluate(`x = 1\n${name}(x)`);
  expect(trouble?.message).toMatch(new RegExp(`^unsupported: ${name} is not in this subset of Julia: \\w`));
  expect(underlined).toBe(`${name}(x)`);
});
