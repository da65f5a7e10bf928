import sharp from 'sharp';
import { admit } from './admit.ts';
import { Assembler } from './assemble.ts';
import type { Decoded } from './assemble.ts';
import { PictureError } from './errors.ts';

/**
 * Decodes a PNG, JPEG or WebP file's bytes in Node, by sharp, to the same bytes as `decode-browser.ts`: colour profiles are
 * ignored, so the file's own numbers count.
 *
 * @param largest pictures with a longer side, in pixels, are reduced to it.
 * @throws PictureError with one sentence for the reader.
 */
export async function decodeInNode(file: Uint8Array, largest?: number): Promise<Decoded> {
  const admitted = admit(file);
  const { kind, width, height } = admitted.header;
  const { data, info } = await sharp(admitted.bytes, { ignoreIcc: true, failOn: 'error' })
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw new PictureError('broken', `This ${kind} file is damaged and cannot be read.`, { cause });
    });
  const channels = info.channels;
  if (info.width !== width || info.height !== height || data.length !== width * height * channels) {
    throw new PictureError('broken', `This ${kind} file does not hold the picture that its header announces.`);
  }
  const assembler = new Assembler(admitted, largest);
  assembler.push(data, channels);
  return assembler.finish();
}
