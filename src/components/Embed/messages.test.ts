import { expect, test } from 'vitest';
import { heightMessage, hostOrigin, readHostMessage } from './messages.ts';

test('the origin of the page around comes from the browser, else from the referrer', () => {
  expect(hostOrigin(['https://a.org', 'https://b.org'], 'https://c.org/x')).toBe('https://a.org');
  expect(hostOrigin(undefined, 'https://c.org/x?y')).toBe('https://c.org');
  expect(hostOrigin(undefined, '')).toBeNull();
  expect(hostOrigin(['null'], 'https://c.org/x')).toBeNull();
});

test('only the messages of the format are read', () => {
  expect(readHostMessage({ type: 'images-as-matrices/ask', more: 1 })).toEqual({ type: 'ask' });
  expect(readHostMessage({ type: 'images-as-matrices/theme', theme: 'dark' })).toEqual({
    type: 'theme',
    theme: 'dark',
  });
  for (const data of [
    null,
    undefined,
    'images-as-matrices/ask',
    7,
    [],
    {},
    { type: 'ask' },
    { type: 'images-as-matrices/theme' },
    { type: 'images-as-matrices/theme', theme: 'red' },
    { type: 'images-as-matrices/theme', theme: { toString: () => 'dark' } },
  ])
    expect(readHostMessage(data)).toBeNull();
});

test('a height is whole pixels, enough for what is shown', () => {
  expect(heightMessage(611.2)).toEqual({ type: 'images-as-matrices/height', height: 612 });
});
