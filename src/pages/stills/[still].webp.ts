/** Pictures of figures before their live part: surfaces, and sums of singular layers. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { still, STILLS } from '../../components/ProductFigure/stills.ts';

export const getStaticPaths = (() => STILLS.map((name) => ({ params: { still: name } }))) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ params }) =>
  new Response(new Uint8Array(await still(params['still'] ?? '')), { headers: { 'content-type': 'image/webp' } });
