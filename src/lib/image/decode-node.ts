import sharp from 'sharp';
import type { Admitted, Sink } from './format.ts';
import type { Decoded } from './assemble.ts';
import { decodeWith } from './decode.ts';
import { PictureError } from './errors.ts';

/**
 * Decodes a picture file's bytes in Node to the same numbers as `decode-browser.ts`; what this room has no decoder for goes to
 * sharp. Colour profiles are ignored, so the file's own numbers count.
 *
 * @param largest pictures with a longer side, in pixels, are reduced to it.
 * @throws PictureError with one sentence for the reader.
 */
export async function decodeInNode(file: Uint8Array, largest?: number): Promise<Decoded> {
  return decodeWith(bySharp, file, largest);
}

async function bySharp({ header, bytes }: Admitted, sink: Sink): Promise<void> {
  const { kind, width, height } = header;
  const { data, info } = await sharp(bytes, { ignoreIcc: true, failOn: 'error' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const channels = info.channels;
  if (info.width !== width || info.height !== height || data.length !== width * height * channels) {
    throw new PictureError('broken', `This ${kind} file does not hold the picture that its header announces.`);
  }
  sink.push(data, channels);
}
