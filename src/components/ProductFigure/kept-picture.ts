import type { SceneMatrix } from '../../lib/scene/matrix.ts';
import { readSitePicture } from '../../notebook/site-picture.ts';

/** A grey picture of this site as numbers from 0 to 1. Rejects with one sentence for the reader. */
export async function keptPicture(url: string): Promise<SceneMatrix> {
  const { rows, cols, grey } = await readSitePicture(new URL(url, document.baseURI).href);
  return { rows, cols, data: Float32Array.from(grey) };
}
