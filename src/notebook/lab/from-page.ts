/** Cells of an article, and what stands around them, as a notebook. */

import type { ExportPage } from '../../lib/export/page.ts';
import { lentKey } from '../../lib/julia/graph.ts';
import { isPlain, type Look } from '../look.ts';
import { documentOf, type LabDocument, type NewCell } from './document.ts';

/**
 * @param page an article, or one of its cells with those that it needs
 * @param textOf the cell's text as its reader left it, which may be no Julia
 * @param lookOf how its result is looked at
 */
export function labFrom(
  page: ExportPage,
  textOf: (id: string) => string | null = () => null,
  lookOf: (id: string) => Look = () => ({}),
): LabDocument {
  const text = (source: string | undefined): NewCell[] =>
    source === undefined || source.trim() === '' ? [] : [{ kind: 'text', source }];
  const cells = page.cells.flatMap(({ id, program, prose, caption, folded }): NewCell[] => [
    ...text(prose),
    {
      kind: 'code',
      source: textOf(id) ?? program.source,
      ...(folded === true ? { folded } : {}),
      ...(isPlain(lookOf(id)) ? {} : { look: lookOf(id) }),
    },
    ...text(caption),
  ]);
  const names = new Set(page.cells.flatMap(({ program }) => program.defines));
  const bound = [...page.bound].filter(([name]) => names.has(name));
  // What is lent, `picture("cat")`, is lent to the lab too.
  const own = page.pictures.flatMap(({ name, own: label }) =>
    label === undefined || name === lentKey(label) ? [] : [[name, label] as const],
  );
  return documentOf(
    page.title,
    [{ kind: 'text', source: `From [${page.title}](${page.address})` }, ...cells, ...text(page.closing)],
    { bound: Object.fromEntries(bound), pictures: Object.fromEntries(own) },
  );
}
