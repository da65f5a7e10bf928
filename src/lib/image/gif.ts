import * as gifenc from 'gifenc';
import { colourTable } from './colourmap.ts';
import type { ColourmapName } from './colourmap-names.ts';
import { display8 } from './display.ts';
import { moduleOf } from './interop.ts';
import type { Matrix } from './types.ts';

const { GIFEncoder } = moduleOf<typeof gifenc>(gifenc, 'GIFEncoder');

export interface GifOptions {
  /** Milliseconds a frame stays; GIF counts hundredths of a second, and browsers slow down below 20. */
  readonly delay: number;
  /** 0 repeats for ever, -1 plays once, n > 0 repeats n times. */
  readonly repeat?: number;
  readonly colourmap?: ColourmapName;
  /** Called after each frame with the number of frames written. */
  readonly onProgress?: (frames: number) => void;
  /** Stops between frames with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Encodes matrices with values in [0, 1] as an animated GIF. The 256 colours of the map are the palette, so nothing is
 * quantised: frame pixels are exactly round(255 clamp(v, 0, 1)). Frames may be computed while they are asked for; between
 * frames the event loop gets its turn.
 *
 * @throws RangeError without frames, or where frames differ in size; the signal's reason when stopped.
 */
export async function encodeGif(
  frames: Iterable<Matrix> | AsyncIterable<Matrix>,
  options: GifOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = GIFEncoder();
  const table = colourTable(options.colourmap ?? 'grey');
  const palette = Array.from({ length: 256 }, (_, k) => [...table.subarray(3 * k, 3 * k + 3)]);
  let count = 0;
  let size: Matrix | null = null;
  for await (const frame of frames) {
    options.signal?.throwIfAborted();
    size ??= frame;
    if (frame.rows !== size.rows || frame.cols !== size.cols) {
      throw new RangeError(
        `frame ${count + 1} is ${frame.rows} x ${frame.cols}, the first is ${size.rows} x ${size.cols}`,
      );
    }
    // The palette is global: only the first frame carries it.
    const first = count === 0 ? { palette, repeat: options.repeat ?? 0 } : {};
    encoder.writeFrame(display8(frame), frame.cols, frame.rows, { ...first, delay: options.delay });
    count += 1;
    options.onProgress?.(count);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  if (count === 0) throw new RangeError('an animation needs a frame');
  encoder.finish();
  return encoder.bytes().slice();
}
