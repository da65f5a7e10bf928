import { expect, test } from 'vitest';
import { parse } from './parse/parse.ts';
import { downstream, picturesOf, reachedBy, testImages, upstream } from './graph.ts';

const cell = (id: string, source: string) => ({ id, program: parse(source) });
const cells = [
  cell('product', "normalize(A' * A)"),
  cell('factor', 'A = softmax(mandrill; dims=1)'),
  cell('helper', 'normalize(x) = x ./ maximum(x)'),
  cell('slider', '@bind c Slider(0:0.1:1)'),
  cell('scaled', 'c .* airplane'),
  cell('loaded', 'testimage("mandrill.png")'),
];

test('what a cell needs, through others, in the order of the page', () => {
  expect(upstream(cells, ['product'])).toEqual(['product', 'factor', 'helper']);
  expect(upstream(cells, ['scaled'])).toEqual(['slider', 'scaled']);
  expect(upstream(cells, ['nobody'])).toEqual([]);
});

test('what needs a cell, a control or a picture', () => {
  expect(downstream(cells, ['factor'])).toEqual(['product', 'factor']);
  expect(reachedBy(cells, 'c')).toEqual(['slider', 'scaled']);
  expect(reachedBy(cells, 'mandrill')).toEqual(['product', 'factor', 'loaded']);
});

test('pictures: by name or by testimage, and not where a cell defines the name', () => {
  const known = ['mandrill', 'airplane'];
  expect(picturesOf(cells, 'product', known)).toEqual(['mandrill']);
  expect(picturesOf(cells, 'loaded', known)).toEqual(['mandrill']);
  expect([...testImages(parse('f(testimage("airplane"))'))]).toEqual(['airplane']);
  expect([...testImages(parse('picture("cat") * A'))]).toEqual(['cat', 'picture cat']);
  expect(picturesOf([cell('lent', 'picture("cat")')], 'lent', ['mandrill', 'picture cat'])).toEqual(['picture cat']);
  expect(picturesOf([cell('named', 'cat')], 'named', ['picture cat'])).toEqual([]);
  const shadowed = [cell('own', 'mandrill = rand(3, 3)'), cell('use', 'mandrill')];
  expect(picturesOf(shadowed, 'use', known)).toEqual([]);
});

test('cells that need each other end', () => {
  const ring = [cell('a', 'x = y'), cell('b', 'y = x')];
  expect(upstream(ring, ['a'])).toEqual(['a', 'b']);
});
