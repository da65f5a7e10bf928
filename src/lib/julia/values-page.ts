/** Values that only a page has a use for: charts and controls. */

import type { Value } from './values.ts';
import type { Control, PlotSeries } from './view.ts';

export class Plot {
  readonly series: PlotSeries[];
  title: string;
  xlabel: string;
  ylabel: string;
  constructor(series: PlotSeries[]) {
    this.series = series;
    this.title = '';
    this.xlabel = '';
    this.ylabel = '';
  }
}

type Nameless<T> = T extends unknown ? Omit<T, 'name'> : never;

/** What Slider(...), Select(...) and CheckBox(...) return, for @bind. */
export class Widget {
  readonly control: Nameless<Control>;
  /** The options of a Select as the program wrote them. */
  readonly options: readonly Value[];
  constructor(control: Nameless<Control>, options: readonly Value[] = []) {
    this.control = control;
    this.options = options;
  }
}
