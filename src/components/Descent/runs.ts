/** The descents that the studies published, and what an instrument can be set to. */
import type { LossOptions } from '../../lib/matrix/descent-loss.ts';
import type { DescentOptimiser } from '../../lib/matrix/descent.ts';

/** Pictures that the site ships. */
export type SitePictureName = 'mandrill' | 'airplane';

/** A picture to start from. Noise is uniform on [0, 1), the same every time. */
export const STARTS = ['mandrill', 'warped', 'airplane', 'noise', 'own'] as const;
export type StartName = (typeof STARTS)[number];

/** The picture whose product is the target. */
export const TARGETS = ['warped', 'mandrill', 'airplane', 'own'] as const;
export type TargetName = (typeof TARGETS)[number];

export interface DescentSettings extends LossOptions {
  readonly start: StartName;
  readonly target: TargetName;
  readonly optimiser: DescentOptimiser;
  readonly steps: number;
  /** Julia text that defines `loss(x)`, in place of the built-in loss. */
  readonly julia: string | null;
}

export const RUN_NAMES = ['may23', 'grain', 'stuttgart', 'inside', 'plain', 'held'] as const;
export type RunName = (typeof RUN_NAMES)[number];

/** The descent of 23 May 2021, on which all others are variations, and which an instrument is set to. */
export const MAY23: DescentSettings = {
  start: 'mandrill',
  target: 'warped',
  transform: 'V',
  inside: false,
  hold: false,
  optimiser: { kind: 'adam', rate: 0.001 },
  steps: 227,
  julia: null,
};

export const RUNS: Readonly<Record<RunName, DescentSettings>> = {
  may23: MAY23,
  grain: { ...MAY23, start: 'warped', target: 'mandrill', steps: 212 },
  stuttgart: { ...MAY23, transform: "V'", steps: 130 },
  inside: { ...MAY23, target: 'mandrill', inside: true, steps: 30 },
  plain: { ...MAY23, optimiser: { kind: 'plain', rate: 0.0031 }, steps: 20 },
  held: { ...MAY23, hold: true, optimiser: { kind: 'plain', rate: 0.0031 }, steps: 20 },
};

/** What `npm run learn` keeps of a run, and the article and the tests read. */
export interface StoredRun {
  /** Loss before the first step and after each. */
  readonly losses: readonly number[];
  /** ‖X − m‖ at the end, m the mandrill. */
  readonly distance: number;
  /** Least and greatest number of X at the end. */
  readonly range: readonly [number, number];
}

export interface StoredRuns {
  readonly command: string;
  readonly runs: Readonly<Record<RunName, StoredRun>>;
  /** ‖w − m‖. */
  readonly distanceOfWarp: number;
  readonly gradient: {
    /** The three columns of the first gradient that hold most of its squared length, from 0. */
    readonly columns: readonly number[];
    readonly share: number;
  };
}
