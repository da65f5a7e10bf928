/** The header's behaviour: its menus close with Escape and a press elsewhere, and it makes room while the reader goes down. */

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
