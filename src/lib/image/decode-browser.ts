import { assertLength } from './admit.ts';
import type { Admitted, Sink } from './format.ts';
import type { Decoded } from './assemble.ts';
import { decodeWith } from './decode.ts';
import { PictureError } from './errors.ts';

/** Rows read back at a time: bounds the memory of a large photograph, and the canvas' size on telephones. */
const STRIP = 256;

/**
 * Decodes a picture file in the browser or in a worker, to the same numbers as `decode-node.ts`: no colour conversion, the file's own
 * numbers. Nothing leaves the page. JPEG, WebP and AVIF need `createImageBitmap` and `OffscreenCanvas`.
 *
 * @param largest pictures with a longer side, in pixels, are reduced to it.
 * @throws PictureError with one sentence for the reader; nothing else.
 */
export async function decodeInBrowser(file: Blob | Uint8Array, largest?: number): Promise<Decoded> {
  return decodeWith(byBrowser, await bytesOf(file), largest);
}

async function byBrowser(admitted: Admitted, sink: Sink): Promise<void> {
  if (typeof createImageBitmap !== 'function' || typeof OffscreenCanvas !== 'function') {
    throw new PictureError('browser', 'This browser cannot read a picture’s pixels; a newer one can.');
  }
  const bitmap = await bitmapOf(admitted);
  try {
    if (!admitted.header.alpha) readOpaque(bitmap, sink);
    else if (!readStraight(bitmap, sink)) {
      readOpaque(bitmap, sink);
      sink.note('Transparent parts are laid on white by the browser, to within one grey level.');
    }
  } finally {
    bitmap.close();
  }
}

async function bytesOf(file: Blob | Uint8Array): Promise<Uint8Array> {
  if (file instanceof Uint8Array) return file;
  // Before reading: a video of several gigabytes should be a sentence, not a dead tab.
  assertLength(file.size);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new PictureError(
      'broken',
      'This file could not be read; it may be a folder, or may have been moved or changed.',
      { cause },
    );
  }
}

async function bitmapOf({ header, bytes }: Admitted): Promise<ImageBitmap> {
  const blob = new Blob([new Uint8Array(bytes)], { type: header.mediaType });
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  if (bitmap.width !== header.width || bitmap.height !== header.height) {
    bitmap.close();
    throw new PictureError('broken', `This ${header.kind} file does not hold the picture that its header announces.`);
  }
  return bitmap;
}

/** Draws on white and reads back in strips. Exact for opaque pixels. */
function readOpaque(bitmap: ImageBitmap, sink: Sink): void {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, Math.min(STRIP, height));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context)
    throw new PictureError('browser', 'This browser has no memory left for a picture; close some tabs and try again.');
  assertHonest(context);
  context.imageSmoothingEnabled = false;
  for (let top = 0; top < height; top += STRIP) {
    const rows = Math.min(STRIP, height - top);
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, -top);
    sink.push(context.getImageData(0, 0, width, rows).data, 4);
  }
}

/** Some privacy settings answer `getImageData` with noise. The numbers would be wrong, so that is an error. */
function assertHonest(context: OffscreenCanvasRenderingContext2D): void {
  const { width, height } = context.canvas;
  const [w, h] = [Math.min(16, width), Math.min(16, height)];
  const probe = new ImageData(w, h);
  for (let k = 0; k < probe.data.length; k++) probe.data[k] = k % 4 === 3 ? 255 : (k * 37) % 256;
  context.putImageData(probe, 0, 0);
  const back = context.getImageData(0, 0, w, h).data;
  if (back.some((value, k) => value !== probe.data[k])) {
    throw new PictureError(
      'browser',
      'This browser hides pixels from pages, as a privacy setting; allow canvas reading for this site to use your picture.',
    );
  }
}

/**
 * Reads straight (not premultiplied) RGBA through a WebGL texture: a 2D canvas would round the colours of transparent pixels.
 * False where WebGL is missing or the picture exceeds its largest texture.
 */
function readStraight(bitmap: ImageBitmap, sink: Sink): boolean {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
  if (!gl) return false;
  try {
    if (Math.max(width, height) > Number(gl.getParameter(gl.MAX_TEXTURE_SIZE))) return false;
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
    gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
    gl.framebufferTexture2D(
      gl.FRAMEBUFFER,
      gl.COLOR_ATTACHMENT0,
      gl.TEXTURE_2D,
      gl.getParameter(gl.TEXTURE_BINDING_2D) as WebGLTexture,
      0,
    );
    if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) return false;
    // Read everything before the first row is handed on: a context lost half-way must leave the sink untouched.
    const pixels = new Uint8Array(4 * width * height);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    if (gl.getError() !== gl.NO_ERROR) return false;
    sink.push(pixels, 4);
    return true;
  } finally {
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}
