/** The page as its reader left it, for an export: programs and settings from the session, texts and pictures from the document. */

import { fileOf } from '../../lib/display/file.ts';
import {
  aboutCell,
  picturesUsed,
  type ExportCell,
  type ExportPage,
  type ExportPicture,
} from '../../lib/export/page.ts';
import type { Expr, Program } from '../../lib/julia/ast.ts';
import { lentName } from '../../lib/julia/graph.ts';
import type { PagePayload, PageProgram } from '../../notebook/programs.ts';
import type { Session } from '../../notebook/session.ts';
import { publicAddress } from '../../site/address.ts';

/** Texts that were written down as they are, and the lab's own words. */
const NO_PROSE = '[data-markdown], .lab-bar, .lab-starts, .lab-note, noscript';

/** Where a reader finds the page again. */
function pageAddress(): string {
  const { origin, pathname } = publicAddress();
  return `${origin}${pathname}`;
}

/** @param about one cell, with those that it needs; null: all. Without pictures: only a notebook wants them. */
export function exportPage(session: Session, about: string | null): ExportPage {
  const pictures = session.pictures.map((name): ExportPicture => {
    const own = session.standing(name);
    return { name, address: named(session, name), ...(own === null ? {} : { own: own.label }) };
  });
  const lent = [...session.lent].map(([name, source]): ExportPicture =>
    'url' in source ? { name, address: source.url } : { name, address: '', own: lentName(name) },
  );
  const all = [...pictures, ...lent];
  const page = pageOf(document, pageAddress(), session.programs, { pictures: all, bound: session.bound });
  return about === null ? page : aboutCell(page, about);
}

/** An article as it was built, without its pictures. @param root its document, parsed and not shown; @param address where it is */
export function builtPage(root: Document, address: string): ExportPage {
  const payload = root.querySelector('script[data-julia-programs]')?.textContent;
  if (payload == null) throw new Error('There are no cells on that page.');
  const { programs } = JSON.parse(payload) as PagePayload;
  const base = root.createElement('base');
  base.href = address;
  root.head.prepend(base);
  return pageOf(root, address, programs, { pictures: [], bound: new Map() });
}

function pageOf(
  root: Document,
  address: string,
  programs: readonly PageProgram[],
  more: Pick<ExportPage, 'pictures' | 'bound'>,
): ExportPage {
  const { before, closing } = proseOf(root);
  const cells = programs.filter(({ program }) => program.source.trim() !== '');
  // A notebook of the reader's own has a name in the place of a title.
  const name = root.querySelector<HTMLInputElement>('[data-notebook-name]')?.value.trim();
  const title = name ?? root.querySelector('h1')?.textContent.trim() ?? root.title;
  return {
    title: title === '' ? 'A notebook' : title,
    address,
    cells: cells.map(({ id, program }): ExportCell => {
      const element = root.getElementById(id);
      const caption = element?.querySelector('.cell-caption');
      return {
        id,
        program,
        prose: before.get(id) ?? '',
        caption: caption ? markdownOf(caption) : '',
        folded: element?.querySelector('.cell-program')?.hasAttribute('open') === false,
      };
    }),
    closing,
    ...more,
  };
}

/** Where a picture of the site's is found by others: a page that is a file holds it itself, and keeps the address beside it. */
function named(session: Session, picture: string): string {
  const beside = document.querySelector<HTMLElement>('script[data-addresses]')?.dataset['addresses'] ?? '{}';
  return (JSON.parse(beside) as Record<string, string>)[picture] ?? session.address(picture);
}

/** The page with its pictures as files: those that its programs start from, and the results of the cells that have texts of their own. */
export async function withPictures(session: Session, page: ExportPage): Promise<ExportPage> {
  const results = page.cells.map(async (cell): Promise<ExportCell> => {
    // A cell that is there because others need it stands without its result.
    const element = cell.caption === undefined ? null : document.getElementById(cell.id);
    const result = element === null ? null : await shownPicture(element);
    return result === null ? cell : { ...cell, result };
  });
  const pictures = picturesUsed(page).map((picture) => withFile(session, picture));
  return { ...page, cells: await Promise.all(results), pictures: await Promise.all(pictures) };
}

async function withFile(session: Session, picture: ExportPicture): Promise<ExportPicture> {
  // The mandrill comes with Julia's packages.
  if (picture.own === undefined && picture.name === 'mandrill') return picture;
  const [report] = await session.evaluate([testImage(picture.name)]);
  const view = report?.view;
  if (view?.kind !== 'matrix' && view?.kind !== 'colour') return picture;
  const { content } = fileOf(view, 'png');
  const withPng = typeof content === 'string' ? picture : { ...picture, png: content };
  if (view.kind === 'colour' || view.data.every(isLevel)) return withPng;
  const { rows, cols, data } = view;
  return { ...withPng, numbers: { rows, cols, data } };
}

/** Whether a grey level of 8 bits holds the number, as exactly as an engine of single precision does. */
function isLevel(value: number): boolean {
  const level = value * 255;
  return level >= 0 && level <= 255 && Math.abs(level - Math.round(level)) < 1e-4;
}

/** The program `testimage("name")`, as the parser would give it: the picture in colour where it has colour. */
function testImage(name: string): Program {
  const source = `testimage(${JSON.stringify(name)})`;
  const at = { from: 0, to: source.length };
  const call: Expr = {
    kind: 'call',
    callee: { kind: 'name', name: 'testimage', ...at },
    args: [{ value: { kind: 'string', parts: [name], ...at }, keyword: null }],
    broadcast: false,
    ...at,
  };
  return { source, body: { kind: 'block', body: [call], ...at }, defines: [], reads: ['testimage'], silent: false };
}

/** The picture that the cell shows, as a PNG file with a pixel for each element; null where it shows none. */
async function shownPicture(element: HTMLElement): Promise<Uint8Array | null> {
  const shown = element.querySelector<HTMLCanvasElement | HTMLImageElement>('.cell-picture :is(canvas, img)');
  if (shown === null) return null;
  if (shown instanceof HTMLImageElement) shown.loading = 'eager';
  const canvas = shown instanceof HTMLCanvasElement ? shown : await drawn(shown);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
}

async function drawn(image: HTMLImageElement): Promise<HTMLCanvasElement> {
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  return canvas;
}

/** The page's text, by the cell that follows it, and what stands after the last. */
function proseOf(root: Document): { before: ReadonlyMap<string, string>; closing: string } {
  const before = new Map<string, string>();
  let waiting: string[] = [];
  const text = '.article-body :is(h2, h3, h4, p, li, julia-cell, [data-markdown])';
  for (const element of root.querySelectorAll<HTMLElement>(text)) {
    if (element.localName === 'julia-cell') {
      before.set(element.id, waiting.join('\n\n'));
      waiting = [];
    } else if (element.dataset['markdown'] !== undefined) {
      if (element.dataset['markdown'].trim() !== '') waiting.push(element.dataset['markdown']);
    } else if (element.closest(`julia-cell, figure, aside, .cell-group, ${NO_PROSE}`) === null) {
      const source = markdownOf(element);
      const mark = /^h\d$/.test(element.localName)
        ? '#'.repeat(Number(element.localName[1]))
        : element.localName === 'li'
          ? '*'
          : '';
      if (source !== '') waiting.push(`${mark} ${source}`.trim());
    }
  }
  return { before, closing: waiting.join('\n\n') };
}

/** The text of an element as Markdown: formulas as TeX, links, code. */
export function markdownOf(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const away of copy.querySelectorAll('script, style, [hidden], [aria-hidden="true"]:not(.katex *), button'))
    away.remove();
  for (const formula of copy.querySelectorAll('.katex')) {
    const tex = formula.querySelector('annotation')?.textContent;
    if (tex !== undefined) formula.replaceWith(`$${tex}$`);
  }
  for (const code of copy.querySelectorAll('code')) code.replaceWith(`\`${code.textContent}\``);
  for (const link of copy.querySelectorAll('a[href]')) {
    const address = new URL(link.getAttribute('href') ?? '', element.baseURI).href;
    link.replaceWith(link.textContent === '' ? '' : `[${link.textContent}](${address})`);
  }
  return copy.textContent.replaceAll(/\s+/g, ' ').trim();
}
