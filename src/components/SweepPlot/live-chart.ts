/** One chart in the page: finds the dot that is meant, and puts a button on it. */
import type { PlanResult } from '../../lib/attention/sweep/merge.ts';
import { chartAlt } from './alt.ts';
import type { ChartFilter, ChartKind, PlottedRun } from './chart-layout.ts';
import type { ExtraRun } from './extra.ts';
import { HEIGHT, layOut, WIDTH } from './chart-layout.ts';
import { chartSvg } from './chart-svg.ts';

/** How far from a dot a pointer may be and still mean it, in CSS pixels. */
const REACH = 22;

export interface ChartEvents {
  readonly select: (point: PlottedRun) => void;
  readonly press: (point: PlottedRun) => void;
  readonly describe: (point: PlottedRun) => string;
}

/** A chart with one button that stands on a dot: one stop for the keyboard, from which the arrow keys lead to every other dot. */
export class LiveChart {
  readonly #element: HTMLElement;
  readonly #kind: ChartKind;
  readonly #events: ChartEvents;
  readonly #cursor = document.createElement('button');
  #points: readonly PlottedRun[] = [];
  #here: PlottedRun | null = null;

  constructor(element: HTMLElement, events: ChartEvents) {
    this.#element = element;
    this.#kind = element.dataset['kind'] as ChartKind;
    this.#events = events;
    this.#cursor.type = 'button';
    this.#cursor.className = 'alpha-cursor';
    this.#cursor.addEventListener('keydown', (event) => this.#key(event));
    this.#cursor.addEventListener('click', (event) => {
      event.stopPropagation();
      if (this.#here) this.#events.press(this.#here);
    });
    element.addEventListener('pointermove', (event) => {
      if (event.pointerType !== 'touch') this.#point(event);
    });
    element.addEventListener('click', (event) => this.click(event));
  }

  /** Draws the chart anew. */
  draw(result: PlanResult, filter: ChartFilter, extras: readonly ExtraRun[]): void {
    const chart = layOut(result, this.#kind, filter, extras);
    this.#points = chart.series.flatMap((series) => [...series.points, ...series.extras]);
    this.#element.innerHTML = chartSvg(chart, chartAlt(result, this.#kind, filter.series));
    this.#element.append(this.#cursor);
  }

  /** A press anywhere means the nearest dot in reach. */
  click(event: MouseEvent): void {
    const point = this.#point(event);
    if (point) this.#events.press(point);
  }

  /** Puts the button on a run; where the chart does not show it, on the first dot, unseen. */
  show(arm: PlottedRun['arm'], seed: number): void {
    const point = this.#points.find((p) => p.arm === arm && p.dot.seed === seed) ?? null;
    this.#move(point);
  }

  #move(point: PlottedRun | null): void {
    this.#here = point ?? this.#points[0] ?? null;
    this.#cursor.hidden = this.#here === null;
    // A run that this chart does not show leaves no mark in it, yet the keyboard can still come in.
    this.#cursor.style.opacity = point === null ? '0' : '';
    if (this.#here === null) return;
    const { x, y } = this.#here;
    this.#cursor.style.insetInlineStart = `${(100 * x) / WIDTH}%`;
    this.#cursor.style.insetBlockStart = `${(100 * y) / HEIGHT}%`;
    this.#cursor.setAttribute('aria-label', `${this.#events.describe(this.#here)} Train it again`);
  }

  #point(event: MouseEvent): PlottedRun | null {
    const box = this.#element.getBoundingClientRect();
    const scale = box.width / WIDTH;
    const [x, y] = [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
    const near = this.#nearest(() => true, x, y);
    if (!near || Math.hypot(near.x - x, near.y - y) * scale > REACH) return null;
    if (near !== this.#here) this.#events.select(near);
    return near;
  }

  #nearest(among: (point: PlottedRun) => boolean, x: number, y: number): PlottedRun | null {
    let best: PlottedRun | null = null;
    let least = Infinity;
    for (const point of this.#points) {
      const distance = Math.hypot(point.x - x, point.y - y);
      if (distance >= least || !among(point)) continue;
      best = point;
      least = distance;
    }
    return best;
  }

  /** Left and right: the neighbouring column, at the same height. Up and down: the next run of the same column. */
  #key(event: KeyboardEvent): void {
    const here = this.#here;
    if (!here) return;
    const aside = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    const up = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (aside === 0 && up === 0) return;
    event.preventDefault();
    const next = aside ? this.#beside(here, aside) : this.#above(here, up);
    if (next) this.#events.select(next);
  }

  #above(here: PlottedRun, step: number): PlottedRun | undefined {
    const column = this.#points.filter(({ arm }) => arm === here.arm).toSorted((a, b) => a.y - b.y);
    return column[column.indexOf(here) + step];
  }

  #beside(here: PlottedRun, step: number): PlottedRun | null {
    const columns = [...new Map(this.#points.map((point) => [point.arm, point])).values()].toSorted(
      (a, b) => a.x - b.x,
    );
    const next = columns[columns.findIndex(({ arm }) => arm === here.arm) + step];
    if (!next) return null;
    const same = this.#points.find((point) => point.arm === next.arm && point.dot.seed === here.dot.seed);
    return same ?? this.#nearest((point) => point.arm === next.arm, here.x, here.y);
  }
}
