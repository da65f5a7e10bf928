import type { Matrix } from '../../lib/image/types.ts';
import { applyColourmap } from '../../lib/image/colourmap.ts';
import { framesOf, type Recording } from './record.ts';
import { turn } from './sequence.ts';

const TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];

/**
 * The animation as a WebM film of one turn. The frames are computed first; then the film is played once, at its own speed, for the browser
 * records what it sees. Rejects with the signal's reason when cancelled.
 */
export async function recordWebm({ row, cell, speed, signal, progress }: Recording): Promise<Blob> {
  const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
  if (type === undefined) throw new Error('This browser records no WebM.');
  await row.renew(cell);
  const all = turn(row.count).length;
  const frames: Matrix[] = [];
  for await (const frame of framesOf(row, cell, signal)) {
    frames.push(frame);
    progress(frames.length, 2 * all);
  }
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [frames[0]?.cols ?? 1, frames[0]?.rows ?? 1];
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This browser gives no canvas to draw on.');
  // Several frames of film to one of the animation, so that the last is seen as long as the others.
  const stream = canvas.captureStream(30);
  const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 8_000_000 });
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise((done) => recorder.addEventListener('stop', done, { once: true }));
  try {
    recorder.start();
    for (const [k, frame] of frames.entries()) {
      signal.throwIfAborted();
      pen.putImageData(new ImageData(applyColourmap(frame, 'grey'), frame.cols, frame.rows), 0, 0);
      await new Promise((done) => setTimeout(done, 1000 / speed));
      progress(all + k + 1, 2 * all);
    }
  } finally {
    recorder.stop();
    for (const track of stream.getTracks()) track.stop();
  }
  await stopped;
  return new Blob(parts, { type: 'video/webm' });
}
