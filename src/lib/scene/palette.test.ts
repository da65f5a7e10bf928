import { describe, expect, it } from 'vitest';
import { cubehelixPalette, divergingPalette, greyPalette } from './palette.ts';

const at = (palette: Uint8Array, index: number) => [...palette.subarray(index * 4, index * 4 + 4)];

describe('palettes', () => {
  it('grey is exact at every level', () => {
    const grey = greyPalette();
    for (let level = 0; level < 256; level += 1) expect(at(grey, level)).toEqual([level, level, level, 255]);
  });

  it('cubehelix grows brighter all the way, from black to white', () => {
    const helix = cubehelixPalette();
    expect(at(helix, 0)).toEqual([0, 0, 0, 255]);
    expect(at(helix, 255)).toEqual([255, 255, 255, 255]);
    let last = -1;
    for (let index = 0; index < 256; index += 8) {
      const [red = 0, green = 0, blue = 0] = at(helix, index);
      const brightness = 0.3 * red + 0.59 * green + 0.11 * blue;
      expect(brightness).toBeGreaterThan(last);
      last = brightness;
    }
  });

  it('diverging keeps its ends', () => {
    const palette = divergingPalette([10, 20, 200], [200, 90, 0]);
    expect(at(palette, 0)).toEqual([10, 20, 200, 255]);
    expect(at(palette, 255)).toEqual([200, 90, 0, 255]);
  });
});
