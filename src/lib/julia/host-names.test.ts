/** Names that JavaScript's own objects have mean nothing to a program, wherever they stand. */
import { describe, expect, it } from 'vitest';
import { evaluate } from './testing.ts';

/** `catch` and `finally` are Julia's own words. */
const names = [
  ...new Set(
    [Object, Array, Function, String, Number, Map, Promise].flatMap((of) => Object.getOwnPropertyNames(of.prototype)),
  ),
].filter((name) => /^[A-Za-z_]\w*$/.test(name) && !/^(catch|finally)$/.test(name));

/** What is a function of Julia's under the same name. */
const known = new Set(names.filter((name) => evaluate(`@isdefined ${name}`).text === 'true'));

describe('names of the host', () => {
  it('are many', () => {
    expect(names.length).toBeGreaterThan(90);
    expect(names).toContain('constructor');
    expect(names).toContain('__proto__');
    expect(known.has('constructor')).toBe(false);
  });

  it.each([
    ['§ = 3; § + 1', '4'],
    ['§(x) = x + 1; §(2)', '3'],
    ['let § = 2; §; end', '2'],
    ['[§ for § in 1:2] == [1, 2]', 'true'],
    ['f(x::§) where § = §; f(1)', 'Int64'],
    ['f(; § = 1) = §; f(; § = 2)', '2'],
    [':§', ':§'],
    ['Dict(:§ => 1, "§" => 2)["§"]', '2'],
    ['haskey(Dict(:a => 1), :§), get(Dict("a" => 1), "§", 7)', '(false, 7)'],
    ['(§ = 1,).§ + (; § = 1)[:§]', '2'],
    ['struct P; §; end; P(1).§', '1'],
    ['struct §; x; end; v = Vector{§}(); push!(v, §(1)); v[1].x', '1'],
    ['abstract type § end; struct P <: §; x; end; P(1) isa §', 'true'],
    ['Dict("a" => 1)["§"]', 'ERROR: KeyError: key "§" not found'],
    ['(a = 1,).§', /^ERROR: type .* has no field §$/],
    ['[1, 2].§', 'ERROR: type Vector has no field §'],
    ['struct P; a; end; P(1).§', 'ERROR: type P has no field §'],
    ['x = Ref(1); x.§ = 2', 'ERROR: type RefValue has no field §'],
    [
      'struct §; x; end; convert(Matrix{§}, [1 2])',
      'ERROR: MethodError: Cannot `convert` an object of type Int64 to an object of type §',
    ],
    ['sum([1, 2]; § = 1)', 'ERROR: unsupported: the keyword argument `§` of sum is not in this subset of Julia'],
    ['testimage("§")', /^ERROR: ArgumentError: no picture named "§"/],
  ])('%s', (program, value) => {
    for (const name of names) {
      const { text } = evaluate(program.replaceAll('§', name));
      if (typeof value === 'string') expect(text).toBe(value.replaceAll('§', name));
      else expect(text).toMatch(new RegExp(value.source.replaceAll('§', name)));
    }
  });

  it.each([
    ['§', 'is not defined'],
    ['§(1)', 'is not defined'],
    ['Base.§', 'is not defined'],
    ['Matrix{§}([1 2])', 'is no type'],
    ['Vector{§}(undef, 2)', 'is no type'],
    ['convert(Matrix{§}, [1 2])', 'is no type'],
    ['f(x::§) = 1; f(1)', 'is no type'],
    ['Gray{§}(0.5)', 'is no type'],
    ['Flux.setup(§, [1.0])', 'is not defined'],
  ])('%s: %s', (program) => {
    for (const name of names) {
      if (known.has(name)) continue;
      expect(evaluate(program.replaceAll('§', name)).text).toMatch(
        new RegExp(`^ERROR: UndefVarError: \`${name}\` not defined`),
      );
    }
  });

  it('are no macros', () => {
    for (const name of names.filter((own) => own !== 'bind')) {
      expect(evaluate(`@${name} 1`).text).toBe(
        `ERROR: unsupported: the macro \`@${name}\` is not in this subset of Julia`,
      );
    }
  });
});

describe('long programs', () => {
  it('run where they are sums', () => {
    expect(evaluate(`1${'+1'.repeat(999)}`).text).toBe('1000');
    expect(evaluate(`1${' - 1'.repeat(999)}`).text).toBe('-998');
    expect(evaluate(`1${' + 1'.repeat(1900)}`).text).toBe('1901');
    expect(evaluate(`1${' + 1'.repeat(3000)}`).text).toBe('ERROR: ParseError: expression is nested too deeply');
  });

  it('are refused at once where they are too long', () => {
    const begin = performance.now();
    expect(evaluate('x = 1\n'.repeat(175_000)).text).toMatch(/^ERROR: ParseError: a cell may have \d+ characters/);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});
