/**
 * A built page as one file with everything in it. Made of the page's HTML by whoever has it: the browser, for *Save this page*, and
 * `scripts/portable.ts`, for a folder of such files.
 */

/** What `scripts/portable-kit.ts` leaves in the built site for this. */
export interface PortableKit {
  /** The folder under which the site is served. */
  readonly base: string;
  /** The script that notes what the reader does before the others run. */
  readonly early: string;
  /** The script that unpacks and starts the others. */
  readonly loader: string;
  /** The content security policy of such a file. */
  readonly policy: string;
  /** For each script of a page, by its file, the workers that it may start. */
  readonly workers: Readonly<Record<string, readonly string[]>>;
}

/** Reads files of the site, by their addresses inside it. Both reject where a file does not come. */
export interface SiteFiles {
  text(address: string): Promise<string>;
  /** The file as a `data:` address. */
  data(address: string): Promise<string>;
}

/** A picture of the reader's that goes along. */
export interface SavedPicture {
  readonly name: string;
  readonly label: string;
  readonly fit: boolean;
  /** A `data:` address. */
  readonly data: string;
}

/** What the reader has made of the page: the fragment of a link to it, or nothing; and pictures, which no link holds. */
export interface SavedState {
  readonly fragment: string;
  readonly pictures: readonly SavedPicture[];
}

export const SAVED_STATE = 'saved-state';

export interface PortableOptions {
  readonly kit: PortableKit;
  readonly files: SiteFiles;
  /** Where a link to another page of the site leads, of its address in the page. */
  readonly link: (address: string) => string;
  readonly state: SavedState | null;
  /** Addresses of pictures that programs of the state ask for, by name. */
  readonly samples?: Readonly<Record<string, string>>;
}

/** Only a server's page can use them. */
const SERVED =
  'link[rel=preload], link[rel=modulepreload], link[rel=manifest], link[rel=apple-touch-icon], meta[http-equiv="content-security-policy"], site-search';

/** Makes one file of a page's document, as the site serves it. The document is changed. */
export async function portablePage(document: Document, options: PortableOptions): Promise<string> {
  const { kit, files, link, state, samples = {} } = options;
  const own = ownAddresses(kit.base);
  for (const element of document.querySelectorAll(SERVED)) element.remove();
  const workers = takeScripts(document, kit);
  await takeStyles(document, own, files);
  nameAddresses(document);
  const lent = document.createElement('script');
  lent.type = 'application/json';
  lent.dataset['samples'] = '';
  lent.textContent = JSON.stringify(samples);
  document.body.append(lent);
  const shown = await takeImages(document, own, files);
  const data = async (address: string): Promise<string> => shown.get(address) ?? files.data(address);
  for (const script of document.querySelectorAll('script[type="application/json"]'))
    script.textContent = await replaced(script.textContent, own, data);
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (!value.includes(kit.base) || value.startsWith('data:')) continue;
      if (element.localName !== 'a' || name !== 'href') element.setAttribute(name, await replaced(value, own, data));
      else if (value.startsWith(kit.base) && !value.startsWith('//')) element.setAttribute(name, link(value));
    }
  }
  document.documentElement.dataset['taken'] = 'file';
  const policy = document.createElement('meta');
  policy.httpEquiv = 'content-security-policy';
  policy.content = kit.policy;
  const early = document.createElement('script');
  early.textContent = kit.early;
  document.querySelector('meta[charset]')?.after(policy, early);
  for (const name of ['page', ...workers])
    addText(document, 'packed', name, await files.text(`${kit.base}portable/${name}.txt`));
  // Scripts without their comments ask that the licences go along.
  addText(document, 'licences', '', await files.text(`${kit.base}licences.txt`));
  const loader = document.createElement('script');
  loader.textContent = kit.loader;
  document.body.append(loader);
  setState(document, state);
  return written(document);
}

/** Puts the style sheets in, and the fonts that they name. */
async function takeStyles(document: Document, own: RegExp, files: SiteFiles): Promise<void> {
  for (const sheet of document.querySelectorAll('link[rel=stylesheet]')) {
    const style = document.createElement('style');
    style.textContent = await files.text(sheet.getAttribute('href') ?? '');
    sheet.replaceWith(style);
  }
  for (const style of document.querySelectorAll('style'))
    style.textContent = await replaced(style.textContent, own, (address) => files.data(address));
}

/** Puts the pictures in, each once. @returns by its address the name under which others have it: the loader puts it there */
async function takeImages(document: Document, own: RegExp, files: SiteFiles): Promise<Map<string, string>> {
  const shown = new Map<string, string>();
  for (const image of document.querySelectorAll('img')) {
    const address = image.getAttribute('src') ?? '';
    if (address === '' || address.replace(own, '') !== '') continue;
    const known = shown.get(address);
    if (known === undefined) {
      image.dataset['file'] = String(shown.size);
      image.setAttribute('src', await files.data(address));
      shown.set(address, `portable:${shown.size}`);
    } else {
      image.removeAttribute('src');
      image.dataset['src'] = known;
    }
  }
  return shown;
}

/** A text that is no script of the page's. */
function addText(document: Document, kind: 'packed' | 'licences', name: string, text: string): void {
  const script = document.createElement('script');
  script.type = 'text/plain';
  script.dataset[kind] = name;
  script.textContent = text.replaceAll('</script', '<\\/script');
  document.body.append(script);
}

/** A file that was made so, with another state. @param link as in {@link PortableOptions}; the file may stand elsewhere than this one */
export function portableAgain(document: Document, state: SavedState | null, link: (address: string) => string): string {
  for (const element of document.querySelectorAll('a[href]')) {
    const address = element.getAttribute('href') ?? '';
    if (!/^(#|[a-z]+:)/.test(address)) element.setAttribute('href', link(address));
  }
  setState(document, state);
  return written(document);
}

function setState(document: Document, state: SavedState | null): void {
  document.getElementById(SAVED_STATE)?.remove();
  if (state === null) return;
  const script = document.createElement('script');
  script.type = 'application/json';
  script.id = SAVED_STATE;
  script.textContent = JSON.stringify(state).replaceAll('<', '\\u003c');
  // The loader comes last, and finds it.
  document.body.lastElementChild?.before(script);
}

function written(document: Document): string {
  return `<!doctype html>\n${document.documentElement.outerHTML}\n`;
}

/** Takes the module scripts out. @returns the workers that they may start */
function takeScripts(document: Document, kit: PortableKit): ReadonlySet<string> {
  const workers = new Set<string>();
  for (const script of document.querySelectorAll('script[type=module][src]')) {
    const name = script.getAttribute('src')?.split('/').at(-1) ?? '';
    for (const worker of kit.workers[name] ?? []) workers.add(worker);
    script.remove();
  }
  return workers;
}

/** Pictures keep their public addresses beside them: exports name them. */
function nameAddresses(document: Document): void {
  const canonical = document.querySelector('link[rel=canonical]')?.getAttribute('href');
  for (const script of document.querySelectorAll<HTMLElement>('script[data-julia-pictures]')) {
    const pictures = Object.entries(JSON.parse(script.textContent) as Record<string, string>);
    const full = pictures.map(([name, address]) => [name, new URL(address, canonical ?? 'https://invalid/').href]);
    script.dataset['addresses'] = JSON.stringify(Object.fromEntries(full));
  }
}

/** Addresses of the site's own files in any text: between quotes or brackets, in lists, in JSON. */
function ownAddresses(base: string): RegExp {
  const start = base.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w:/.-])${start}(?:(?:_astro|pictures|stills|data)/[\\w./~-]*\\w|favicon\\.svg)`, 'g');
}

async function replaced(text: string, pattern: RegExp, data: (address: string) => Promise<string>): Promise<string> {
  const found = new Set([...text.matchAll(pattern)].map(([address]) => address));
  const known = new Map(await Promise.all([...found].map(async (address) => [address, await data(address)] as const)));
  return text.replaceAll(pattern, (address) => known.get(address) ?? address);
}
