import { expect, test } from 'vitest';
import { normalBase, rehypeBaseLinks, underBase } from './links.ts';

test('a base has one slash at each end', () => {
  expect(normalBase('')).toBe('/');
  expect(normalBase('/')).toBe('/');
  expect(normalBase('poster')).toBe('/poster/');
  expect(normalBase('/a/b')).toBe('/a/b/');
});

test('a path of the site moves under the base', () => {
  expect(underBase('/poster', '/scale/')).toBe('/poster/scale/');
  expect(underBase('/', '/')).toBe('/');
});

test('links of an article follow the base; others stay', () => {
  const link = (href: string) => ({ type: 'element', tagName: 'a', properties: { href }, children: [] });
  const tree = {
    type: 'root',
    children: ['/scale/', '#raw', 'https://julialang.org/', '//julialang.org/'].map(link),
  };
  rehypeBaseLinks({ base: '/poster/' })(tree);
  expect(tree.children.map(({ properties }) => properties.href)).toEqual([
    '/poster/scale/',
    '#raw',
    'https://julialang.org/',
    '//julialang.org/',
  ]);
});
