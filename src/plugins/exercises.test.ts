import { describe, expect, test } from 'vitest';
import { exerciseOf, exerciseWords } from './exercises.ts';
import { jsxFlow, textAttribute, type JsxNode } from './mdx-nodes.ts';

const cells = [
  { id: 'one', source: 'A = mandrill\nB = mandrill .+ 1' },
  { id: 'two', source: '@bind c Slider(0:4)' },
];
const controls = [
  { kind: 'slider', name: 'c', start: 0, stop: 4, step: 1, initial: 0, integer: true },
  { kind: 'select', name: 'how', initial: { symbol: 'a' }, options: [{ value: { symbol: 'a' }, label: 'a' }] },
] as const;

function element(attributes: Record<string, string>): JsxNode {
  return jsxFlow(
    'Try',
    Object.entries(attributes).map(([name, value]) => textAttribute(name, value)),
  );
}
const made = (attributes: Record<string, string>) =>
  exerciseOf('page', exerciseWords(element({ holds: 'true', ...attributes })), cells, controls);

test('every occurrence of the text is changed, and the program is parsed', () => {
  const { programs } = made({ cell: 'one', change: 'mandrill', to: "mandrill'" });
  expect(programs.map(({ id, program }) => [id, program.source])).toEqual([
    ['one', "A = mandrill'\nB = mandrill' .+ 1"],
  ]);
});

test('controls are set, and know what they were', () => {
  expect(made({ set: 'c=3 how=:a' }).controls).toEqual([
    { name: 'c', value: 3, initial: 0 },
    { name: 'how', value: { symbol: 'a' }, initial: { symbol: 'a' } },
  ]);
});

describe('what does not fit fails with its reason', () => {
  test.each([
    [{ cell: 'nobody', change: 'a', to: 'b' }, 'no such cell'],
    [{ cell: 'one', change: 'airplane', to: 'b' }, 'has no airplane'],
    [{ cell: 'one', change: 'mandrill', to: '(' }, 'leaves no Julia in one: ParseError'],
    [{ cell: 'one', change: 'mandrill' }, '"change" and "to" together'],
    [{ cell: 'one' }, 'needs "cell", "change" and "to", or "set"'],
    [{ change: 'mandrill', to: 'b' }, 'needs "cell"'],
    [{ set: 'c=5' }, 'does not offer 5'],
    [{ set: 'how=:b' }, 'does not offer'],
    [{ set: 'd=1' }, 'no cell binds d'],
    [{ set: 'c' }, 'name=value is wanted'],
    [{ set: 'c=1', colour: 'red' }, 'has no "colour"'],
  ])('%j', (attributes, reason) => {
    expect(() => made(attributes as Record<string, string>)).toThrow(reason);
  });

  test('and so does one that says nothing that could be checked', () => {
    expect(() => exerciseWords(element({ set: 'c=1' }))).toThrow('needs "holds"');
  });
});
