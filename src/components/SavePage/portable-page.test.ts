import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import {
  portableAgain,
  portablePage,
  SAVED_STATE,
  type PortableKit,
  type SavedState,
  type SiteFiles,
} from './portable-page.ts';

const kit: PortableKit = {
  base: '/site/',
  early: 'note()',
  loader: 'start()',
  policy: "default-src 'none'",
  workers: { 'Cell.js': ['worker.js'], 'Header.js': [] },
};
const files: SiteFiles = {
  text: (address) =>
    Promise.resolve(address.endsWith('.css') ? 'a{background:url(/site/_astro/b.png)}' : `text of ${address}`),
  data: (address) => Promise.resolve(`data:x;base64,${Buffer.from(address).toString('base64')}`),
};
const inside = (address: string): string => `data:x;base64,${Buffer.from(address).toString('base64')}`;
const link = (address: string): string => `https://example.org${address}`;

const served = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<link rel="canonical" href="https://example.org/site/scale/"><link rel="icon" href="/site/favicon.svg"><link rel="manifest" href="/site/site.webmanifest">
<link rel="preload" href="/site/_astro/fonts/a.woff2" as="font"><style>@font-face{src:url("/site/_astro/fonts/a.woff2") format("woff2")}</style>
<link rel="stylesheet" href="/site/_astro/page.css"><meta http-equiv="content-security-policy" content="default-src 'self'"></head>
<body><site-search></site-search><a id="to" href="/site/machines/#x">Machines</a><a id="out" href="https://other.org/site/_astro/x.png">Other</a>
<img id="one" src="/site/_astro/a.webp" alt=""><img id="two" src="/site/_astro/a.webp" alt=""><p data-source="/site/_astro/data.json" data-words="/site/ is a folder">/site/_astro/a.webp</p>
<julia-flow pictures="[&quot;/site/_astro/a.webp&quot;,&quot;/site/_astro/c.webp&quot;]"></julia-flow>
<script type="module" src="/site/_astro/Cell.js"></script><script type="module" src="/site/_astro/Header.js"></script>
<script type="application/json" data-julia-pictures="p">{"mandrill":"/site/pictures/mandrill.png"}</script></body></html>`;

const parsed = (html: string): Document => new JSDOM(html).window.document;
const state: SavedState = {
  fragment: '#state=1.abc',
  pictures: [{ name: 'mandrill', label: '</script>', fit: true, data: 'data:,x' }],
};
const html = await portablePage(parsed(served), {
  kit,
  files,
  link,
  state,
  samples: { grass: '/site/pictures/samples/grass.png' },
});
const page = parsed(html);

test('everything that the page shows is in the file', () => {
  expect(page.querySelector('link[rel=icon]')?.getAttribute('href')).toBe(inside('/site/favicon.svg'));
  expect([...page.querySelectorAll('style')].map((style) => style.textContent)).toEqual([
    `@font-face{src:url("${inside('/site/_astro/fonts/a.woff2')}") format("woff2")}`,
    `a{background:url(${inside('/site/_astro/b.png')})}`,
  ]);
  expect(page.querySelector('#one')?.getAttribute('src')).toBe(inside('/site/_astro/a.webp'));
  expect(page.querySelector('p')?.dataset['source']).toBe(inside('/site/_astro/data.json'));
  const pictures = page.querySelector<HTMLElement>('[data-julia-pictures]');
  expect(JSON.parse(pictures?.textContent ?? '')).toEqual({ mandrill: inside('/site/pictures/mandrill.png') });
  expect(pictures?.dataset['addresses']).toBe('{"mandrill":"https://example.org/site/pictures/mandrill.png"}');
});

test('pictures that the state names are in the file', () => {
  const samples = JSON.parse(page.querySelector('[data-samples]')?.textContent ?? '') as unknown;
  expect(samples).toEqual({ grass: inside('/site/pictures/samples/grass.png') });
});

test('a picture stands in it once; who else shows it names it', () => {
  expect(html.split(inside('/site/_astro/a.webp'))).toHaveLength(2);
  expect(page.querySelector<HTMLElement>('#one')?.dataset['file']).toBe('0');
  expect(page.querySelector<HTMLElement>('#two')?.dataset['src']).toBe('portable:0');
  expect(page.querySelector('#two')?.hasAttribute('src')).toBe(false);
  expect(page.querySelector('julia-flow')?.getAttribute('pictures')).toBe(
    JSON.stringify(['portable:0', inside('/site/_astro/c.webp')]),
  );
});

test('words and addresses of others stay', () => {
  expect(page.querySelector('p')?.textContent).toBe('/site/_astro/a.webp');
  expect(page.querySelector('p')?.dataset['words']).toBe('/site/ is a folder');
  expect(page.querySelector('#out')?.getAttribute('href')).toBe('https://other.org/site/_astro/x.png');
  expect(page.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe('https://example.org/site/scale/');
});

test('links lead where they are told to', () => {
  expect(page.querySelector('#to')?.getAttribute('href')).toBe('https://example.org/site/machines/#x');
});

test('what needs a server is left out, and the policy is the file’s own', () => {
  expect(page.querySelector('site-search, link[rel=manifest], link[rel=preload], script[src]')).toBeNull();
  const policies = page.querySelectorAll('meta[http-equiv="content-security-policy"]');
  expect([...policies].map((one) => one.getAttribute('content'))).toEqual(["default-src 'none'"]);
});

test('its scripts: the site’s, the workers that they may start, and last the loader', () => {
  const packed = [...page.querySelectorAll<HTMLElement>('script[data-packed]')];
  expect(packed.map((one) => [one.dataset['packed'], one.textContent])).toEqual([
    ['page', 'text of /site/portable/page.txt'],
    ['worker.js', 'text of /site/portable/worker.js.txt'],
  ]);
  expect(page.body.lastElementChild?.textContent).toBe('start()');
  expect(page.head.querySelector('script')?.textContent).toBe('note()');
});

test('the state goes along, whatever it says, and is replaced when the file is saved again', () => {
  const read = (document: Document): unknown => JSON.parse(document.getElementById(SAVED_STATE)?.textContent ?? 'null');
  expect(read(page)).toEqual(state);
  const next: SavedState = { fragment: '#state=1.def', pictures: [] };
  const again = parsed(portableAgain(parsed(html), next, link));
  expect(read(again)).toEqual(next);
  expect(again.querySelectorAll(`#${SAVED_STATE}`)).toHaveLength(1);
  expect(again.body.lastElementChild?.textContent).toBe('start()');
  expect(read(parsed(portableAgain(again, null, link)))).toBeNull();
});

test('a file of a folder that is saved again links to the site', async () => {
  const beside = await portablePage(parsed(served), {
    kit,
    files,
    link: () => '../machines/index.html#x',
    state: null,
  });
  const again = parsed(
    portableAgain(parsed(beside), null, (address) => new URL(address, 'https://example.org/site/scale/').href),
  );
  expect(again.querySelector('#to')?.getAttribute('href')).toBe('https://example.org/site/machines/index.html#x');
  expect(again.querySelector('#out')?.getAttribute('href')).toBe('https://other.org/site/_astro/x.png');
});
