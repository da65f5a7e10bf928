/** What is shown of a chart. Pure. */

import type { PlotView, View } from '../julia/view.ts';
import { describe, type Shown } from './describe.ts';
import { plotCsv } from './plot-data.ts';
import { plotAlt, plotSvg } from './plot.ts';

export function describePlot(view: PlotView): Shown & { kind: 'plot' } {
  return { kind: 'plot', svg: plotSvg(view), alt: plotAlt(view), csv: plotCsv(view) };
}

/** What is shown of any value, charts as well. */
export function describeAny(view: View | null, show: string): Shown {
  return view?.kind === 'plot' && show !== 'none'
    ? describePlot(view)
    : describe(view?.kind === 'plot' ? null : view, show);
}
