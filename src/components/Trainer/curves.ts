/** Loss and accuracy of both models as charts, laid out and written as SVG text. Pure: the same at build and in the page. */
import {
  axesSvg,
  place as n,
  scale,
  ticks,
  ticksAt,
  tickWords,
  type PlotArea,
  type Point,
  type Tick,
} from '../../lib/display/axes.ts';
import { escapeHtml } from '../../lib/display/html.ts';
import type { Check } from '../../lib/attention/training/protocol.ts';
import type { SideName } from './sides.ts';
import { SIDES } from './sides.ts';

export type CurveKind = 'loss' | 'accuracy';

/** What is drawn of one model. */
export interface Curve {
  readonly side: SideName;
  /** Arm and alpha, for those who cannot see the chart. */
  readonly words: string;
  /** Of each training step: mean loss in nats, share of right answers. */
  readonly losses: readonly number[];
  readonly accuracies: readonly number[];
  readonly checks: readonly Check[];
  /** Steps that the run is to have. */
  readonly steps: number;
  /** Share of right answers that guessing gives. */
  readonly chance: number;
}

export const WIDTH = 440;
export const HEIGHT = 270;
export const MARGIN = { top: 12, right: 44, bottom: 42, left: 44 } as const;
const [RIGHT, BOTTOM] = [WIDTH - MARGIN.right, HEIGHT - MARGIN.bottom];
const AREA: PlotArea = { left: MARGIN.left, right: RIGHT, top: MARGIN.top, bottom: BOTTOM };
/** Points of a line, at most; each is the mean of as many steps. */
const POINTS = 100;
/** Least distance of the two names at the lines' ends. */
const NAME_GAP = 16;
const NAME_WIDTH = 40;
/** Scale of the loss before there is any. */
const FIRST_LOSS = 2.5;

export interface LineLayout {
  readonly side: SideName;
  readonly points: readonly Point[];
  readonly marks: readonly Point[];
  /** Where its name stands; null where there is no line. */
  readonly name: Point | null;
}

export interface CurvesLayout {
  readonly lines: readonly LineLayout[];
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** Height of guessing, in the chart of the accuracy. */
  readonly chance: number | null;
  /** Steps that each point of a line is the mean of. */
  readonly each: number;
}

/** Means of `each` values in a row, each at the middle of its steps (counted from 1); the last may be of fewer. */
export function means(values: readonly number[], each: number): { step: number; value: number }[] {
  return Array.from({ length: Math.ceil(values.length / each) }, (_, k) => {
    const part = values.slice(k * each, (k + 1) * each);
    return {
      step: k * each + (part.length + 1) / 2,
      value: part.reduce((sum, value) => sum + value, 0) / part.length,
    };
  });
}

/** Names stand beside the ends of their lines, in order, and not on each other. */
function placeNames(lines: readonly LineLayout[]): LineLayout[] {
  const ends = lines.flatMap(({ points }) => points.at(-1) ?? []);
  if (ends.length < 2) return lines.map((line) => ({ ...line, name: line.points.at(-1) ?? null }));
  const [first, second] = ends;
  if (!first || !second) return [...lines];
  const near = Math.abs(first.y - second.y) < NAME_GAP && Math.abs(first.x - second.x) < NAME_WIDTH;
  // A name must not slip below the axis.
  const middle = Math.min(BOTTOM - NAME_GAP / 2, Math.max(MARGIN.top + NAME_GAP / 2, (first.y + second.y) / 2));
  const x = Math.max(first.x, second.x);
  const order = first.y <= second.y ? [-1, 1] : [1, -1];
  return lines.map((line, k) => {
    const end = line.points.at(-1);
    if (!end) return line;
    return { ...line, name: near ? { x, y: middle + ((order[k] ?? 1) * NAME_GAP) / 2 } : { x: end.x, y: end.y } };
  });
}

/** Lays a chart out. */
export function layOut(kind: CurveKind, curves: readonly Curve[]): CurvesLayout {
  const steps = Math.max(1, ...curves.map((curve) => curve.steps));
  const each = Math.ceil(steps / POINTS);
  const valuesOf = (curve: Curve): readonly number[] => (kind === 'loss' ? curve.losses : curve.accuracies);
  const drawn = curves.map((curve) => ({
    side: curve.side,
    line: means(valuesOf(curve), each),
    marks: curve.checks.map((check) => ({
      step: check.step,
      value: kind === 'loss' ? check.loss : check.right / check.asked,
    })),
  }));
  const all = drawn.flatMap(({ line, marks }) => [...line, ...marks]).map(({ value }) => value);
  const top = kind === 'accuracy' ? 1 : 1.05 * Math.max(0, ...all) || FIRST_LOSS;
  const x = scale([0, steps], [AREA.left, AREA.right]);
  const y = scale([0, top], [AREA.bottom, AREA.top]);
  const point = ({ step, value }: { step: number; value: number }): Point => ({ x: x(step), y: y(value) });
  const lines = drawn.map(({ side, line, marks }) => ({
    side,
    points: line.map(point),
    marks: marks.map(point),
    name: null,
  }));
  const chances = [...new Set(curves.map(({ chance }) => chance))];
  const yValues = ticks(0, top);
  const yWords = kind === 'accuracy' ? yValues.map((value) => String(Math.round(100 * value))) : tickWords(yValues);
  return {
    lines: placeNames(lines),
    xTicks: ticksAt(ticks(0, steps).filter(Number.isInteger), x),
    yTicks: ticksAt(yValues, y, yWords),
    chance: kind === 'accuracy' && chances.length === 1 ? y(chances[0] ?? 0) : null,
    each,
  };
}

export const AXIS_WORDS: Readonly<Record<CurveKind, string>> = {
  loss: 'loss, nats',
  accuracy: 'right answers, %',
};

const ends = (values: readonly number[], digits: number, factor = 1): string =>
  `from ${(factor * (values[0] ?? NaN)).toFixed(digits)} to ${(factor * (values.at(-1) ?? NaN)).toFixed(digits)}`;

/** The chart in one sentence. */
export function curvesAlt(kind: CurveKind, curves: readonly Curve[]): string {
  const lines = curves.map(({ side, words, losses, accuracies, checks }) => {
    if (losses.length === 0) return `${side}, ${words}: no step yet`;
    const last = checks.at(-1);
    const held = last ? `; ${((100 * last.right) / last.asked).toFixed(1)} % on validation data` : '';
    return kind === 'loss'
      ? `${side}, ${words}: ${ends(losses, 3)} in ${losses.length} steps`
      : `${side}, ${words}: ${ends(accuracies, 0, 100)} % in ${losses.length} steps${held}`;
  });
  const subject = kind === 'loss' ? 'Training loss in nats' : 'Right answers in training, in percent,';
  return `${subject} against steps. ${lines.join('. ')}.`;
}

/** The mark of a check: a disc, and a square that lets the disc be seen. */
const MARKS: Readonly<Record<SideName, string>> = {
  left: 'm-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z',
  right: 'm-3-3h6v6h-6z',
};

function lineSvg({ side, points, marks, name }: LineLayout): string {
  const path = points.map(({ x, y }, k) => `${k === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
  const dots = marks.map(({ x, y }) => `M${n(x)} ${n(y)}${MARKS[side]}`).join('');
  const text = name ? `<text x="${n(name.x + 7)}" y="${n(name.y)}" dy=".34em">${side}</text>` : '';
  return `<g data-side="${side}"><path class="line" d="${path}"/><path class="mark" d="${dots}"/>${text}</g>`;
}

/** One chart as an `<svg>` element; its colours come from the page. */
export function curvesSvg(kind: CurveKind, curves: readonly Curve[]): string {
  const chart = layOut(kind, curves);
  const axes = axesSvg(AREA, { x: chart.xTicks, y: chart.yTicks, xlabel: 'step' });
  const guess =
    chart.chance === null
      ? ''
      : `<path class="chance" d="M${MARGIN.left} ${n(chart.chance)}H${RIGHT}"/><text class="guess" x="${RIGHT}" y="${n(chart.chance - 5)}">guessing</text>`;
  return `<svg class="chart trainer-chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(curvesAlt(kind, curves))}">${axes}${guess}${chart.lines.map(lineSvg).join('')}</svg>`;
}

/** The sample of a side's line that stands beside its heading. */
export function keySvg(side: SideName): string {
  return `<svg class="trainer-key" viewBox="0 0 34 12" aria-hidden="true"><g data-side="${side}"><path class="line" d="M1 6H33"/><path class="mark" d="M17 6${MARKS[side]}"/></g></svg>`;
}

/** In the order in which they stand. */
export function bySide(curves: Readonly<Partial<Record<SideName, Curve>>>): Curve[] {
  return SIDES.flatMap((side) => curves[side] ?? []);
}
