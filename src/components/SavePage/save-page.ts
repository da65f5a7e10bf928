/** *Save this page*: what the site has of the page, and what its reader has made of it, as one file. */

import { fragmentOf } from '../../notebook/link.ts';
import { SAMPLES } from '../../notebook/samples.ts';
import type { PageState } from '../../notebook/state.ts';
import { publicAddress } from '../../site/address.ts';
import { underBase } from '../../site/links.ts';
import { openSessions, sampleAddress } from '../Cell/page-session.ts';
import { dataAddress, picturesToSave } from '../PageState/saved.ts';
import { handOver } from '../ui/hand-over.ts';
import { portableAgain, portablePage, type PortableKit, type SavedState, type SiteFiles } from './portable-page.ts';

/** @returns one sentence on how it went. Rejects with one for the reader where it did not */
export async function savePage(page: PageState): Promise<string> {
  const state = await savedState(page);
  const { portable } = globalThis as { readonly portable?: { readonly source: string } };
  const html = portable === undefined ? await fromSite(state, samplesOf(page)) : again(portable.source, state);
  const { pathname } = publicAddress();
  const root = underBase(import.meta.env.BASE_URL, '/');
  const file = `${pathname === root ? 'images-as-matrices' : (pathname.split('/').at(-2) ?? 'page')}.html`;
  handOver(html, 'text/html', file);
  return `Saved as ${file}, ${(html.length / 1e6).toFixed(1)} MB. It opens in any browser, and asks for nothing.`;
}

async function savedState(page: PageState): Promise<SavedState | null> {
  const fragment = await fragmentOf({ state: page, cell: null });
  if (fragment === '') return null;
  const pictures = await Promise.all(openSessions().map(picturesToSave));
  return { fragment, pictures: pictures.flat() };
}

/** The pictures that the site lends and that a program of the reader's names, `picture("grass")`: all of them would weigh as much as the page. */
function samplesOf({ programs }: PageState): Record<string, string> {
  const text = Object.values(programs).join('\n');
  const named = SAMPLES.filter(({ name }) => text.includes(`"${name}"`));
  return Object.fromEntries(named.map(({ name }) => [name, new URL(sampleAddress(name)).pathname]));
}

/** The page as the site serves it: not the document, which has changed since it came. */
async function fromSite(state: SavedState | null, samples: Readonly<Record<string, string>>): Promise<string> {
  const base = import.meta.env.BASE_URL;
  const [page, kit] = await Promise.all([
    files.text(location.pathname),
    files.text(underBase(base, '/portable/kit.json')),
  ]);
  return portablePage(parsed(page), {
    kit: JSON.parse(kit) as PortableKit,
    files,
    link: (address) => (within(address) ? new URL(address, location.href).hash || '#' : publicly(address)),
    state,
    samples,
  });
}

function again(source: string, state: SavedState | null): string {
  // A file of a folder leads to the files beside it.
  return portableAgain(parsed(source), state, (address) => publicly(address).replace(/index\.html(?=#|$)/, ''));
}

/** An address of the site, for a file that may lie anywhere. */
function publicly(address: string): string {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href;
  return new URL(address, canonical ?? location.href).href;
}

function within(address: string): boolean {
  return new URL(address, location.href).pathname === location.pathname;
}

function parsed(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address).catch(() => null);
  if (response?.ok !== true)
    throw new Error(
      'Not everything that the page needs could be loaded; are you offline? Press again once you are online.',
    );
  return response;
}

const files: SiteFiles = {
  text: async (address) => (await fetched(address)).text(),
  data: async (address) => dataAddress(await (await fetched(address)).blob()),
};
