/** Where an article's links lead. */

import GithubSlugger from 'github-slugger';
import { toString } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { attributeText, isCode, isJsx, type MdxNode } from '../mdx-nodes.ts';
import { didYouMean, type Complaint } from './complaint.ts';

/** What can be linked to: the pages of the site by their addresses, each with the names of its places; null where these are not known. */
export type Places = ReadonlyMap<string, ReadonlySet<string> | null>;

/** The names that a link can lead to inside an article: its headings, and whatever has an id. */
export function anchorsOf(tree: MdxNode): Set<string> {
  const slugger = new GithubSlugger();
  const anchors = new Set<string>(['main', 'sources']);
  visit(tree as never, (node: MdxNode) => {
    if (node.type === 'heading') anchors.add(slugger.slug(toString(node)));
    const words = isCode(node) ? /\bid=["']?([\w-]+)/.exec(node.meta ?? '')?.[1] : null;
    const id = isJsx(node) ? attributeText(node, 'id') : words;
    if (id != null) anchors.add(id);
  });
  return anchors;
}

/** The links of an article that lead nowhere, or out of the site without https. @param here the article's own address, as `/scale/` */
export function linkComplaints(tree: MdxNode, here: string, places: Places): Complaint[] {
  const complaints: Complaint[] = [];
  visit(tree as never, (node: MdxNode) => {
    const address = node.type === 'link' || node.type === 'definition' ? (node as { url?: string }).url : hrefOf(node);
    if (address === undefined) return;
    const message = wrongLink(address, here, places);
    if (message !== null)
      complaints.push({ line: node.position?.start.line ?? 1, column: node.position?.start.column ?? 1, message });
  });
  return complaints;
}

function hrefOf(node: MdxNode): string | undefined {
  return isJsx(node, 'a') ? (attributeText(node, 'href') ?? undefined) : undefined;
}

function wrongLink(address: string, here: string, places: Places): string | null {
  if (/^(https|mailto):/.test(address)) return null;
  if (/^[a-z]+:/i.test(address)) return `the link ${address} does not say https.`;
  const [path = '', fragment = ''] = address.split('#');
  const page = path === '' ? here : new URL(path, `https://site.invalid${here}`).pathname;
  // Files are looked at once the site is built.
  if (/\.\w+$/.test(page)) return null;
  const known = places.get(page);
  if (known === undefined)
    return `the link ${address} leads to no page.${didYouMean(page, places.keys())} (an address ends with a slash)`;
  // What follows an equals sign is a page's state.
  if (fragment === '' || fragment.includes('=') || known === null || known.has(decodeURIComponent(fragment)))
    return null;
  return `the link ${address} names no place of ${page}.${didYouMean(fragment, known)}`;
}
