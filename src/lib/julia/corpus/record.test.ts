import { describe, expect, it } from 'vitest';
import { checkFacts, knownDifferences } from './record-files.ts';
import { judge, programOf, readRecord } from './record.ts';

describe('the form of a record', () => {
  const text =
    '# base/x.jl abc\n> 1 + 1\n2\nsession\n> f(x) =\n.   x\nf (generic function with 1 method)\n> 7\n7\n> f(nothing) # gone\nERROR: BoundsError: no\nend\n> [1,\n.  2]\n2-element\n 1\n';

  it('is read to programs with their address, and what a session defined before them', () => {
    expect(readRecord(text)).toEqual([
      { address: 'base/x.jl abc', before: '', input: '1 + 1', output: '2' },
      { address: 'base/x.jl abc', before: '', input: 'f(x) =\n  x', output: 'f (generic function with 1 method)' },
      { address: 'base/x.jl abc', before: 'f(x) =\n  x', input: '7', output: '7' },
      { address: 'base/x.jl abc', before: 'f(x) =\n  x', input: 'f(nothing) # gone', output: 'ERROR: BoundsError: no' },
      { address: 'base/x.jl abc', before: '', input: '[1,\n 2]', output: '2-element\n 1' },
    ]);
  });

  it('is refused where a line stands outside of a program', () => {
    expect(() => readRecord('# base/x.jl abc\n2\n')).toThrow('line 2 stands outside of a program: 2');
    expect(() => readRecord('> 1\n1\n')).toThrow('line 2 stands outside of a program: 1');
  });
});

describe('a verdict', () => {
  const value = { address: '', before: '', input: '', output: '1\n 2' };
  const error = { address: '', before: '', input: '', output: 'ERROR: DomainError with -1:' };
  const trouble = (
    name: string,
    message: string,
  ): { printed: string; text: string; trouble: { name: string; message: string } } => ({
    printed: '',
    text: '',
    trouble: { name, message },
  });

  it('compares what was printed and shown, but for spaces at the ends of lines', () => {
    expect(judge(value, { printed: '1\n', text: ' 2 ', trouble: null })).toBe('agrees');
    expect(judge(value, { printed: '', text: '1\n2', trouble: null })).toBe('differs');
  });

  it('compares errors by name', () => {
    expect(judge({ ...error, output: 'ERROR: BoundsError: a' }, trouble('BoundsError', 'BoundsError: b'))).toBe(
      'agrees',
    );
    expect(judge({ ...error, output: 'ERROR: BoundsError: a' }, trouble('KeyError', 'KeyError: b'))).toBe('differs');
    expect(judge({ ...error, output: 'ERROR: BoundsError: a' }, { printed: '', text: '1', trouble: null })).toBe(
      'differs',
    );
    expect(judge({ ...error, output: 'ERROR: no' }, trouble('ErrorException', 'no'))).toBe('agrees');
  });

  it('calls refused what has a value in Julia and none here', () => {
    expect(judge(value, trouble('UndefVarError', 'UndefVarError: `a` not defined'))).toBe('refused');
    expect(judge(error, trouble('UndefVarError', 'UndefVarError: `a` not defined'))).toBe('refused');
    expect(judge(error, trouble('DomainError', 'DomainError with -1.0'))).toBe('agrees');
    expect(judge(error, trouble('UnsupportedError', 'unsupported: this'))).toBe('refused');
  });
});

describe('what Julia showed in its own documentation', () => {
  const checked = checkFacts();
  const known = knownDifferences();

  it('is recorded for hundreds of programs, each with its address', () => {
    expect(checked.length).toBeGreaterThan(400);
    expect(checked.every(({ fact }) => /^\S+ [0-9a-f]{40}$/.test(fact.address))).toBe(true);
  });

  it('is shown here too, or is a known difference; `node scripts/doctests.ts` tells both answers', () => {
    const listed = new Set(Object.values(known).flatMap((reasons) => Object.values(reasons).flat()));
    const found = checked.filter(({ verdict }) => verdict !== 'agrees').map(({ fact }) => programOf(fact));
    expect(found.filter((program) => !listed.has(program))).toEqual([]);
  });

  // Of the whole suite only: who mends something and runs one file need not be stopped for it.
  it.runIf(process.env['npm_lifecycle_event'] === 'test')(
    'is not listed where it agrees by now; `node scripts/doctests.ts --write` takes it off',
    () => {
      const agreed = new Set(checked.filter(({ verdict }) => verdict === 'agrees').map(({ fact }) => programOf(fact)));
      const listed = Object.values(known).flatMap((reasons) => Object.values(reasons).flat());
      expect(listed.filter((program) => agreed.has(program))).toEqual([]);
    },
  );

  it('has a reason for each difference', () => {
    expect(Object.keys(known.differs)).not.toContain('not looked at yet');
  });
});
