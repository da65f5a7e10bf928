import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { acceptedFiles, refusedFiles } from '../../../tests/browser/decode-fixtures.ts';
import { PictureError } from './errors.ts';
import { PLEASE } from './formats.ts';
import { sniff } from './sniff.ts';

const files = new Map<string, Uint8Array>();

beforeAll(async () => {
  for (const { name, bytes } of [...(await acceptedFiles()), ...(await refusedFiles())]) files.set(name, bytes);
});

function file(name: string): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`no ${name}`);
  return bytes;
}

describe('sniff', () => {
  it.each([
    ['rgb.png', { kind: 'PNG', model: 'rgb', alpha: false, bitsPerSample: 8 }],
    ['grey.png', { kind: 'PNG', model: 'grey', alpha: false }],
    ['palette.png', { kind: 'PNG', model: 'rgb', bitsPerSample: 8 }],
    ['transparent.png', { alpha: true, model: 'rgb' }],
    ['transparent-grey.png', { alpha: true, model: 'grey' }],
    ['subsampled.jpg', { kind: 'JPEG', model: 'rgb', bitsPerSample: 8, rare: null }],
    ['progressive.jpg', { kind: 'JPEG', rare: null }],
    ['grey.jpg', { kind: 'JPEG', model: 'grey' }],
    ['lossless.webp', { kind: 'WebP', alpha: false }],
    ['lossy.webp', { kind: 'WebP', alpha: false }],
    ['transparent-lossless.webp', { kind: 'WebP', alpha: true }],
    ['transparent-lossy.webp', { kind: 'WebP', alpha: true }],
    ['deep.png', { bitsPerSample: 16, white: 65_535 }],
    ['filled.jpg', { kind: 'JPEG' }],
    ['still.gif', { kind: 'GIF' }],
    ['plain.tif', { kind: 'TIFF', model: 'rgb' }],
  ] as const)('reads the header of %s', (name, expected) => {
    expect(sniff(file(name))).toMatchObject({ width: 173, height: 101, animated: false, complete: true, ...expected });
  });

  it.each([
    ['printing.jpg', { model: 'cmyk' }],
    ['cut.jpg', { complete: false }],
    ['cut.png', { complete: false }],
    ['wide.png', { width: 20_000 }],
  ] as const)('sees what is wrong with %s', (name, expected) => {
    expect(sniff(file(name))).toMatchObject(expected);
  });

  it.each(['animated.png', 'animated.webp', 'animated.gif'])('sees that %s has another frame', (name) => {
    expect(sniff(file(name)).animated).toBe(true);
  });

  it.each(['turned-6.png', 'turned-6.jpg', 'turned-6.webp', 'turned-6.tif', 'fill-byte-exif.jpg'])(
    'finds the orientation of %s',
    (name) => {
      expect(sniff(file(name)).orientations.map(({ value }) => value)).toEqual([6]);
    },
  );

  it.each([
    ['empty.png', 'empty', 'This file is empty.'],
    ['notes.png', 'kind', `This is not a picture; ${PLEASE}`],
    ['page.png', 'kind', `This is a web page (HTML); ${PLEASE}`],
    ['picture.heic', 'kind', `This is a HEIC; ${PLEASE}`],
    ['picture.bmp', 'kind', `This is a BMP; ${PLEASE}`],
    ['picture.ico', 'kind', `This is a Windows icon; ${PLEASE}`],
    ['drawing.svg', 'kind', `This is an SVG drawing; ${PLEASE}`],
    ['header-only.jpg', 'broken', 'This JPEG file ends before it says how large the picture is.'],
  ])('names what %s is', (name, problem, message) => {
    expect(() => sniff(file(name))).toThrow(expect.objectContaining({ name: 'PictureError', problem, message }));
  });

  it('answers any bytes with a header or a PictureError', () => {
    const starts = ['rgb.png', 'turned-6.jpg', 'turned-6.webp', 'turned-6.png', 'lossy.webp', 'subsampled.jpg'];
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.nat(400),
        fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 12 }),
        (name, length, changes) => {
          const bytes = file(name).slice(0, length);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          try {
            const header = sniff(bytes);
            expect(header.width).toBeGreaterThanOrEqual(0);
          } catch (error) {
            expect(error).toBeInstanceOf(PictureError);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
