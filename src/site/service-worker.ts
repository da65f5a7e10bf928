/**
 * The site's service worker: after the first visit the site works without a network. What a deployment consists of is kept as one whole, so that
 * old and new files never meet: a new deployment waits until the reader reloads, or has closed every page. Bundled by
 * scripts/offline.ts, which also writes the list of files.
 */

import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';

/** The few names of a worker's scope that are needed: TypeScript has them in a library of their own, which excludes the page's. */
interface WorkerScope {
  readonly __FILES: PrecacheEntry[];
  skipWaiting(): Promise<void>;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

declare const self: WorkerScope;

cleanupOutdatedCaches();
precacheAndRoute(self.__FILES, { cleanURLs: false });

// Pictures carry the hash of their content in their names: what was seen once is never asked for again.
registerRoute(
  ({ url, request }) => request.destination === 'image' && url.pathname.includes('/_astro/'),
  new CacheFirst({ cacheName: 'pictures' }),
);

self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting();
});
