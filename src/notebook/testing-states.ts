/** States of pages for tests: every shape that the type allows, with the names that break plain objects. */

import fc from 'fast-check';
import { COLOURMAP_NAMES } from '../lib/image/colourmap-names.ts';
import { VIEW_KINDS, type Look } from './look.ts';
import type { PageState } from './state.ts';

const name = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', 'constructor', '7', ''));
const record = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(name, value, { noNullPrototype: true });
// JSON has no -0, and no control holds it.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const bound = fc.oneof(
  number,
  fc.boolean(),
  fc.string(),
  fc.record({ symbol: fc.string() }, { noNullPrototype: true }),
);

const plain = { noNullPrototype: true } as const;
const look: fc.Arbitrary<Look> = fc.record(
  {
    map: fc.constantFrom(...COLOURMAP_NAMES),
    view: fc.constantFrom(...VIEW_KINDS),
    camera: fc.tuple(number, number, number),
  },
  { requiredKeys: [], ...plain },
);

export const anyState: fc.Arbitrary<PageState> = fc.record(
  {
    version: fc.constant(1 as const),
    page: fc.string(),
    programs: record(fc.string({ unit: 'grapheme' })),
    bound: record(bound),
    pictures: record(fc.string()),
    settings: fc.record(
      { engine: fc.constantFrom(null, 'tfjs-webgl' as const, 'tfjs-wasm' as const, 'reference' as const) },
      { noNullPrototype: true },
    ),
    looks: record(look),
    instruments: record(record(fc.string())),
    pixel: fc.option(
      fc.record({ row: fc.nat(99), col: fc.nat(99), rows: fc.constant(100), cols: fc.constant(100) }, plain),
    ),
  },
  { noNullPrototype: true },
);
