import { describe, expect, it } from 'vitest';
import { parse } from '../../lib/julia/parse/parse.ts';
import { Notebook } from '../../lib/julia/notebook.ts';
import { ReferenceEngine } from '../../lib/matrix/reference.ts';
import { factorText, productOf } from './product.ts';

function factors(source: string): [string, string] | null {
  const product = productOf(parse(source));
  return product && [factorText(product.left), factorText(product.right)];
}

describe('productOf', () => {
  it('sees through assignments and normalize_image', () => {
    expect(factors("mandrill' * mandrill")).toEqual(["mandrill'", 'mandrill']);
    expect(factors('C = normalize_image(softmax(a; dims=2) * softmax(b; dims=1))')).toEqual([
      'softmax(a; dims=2)',
      'softmax(b; dims=1)',
    ]);
    expect(factors("A = softmax(m; dims=1)\ns = normalize_image(A' * A)")).toEqual(["A'", 'A']);
    expect(factors('product = a * b\nnormalize_image(product)')).toEqual(['a', 'b']);
  });

  it('takes the last factor of a longer product as the right one', () => {
    expect(factors('a * b * c')).toEqual(['a * b', 'c']);
  });

  it('finds none where the program ends in something else', () => {
    for (const source of ['a + b', 'a .* b', 'f(a * b)', 'a', '', 'x = 1', 'normalize_image(a)', 'a * b\nc + d'])
      expect(factors(source), source).toBeNull();
  });

  it('finds none where a factor cannot be asked for again', () => {
    expect(factors('a = a * b')).toBeNull();
    expect(factors('p = a * b\na = 2a\nnormalize_image(p)')).toBeNull();
    expect(factors('rand(3, 3) * b')).toBeNull();
  });

  it('gives programs whose values multiply to the result', () => {
    const cell = parse('A = [1 2; 3 4]\nB = [5 6; 7 8]\nnormalize_image(A * B)');
    const found = productOf(cell);
    if (found === null) throw new Error('no product found');
    const notebook = new Notebook(new ReferenceEngine());
    notebook.setCells([
      { id: 'cell', program: cell },
      { id: 'left', program: found.left },
      { id: 'right', program: found.right },
    ]);
    const views = notebook.run().map(({ view }) => (view?.kind === 'matrix' ? [...view.data] : null));
    expect(views.slice(1)).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
  });
});
