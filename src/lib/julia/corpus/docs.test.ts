/** `docs/julia-subset.md` says what the subset can do; each of its rows is run here. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createWasm } from '../../matrix/wasm.ts';
import { allPacks } from '../library/all.ts';
import { Notebook } from '../notebook.ts';
import { parse } from '../parse/parse.ts';
import { subsetRows } from './subset-table.ts';
import { evaluate } from '../testing.ts';

const document = readFileSync(new URL('../../../../docs/julia-subset.md', import.meta.url), 'utf8');
const rows = subsetRows(document);

describe('the rows of docs/julia-subset.md', () => {
  it('are there', () => {
    expect(rows.length).toBeGreaterThan(110);
    expect(rows.filter(({ value }) => value.startsWith('ERROR: ')).length).toBeGreaterThan(25);
  });

  it.each(rows)('$section: $feature', ({ example, value }) => {
    const { printed, text } = evaluate(example);
    expect(`${printed}${text}`.replaceAll(/\s+/g, ' ').trim()).toBe(value);
  });
});

describe('rows whose value is a number or a matrix, on float32', async () => {
  // The section on what was decided is about where the engines differ.
  const numeric = rows.filter(({ section, example }) => {
    const { view } = evaluate(example);
    return !section.startsWith('Decided') && (view?.kind === 'number' || view?.kind === 'matrix');
  });
  const engine = await createWasm();

  it('are many', () => expect(numeric.length).toBeGreaterThan(30));

  it.each(numeric)('$section: $feature', ({ example }) => {
    const notebook = new Notebook(engine, {}, { packs: allPacks });
    notebook.setCells([{ id: 'cell', program: parse(example) }]);
    const view = notebook.run()[0]?.view;
    const exact = evaluate(example).view;
    if (view?.kind === 'number' && exact?.kind === 'number') expect(view.value).toBeCloseTo(exact.value, 5);
    else if (view?.kind === 'matrix' && exact?.kind === 'matrix') {
      expect([view.rows, view.cols, view.eltype]).toEqual([exact.rows, exact.cols, exact.eltype]);
      view.data.forEach((x, k) => expect(x).toBeCloseTo(exact.data[k] ?? NaN, 5));
    } else expect.unreachable(`${view?.kind ?? 'nothing'} is not what the float64 engine shows`);
  });
});
