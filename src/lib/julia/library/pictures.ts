/** What JuliaImages adds: filters, mosaics, interpolation. A pack of its own. */

import { filters, kernelModule } from './filters.ts';
import { interpolations } from './interpolation.ts';
import { mosaics } from './mosaic.ts';
import type { Pack } from './pack.ts';
import { rotations } from './rotate.ts';

export const pack: Pack = {
  entries: [...filters, ...mosaics, ...interpolations, ...rotations],
  values: () => new Map([['Kernel', kernelModule]]),
  words: [{ name: 'Kernel', signature: 'Kernel', doc: 'Kernels for imfilter: gaussian, sobel, prewitt, Laplacian.' }],
};
