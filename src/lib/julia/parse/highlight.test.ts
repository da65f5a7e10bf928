import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlight } from './highlight.ts';

describe('highlight', () => {
  const classOf = (source: string, text: string) => highlight(source).find((piece) => piece.text.trim() === text)?.cls;

  it.each([
    ['x = 1 # one', '# one', 'comment'],
    ['#= a\nb =# x', '#= a\nb =#', 'comment'],
    ['x = 12.5', '12.5', 'number'],
    ['s = "text"', '"text"', 'string'],
    ['f(x) = x + 1', 'f', 'call'],
    ['y = softmax(x)', 'softmax', 'call'],
    ['if a\n b\nend', 'if', 'keyword'],
    ['for i in v\n i\nend', 'for', 'keyword'],
    ['@bind c Slider(1:2)', '@bind', 'macro'],
    ['d = :knob', ':knob', 'atom'],
    ['x = true', 'true', 'atom'],
    ['f(x::Real) = x', 'Real', 'type'],
    ["A' * B", '*', 'operator'],
  ])('%s: %s is %s', (source, text, cls) => {
    expect(classOf(source, text)).toBe(cls);
  });

  it('loses no character of any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a\nb', 'a\n\n# c\n', '"', 'f(', '')),
        (source) => {
          expect(
            highlight(source)
              .map(({ text }) => text)
              .join(''),
          ).toBe(source);
        },
      ),
    );
  });
});
