// Runs before first paint, inline in the head (its hash stands in the content security policy), so that a chosen theme never flashes.
(() => {
  const root = document.documentElement;
  const key = 'theme';
  const known = ['system', 'light', 'dark'];
  const read = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage is switched off: the choice then lasts for the page.
    }
  };
  const kept = read();
  root.dataset.theme = known.includes(kept) ? kept : 'system';
  addEventListener('DOMContentLoaded', () => {
    for (const radio of document.querySelectorAll('input[name=theme]'))
      radio.checked = radio.value === root.dataset.theme;
  });
  addEventListener('change', ({ target }) => {
    if (target.name !== 'theme') return;
    root.dataset.theme = target.value;
    try {
      localStorage.setItem(key, target.value);
    } catch {
      // As above.
    }
  });
})();
