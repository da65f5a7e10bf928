import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { compareLevels } from '../src/lib/image/compare.ts';
import { grey8 } from '../src/lib/image/luma.ts';
import { SAMPLES } from '../src/notebook/samples.ts';
import { derivePictures, describePictures, drawSamples } from './pictures.ts';

const folder = new URL('../public/pictures/', import.meta.url);
const pictures = await derivePictures();
const samples = await drawSamples();

describe.each(pictures)('$recipe.name', ({ recipe, raster, files }) => {
  it('is served with the pixels that its packages give today', async () => {
    const grey = await sharp(await readFile(new URL(`${recipe.name}.png`, folder)))
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    expect(compareLevels(grey, grey8(raster))).toMatchObject({ max: 0 });
    const colour = await sharp(await readFile(new URL(`${recipe.name}-colour.png`, folder)))
      .raw()
      .toBuffer();
    expect(compareLevels(colour, raster.rgb)).toMatchObject({ max: 0 });
  });

  it('is 512 x 512, and its grey small enough to be on screen first', () => {
    expect([raster.rows, raster.cols]).toEqual([512, 512]);
    expect(files.get(`${recipe.name}.png`)?.length).toBeLessThanOrEqual(250_000);
  });
});

describe.each(samples)('the sample $name', ({ name, levels }) => {
  it('is served as it is drawn today', async () => {
    const { data, info } = await sharp(await readFile(new URL(`samples/${name}.png`, folder)))
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([512, 512]);
    expect(compareLevels(data, levels)).toMatchObject({ max: 0 });
  });
});

it('the samples are those that a reader is told of', () => {
  expect(samples.map((sample) => sample.name)).toEqual(SAMPLES.map((sample) => sample.name));
});

it('the description is up to date', async () => {
  expect(await readFile(new URL('README.md', folder), 'utf8')).toBe(describePictures(pictures, samples));
});
