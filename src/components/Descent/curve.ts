import type { PlotView } from '../../lib/julia/view.ts';

/** The losses as a chart: the stored run, and the one under way. Either may be empty. */
export function curve(stored: readonly number[], live: readonly number[]): PlotView {
  const series = (losses: readonly number[], label: string): PlotView['series'] =>
    losses.length === 0 ? [] : [{ x: Float64Array.from(losses, (_, k) => k), y: Float64Array.from(losses), label }];
  return {
    kind: 'plot',
    series: [
      ...series(live, live.length > 0 && stored.length > 0 ? 'this run' : ''),
      ...series(stored, live.length > 0 ? 'stored run' : ''),
    ],
    title: '',
    xlabel: 'step',
    ylabel: 'loss',
  };
}
