/** Where everything of the alpha plot stands, from the results of a plan. Pure: the same at build and in the page. */
import type { ArmResult, Dot, PlanResult } from '../../lib/attention/sweep/merge.ts';
import { WORTH } from '../../lib/attention/sweep/merge.ts';
import type { Interval } from '../../lib/attention/statistics/paired.ts';
import { ARMS } from '../../lib/attention/transforms.ts';
import { domain, scale, ticks, ticksAt, tickWords, type Axes, type PlotArea } from '../../lib/display/axes.ts';
import type { ExtraDot, ExtraRun, Origin } from './extra.ts';
import type { SeriesName } from './words.ts';
import { alphaText, seriesOf, shortName } from './words.ts';

/** Test accuracy in percent, test loss in nats, or accuracy minus that of V at the same seed in percentage points. */
export type ChartKind = 'accuracy' | 'loss' | 'difference';

export interface ChartFilter {
  readonly series: ReadonlySet<SeriesName>;
  /** Show only arms whose learning rate, chosen on validation, is this; null: all. */
  readonly rate: number | null;
}

export const WIDTH = 640;
export const HEIGHT = 400;
export const MARGIN = { top: 14, right: 10, bottom: 92, left: 60 } as const;
export const AREA: PlotArea = {
  left: MARGIN.left,
  right: WIDTH - MARGIN.right,
  top: MARGIN.top,
  bottom: HEIGHT - MARGIN.bottom,
};

/** A dot: one training run, and where it stands in the drawing. */
export interface PlottedRun {
  readonly arm: ArmResult;
  readonly dot: Dot;
  readonly x: number;
  readonly y: number;
}

/** The mean of one arm, with its 95 % t interval, if there are two runs or more. */
export interface Mean {
  readonly arm: ArmResult;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  /** The mean lies beyond the drawing and is marked at its edge. */
  readonly beyond: 'above' | 'below' | null;
}

export interface SeriesLayout {
  readonly name: SeriesName;
  readonly points: readonly PlottedRun[];
  /** Runs beyond the registered ones. They are in no mean. */
  readonly extras: readonly (PlottedRun & { readonly origin: Origin })[];
  readonly means: readonly Mean[];
  /** Means are joined by a line where the arm has an alpha. */
  readonly joined: boolean;
}

export interface ChartLayout {
  readonly kind: ChartKind;
  readonly series: readonly SeriesLayout[];
  /** Alpha from left to right, as far as there are arms with one. */
  readonly axes: Axes;
  /** Names of arms without alpha, at their columns. */
  readonly names: readonly { readonly at: number; readonly text: string }[];
  /** Height of V: its mean, or 0 for differences. */
  readonly base: number | null;
  /** For differences: the band that is not worth having. */
  readonly band: { readonly top: number; readonly bottom: number } | null;
}

/** Deterministic scatter in [-0.5, 0.5): seeds keep their place from arm to arm (golden ratio sequence). */
const scatter = (seed: number): number => ((seed * 0.618033988749895) % 1) - 0.5;

interface Values {
  readonly of: (dot: Dot) => number | undefined;
  readonly summary: (arm: ArmResult) => { readonly mean: number; readonly t: Interval } | undefined;
}

/** Values of exploratory runs: their differences are to exploratory runs of V, on the same pictures. */
function extraValueOf(kind: ChartKind, extras: readonly ExtraRun[]): (dot: ExtraDot) => number {
  if (kind !== 'difference') return (dot) => dot[kind];
  const base = extras.filter(({ arm }) => arm.arm === 'V').map(({ dot }) => dot);
  return ({ seed, whole, accuracy }) => {
    const partner = base.find((dot) => dot.seed === seed && dot.whole === whole);
    return partner ? accuracy - partner.accuracy : NaN;
  };
}

function valuesOf(kind: ChartKind, baseline: ArmResult | undefined): Values {
  if (kind !== 'difference') return { of: (dot) => dot[kind], summary: (arm) => arm[kind] };
  const base = new Map(baseline?.dots.map((dot) => [dot.seed, dot.accuracy]));
  return {
    of: (dot) => {
      const partner = base.get(dot.seed);
      return partner === undefined ? undefined : dot.accuracy - partner;
    },
    summary: (arm) => arm.toBaseline?.accuracy,
  };
}

/** Differences are drawn close up, to a few deviations of V from seed to seed; larger ones are marked at the edge. */
function closeUp(baseline: ArmResult | undefined): number {
  return Math.max(1.5, Math.ceil(2.5 * (baseline?.accuracy?.sd ?? 0)));
}

function domainOf(
  kind: ChartKind,
  result: PlanResult,
  extras: readonly ExtraRun[],
  baseline: ArmResult | undefined,
): [number, number] {
  if (kind === 'difference') return [-closeUp(baseline), closeUp(baseline)];
  const all = [...result.arms.flatMap(({ dots }) => dots), ...extras.map(({ dot }) => dot)].map((dot) => dot[kind]);
  const [low, high] = domain(all);
  const slack = all.some(Number.isFinite) ? (high - low) * 0.03 : 0;
  return [low - slack, high + slack];
}

/** Columns: one to a step of alpha, then a gap, then one to each arm without. */
function columns(result: PlanResult): {
  readonly alphas: readonly number[];
  readonly plain: readonly ArmResult[];
  readonly unit: number;
  readonly at: (arm: ArmResult) => number;
  readonly atAlpha: (alpha: number) => number;
  readonly axisEnd: number;
} {
  const hasAlpha = (arm: ArmResult): boolean => ARMS[arm.arm].usesAlpha && seriesOf(arm) !== 'others';
  const alphas = [...new Set([0, ...result.arms.filter(hasAlpha).map(({ alpha }) => alpha)])].sort((a, b) => a - b);
  const plain = result.arms.filter((arm) => seriesOf(arm) === 'others');
  const first = Math.min(...alphas);
  const step = alphas.reduce((least, alpha, i) => Math.min(least, alpha - (alphas[i - 1] ?? -Infinity)), Infinity);
  const spacing = Number.isFinite(step) ? step : 1;
  const steps = (Math.max(...alphas) - first) / spacing + 1;
  const unit = (WIDTH - MARGIN.left - MARGIN.right) / (steps + (plain.length ? 0.8 + 1.25 * plain.length : 0));
  const atAlpha = (alpha: number): number => MARGIN.left + ((alpha - first) / spacing + 0.5) * unit;
  const at = (arm: ArmResult): number =>
    seriesOf(arm) === 'others'
      ? MARGIN.left + (steps + 0.8 + (plain.indexOf(arm) + 0.5) * 1.25) * unit
      : atAlpha(arm.arm === 'V' ? 0 : arm.alpha);
  return { alphas, plain, unit: Math.min(unit, 60), at, atAlpha, axisEnd: MARGIN.left + steps * unit };
}

/** Lays one chart out. `extras` are exploratory runs: they are drawn, and counted nowhere. */
export function layOut(
  result: PlanResult,
  kind: ChartKind,
  filter: ChartFilter,
  extras: readonly ExtraRun[] = [],
): ChartLayout {
  const baseline = result.arms.find(({ arm }) => arm === 'V');
  const values = valuesOf(kind, baseline);
  const [low, high] = domainOf(kind, result, extras, baseline);
  const extraValue = extraValueOf(kind, extras);
  const y = scale([low, high], [AREA.bottom, AREA.top]);
  const inside = (value: number): number => Math.min(high, Math.max(low, value));
  const grid = columns(result);

  const shown = result.arms.filter(
    (arm) =>
      filter.series.has(seriesOf(arm)) &&
      (filter.rate === null || arm.rate === filter.rate) &&
      !(kind === 'difference' && arm.arm === 'V'),
  );
  const lanes = (['add-NS', 'linear', 'add-S', 'add-exp', 'add-features'] as const).filter((name) =>
    shown.some((arm) => seriesOf(arm) === name),
  );
  const lane = (name: SeriesName): { readonly shift: number; readonly width: number } => {
    const index = lanes.findIndex((other) => other === name);
    if (index < 0) return { shift: 0, width: grid.unit * 0.6 };
    return {
      shift: (index - (lanes.length - 1) / 2) * ((grid.unit * 0.84) / lanes.length),
      width: (grid.unit * 0.5) / lanes.length,
    };
  };

  const series = [...new Set(shown.map(seriesOf))].map((name): SeriesLayout => {
    const { shift, width } = lane(name);
    const arms = shown.filter((arm) => seriesOf(arm) === name);
    const points = arms.flatMap((arm) =>
      arm.dots.flatMap((dot): PlottedRun[] => {
        const value = values.of(dot);
        if (value === undefined || !(value >= low && value <= high)) return [];
        return [{ arm, dot, x: grid.at(arm) + shift + scatter(dot.seed) * width, y: y(value) }];
      }),
    );
    const added = extras.flatMap(({ arm, dot }): SeriesLayout['extras'][number][] => {
      const value = extraValue(dot);
      if (!arms.includes(arm) || !(value >= low && value <= high)) return [];
      return [{ arm, dot, origin: dot.origin, x: grid.at(arm) + shift + scatter(dot.seed) * width, y: y(value) }];
    });
    const means = arms.flatMap((arm): Mean[] => {
      const summary = values.summary(arm);
      if (!summary) return [];
      const { mean, t } = summary;
      const beyond = mean > high ? 'above' : mean < low ? 'below' : null;
      const [bottom, top] = [y(inside(t.low)), y(inside(t.high))];
      return [{ arm, x: grid.at(arm) + shift, y: y(inside(mean)), low: bottom, high: top, beyond }];
    });
    return { name, points, extras: added, means, joined: name !== 'others' && name !== 'V' };
  });

  const every = Math.max(1, Math.ceil(grid.alphas.length / 9));
  const middle = grid.alphas.indexOf(0);
  const yValues = ticks(low, high, 6);
  const plus = (value: number): string => (kind === 'difference' && value > 0 ? '+' : '');
  const yWords = tickWords(yValues).map((words, k) => plus(yValues[k] ?? 0) + words);
  const xValues = grid.alphas.filter((_, i) => (i - middle) % every === 0);
  const mean = kind === 'difference' ? 0 : baseline?.[kind]?.mean;
  const { plain } = grid;
  return {
    kind,
    series,
    axes: {
      x: ticksAt(xValues, grid.atAlpha, xValues.map(alphaText)),
      y: ticksAt(yValues, y, yWords),
      xlabel: 'α',
      end: grid.axisEnd,
    },
    names: plain.map((arm) => ({ at: grid.at(arm), text: shortName(arm) })),
    base: mean === undefined ? null : y(mean),
    band: kind === 'difference' ? { top: y(WORTH), bottom: y(-WORTH) } : null,
  };
}
