import type { Directory } from './tiff-directory.ts';

/** TIFF 6.0 tags. */
export const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  packing: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripLengths: 279,
  planar: 284,
  predictor: 317,
  colourMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileLengths: 325,
  extraSamples: 338,
  sampleFormat: 339,
} as const;

/** What a directory says about its pixels. */
export interface TiffLayout {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly float: boolean;
  /** 0: white is zero; 1: black is zero; 2: RGB; 3: palette; others are refused before a pixel is read. */
  readonly photometric: number;
  /** Samples a pixel as stored, and how many of them are colours. */
  readonly samples: number;
  readonly colours: 1 | 3;
  /** The sample after the colours is transparency: straight, or premultiplied. */
  readonly alpha: 'none' | 'straight' | 'premultiplied';
  readonly directory: Directory;
}
