/** Streams: buffers to write into, the settings of what is shown, and functions that write called for their text. */

import { Stream } from '../show/stream.ts';
import { argumentError } from '../errors.ts';
import { summary } from '../show/show.ts';
import { Sym, Tuple, TypeValue } from '../values.ts';
import type { Value } from '../values.ts';
import { contextFrom, write } from './output.ts';
import type { Pack } from './pack.ts';
import { entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

const settingsOf = (v: Value | undefined): readonly Value[] => {
  if (v === undefined) return [];
  return v instanceof Tuple ? v.items : [v];
};

const entries: readonly Entry[] = [
  entry(
    {
      name: 'IOBuffer',
      signature: 'IOBuffer()',
      doc: 'A stream that keeps what is written to it, for take!.',
      examples: [['io = IOBuffer(); print(io, 1, "a"); println(io, [1, 2]); String(take!(io))', '"1a[1, 2]\\n"']],
    },
    [0, 1],
    (_rt, [text]) => {
      if (text !== undefined)
        throw argumentError('an IOBuffer is for writing here; split(s, "\\n") gives the lines of a string');
      return new Stream('IOBuffer', { text: '' });
    },
  ),
  entry(
    { name: 'take!', signature: 'take!(io)', doc: 'What an IOBuffer holds, as a string; it is empty then.' },
    [1, 1],
    (_rt, args) => {
      const [io] = args;
      if (!(io instanceof Stream) || !io.buffer) throw noMethod('take!', args);
      const { text } = io.buffer;
      io.buffer.text = '';
      return text;
    },
  ),
  entry(
    {
      name: 'IOContext',
      signature: 'IOContext(io, :compact => true)',
      doc: 'A stream with settings for what is shown on it.',
      examples: [['show(IOContext(stdout, :compact => true), 1/3); nothing', '0.333333']],
    },
    [1, Infinity],
    (rt, args) => {
      const [io, ...settings] = args;
      if (!(io instanceof Stream)) throw noMethod('IOContext', args);
      return new Stream(io.name, io.buffer, { compact: io.compact, limit: io.limit, ...contextFrom(rt, settings) });
    },
  ),
  entry(
    {
      name: 'sprint',
      signature: 'sprint(f, xs...; context)',
      doc: 'What f(io, xs...) writes, as a string.',
      examples: [['sprint(show, 1/3; context=:compact => true), sprint(print, 1, "a")', '("0.333333", "1a")']],
    },
    [1, Infinity],
    (rt, args, keywords) => {
      const [f = null, ...rest] = args;
      keywords.get('sizehint');
      const stream = new Stream('IOBuffer', { text: '' }, contextFrom(rt, settingsOf(keywords.get('context'))));
      rt.call(f, [stream, ...rest]);
      return stream.buffer?.text ?? '';
    },
  ),
  entry(
    {
      name: 'summary',
      signature: 'summary(x)',
      doc: 'The heading of what the REPL shows.',
      examples: [
        [
          'summary([1, 2]), summary(1:3), summary("αβ")',
          '("2-element Vector{Int64}", "3-element UnitRange{Int64}", "4-codeunit String")',
        ],
      ],
    },
    [1, 1],
    (rt, [v = null]) => summary(rt.settle(v)),
  ),
  entry(
    { name: 'printstyled', signature: 'printstyled(xs...; color, bold)', doc: 'Writes values; colours are left out.' },
    [0, Infinity],
    (rt, args, keywords) => {
      for (const name of ['color', 'bold', 'italic', 'underline', 'blink', 'reverse', 'hidden']) keywords.get(name);
      return rt.call(rt.fn('print'), args);
    },
  ),
  entry(
    { name: 'write', signature: 'write(io, s)', doc: 'Writes a string; the number of its bytes.' },
    [2, 2],
    (rt, args) => {
      const [io, s = null] = args;
      if (!(io instanceof Stream) || typeof s !== 'string') throw noMethod('write', args);
      write(rt, io, s);
      return BigInt(new TextEncoder().encode(s).length);
    },
  ),
  entry(
    { name: 'MIME', signature: 'MIME("text/plain")', doc: 'The kind of text that show writes.' },
    [1, 1],
    (_rt, args) => {
      const [name = null] = args;
      const text = name instanceof Sym ? name.name : name;
      if (typeof text !== 'string') throw noMethod('MIME', args);
      return new TypeValue(`MIME{Symbol("${text}")}`, () => name);
    },
  ),
  entry(
    { name: 'flush', signature: 'flush(io)', doc: 'Does nothing: what is written is there.' },
    [1, 1],
    (_rt, args) => {
      if (args[0] instanceof Stream) return null;
      throw noMethod('flush', args);
    },
  ),
];

export const pack: Pack = {
  entries,
  values: () =>
    new Map([
      ['stdout', new Stream('stdout', null)],
      ['stderr', new Stream('stderr', null)],
      ['devnull', new Stream('devnull', null)],
    ]),
  words: [
    { name: 'stdout', signature: 'stdout', doc: 'The stream below the cell.' },
    { name: 'stderr', signature: 'stderr', doc: 'The stream below the cell.' },
    { name: 'devnull', signature: 'devnull', doc: 'A stream that keeps nothing.' },
  ],
};
