// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rehypeHeadingIds, unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import { defineConfig, fontProviders } from 'astro/config';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { drawCard } from './scripts/card.ts';
import { embeds } from './scripts/embeds.ts';
import { subsetFonts } from './scripts/fonts.ts';
import { offline } from './scripts/offline.ts';
import { licences } from './scripts/licences.ts';
import { portableKit } from './scripts/portable-kit.ts';
import { searchIndex } from './scripts/search-index.ts';
import { rehypeBoundSpaces } from './src/site/bound-spaces.ts';
import { rehypeHeadingAnchors } from './src/site/heading-anchors.ts';
import { normalBase, rehypeBaseLinks } from './src/site/links.ts';
import { bundledPackages } from './src/plugins/bundled-packages.ts';
import { libraryWords } from './src/plugins/library-words.ts';
import { leanLoaders } from './src/plugins/lean-loaders.ts';
import articleWords from './src/plugins/article/article-words.ts';
import citations from './src/plugins/article/citations.ts';
import liveCells from './src/plugins/live-cells.ts';
import { tfjsParts } from './src/plugins/tfjs-parts.ts';
import { katexOptions, rehypeMathHues } from './src/site/math.ts';
import { rehypeScrollable } from './src/site/scrollable.ts';

/** Where the site is served: `SITE_URL=https://anhinga.github.io SITE_BASE=/JuliaCon2021-poster npm run build`. */
const site = process.env['SITE_URL'] ?? 'https://anhinga.github.io';
const base = normalBase(process.env['SITE_BASE'] ?? '/');

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const fonts = await subsetFonts(here('./.cache/fonts'));

/** @type {Set<string>} Folders of the packages whose code goes to the reader. */
const bundled = new Set();

// Licences are sent as one text, licences.txt.
const uncommented = { comments: { legal: false } };

// The inline scripts, of pages and of embeds. A policy of hashes lets them run and nothing else that is inline.
const inlineHashes = ['./src/site/theme-boot.js', './src/site/embed-boot.js'].map((file) => {
  const digest = createHash('sha256')
    .update(readFileSync(here(file), 'utf8'))
    .digest('base64');
  return /** @type {const} */ (`sha256-${digest}`);
});

/** @param {import('./scripts/card.ts').Card} card */
const card = (card) => drawCard(card, here('./.cache/cards'));

export default defineConfig({
  site,
  base,
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  integrations: [mdx(), searchIndex(), embeds(), portableKit(), licences(bundled, here('.')), offline()],
  markdown: {
    syntaxHighlight: 'prism',
    processor: unified({
      remarkPlugins: [
        remarkMath,
        [articleWords, { tex: katexOptions }],
        [citations, { root: here('.') }],
        [liveCells, { root: here('.'), card }],
      ],
      rehypePlugins: [
        [rehypeKatex, katexOptions],
        rehypeMathHues,
        rehypeScrollable,
        rehypeBoundSpaces,
        rehypeHeadingIds,
        rehypeHeadingAnchors,
        [rehypeBaseLinks, { base }],
      ],
    }),
  },
  fonts: [
    {
      provider: fontProviders.local(),
      name: 'Source Serif 4',
      cssVariable: '--font-serif',
      fallbacks: ['Georgia', 'serif'],
      options: {
        variants: [
          { weight: '400 700', style: 'normal', src: [fonts.text] },
          { weight: 400, style: 'italic', src: [fonts.italic] },
        ],
      },
    },
    {
      provider: fontProviders.local(),
      name: 'Source Serif 4 Display',
      cssVariable: '--font-display',
      fallbacks: ['Georgia', 'serif'],
      options: { variants: [{ weight: 400, style: 'normal', src: [fonts.display] }] },
    },
    {
      provider: fontProviders.local(),
      name: 'JetBrains Mono',
      cssVariable: '--font-mono',
      fallbacks: ['ui-monospace', 'DejaVu Sans Mono', 'monospace'],
      options: { variants: [{ weight: 400, style: 'normal', src: [fonts.mono] }] },
    },
    {
      provider: fontProviders.local(),
      name: 'STIX Two Math Cut',
      cssVariable: '--font-math',
      fallbacks: ['Cambria Math', 'math'],
      optimizedFallbacks: false,
      options: { variants: [{ weight: 400, style: 'normal', src: [fonts.math] }] },
    },
  ],
  security: {
    csp: {
      directives: [
        "default-src 'self'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "worker-src 'self' blob:",
        // The two hosts answer one button, which says so: "fetch the poster's own jetplane".
        "connect-src 'self' blob: data: https://github.com https://raw.githubusercontent.com",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
      ],
      scriptDirective: {
        resources: ["'self'", "'wasm-unsafe-eval'"],
        hashes: inlineHashes,
      },
      // CodeMirror writes its style sheet when the editor opens, and figures carry their proportions as style attributes.
      styleDirective: { resources: ["'self'", "'unsafe-inline'"] },
    },
  },
  vite: {
    plugins: [libraryWords(), tfjsParts(), leanLoaders(), bundledPackages(bundled)],
    // tfjs-core's front door brings its chained operations and gradients; the kernels need only its base.
    resolve: {
      alias: [{ find: /^@tensorflow\/tfjs-core$/, replacement: '@tensorflow/tfjs-core/dist/base.js' }],
    },
    // Nothing is smuggled into the HTML or another script as a data: address; the policy and the size check see every byte.
    build: { assetsInlineLimit: 0, rolldownOptions: { output: uncommented } },
    worker: {
      format: 'es',
      plugins: () => [libraryWords(), tfjsParts(), bundledPackages(bundled)],
      rolldownOptions: { output: uncommented },
    },
  },
});
