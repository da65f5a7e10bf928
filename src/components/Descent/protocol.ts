/** What the instrument and its worker say to each other: plain data. */
import type { EngineName } from '../../lib/matrix/engine.ts';
import type { Settings } from './runs.ts';

export type ToWorker =
  | {
      readonly kind: 'start';
      readonly engine: EngineName | null;
      readonly pictures: Readonly<Record<'mandrill' | 'airplane', string>>;
    }
  /** A new descent, ready for its first step; the old one is forgotten. */
  | { readonly kind: 'prepare'; readonly settings: Settings }
  /** Steps until `until` have been taken, or a pause. */
  | { readonly kind: 'go'; readonly until: number }
  | { readonly kind: 'pause' }
  /** Shows a kept state. */
  | { readonly kind: 'look'; readonly step: number }
  /** The present X, as numbers. */
  | { readonly kind: 'export' }
  | { readonly kind: 'own'; readonly blob: Blob };

/** Pixels ready for a canvas, RGBA. */
export type Pixels = Uint8ClampedArray<ArrayBuffer>;

export interface Frame {
  readonly step: number;
  readonly size: number;
  readonly x: Pixels;
  readonly product: Pixels;
  /** X minus the start, diverging; its colours run from -reach to reach. */
  readonly change: Pixels;
  readonly reach: number;
}

export type FromWorker =
  | { readonly kind: 'ready'; readonly engine: EngineName; readonly why: string }
  | {
      readonly kind: 'progress';
      readonly steps: number;
      /** The losses from state `from` on; all are sent once. */
      readonly from: number;
      readonly losses: readonly number[];
      /** Steps whose states are kept. */
      readonly kept: readonly number[];
      readonly msPerStep: number;
      readonly running: boolean;
      readonly frame: Frame | null;
    }
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'exported'; readonly data: Float64Array; readonly size: number }
  /** Null: the picture is read, and the notes say what was done to it. */
  | { readonly kind: 'own'; readonly sentence: string | null; readonly notes: readonly string[] }
  /** The descent has stopped for a reason. */
  | { readonly kind: 'failed'; readonly sentence: string }
  /** The engine is gone. */
  | { readonly kind: 'lost'; readonly engine: EngineName | null; readonly message: string };
