import { encodeGif } from '../../lib/image/gif.ts';
import { resize } from '../../lib/image/resize.ts';
import type { Matrix } from '../../lib/image/types.ts';
import type { View } from '../../lib/julia/view.ts';
import type { SliderRow } from './slider.ts';
import { turn } from './sequence.ts';

/** The longer side of a recorded picture, in pixels. */
const LARGEST = 512;

/** A value as a grey frame with levels in [0, 1]: luma of a colour picture, at most 512 pixels wide and high. @throws where it is no picture */
export function frameOf(view: View | null): Matrix {
  const grey = greyOf(view);
  const by = LARGEST / Math.max(grey.rows, grey.cols);
  return by >= 1
    ? grey
    : resize(grey, Math.max(1, Math.round(grey.rows * by)), Math.max(1, Math.round(grey.cols * by)));
}

function greyOf(view: View | null): Matrix {
  if (view?.kind === 'matrix' && view.rows > 0 && view.cols > 0) return view;
  if (view?.kind !== 'colour') throw new Error('This cell shows no picture to record.');
  const { rows, cols, red, green, blue } = view;
  return { rows, cols, data: red.map((r, k) => 0.299 * r + 0.587 * (green[k] ?? 0) + 0.114 * (blue[k] ?? 0)) };
}

/** Frames of the picture of `cell` for a whole turn of the slider; each position is computed once. Puts the slider back. */
export async function* framesOf(row: SliderRow, cell: string, signal: AbortSignal): AsyncGenerator<Matrix> {
  const known = new Map<number, Matrix>();
  const before = row.position;
  try {
    for (const position of turn(row.count)) {
      signal.throwIfAborted();
      let frame = known.get(position);
      if (frame === undefined) {
        await row.go(position);
        if (row.position !== position) throw new Error('The slider was moved, and the recording stopped.');
        frame = frameOf(row.view(cell));
        known.set(position, frame);
      }
      yield frame;
    }
  } finally {
    await row.go(before).catch(() => undefined);
  }
}

export interface Recording {
  readonly row: SliderRow;
  readonly cell: string;
  /** Frames a second. */
  readonly speed: number;
  readonly signal: AbortSignal;
  readonly progress: (done: number, all: number) => void;
}

/** The animation as a GIF in 256 greys that repeats for ever. Rejects with the signal's reason when cancelled. */
export async function record({ row, cell, speed, signal, progress }: Recording): Promise<Uint8Array<ArrayBuffer>> {
  await row.renew(cell);
  const all = turn(row.count).length;
  const delay = Math.max(20, Math.round(1000 / speed));
  return encodeGif(framesOf(row, cell, signal), { delay, signal, onProgress: (done) => progress(done, all) });
}

/** What the GIF will weigh, from the frame that is on screen: other frames compress alike. */
export async function estimate(
  row: SliderRow,
  cell: string,
): Promise<{ frames: number; rows: number; cols: number; bytes: number }> {
  await row.renew(cell);
  const frame = frameOf(row.view(cell));
  const frames = turn(row.count).length;
  const one = await encodeGif([frame], { delay: 20 });
  return { frames, rows: frame.rows, cols: frame.cols, bytes: one.length * frames };
}
