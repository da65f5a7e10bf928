/**
 * Social cards: what a shared link shows. The article's own picture, as it was computed for the page, stands in brackets as the
 * matrix it is; beside it the title and the question, in the site's typefaces. Drawn while the site is built and kept by content.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { recipes } from './fonts.ts';
import { lettering, type Lettering } from './letters.ts';

/** What a card shows. */
export interface Card {
  readonly title: string;
  readonly question: string;
  /** The picture's file. */
  readonly picture: string;
}

/** Pixels: the size that every network shows whole. */
export const CARD = { width: 1200, height: 630 } as const;
/** The side of the square that holds the picture: that of the site's pictures, which so stay as they are, pixel by pixel. */
const BOX = { left: 74, top: 59, side: 512 } as const;
const TEXT = { left: 668, width: 468 } as const;
const COLOURS = { paper: '#fdfcfa', ink: '#1d1c1a', soft: '#595650', faint: '#c9c5bd' } as const;
const TITLE_SIZES = [92, 80, 70, 62, 54] as const;
const QUESTION = { size: 34, leading: 44 } as const;
const SITE = 'Images as Matrices';
/** Grows when a card of the same content is to look otherwise. */
const version = 1;

interface Faces {
  readonly display: Lettering;
  readonly italic: Lettering;
  readonly text: Lettering;
}
let faces: Promise<Faces> | undefined;

async function openFaces(): Promise<Faces> {
  const [display, italic, text] = await Promise.all([lettering('display'), lettering('italic'), lettering('text')]);
  return { display, italic, text };
}

/**
 * Draws a card as a PNG into `folder` unless it is there.
 * @returns the file's path
 */
export async function drawCard(card: Card, folder: string): Promise<string> {
  const bytes = await readFile(card.picture);
  const key = createHash('sha256')
    .update(JSON.stringify([version, card.title, card.question, recipes.display, recipes.italic, recipes.text]))
    .update(bytes)
    .digest('hex')
    .slice(0, 16);
  const target = path.join(folder, `card-${key}.png`);
  if (await stat(target).catch(() => undefined)) return target;
  const picture = await fitted(bytes);
  faces ??= openFaces();
  const svg = drawing(card, picture, await faces);
  const png = await sharp(Buffer.from(svg))
    .composite([{ input: picture.data, left: picture.left, top: picture.top }])
    .removeAlpha()
    // Grain hardly compresses. A palette holds its greys to within a level or two, in a third of the bytes.
    .png({ palette: true, colours: 128, dither: 0, compressionLevel: 9, effort: 4 })
    .toBuffer();
  await mkdir(folder, { recursive: true });
  const aside = `${target}.${randomUUID()}`;
  await writeFile(aside, png);
  await rename(aside, target);
  return target;
}

interface Fitted {
  readonly data: Buffer;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The picture in its box. A small matrix is enlarged by a whole number, so that each of its numbers is a square. */
async function fitted(bytes: Buffer): Promise<Fitted> {
  const { width, height } = await sharp(bytes).metadata();
  const times = BOX.side / Math.max(width, height);
  const scale = times >= 2 ? Math.floor(times) : Math.min(1, times);
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const data = await sharp(bytes)
    .resize({ ...size, fit: 'fill', kernel: scale > 1 ? 'nearest' : 'lanczos3' })
    .png()
    .toBuffer();
  const [left, top] = [
    BOX.left + Math.floor((BOX.side - size.width) / 2),
    BOX.top + Math.floor((BOX.side - size.height) / 2),
  ];
  return { data, left, top, ...size };
}

function drawing({ title, question }: Card, picture: Fitted, { display, italic, text }: Faces): string {
  const most = TITLE_SIZES.find((size) => fits(display.lines(title, size, TEXT.width), display, size));
  const size = most ?? TITLE_SIZES[TITLE_SIZES.length - 1] ?? 54;
  const leading = Math.round(size * 1.06);
  const titleLines = display.lines(title, size, TEXT.width);
  // The first line's capitals stand level with the picture's upper edge.
  const first = BOX.top + Math.round(size * 0.67);
  const below = first + (titleLines.length - 1) * leading + 68;
  const foot = BOX.top + BOX.side;
  const parts = [
    brackets(picture),
    `<g fill="${COLOURS.ink}">`,
    ...titleLines.map((line, k) => display.path(line, size, TEXT.left, first + k * leading)),
    `</g><g fill="${COLOURS.soft}">`,
    ...italic
      .lines(question, QUESTION.size, TEXT.width)
      .map((line, k) => italic.path(line, QUESTION.size, TEXT.left, below + k * QUESTION.leading)),
    text.path(title === SITE ? 'JuliaCon 2021 poster' : SITE, 27, TEXT.left + 50, foot - 6),
    `</g>${mark(TEXT.left, foot - 36)}`,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${String(CARD.width)}" height="${String(CARD.height)}"><rect width="100%" height="100%" fill="${COLOURS.paper}"/>${parts.join('')}</svg>`;
}

function fits(lines: readonly string[], face: Lettering, size: number): boolean {
  return lines.length <= (size > 70 ? 2 : 3) && lines.every((line) => face.width(line, size) <= TEXT.width);
}

/** A matrix stands in brackets. */
function brackets({ left, top, width, height }: Fitted): string {
  const gap = 16;
  const arm = 18;
  const [high, low] = [top - 12, top + height + 12];
  const one = (x: number, turn: number): string =>
    `M${String(x + turn * arm)} ${String(high)}H${String(x)}V${String(low)}H${String(x + turn * arm)}`;
  return `<path d="${one(left - gap, 1)}${one(left + width + gap, -1)}" fill="none" stroke="${COLOURS.ink}" stroke-width="5"/>`;
}

/** The site's mark, as in its header. */
function mark(x: number, y: number): string {
  const cell = (cx: number, cy: number, fill: string): string =>
    `<rect x="${String(cx)}" y="${String(cy)}" width="4" height="4" fill="${fill}"/>`;
  return `<g transform="translate(${String(x)} ${String(y)}) scale(1.8)"><path d="M5 2H2v16h3M15 2h3v16h-3" fill="none" stroke="${COLOURS.ink}" stroke-width="1.6"/>${cell(5.5, 5, COLOURS.ink)}${cell(10.5, 5, COLOURS.faint)}${cell(5.5, 11, COLOURS.faint)}${cell(10.5, 11, COLOURS.ink)}</g>`;
}
