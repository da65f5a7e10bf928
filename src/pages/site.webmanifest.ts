/** What a browser needs to install the site. */
import type { APIRoute } from 'astro';
import { paper } from '../site/icons.ts';
import { underBase } from '../site/links.ts';

export const GET: APIRoute = () => {
  const at = (address: string): string => underBase(import.meta.env.BASE_URL, address);
  const icon = (size: number, purpose: string): object => ({
    src: at(`/icons/${size}.png`),
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  const manifest = {
    name: 'Images as Matrices',
    short_name: 'Matrices',
    description: 'Multiply two grey pictures as matrices: an interactive explanation of a JuliaCon 2021 poster.',
    start_url: at('/'),
    scope: at('/'),
    display: 'minimal-ui',
    background_color: paper,
    theme_color: paper,
    icons: [icon(192, 'any'), icon(512, 'any'), icon(512, 'maskable')],
  };
  return new Response(JSON.stringify(manifest), { headers: { 'content-type': 'application/manifest+json' } });
};
