/** The header's behaviour: its menus close with Escape and a press elsewhere, and it makes room while the reader goes down. */

import { underBase } from './links.ts';

const menus = [...document.querySelectorAll<HTMLDetailsElement>('details[data-menu]')];

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of menus.filter(({ open }) => open)) {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }
});

document.addEventListener('pointerdown', ({ target }) => {
  for (const menu of menus) if (target instanceof Node && !menu.contains(target)) menu.open = false;
});

// A link within the page leaves its menu open otherwise.
document.addEventListener('click', ({ target }) => {
  const link = target instanceof Element ? target.closest('details[data-menu] a') : null;
  link?.closest('details')?.removeAttribute('open');
});

const bar = document.querySelector<HTMLElement>('.site-bar');
let last = scrollY;
addEventListener(
  'scroll',
  () => {
    const now = Math.max(0, scrollY);
    // A few pixels are a trembling hand.
    if (bar === null || Math.abs(now - last) < 8) return;
    const used = bar.matches(':focus-within') || menus.some(({ open }) => open);
    bar.toggleAttribute('data-away', now > last && now > 2 * bar.offsetHeight && !used);
    last = now;
  },
  { passive: true },
);
bar?.addEventListener('focusin', () => bar.removeAttribute('data-away'));

// Who selects words may want to quote them: the button comes with the first selection.
let quotes: typeof import('./quote.ts') | null = null;
let quoting: ReturnType<typeof setTimeout> | undefined;
document.addEventListener('selectionchange', () => {
  clearTimeout(quoting);
  quoting = setTimeout(() => void followSelection(), 200);
});

async function followSelection(): Promise<void> {
  const selected = getSelection()?.isCollapsed === false;
  if (!quotes && !(selected && navigator.onLine)) return;
  // What did not come is asked for again by the next selection.
  quotes ??= await import('./quote.ts').catch(() => null);
  quotes?.followSelection();
}

// A formula or a table that is wider than its column scrolls, and must not need a finger for that (WCAG 2.1.1).
const wide = document.querySelectorAll<MathMLElement | HTMLElement>('math[display=block], .alpha-table');
new ResizeObserver(() => {
  for (const one of wide) one.tabIndex = one.scrollWidth > one.clientWidth ? 0 : -1;
}).observe(document.body);

// Later than anything that the page itself wants. A reader who saves data is not given the whole site.
const frugal = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
if (import.meta.env.PROD && 'serviceWorker' in navigator && !frugal)
  addEventListener('load', () => setTimeout(() => void keepSite(), 2000));

async function keepSite(): Promise<void> {
  const site = await navigator.serviceWorker.register(underBase(import.meta.env.BASE_URL, 'sw.js')).catch(() => null);
  const offer = (): void => {
    const { waiting } = site ?? {};
    if (waiting && navigator.serviceWorker.controller)
      void import('./update.ts').then((update) => update.offerUpdate(waiting));
  };
  offer();
  site?.addEventListener('updatefound', () => site.installing?.addEventListener('statechange', offer));
}
