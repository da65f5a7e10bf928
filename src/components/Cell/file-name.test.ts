import { expect, test } from 'vitest';
import { shownName } from './file-name.ts';

test('an ordinary name stays', () => {
  expect(shownName('My picture (2).png')).toBe('My picture (2).png');
  expect(shownName('тигр.jpg')).toBe('тигр.jpg');
});

test('a name of 5,000 characters is short and keeps its ending', () => {
  const shown = shownName(`${'a'.repeat(5000)}.png`);
  expect(Array.from(shown).length).toBe(48);
  expect(shown).toMatch(/^a+ … a+\.png$/);
  expect(Array.from(shownName('🐯'.repeat(300))).length).toBe(48);
});

test('marks that turn text around, controls and line ends are taken out', () => {
  expect(shownName('a\u202egnp.exe')).toBe('agnp.exe');
  expect(shownName('a\u2066b\u2069c\u200fd\u0007e\nf.png')).toBe('abcdef.png');
  expect(shownName('\u202e\u200b')).toBe('your picture');
  expect(shownName('')).toBe('your picture');
});
