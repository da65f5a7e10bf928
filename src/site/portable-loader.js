// Last in a page that is a single file. It unpacks the site's scripts, which stand beside it as text, and starts them. Workers are made
// from blobs: a file on a disk may not load another.
(async () => {
  // As it was opened, for saving it again.
  const source = `<!doctype html>\n${document.documentElement.outerHTML}`;
  // Pictures that stand in the file once and are wanted more than once.
  const shown = new Map();
  for (const { dataset, src } of document.querySelectorAll('img[data-file]'))
    shown.set(`portable:${dataset.file}`, src);
  const whole = (text) => text.replaceAll(/portable:\d+/g, (name) => shown.get(name) ?? name);
  for (const script of document.querySelectorAll('script[type="application/json"]'))
    script.textContent = whole(script.textContent);
  for (const element of document.body.querySelectorAll('*'))
    for (const { name, value } of element.attributes)
      if (value.includes('portable:')) element.setAttribute(name, whole(value));
  for (const image of document.querySelectorAll('img[data-src]')) image.src = image.dataset.src;
  const unpack = async ({ dataset, textContent }) => {
    const bytes = Uint8Array.from(atob(textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return [dataset.packed, await new Response(stream).text()];
  };
  const packed = document.querySelectorAll('script[data-packed]');
  const { page, ...workers } = Object.fromEntries(await Promise.all([...packed].map(unpack)));
  const addresses = new Map();
  globalThis.portable = {
    source,
    worker: (name) => {
      const known = addresses.get(name) ?? URL.createObjectURL(new Blob([workers[name]], { type: 'text/javascript' }));
      addresses.set(name, known);
      return known;
    },
  };
  const script = document.createElement('script');
  script.textContent = page;
  document.body.append(script);
  globalThis.repeatMoves?.();
})();
