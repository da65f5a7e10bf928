import type { ColourmapName } from './colourmap-names.ts';
import { level8 } from './display.ts';
import type { Matrix } from './types.ts';

/*
 * Every eighth colour of the published 256-colour tables, and the last; between them colours are interpolated, which stays
 * within 2 levels of viridis and within 5 of cividis (at its one kink).
 * viridis: N. J. Smith, S. van der Walt, E. Firing, released under CC0.
 * cividis: J. R. Nuñez, C. R. Anderton, R. S. Renslow, PLOS ONE 13(7), 2018; table (c) 2017 Battelle Memorial Institute, free to use with this notice.
 */
const VIRIDIS =
  '440154470d6048186a482374472d7b4537814240863e49893b528b375b8d33638d2f6b8e2c728e297a8e26828e23898e21918c1f988b1fa08822a78528ae80' +
  '32b67a3fbc734ec36b5ec96270cf5784d44b98d83eaddc30c2df23d8e219ece51bfde725';
const CIVIDIS =
  '00224e00285b002e6a0533711a386f273e6e32436d3b496c434e6c4b546c535a6d5a5f6e61656f686a716f70737676767d7c788482798c8878938e789b9476' +
  'a39a74aba072b4a76fbcae6cc4b468cdbb63d5c25edec958e7d150f0d846f9e03afee838';
/** The colours at -1, 0 and 1 of the diverging map: the site's blue, a light neutral, the site's orange. */
const DIVERGING = ['1f5fa8', 'f2f0ec', 'b8560b'] as const;

/**
 * 256 colours as 768 bytes, from the value 0 to the value 1.
 *
 * `grey` is the identity on levels. `diverging` runs from blue over a light neutral to orange, straight in OKLab
 * (B. Ottosson, 2020), so that equal distances from the middle look equally strong, also to colour-blind eyes.
 */
export function colourTable(name: ColourmapName): Uint8Array {
  if (name === 'grey') return Uint8Array.from({ length: 768 }, (_, k) => Math.floor(k / 3));
  if (name === 'diverging') return divergingTable();
  const stops = name === 'viridis' ? VIRIDIS : CIVIDIS;
  const table = new Uint8Array(768);
  for (let level = 0; level < 256; level++) {
    const low = Math.min(31, Math.floor(level / 8));
    const share = (level - 8 * low) / (low === 31 ? 7 : 8);
    const [a, b] = [rgbOf(stops, low), rgbOf(stops, low + 1)];
    table.set(
      a.map((value, c) => Math.round(value + share * ((b[c] ?? 0) - value))),
      3 * level,
    );
  }
  return table;
}

/** The values that the two ends of a colour map stand for. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/**
 * A matrix as rows x cols RGBA pixels, ready for a canvas. A value v takes colour round(255 clamp((v - low) / (high - low), 0, 1));
 * NaN is fully transparent, so that it is not mistaken for a small value. Where low = high, everything takes the lowest colour.
 */
export function applyColourmap(
  matrix: Matrix,
  name: ColourmapName,
  range: ValueRange = { low: 0, high: 1 },
): Uint8ClampedArray<ArrayBuffer> {
  const table = colourTable(name);
  const n = matrix.rows * matrix.cols;
  const out = new Uint8ClampedArray(4 * n);
  const span = range.high - range.low;
  const unit = range.low === 0 && range.high === 1;
  for (let i = 0; i < n; i++) {
    const value = matrix.data[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const level = unit ? level8(value) : span === 0 ? 0 : level8((value - range.low) / span);
    out[4 * i] = table[3 * level] ?? 0;
    out[4 * i + 1] = table[3 * level + 1] ?? 0;
    out[4 * i + 2] = table[3 * level + 2] ?? 0;
    out[4 * i + 3] = 255;
  }
  return out;
}

function rgbOf(hex: string, index: number): number[] {
  return [0, 2, 4].map((k) => Number.parseInt(hex.slice(6 * index + k, 6 * index + k + 2), 16));
}

function divergingTable(): Uint8Array {
  const [cold, middle, warm] = DIVERGING.map((hex) => toOklab(rgbOf(hex, 0)));
  const table = new Uint8Array(768);
  if (!cold || !middle || !warm) return table;
  for (let level = 0; level < 256; level++) {
    const t = (2 * level) / 255 - 1;
    const end = t < 0 ? cold : warm;
    table.set(fromOklab(middle.map((value, c) => value + Math.abs(t) * ((end[c] ?? 0) - value))), 3 * level);
  }
  return table;
}

function toOklab(rgb: readonly number[]): number[] {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => {
    const s = value / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([L = 0, a = 0, b = 0]: readonly number[]): number[] {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((value) => {
    const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(255 * Math.min(1, Math.max(0, encoded)));
  });
}
