/** The pages of the built site, as addresses under the test server. */
import { readdirSync } from 'node:fs';

const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));

/** Every component in each of its states. No page leads there. */
export const gallery = './gallery/';

/** The pages that a reader finds: `./`, `./scale/` and so on. @throws Error where nothing was built: tests over no page must not pass. */
export const pages = files
  .filter((file) => file !== '404.html')
  .map((file) => `./${file.replaceAll('\\', '/').replace(/index\.html$/, '')}`)
  .filter((address) => address !== gallery)
  .toSorted();
if (pages.length === 0) throw new Error('dist holds no page: run `npm run build` first');
