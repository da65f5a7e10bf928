// Runs before first paint, inline in the head of an embed (its hash stands in the content security policy): what the address asks for,
// /embed/scale/half/?code=0&theme=dark, so that nothing is shown that is to be hidden.
(() => {
  const root = document.documentElement;
  const flags = new URLSearchParams(location.search);
  const theme = flags.get('theme');
  root.dataset.theme = theme === 'light' || theme === 'dark' ? theme : 'system';
  root.dataset.without = ['code', 'controls', 'caption'].filter((part) => flags.get(part) === '0').join(' ');
})();
