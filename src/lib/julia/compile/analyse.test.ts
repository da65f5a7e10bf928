import { describe, expect, it } from 'vitest';
import { definitionOf } from './analyse.ts';
import { affected } from '../graph.ts';
import { order } from '../order.ts';
import { parse } from '../parse/parse.ts';

describe('dependencies', () => {
  it.each<[source: string, defines: string, reads: string]>([
    ['y = x + 1', 'y', 'x'],
    ['y = x; z = y', 'y z', 'x'],
    ['z = y; y = 1', 'z y', ''],
    ['x += 1', 'x', ''],
    ['x .= 1', '', 'x'],
    ['A[i] = 2', '', 'A i'],
    ['A[i] += B[j]', '', 'B j A i'],
    ['a, (b, c) = t', 'a b c', 't'],
    ['f(x) = x + k', 'f', 'k'],
    ['f(x) = f(x - 1)', 'f', ''],
    ['f(x; k=n) = g(x; k)', 'f', 'n g'],
    ['softmax(x; dims=d)', '', 'softmax x d'],
    ['softmax(x; dims)', '', 'softmax x dims'],
    ['r = Base.exp(x).field', 'r', 'Base x'],
    ['[x * k for x in v]', '', 'v k'],
    ['[x for x in x]', '', 'x'],
    ['sum(x for x in v if x > t)', '', 'sum v t'],
    ['let a = b\n  c = a\n  c + d\nend', '', 'b d'],
    ['let a = 1, b = a\n  b\nend', '', ''],
    ['begin\n  a = b\nend', 'a', 'b'],
    ['if a\n  b = 1\nend', 'b', 'a'],
    ['for i in 1:n\n  println(i)\nend', '', 'n println'],
    ['for i in 1:2, j in 1:i\n  i + j\nend', '', ''],
    ['s = 0\nfor i in v\n  s += i\nend', 's', 'v'],
    ['for i in v\n  t = i\n  u = t\nend', '', 'v'],
    ['for i in v\n  s += i\nend', '', 'v s'],
    ['while s < 3\n  s += 1\nend', '', 's'],
    ['function f(x)\n  for i in x\n    y = i\n  end\n  y\nend', 'f', 'y'],
    ['function f(x)\n  y = 0\n  for i in x\n    y = i\n  end\n  y\nend', 'f', ''],
    ['function f(x)\n  y = z\n  z = 1\nend', 'f', ''],
    ['f(x) = (g() = (x = 2); g(); x)', 'f', ''],
    ['map(v) do x\n  x + k\nend', '', 'map k v'],
    ['x -> x + y', '', 'y'],
    ['@bind c Slider(r)', 'c', 'Slider r'],
    ['"$x $(f(y))"', '', 'x f y'],
    ['using Images', '', ''],
    ['a ⊗ b = kron(a, b)', '⊗', 'kron'],
    ['A ⊗ B', '', '⊗ A B'],
    ['map(+, a)', '', 'map a'],
    ['g(x::Matrix{T}) where T = x', 'g', ''],
    ['(q = 2) + 1', 'q', ''],
    ['f(@. x + k)', '', 'f x k'],
  ])('%s defines [%s] and reads [%s]', (source, defines, reads) => {
    const program = parse(source);
    expect(program.defines.join(' ')).toBe(defines);
    expect(program.reads.join(' ')).toBe(reads);
  });

  it('finds where a name is defined', () => {
    const program = parse('a = 1\nif a\n  b = 2\nend');
    expect(definitionOf(program, 'b')).toMatchObject({ from: 13, to: 18 });
  });
});

describe('order', () => {
  const cells = (...sources: string[]) => sources.map((source) => parse(source));
  const messages = (...sources: string[]) =>
    order(cells(...sources)).troubles.map((trouble) => trouble?.message ?? null);

  it('keeps the order of the page where nothing depends', () => {
    expect(order(cells('a = 1', 'b = 2', 'c = 3')).order).toEqual([0, 1, 2]);
  });

  it('puts a definition before its readers', () => {
    expect(order(cells('f(x)', 'f(x) = x + k', 'x = 1', 'k = 2')).order).toEqual([3, 1, 2, 0]);
  });

  it('refuses a second definition of a name in both cells', () => {
    const { troubles } = order(cells('x = 1', 'y = x', 'z = 0\nx = 2'));
    expect(troubles[0]).toMatchObject({ julia: 'MultipleDefinitionsError', span: { from: 0, to: 5 } });
    expect(troubles[0]?.message).toMatch(/^Multiple definitions for x\./);
    expect(troubles[1]).toBeNull();
    expect(troubles[2]).toMatchObject({ span: { from: 6, to: 11 } });
  });

  it('takes `_` for no definition, wherever it is assigned', () => {
    expect(messages('_ = 1', '_, a = 1, 2', 'for _ in 1:3; _ = 4; end', 'let _ = 1; _ = 2; end')).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(cells('_ = 1; (_, (a, __)) = f(1)')[0]).toMatchObject({ defines: ['a'], reads: ['f'] });
  });

  it('allows a name to be defined twice within one cell', () => {
    expect(messages('x = 1; x = 2', 'x')).toEqual([null, null]);
  });

  it('refuses a ring, and not the cells beside it', () => {
    const troubles = messages('a = b', 'b = a', 'c = a', 'd = 1');
    expect(troubles[0]).toMatch(/^Cyclic references among a and b\./);
    expect(troubles[1]).toBe(troubles[0]);
    expect(troubles.slice(2)).toEqual([null, null]);
    expect(order(cells('a = b', 'b = a', 'c = a', 'd = 1')).order).toHaveLength(4);
  });

  it('does not take recursion for a ring', () => {
    expect(messages('f(n) = n < 2 ? 1 : n * f(n - 1)', 'f(5)')).toEqual([null, null]);
  });

  it('finds the cells a change touches, through others', () => {
    const page = cells('@bind c Slider(1:3)', 'b = c + 1', 'd = 4', 'b * d', 'd + 1');
    expect([...affected(page, ['c'])].toSorted()).toEqual([1, 3]);
    expect([...affected(page, ['d'])].toSorted()).toEqual([3, 4]);
    expect([...affected(page, ['nobody'])]).toEqual([]);
  });
});
