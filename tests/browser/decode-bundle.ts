/** What the page of `decode.spec.ts` runs: the browser's decoder, answering with plain data. */
import { decodeInBrowser } from '../../src/lib/image/decode-browser.ts';
import { PictureError } from '../../src/lib/image/errors.ts';

export type Answer =
  | {
      readonly rows: number;
      readonly cols: number;
      /** The samples, interleaved bytes or float64, as base64. */
      readonly samples: string;
      readonly notes: readonly string[];
    }
  | { readonly problem: string; readonly message: string };

export type DecodeInPage = (base64: string) => Promise<Answer>;

const decodeInPage: DecodeInPage = async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  try {
    const { raster, notes } = await decodeInBrowser(new Blob([bytes]));
    const samples = 'rgb' in raster ? raster.rgb : new Uint8Array(raster.values.buffer);
    return { rows: raster.rows, cols: raster.cols, samples: base64Of(samples), notes };
  } catch (error) {
    if (error instanceof PictureError) return { problem: error.problem, message: error.message };
    throw error;
  }
};

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

Object.assign(globalThis, { decodeInPage });
