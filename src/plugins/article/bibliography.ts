/** What articles cite: one file of BibTeX, read and set by Citation.js while the site is built. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';

/** Where the file lies in the project. */
export const BIBLIOGRAPHY = join('docs', 'bibliography.bib');

/** A work as a page shows it. */
export interface Work {
  readonly key: string;
  /** The whole reference, in APA's style, without its address. */
  readonly text: string;
  /** Author and year, as they stand in the text. */
  readonly label: string;
  readonly url: string | null;
}

let read: { readonly text: string; readonly works: ReadonlyMap<string, Work> } | null = null;

/**
 * The works of the bibliography, by their keys. Read again when the file has changed.
 *
 * @param root the project's folder
 * @throws Error where the file is no BibTeX, or gives two works one key
 */
export function bibliography(root: string): ReadonlyMap<string, Work> {
  const text = readFileSync(join(root, BIBLIOGRAPHY), 'utf8');
  if (read?.text !== text) read = { text, works: worksOf(text) };
  return read.works;
}

/** The works in a text of BibTeX. @throws Error */
export function worksOf(bibtex: string): Map<string, Work> {
  const cite = parsed(bibtex);
  const works = new Map<string, Work>();
  const style = { template: 'apa', format: 'text', lang: 'en-US' };
  const set = new Map(cite.format('bibliography', { ...style, asEntryArray: true }));
  for (const { id, URL: url } of cite.data as readonly { id: string; URL?: string }[]) {
    if (works.has(id)) throw new Error(`${BIBLIOGRAPHY}: two works have the key ${id}`);
    const label = cite
      .format('citation', { ...style, entry: id, citationsPre: [], citationsPost: [] })
      .trim()
      .replace(/^\(|\)$/g, '');
    const whole = (set.get(id) ?? id).trim();
    works.set(id, {
      key: id,
      label,
      text: url === undefined ? whole : whole.replace(url, '').trim(),
      url: url ?? null,
    });
  }
  return works;
}

function parsed(bibtex: string): Cite {
  try {
    return new Cite(bibtex);
  } catch (error) {
    throw new Error(`${BIBLIOGRAPHY}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
