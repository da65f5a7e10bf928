import { describe, expect, it } from 'vitest';
import { argumentError, boundsError, methodError, undefVarError, unsupportedError } from './errors.ts';
import { placeOf, toTrouble } from './source.ts';

describe('placeOf', () => {
  const source = 'a = 1\nβ = 2\r\nc = "😀" * d';

  it('counts lines and columns from one', () => {
    expect(placeOf(source, 0)).toEqual({ line: 1, column: 1 });
    expect(placeOf(source, 4)).toEqual({ line: 1, column: 5 });
    expect(placeOf(source, 6)).toEqual({ line: 2, column: 1 });
    expect(placeOf(source, source.indexOf('c'))).toEqual({ line: 3, column: 1 });
  });

  it('counts a character outside the basic plane as one column', () => {
    expect(placeOf(source, source.indexOf('d'))).toEqual({ line: 3, column: 11 });
  });

  it('brings offsets outside the text to its ends', () => {
    expect(placeOf(source, -5)).toEqual({ line: 1, column: 1 });
    expect(placeOf('ab', 99)).toEqual({ line: 1, column: 3 });
  });
});

describe('toTrouble', () => {
  it('quotes Julia and the place', () => {
    expect(toTrouble(undefVarError('foo', { from: 7, to: 10 }), 'x = 1\nfoo')).toEqual({
      name: 'UndefVarError',
      message: 'UndefVarError: `foo` not defined in `Main`',
      from: 7,
      to: 9,
      line: 2,
      column: 2,
    });
  });

  it('puts an error without a place at the whole source', () => {
    expect(toTrouble(argumentError('no'), 'f(1)')).toMatchObject({ from: 0, to: 4, line: 1, column: 1 });
  });

  it('shows what is no JuliaError as a defect of the library', () => {
    expect(toTrouble(new RangeError('odd'), 'x').message).toBe('InternalError: RangeError: odd');
  });
});

describe('JuliaError', () => {
  it('keeps the innermost place', () => {
    const error = boundsError('3-element Vector{Float64}', '4').at({ from: 2, to: 3 }).at({ from: 0, to: 9 });
    expect(error.span).toEqual({ from: 2, to: 3 });
    expect(error.message).toBe('BoundsError: attempt to access 3-element Vector{Float64} at index [4]');
  });

  it('names the types of a call without a method', () => {
    expect(methodError('+', ['String', 'Int64']).message).toBe('MethodError: no method matching +(::String, ::Int64)');
  });

  it('names what the subset leaves out', () => {
    expect(unsupportedError('`try`', { from: 0, to: 3 }).message).toBe(
      'unsupported: `try` is not in this subset of Julia',
    );
  });
});
