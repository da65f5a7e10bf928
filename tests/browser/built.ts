/** The pages of the built site, as addresses under the test server. */
import { readdirSync } from 'node:fs';

const all = readdirSync('dist', { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
const isEmbed = (file: string): boolean => file.startsWith('embed/');
const addressOf = (file: string): string => `./${file.replace(/index\.html$/, '')}`;
const files = all.filter((file) => file.endsWith('.html') && !isEmbed(file));

/** Every cell alone, for other sites. */
export const embeds = all.filter((file) => file.endsWith('/index.html') && isEmbed(file)).map(addressOf);

/** Every component in each of its states. No page leads there. */
export const gallery = './gallery/';

/** The pages that a reader finds: `./`, `./scale/` and so on. @throws Error where nothing was built: tests over no page must not pass. */
export const pages = files
  // Short addresses only lead on.
  .filter((file) => file !== '404.html' && !file.startsWith('p/'))
  .map(addressOf)
  .filter((address) => address !== gallery)
  .toSorted();
if (pages.length === 0) throw new Error('dist holds no page: run `npm run build` first');

/** These hold every component between them, and the longest text. */
const telling = new Set(['./', './attention/', './inverse/', './lab/', './machines/', './mechanism/', gallery]);

/** Tags of what is asked of every page alike: of these in `npm test`, of the others in `npm run test:long`, by night. */
export const tagsOf = (address: string): { readonly tag: string[] } => ({ tag: telling.has(address) ? [] : ['@slow'] });
