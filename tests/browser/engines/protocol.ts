/** What the test page's worker can be asked, and what it answers. */
import type { EngineName } from '../../../src/lib/matrix/engine.ts';

export type Request =
  /** Every primitive beside the reference engine: one line for each disagreement or leak. */
  | { readonly ask: 'primitives'; readonly engine: EngineName }
  /** Every pipeline, or one, beside the reference engine. */
  | {
      readonly ask: 'pictures';
      readonly engine: EngineName;
      readonly size: number;
      readonly pictures: Pictures;
      readonly only?: string;
    }
  /** The warp inside the loss: losses, the reference engine's and the engine's. */
  | {
      readonly ask: 'descent';
      readonly engine: EngineName;
      readonly size: number;
      readonly steps: number;
      readonly pictures: Pictures;
    }
  /** Random programs, the same for the same seed, until one differs. */
  | {
      readonly ask: 'programs';
      readonly engine: EngineName;
      readonly seed: number;
      readonly runs: number;
      readonly shrink?: boolean;
    }
  /** The graphics context is taken away in the middle of work. */
  | { readonly ask: 'loss of context' }
  /** What `chooseEngine` takes, and why. */
  | { readonly ask: 'choice'; readonly wanted?: EngineName }
  /** Milliseconds of repeated runs: the poster pipeline and a gradient step. */
  | {
      readonly ask: 'times';
      readonly engine: EngineName;
      readonly size: number;
      readonly rounds: number;
      readonly work: 'poster' | 'forward' | 'gradient';
      readonly pictures: Pictures;
    };

/** Two square grey matrices, row-major. */
export type Pictures = readonly [readonly number[], readonly number[]];

export interface PictureDifference {
  readonly name: string;
  readonly relative: number;
  readonly levels: number;
  readonly pixels: number;
}

export interface LostReport {
  /** Name of the error that the call after the loss threw. */
  readonly thrown: string;
  /** Name of the error that the callback got. */
  readonly told: string;
  /** The engine taken instead. */
  readonly next: EngineName;
  readonly reason: string;
  /** A number computed by it. */
  readonly sum: number;
}
