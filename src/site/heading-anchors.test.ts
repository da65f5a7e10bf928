import { expect, test } from 'vitest';
import { rehypeHeadingAnchors } from './heading-anchors.ts';

const text = (value: string) => ({ type: 'text', value });
const element = (tagName: string, properties: object, ...children: object[]) => ({
  type: 'element',
  tagName,
  properties,
  children,
});

test('a heading with an id gets a link to itself, named for its text; others do not', () => {
  const chapter = element('h2', { id: 'why' }, text('Why '), element('em', {}, text('so')));
  const title = element('h1', { id: 'top' }, text('Top'));
  const nameless = element('h3', {}, text('Aside'));
  rehypeHeadingAnchors()({ type: 'root', children: [title, chapter, nameless] });
  expect(chapter.children.at(-1)).toMatchObject({
    tagName: 'a',
    properties: { href: '#why', ariaLabel: 'Link to “Why so”' },
    children: [],
  });
  expect([title.children.length, nameless.children.length]).toEqual([1, 1]);
});
