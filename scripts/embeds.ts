/**
 * The embeds: an Astro integration that makes a page of each cell of each article, of the built articles and of the one frame that
 * `src/pages/embed/` gives. Nothing is computed or rendered again for them.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { articleFolders, showsDrafts } from '../src/plugins/article/drafts.ts';
import { embedsOf, programsOf, type EmbedSite } from './embed-pages.ts';

const content = fileURLToPath(new URL('../content/', import.meta.url));

export function embeds(): AstroIntegration {
  let site: EmbedSite | null = null;
  return {
    name: 'embeds',
    hooks: {
      'astro:config:done': ({ config }) => {
        site = { origin: config.site ?? '', base: config.base };
      },
      'astro:build:done': async ({ dir, logger }) => {
        if (site === null) throw new Error('no configuration came before the build');
        const count = await writeEmbeds(fileURLToPath(dir), site);
        logger.info(`${String(count)} embeds`);
      },
    },
  };
}

/** @returns how many there are. @throws Error where an article's page is missing */
async function writeEmbeds(folder: string, site: EmbedSite): Promise<number> {
  const frameFile = path.join(folder, 'embed', 'index.html');
  const frame = await readFile(frameFile, 'utf8');
  await rm(frameFile);
  let count = 0;
  for (const { name: article } of (await articleFolders(content)).filter(({ draft }) => !draft || showsDrafts(false))) {
    const at = article === 'poster' ? '/' : `/${article}/`;
    const html = await readFile(path.join(folder, at, 'index.html'), 'utf8');
    const home = path.join(folder, 'embed', article);
    for (const { cell, html: text, oembed } of embedsOf(frame, { article, path: at, html }, site)) {
      await mkdir(path.join(home, cell), { recursive: true });
      await writeFile(path.join(home, cell, 'index.html'), text);
      await writeFile(path.join(home, cell, 'oembed.json'), JSON.stringify(oembed));
      count += 1;
    }
    // All of the page's programs, for an embed whose state may need any of them.
    const payload = programsOf(html);
    if (payload !== null) await writeFile(path.join(home, 'programs.json'), JSON.stringify(payload));
  }
  return count;
}
