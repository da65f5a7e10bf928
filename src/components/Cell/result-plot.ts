/** A chart as HTML: the same from the build and from the live part, which fetches this when a cell first draws one. */

import { describePlot } from '../../lib/display/describe-plot.ts';
import type { Shown } from '../../lib/display/describe.ts';
import { dataLink } from '../../lib/display/plot-data.ts';
import type { PlotView } from '../../lib/julia/view.ts';

/** @param file name of a file that the reader may save, without an ending */
export function plotHtml(result: Shown & { kind: 'plot' }, file: string): string {
  return `<div class="plot-frame">${result.svg}${dataLink(result.csv, file)}</div>`;
}

/** @param file name of a file that the reader may save, without an ending */
export function drawPlot(view: PlotView, file: string): string {
  return plotHtml(describePlot(view), file);
}
