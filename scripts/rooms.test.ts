import { expect, it } from 'vitest';
import { mermaid, replaced, roomOf, upward } from './rooms-graph.ts';

const link = (from: string, to: string, typeOnly = false) => ({ from, to, typeOnly });

it('files are in their rooms; tests and scripts are in none', () => {
  expect(roomOf('src/lib/julia/parse/parse.ts')).toBe('lib/julia');
  expect(roomOf('src/components/Cell/Cell.astro')).toBe('components');
  expect(roomOf('src/lib/julia/order.test.ts')).toBeUndefined();
  expect(roomOf('scripts/test.ts')).toBeUndefined();
});

it('a room may know those below it, types too, and no room above', () => {
  expect(
    upward([link('src/pages/a.astro', 'src/lib/image/b.ts'), link('src/notebook/a.ts', 'src/notebook/b.ts')]),
  ).toEqual([]);
  expect(upward([link('src/lib/julia/a.ts', 'src/notebook/b.ts', true)])).toEqual([
    'lib/julia must not know notebook: src/lib/julia/a.ts → src/notebook/b.ts',
  ]);
});

it('an arrow is dashed where nothing but types is taken', () => {
  const types = link('src/plugins/a.ts', 'src/notebook/b.ts', true);
  expect(mermaid([types])).toContain('  plugins -.-> notebook');
  const drawn = mermaid([types, link('src/plugins/c.ts', 'src/notebook/d.ts'), types]);
  expect(drawn.match(/plugins -/g)).toHaveLength(1);
  expect(drawn).toContain('  plugins --> notebook');
});

it('the picture stands between its marks, which must be there', () => {
  const text = 'a\n<!-- rooms: drawn by `npm run rooms` -->\nold\n<!-- end of rooms -->\nb\n';
  const once = replaced(text, 'new');
  expect(once).toContain('-->\n\nnew\n\n<!--');
  expect(once).not.toContain('old');
  expect(replaced(once, 'new')).toBe(once);
  expect(() => replaced('a', 'new')).toThrow('missing');
});
