/** A colour in sRGB, each part in 0 ... 255. */
export type Rgb = readonly [number, number, number];

/** How values become colours. `grey` is what the pictures use; the others tell small differences of height apart. */
export type PaletteName = 'grey' | 'cubehelix' | 'diverging';

/** 256 colours as RGBA bytes, ready for a 256 x 1 texture. */
export type Palette = Uint8Array;

/** Exactly the printed grey: entry g is (g, g, g). */
export function greyPalette(): Palette {
  return tabulate((t) => [255 * t, 255 * t, 255 * t]);
}

/**
 * Dave Green's cubehelix (Bull. Astr. Soc. India 39, 2011): brightness rises evenly while the hue turns, so it reads in grey print as well.
 * The published default: start 0.5, -1.5 turns, hue 1, gamma 1.
 */
export function cubehelixPalette(start = 0.5, turns = -1.5, hue = 1): Palette {
  return tabulate((t) => {
    const angle = 2 * Math.PI * (start / 3 + 1 + turns * t);
    const amplitude = (hue * t * (1 - t)) / 2;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    return [
      255 * (t + amplitude * (-0.14861 * cos + 1.78277 * sin)),
      255 * (t + amplitude * (-0.29227 * cos - 0.90649 * sin)),
      255 * (t + amplitude * 1.97294 * cos),
    ];
  });
}

/** From one colour over near-white to another: for matrices whose middle means nothing happened. */
export function divergingPalette(low: Rgb, high: Rgb): Palette {
  const middle: Rgb = [245, 245, 242];
  return tabulate((t) => (t < 0.5 ? mix(low, middle, t * 2) : mix(middle, high, t * 2 - 1)));
}

function tabulate(colour: (t: number) => Rgb): Palette {
  const palette = new Uint8Array(256 * 4);
  for (let index = 0; index < 256; index += 1) {
    const [red, green, blue] = colour(index / 255);
    palette.set([byte(red), byte(green), byte(blue), 255], index * 4);
  }
  return palette;
}

function mix(from: Rgb, to: Rgb, t: number): Rgb {
  return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t, from[2] + (to[2] - from[2]) * t];
}

function byte(value: number): number {
  return Math.round(Math.min(255, Math.max(0, value)));
}
