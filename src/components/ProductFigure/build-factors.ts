/** The values of Julia expressions while the site is built, from the pictures that every program finds. */

import { loadAllPredefined } from '../../lib/image/node-pictures.ts';
import { allPacks } from '../../lib/julia/library/all.ts';
import { Notebook } from '../../lib/julia/notebook.ts';
import { parse } from '../../lib/julia/parse/parse.ts';
import type { MatrixView } from '../../lib/julia/view.ts';
import { ReferenceEngine } from '../../lib/matrix/reference.ts';

/**
 * @param before programs whose names the expressions use
 * @throws Error where an expression is no matrix
 */
export async function matricesAtBuild(
  sources: readonly string[],
  before: readonly string[] = [],
): Promise<MatrixView[]> {
  const notebook = new Notebook(new ReferenceEngine(), await loadAllPredefined(), { packs: allPacks });
  notebook.setCells([...before, ...sources].map((source, k) => ({ id: String(k), program: parse(source) })));
  const reports = notebook.run().slice(before.length);
  return reports.map(({ view, trouble }, k) => {
    if (view?.kind === 'matrix') return view;
    throw new Error(`${sources[k] ?? ''}: ${trouble?.message ?? 'no matrix'}`);
  });
}
