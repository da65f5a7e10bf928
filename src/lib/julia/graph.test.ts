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

test('a control reaches who reads what it changes, and not who calls a function beside it', () => {
  const page = [
    cell('hero', '@bind s Slider(0:4)\nunit(y) = y ./ sum(y)\nshifted(y) = unit(y .+ s)\nA = unit(mandrill) .* s'),
    cell('steady', 'unit(mandrill)'),
    cell('shifted', 'B = shifted(mandrill)'),
    cell('value', "A' * A"),
    cell('late', 'B .+ 1'),
    cell('mixed', 'k = 3\nf = x -> k * x\ng(x) = x\ng(x, y) = f(x) * unit(s)'),
    cell('of-f', 'f(2)'),
    cell('of-g', 'g(2)'),
  ];
  expect(reachedBy(page, 's')).toEqual(['hero', 'shifted', 'value', 'late', 'mixed', 'of-f', 'of-g']);
  const whole = [cell('one', '@bind s Slider(0:4)\nf(x) = x'), cell('two', 'f(2)'), cell('three', 'mandrill .* s')];
  expect(reachedBy(whole, 's')).toEqual(['one', 'three']);
  expect(reachedBy(whole, 'mandrill')).toEqual(['three']);
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
