/** What a page's notebook and its worker say to each other. Everything is plain data that can be posted. */

import type { Program } from '../lib/julia/ast.ts';
import type { BoundValue, CellReport } from '../lib/julia/view.ts';
import type { EngineName } from '../lib/matrix/engine.ts';
import type { LiveProgram } from './programs.ts';
import type { Settings } from './settings.ts';

export interface Size {
  readonly rows: number;
  readonly cols: number;
}

/**
 * Where a picture comes from: a file of the site, or one that the reader gave. It travels as that, and is decoded where it is used. A file is
 * known by its `id`, since a Blob that was posted is another Blob.
 */
export type PictureSource =
  | { readonly id: string; readonly url: string }
  | {
      readonly id: string;
      readonly file: Blob;
      /** Crop to this shape's proportions around the middle and resize to it; null keeps the picture's own size. */
      readonly fit: Size | null;
    };

export interface StartMessage {
  readonly kind: 'start';
  /** The page's settings; an engine that was lost has given its place to the next. */
  readonly settings: Settings;
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
  readonly pictures: readonly (readonly [string, PictureSource])[];
  /** Programs that are no cells and whose values somebody wants, each with the number under which it is answered. */
  readonly questions: readonly (readonly [number, Program])[];
}

/** Decodes a picture ahead of its use: to know its size, and whether it is one. */
export interface ReadMessage {
  readonly kind: 'read';
  readonly ticket: number;
  readonly source: PictureSource;
}

/** Asks for a self-test of the engine, once something was computed and nothing is wanted for a while. */
export interface ExamineMessage {
  readonly kind: 'examine';
}

export type ToNotebook = StartMessage | RunMessage | ReadMessage | ExamineMessage;

/** A picture ready for the screen, made beside the numbers so that the page's own thread only has to put it there. */
export interface Drawn {
  /** RGBA in the grey map, rows x cols. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly low: number;
  readonly high: number;
}

export type DrawnReport = CellReport & { readonly drawn?: Drawn };

/** A picture as far as the page needs to know it: its size, and what was done to it, one sentence each. */
export interface PictureFacts extends Size {
  readonly notes: readonly string[];
}

export type FromNotebook =
  | { readonly kind: 'ready'; readonly engine: EngineName; readonly why: string }
  | {
      readonly kind: 'done';
      readonly run: number;
      readonly reports: readonly DrawnReport[];
      /** Answers to the run's questions. */
      readonly values: readonly (readonly [number, CellReport])[];
      readonly milliseconds: number;
    }
  /** Pictures that the run needs could not be read: nothing was changed, and nothing ran. */
  | { readonly kind: 'unready'; readonly run: number; readonly pictures: readonly string[]; readonly sentence: string }
  | { readonly kind: 'read'; readonly ticket: number; readonly facts: PictureFacts }
  | { readonly kind: 'refused'; readonly ticket: number; readonly sentence: string }
  /** The engine's worst difference from double precision, over the range. */
  | { readonly kind: 'examined'; readonly worst: number }
  /** The engine is gone (graphics context lost) or never came; another must take over. */
  | { readonly kind: 'lost'; readonly engine: EngineName | null; readonly message: string };
