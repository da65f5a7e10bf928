/**
 * Why a file was not taken as a picture:
 * `empty` no bytes; `kind` a file of no kind that is read; `depth` a number of bits a sample that is not read; `colour-model` neither
 * grey nor RGB; `size` too many pixels or bytes; `broken` damaged or cut short; `browser` this browser cannot read pixels.
 */
export type PictureProblem = 'empty' | 'kind' | 'depth' | 'colour-model' | 'size' | 'broken' | 'browser';

/** A refusal. The message is one sentence for the reader; `problem` is for programs. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly problem: PictureProblem;
  constructor(problem: PictureProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
