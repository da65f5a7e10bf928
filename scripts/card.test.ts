import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CARD, drawCard } from './card.ts';
import { lettering } from './letters.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'card-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A picture file with a level for each row and column. */
async function picture(
  name: string,
  rows: number,
  cols: number,
  level: (i: number, j: number) => number,
): Promise<string> {
  const bytes = Uint8Array.from({ length: rows * cols }, (_, k) => level(Math.floor(k / cols), k % cols));
  const file = path.join(folder, `${name}.png`);
  await sharp(bytes, { raw: { width: cols, height: rows, channels: 1 } })
    .png()
    .toFile(file);
  return file;
}

async function greys(file: string): Promise<(x: number, y: number) => number> {
  const { data, info } = await sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([CARD.width, CARD.height]);
  return (x, y) => data[(y * info.width + x) * info.channels] ?? NaN;
}

/** Columns with anything darker than paper, from `left` on. */
async function inked(file: string, left: number): Promise<number[]> {
  const grey = await greys(file);
  const columns = Array.from({ length: CARD.width - left }, (_, k) => left + k);
  return columns.filter((x) => Array.from({ length: CARD.height }, (_, y) => grey(x, y)).some((level) => level < 200));
}

test('the picture stands on it pixel by pixel, the words beside it', async () => {
  const level = (i: number, j: number): number => (i * 31 + j * 17 + i * j) % 256;
  const source = await picture('grain', 512, 512, level);
  const file = await drawCard({ title: 'A picture times white', question: 'What is left?', picture: source }, folder);
  const grey = await greys(file);
  let most = 0;
  for (let i = 0; i < 512; i += 1)
    for (let j = 0; j < 512; j += 1) most = Math.max(most, Math.abs(grey(74 + j, 59 + i) - level(i, j)));
  expect(most).toBeLessThanOrEqual(4);
  expect((await inked(file, 640)).length).toBeGreaterThan(200);
  expect((await stat(file)).size).toBeLessThan(300 * 1024);
});

test('a small matrix is enlarged to squares, an oblong one fits', async () => {
  const source = await picture('small', 9, 16, (i, j) => (7 * i + 13 * j) % 200);
  const grey = await greys(await drawCard({ title: 'Small', question: 'How small?', picture: source }, folder));
  // 32 pixels for each number: 288 rows in the middle of 512.
  for (const [i, j] of [
    [0, 0],
    [4, 7],
    [8, 15],
  ] as const) {
    for (const inside of [2, 29]) {
      const shown = grey(74 + 32 * j + inside, 59 + 112 + 32 * i + inside);
      expect(Math.abs(shown - ((7 * i + 13 * j) % 200))).toBeLessThanOrEqual(2);
    }
  }
  expect(grey(330, 100)).toBeGreaterThan(245);
});

test('a long title grows smaller and stays inside', async () => {
  const source = await picture('white', 512, 512, () => 90);
  const title = 'On the multiplication of photographs with themselves and with others';
  const columns = await inked(await drawCard({ title, question: `${title}, and why?`, picture: source }, folder), 640);
  expect(columns.at(0)).toBeGreaterThanOrEqual(666);
  expect(columns.at(-1)).toBeLessThanOrEqual(1140);
});

test('it is drawn once for what it shows', async () => {
  const card = { title: 'Once', question: 'Only once?', picture: await picture('once', 8, 8, (i, j) => 16 * (i + j)) };
  const file = await drawCard(card, folder);
  const { mtimeMs } = await stat(file);
  expect(await drawCard(card, folder)).toBe(file);
  expect((await stat(file)).mtimeMs).toBe(mtimeMs);
  expect(await drawCard({ ...card, question: 'Twice?' }, folder)).not.toBe(file);
});

test('lines are as few as can be, and of about one length', async () => {
  const face = await lettering('italic');
  const text = 'Given only the product, can you find a picture that makes it?';
  const lines = face.lines(text, 34, 468);
  expect(lines.join(' ')).toBe(text);
  const widths = lines.map((line) => face.width(line, 34));
  expect(Math.max(...widths)).toBeLessThanOrEqual(468);
  expect(Math.min(...widths)).toBeGreaterThan(Math.max(...widths) / 2);
  expect(lines).toHaveLength(3);
});
