import { admit } from './admit.ts';
import type { Admitted, Sink } from './format.ts';
import { Assembler } from './assemble.ts';
import type { Decoded } from './assemble.ts';
import { PictureError } from './errors.ts';

/**
 * The one road from a file to a picture: find the format, admit by the header, decode, lay on white, reduce, turn. `native` decodes the
 * kinds that this room has no decoder for: the browser's own, or sharp in Node.
 *
 * @param largest pictures with a longer side, in pixels, are reduced to it.
 * @throws PictureError with one sentence for the reader; nothing else.
 */
export async function decodeWith(
  native: (admitted: Admitted, sink: Sink) => Promise<void>,
  file: Uint8Array,
  largest?: number,
): Promise<Decoded> {
  const admitted = admit(file);
  const assembler = new Assembler(admitted, largest);
  try {
    const { format, bytes } = admitted;
    await (format.decode ?? native)(admitted, assembler);
    const doubt = format.doubt?.(bytes);
    if (doubt) assembler.note(doubt);
    return assembler.finish();
  } catch (cause) {
    if (cause instanceof PictureError) throw cause;
    throw new PictureError('broken', `This ${admitted.header.kind} file is damaged and cannot be read.`, { cause });
  }
}
