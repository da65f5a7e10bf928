/** What the page and its worker say to each other. Everything is plain data that can be posted. */

import type { BoundValue, CellReport, Picture } from '../../lib/julia/view.ts';
import type { EngineName } from '../../lib/matrix/engine.ts';
import type { LiveProgram } from './payload.ts';

/** Where a picture comes from: a file of the site, or bytes the reader gave. */
export type PictureSource = { readonly url: string } | { readonly blob: Blob };

export interface StartMessage {
  readonly kind: 'start';
  /** Null: the worker looks and chooses. */
  readonly engine: EngineName | null;
}

/** A change of the page's state, and the order to run. What did not change since the last run is absent. */
export interface RunMessage {
  readonly kind: 'run';
  readonly run: number;
  /** All programs of the page, wanted or not: a cell's place among them decides its random stream. */
  readonly programs?: readonly LiveProgram[];
  /** The cells in use, with all that they need. */
  readonly wanted: readonly string[];
  readonly bound: readonly (readonly [string, BoundValue])[];
  readonly pictures: readonly (readonly [string, Picture])[];
}

export interface DecodeMessage {
  readonly kind: 'decode';
  readonly ticket: number;
  readonly source: PictureSource;
  /** Crop to this shape's proportions around the middle and resize to it; null keeps the picture's own size. */
  readonly fit: { readonly rows: number; readonly cols: number } | null;
}

export type ToWorker = StartMessage | RunMessage | DecodeMessage;

/** A picture ready for the screen, made beside the numbers so that the page's own thread only has to put it there. */
export interface Drawn {
  /** RGBA in the grey map, rows x cols. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly low: number;
  readonly high: number;
}

export type DrawnReport = CellReport & { readonly drawn?: Drawn };

export type FromWorker =
  | { readonly kind: 'ready'; readonly engine: EngineName; readonly why: string }
  | {
      readonly kind: 'done';
      readonly run: number;
      readonly reports: readonly DrawnReport[];
      readonly milliseconds: number;
    }
  | { readonly kind: 'decoded'; readonly ticket: number; readonly picture: Picture; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly ticket: number; readonly sentence: string }
  /** The engine is gone (graphics context lost) or never came; another must take over. */
  | { readonly kind: 'lost'; readonly engine: EngineName | null; readonly message: string };
