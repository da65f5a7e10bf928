/** The site's mark as PNG, for home screens: drawn from favicon.svg, on paper, with the margin that round masks cut away. */
import { readFile } from 'node:fs/promises';
import type { APIRoute, GetStaticPaths } from 'astro';
import sharp from 'sharp';
import { iconSizes, paper } from '../../site/icons.ts';

export const getStaticPaths = (() =>
  iconSizes.map((size) => ({ params: { size: String(size) } }))) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ params }) => {
  const size = Number(params['size']);
  const inner = Math.round(0.6 * size);
  const margin = Math.floor((size - inner) / 2);
  const mark = await sharp(await readFile('public/favicon.svg'), { density: (72 * inner) / 16 })
    .resize(inner, inner)
    .toBuffer();
  const icon = sharp({ create: { width: size, height: size, channels: 3, background: paper } })
    .composite([{ input: mark, left: margin, top: margin }])
    .png();
  return new Response(new Uint8Array(await icon.toBuffer()), { headers: { 'content-type': 'image/png' } });
};
