/** Pictures for parity tests and benchmarks in Node: grey, square, row-major, in numbers that float32 holds. */
import { createRequire } from 'node:module';

interface Pixels {
  get(x: number, y: number, channel: number): number;
}

const FULL = 512;

/** mandrill, luma of 8 bits over 255 (docs/studies.md, 0.2), averaged down or repeated up to size x size. */
export function mandrill(size: number): Float64Array {
  const pixels = createRequire(import.meta.url)('baboon-image') as Pixels;
  const grey = (i: number, j: number): number =>
    Math.floor((299 * pixels.get(j, i, 0) + 587 * pixels.get(j, i, 1) + 114 * pixels.get(j, i, 2) + 500) / 1000);
  const step = FULL / size;
  const block = Math.max(1, step);
  return Float64Array.from({ length: size * size }, (_, at) => {
    const top = Math.floor(Math.floor(at / size) * step);
    const left = Math.floor((at % size) * step);
    let sum = 0;
    for (let i = 0; i < block; i++) for (let j = 0; j < block; j++) sum += grey(top + i, left + j);
    return Math.fround(Math.round(sum / block ** 2) / 255);
  });
}

/** A second picture with other statistics: mandrill transposed and darkened. */
export function companion(picture: Float64Array): Float64Array {
  const size = Math.sqrt(picture.length);
  return picture.map((_, at) => Math.fround((picture[(at % size) * size + Math.floor(at / size)] as number) ** 1.5));
}
