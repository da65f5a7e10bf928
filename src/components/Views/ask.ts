import type { Program } from '../../lib/julia/ast.ts';
import type { MatrixView } from '../../lib/julia/view.ts';
import type { Session } from '../../notebook/session.ts';

/**
 * The values of programs, in the scope of the page and computed by its engine. Rejects with a sentence for the reader where a
 * value is no matrix or does not come.
 */
export async function askMatrices(session: Session, programs: readonly Program[]): Promise<MatrixView[]> {
  const reports = await session.evaluate(programs);
  return reports.map(({ view, trouble }) => {
    if (view?.kind === 'matrix') return view;
    throw new Error(trouble?.message ?? 'One of the factors is no matrix.');
  });
}
