/** A page is sent once it is whole: an error of a component, far down in an article, then shows in the overlay of `npm run dev`, and no half page. */
import { defineMiddleware } from 'astro:middleware';

export const onRequest = defineMiddleware(async (_context, next) => {
  const response = await next();
  if (!import.meta.env.DEV || response.headers.get('content-type')?.startsWith('text/html') !== true) return response;
  return new Response(await response.text(), response);
});
