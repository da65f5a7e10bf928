import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { parse } from '../src/lib/julia/parse/parse.ts';
import type { PagePayload } from '../src/notebook/programs.ts';
import { scriptJson } from '../src/notebook/static-cell.ts';
import { embedsOf } from './embed-pages.ts';

const site = { origin: 'https://example.org', base: '/site/' };
const sources = { first: 'a = rand(3)', second: 'b = 2', third: 'c = b < 3' };
const payload: PagePayload = {
  page: 'content-scale-index',
  programs: Object.entries(sources).map(([id, source]) => ({ id, program: parse(source) })),
};

const cell = (id: string, inside: string): string =>
  `<julia-cell id="${id}" data-page="content-scale-index" class="cell"><figure>${inside}<figcaption class="cell-caption">` +
  `See <a href="#first">above</a>, or <a href="/site/">the poster</a>.</figcaption></figure>` +
  `<details class="cell-program" open><pre><code class="language-julia">x\ny</code></pre></details>` +
  `<div class="cell-actions" role="toolbar" aria-label="Half &amp; half."></div></julia-cell>`;

const html =
  '<head><meta property="og:title" content="A change of &quot;scale&quot;"><meta property="og:image" content="https://example.org/site/cards/scale.png"></head><body>' +
  cell('first', '<img src="/site/_astro/a.webp" width="64" height="32" alt="Two &lt; three" loading="lazy">') +
  '<script type="module" src="/site/_astro/Cell.js"></script>' +
  cell(
    'third',
    '<a class="cell-skip" href="#first">Next figure</a><julia-animate data-cells="third first"><button>Play</button></julia-animate><script type="module" src="/site/_astro/Animation.js"></script>',
  ) +
  `<script type="application/json" data-julia-programs="content-scale-index">${scriptJson(payload)}</script>` +
  '<script type="application/json" data-julia-pictures="content-scale-index">{"mandrill":"/site/pictures/mandrill.png"}</script></body>';

const frame =
  '<head><title>%title%</title><link rel="canonical" href="%article%"><link rel="alternate" href="%oembed%"><meta property="og:image" content="%picture%"><meta name="description" content="%description%"></head>' +
  '<body><julia-cell id="blank"><p>blank</p></julia-cell><script type="module" src="/site/_astro/Cell.js"></script><a href="%article%">%source%</a> 100%</body>';

const pages = embedsOf(frame, { article: 'scale', path: '/scale/', html }, site);
const documentOf = (k: number): Document => new JSDOM(pages[k]?.html ?? '').window.document;

test('each cell has a page of its own, alone', () => {
  expect(pages.map((page) => page.cell)).toEqual(['first', 'third']);
  const [first, third] = [documentOf(0), documentOf(1)];
  expect([...first.querySelectorAll('julia-cell')].map(({ id }) => id)).toEqual(['first']);
  expect([...third.querySelectorAll('julia-cell')].map(({ id }) => id)).toEqual(['third']);
  expect(third.querySelector('.cell-skip, julia-animate')).toBeNull();
  expect(third.querySelectorAll('script[type=module]')).toHaveLength(1);
  expect(third.body.textContent).toContain('100%');
});

test('its head tells of the article, the picture and the description', () => {
  const [first, third] = [documentOf(0), documentOf(1)];
  const content = (document: Document, selector: string): string | null | undefined =>
    document.querySelector(selector)?.getAttribute('content');
  expect(first.querySelector('title')?.textContent).toBe('Half & half');
  expect(first.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(
    'https://example.org/site/scale/#first',
  );
  expect(first.querySelector('link[rel=alternate]')?.getAttribute('href')).toBe('/site/embed/scale/first/oembed.json');
  expect(content(first, 'meta[property="og:image"]')).toBe('https://example.org/site/_astro/a.webp');
  expect(content(first, 'meta[name=description]')).toBe('Two < three');
  // Without a picture of its own: the article's card.
  expect(content(third, 'meta[property="og:image"]')).toBe('https://example.org/site/cards/scale.png');
  expect(first.body.textContent).toContain('A change of "scale"');
});

test('links within the article lead to the article', () => {
  const links = [...documentOf(1).querySelectorAll('figcaption a')].map((link) => link.getAttribute('href'));
  expect(links).toEqual(['https://example.org/site/scale/#first', '/site/']);
});

test('a cell has the programs that it needs, each in its place', () => {
  const programs = (k: number): PagePayload =>
    JSON.parse(documentOf(k).querySelector('[data-julia-programs]')?.textContent ?? '') as PagePayload;
  expect(programs(0).programs.map(({ id, program }) => [id, program.source])).toEqual([['first', 'a = rand(3)']]);
  expect(programs(1).programs.map(({ id, program }) => [id, program.source])).toEqual([
    ['first', ''],
    ['second', 'b = 2'],
    ['third', 'c = b < 3'],
  ]);
  expect(programs(1).programs[2]).toEqual(payload.programs[2]);
});

test('oEmbed gives a frame for it', () => {
  const told = pages[0]?.oembed;
  expect(told).toMatchObject({
    version: '1.0',
    type: 'rich',
    title: 'Half & half',
    provider_url: 'https://example.org/site/',
    thumbnail_url: 'https://example.org/site/_astro/a.webp',
    thumbnail_width: 64,
    thumbnail_height: 32,
  });
  const shown = new JSDOM(String(told?.['html'])).window.document.querySelector('iframe');
  expect(shown?.getAttribute('src')).toBe('https://example.org/site/embed/scale/first/');
  expect(Number(shown?.getAttribute('height'))).toBe(told?.['height']);
});
