/** What the instrument and its worker say to each other: plain data. */
import type { EngineName } from '../../lib/matrix/engine.ts';
import type { DescentSettings, SitePictureName } from './runs.ts';

export type ToDescent =
  | {
      readonly kind: 'start';
      readonly engine: EngineName | null;
      readonly pictures: Readonly<Record<SitePictureName, string>>;
    }
  /** A new descent, ready for its first step; the old one is forgotten. */
  | { readonly kind: 'prepare'; readonly settings: DescentSettings }
  /** Steps until `until` have been taken, or a pause. */
  | { readonly kind: 'go'; readonly until: number }
  | { readonly kind: 'pause' }
  /** Shows a kept state. */
  | { readonly kind: 'look'; readonly step: number }
  /** The present X, as numbers. */
  | { readonly kind: 'export' }
  | { readonly kind: 'own'; readonly blob: Blob };

/** Pixels ready for a canvas, RGBA. */
export type CanvasPixels = Uint8ClampedArray<ArrayBuffer>;

export interface DescentFrame {
  readonly step: number;
  readonly size: number;
  readonly x: CanvasPixels;
  readonly product: CanvasPixels;
  /** X minus the start, diverging; its colours run from -reach to reach. */
  readonly change: CanvasPixels;
  readonly reach: number;
}

export type FromDescent =
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
      readonly frame: DescentFrame;
    }
  | { readonly kind: 'frame'; readonly frame: DescentFrame }
  | { readonly kind: 'exported'; readonly data: Float64Array; readonly size: number }
  /** Null: the picture is read, and the notes say what was done to it. */
  | { readonly kind: 'own'; readonly sentence: string | null; readonly notes: readonly string[] }
  /** The descent has stopped for a reason. */
  | { readonly kind: 'failed'; readonly sentence: string }
  /** The engine is gone. */
  | { readonly kind: 'lost'; readonly engine: EngineName | null; readonly message: string };
