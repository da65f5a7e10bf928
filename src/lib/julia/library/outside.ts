/**
 * What a Julia reader may well type, and this subset leaves out: each name says so at its place, with the nearest thing that works.
 * A pack, so that no page carries these sentences that does not need them.
 */

import { JuliaError } from '../errors.ts';
import { entry } from './table.ts';
import type { Entry } from './table.ts';
import type { Pack } from './pack.ts';

const complex = 'it gives complex numbers; numbers are real here, and imfilter filters a picture';
const files = 'a page reads no files; testimage and your own picture are there by name';
const numbers = 'numbers are Int64, Float64, Float32 and Bool here';

/** Names, and why they are not there. */
const reasons: Readonly<Record<string, string>> = {
  fft: complex,
  ifft: complex,
  rfft: complex,
  irfft: complex,
  fftshift: complex,
  dct: 'the cosine transform is a product with a matrix of cosines: [cos(π * (2j - 1) * (i - 1) / 2n) for i in 1:n, j in 1:n] * A',
  conv: 'imfilter correlates a picture with a kernel; a convolution is that with the kernel turned by 180 degrees',
  Complex: 'numbers are real here',
  complex: 'numbers are real here',
  big: numbers,
  BigInt: numbers,
  BigFloat: numbers,
  Int8: numbers,
  Int16: numbers,
  Int32: numbers,
  Int128: numbers,
  UInt: numbers,
  UInt8: numbers,
  UInt16: numbers,
  UInt32: numbers,
  UInt64: numbers,
  Float16: numbers,
  rationalize: numbers,
  load: files,
  open: files,
  readdir: files,
  readlines: files,
  download: files,
  include: 'a page is one program: write the code into a cell',
  eval: 'a program cannot make programs here; a function or a Dict of functions often serves',
  sleep: 'a cell computes and ends; a Slider makes a value that moves',
  sparse: 'matrices are full here',
  Threads: 'a cell computes in one worker',
  DataFrame: 'matrices, vectors and named tuples hold data here',
  gif: 'beneath a cell with a slider, the player saves an animation',
  surface: 'the 3D view of a result draws it as a surface',
  contour: 'heatmap(A) shows a matrix, and the 3D view of a result draws it as a surface',
};

const entries: readonly Entry[] = Object.entries(reasons).map(([name, reason]) =>
  entry(
    { name, signature: `${name}(...)`, doc: `Not in this subset: ${reason}.`, differentiable: 'no' },
    [0, Infinity],
    () => {
      throw new JuliaError('UnsupportedError', `unsupported: ${name} is not in this subset of Julia: ${reason}`);
    },
  ),
);

export const pack: Pack = { entries };
