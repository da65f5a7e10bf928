/** The line above a displayed array; apart from the rest of printing, for who shows an array in another form. */

import type { MatrixView } from '../view.ts';

/** Julia's heading of a displayed array. */
export function headingOf(view: MatrixView): string {
  if (view.summary !== undefined) return view.summary;
  if (view.eltype.startsWith('Gray{')) {
    const sizes = view.vector ? `${view.rows}-element` : `${view.rows}×${view.cols}`;
    return `${sizes} Array{${view.eltype},${view.vector ? 1 : 2}} with eltype ${view.eltype}`;
  }
  return view.vector
    ? `${view.rows}-element Vector{${view.eltype}}`
    : `${view.rows}×${view.cols} Matrix{${view.eltype}}`;
}
