/** Notebooks of the lab for tests: every shape that the type allows. */

import fc from 'fast-check';
import { COLOURMAP_NAMES } from '../../lib/image/colourmap-names.ts';
import { CELL_KINDS, documentOf, type LabDocument } from './document.ts';

const name = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', 'constructor', '7', ''));
const bound = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
  fc.boolean(),
  fc.string(),
  fc.record({ symbol: fc.string() }, { noNullPrototype: true }),
);

const cell = fc.record(
  {
    kind: fc.constantFrom(...CELL_KINDS),
    source: fc.string({ unit: 'grapheme' }),
    folded: fc.boolean(),
    note: fc.string(),
    look: fc.oneof(
      fc.constant({}),
      fc.constantFrom(...COLOURMAP_NAMES.filter((one) => one !== 'grey')).map((map) => ({ map })),
    ),
  },
  { noNullPrototype: true },
);

export const anyLab: fc.Arbitrary<LabDocument> = fc
  .tuple(
    name,
    fc.array(cell, { minLength: 1, maxLength: 8 }),
    fc.dictionary(name, bound, { noNullPrototype: true }),
    fc.dictionary(name, fc.string(), { noNullPrototype: true }),
  )
  .map(([title, cells, controls, pictures]) => documentOf(title, cells, { bound: controls, pictures }));
