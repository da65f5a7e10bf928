import { describe, expect, it } from 'vitest';
import { boundSpaces, rehypeBoundSpaces } from './bound-spaces.ts';

const shown = (text: string): string => boundSpaces(text).replaceAll('\u00a0', '~');

describe('spaces that bind', () => {
  it.each([
    ['95 % of them', '95~% of them'],
    [' % of the answers', '~% of the answers'],
    ['V + α N S is better than V at α = −0.5 and 1.', 'V~+~α~N~S is better than V at α~=~−0.5 and 1.'],
    ['N S (−0.18 to +0.26), V − m', 'N~S (−0.18 to +0.26), V~−~m'],
    ['V + α d S over features', 'V~+~α~d~S over features'],
    ['above it at 1 and S alone', 'above it at 1 and S alone'],
  ])('%s', (text, bound) => {
    expect(shown(text)).toBe(bound);
  });

  it('are bound in prose, not in code', () => {
    const text = (value: string) => ({ type: 'text', value });
    const element = (tagName: string, value: string) => ({ type: 'element', tagName, children: [text(value)] });
    const tree = { type: 'root', children: [element('p', '5 %'), element('code', '5 % 2')] };
    rehypeBoundSpaces()(tree);
    expect(tree.children.map(({ children }) => children[0]?.value)).toEqual(['5\u00a0%', '5 % 2']);
  });
});
