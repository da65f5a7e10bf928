import rehypeKatex from 'rehype-katex';
import { expect, test } from 'vitest';
import { katexOptions, rehypeMathHues } from './math.ts';

interface Node {
  readonly type?: string;
  readonly value?: string;
  readonly tagName?: string;
  readonly properties?: Record<string, unknown>;
  readonly children?: readonly Node[];
}

const file = {
  message: () => undefined,
  fail(reason: string): never {
    throw new Error(reason);
  },
};

/** The formula as the site would set it: a tree of elements. */
function render(tex: string): Node {
  const code = {
    type: 'element',
    tagName: 'code',
    properties: { className: ['math-inline'] },
    children: [{ type: 'text', value: tex }],
  };
  const tree = { type: 'root', children: [code] };
  rehypeKatex(katexOptions)(tree as never, file as never);
  rehypeMathHues()(tree, file);
  return tree;
}

function all(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(all)];
}

test('a hue in a formula is a class, so that both themes can colour it', () => {
  const nodes = all(render('\\rowhue{A}\\colhue{B}'));
  const classes = nodes
    .filter(({ tagName }) => tagName === 'mstyle')
    .map(({ properties }) => properties?.['className']);
  expect(classes).toEqual([['hue-left'], ['hue-right']]);
  expect(JSON.stringify(nodes)).not.toContain('mathcolor');
});

test('formulas are MathML alone: no markup that would need a style sheet of fonts', () => {
  const nodes = all(render('\\sum_k \\frac{A_{ik}}{2}'));
  expect(nodes.some(({ tagName }) => tagName === 'math')).toBe(true);
  expect(JSON.stringify(nodes)).not.toContain('katex-html');
});

test('TeX that cannot be read stops the build', () => {
  expect(() => render('\\frac{1}{')).toThrow(/TeX/);
});
