/** An article as other programs want it: for reference managers, for search engines, for feeds. */
import { authorNames, slugOf, type Article } from './articles.ts';
import { REPOSITORY } from './repository.ts';

export const SITE_TITLE = 'Images as Matrices';

/** The day of an article, as year-month-day. */
export function dayOf({ data: { date } }: Article): string {
  return date.toISOString().slice(0, 10);
}

/** Where an article's source is changed. */
export function editAddress({ id }: Article): string {
  return `${REPOSITORY}/edit/main/content/${id}/index.mdx`;
}

/** A name as its family name and what stands before it; of a group there is the one name. */
function split(name: string): { readonly given: string; readonly family: string } {
  const group = /\b(contributors|team|group)$/i.test(name);
  const at = group ? -1 : name.lastIndexOf(' ');
  return at < 0 ? { given: '', family: name } : { given: name.slice(0, at), family: name.slice(at + 1) };
}

const braced = (text: string): string => text.replace(/[{}]/g, '').replace(/[&%$#_]/g, '\\$&');

/** @param address where the article is served, host and all */
export function bibtexOf(article: Article, address: string): string {
  const names = authorNames(article).map((name) => {
    const { given, family } = split(name);
    return given === '' ? `{${braced(family)}}` : `${braced(family)}, ${braced(given)}`;
  });
  const day = dayOf(article);
  return `@misc{images-as-matrices-${slugOf(article) ?? 'poster'},
  author       = {${names.join(' and ')}},
  title        = {{${braced(article.data.title)}}},
  howpublished = {${SITE_TITLE}},
  year         = {${day.slice(0, 4)}},
  month        = {${Number(day.slice(5, 7))}},
  url          = {${address}}
}
`;
}

/** @param address where the article is served, host and all */
export function risOf(article: Article, address: string): string {
  const names = authorNames(article).map((name) => {
    const { given, family } = split(name);
    return `AU  - ${given === '' ? family : `${family}, ${given}`}`;
  });
  const rows = [
    'TY  - ELEC',
    ...names,
    `TI  - ${article.data.title}`,
    `T2  - ${SITE_TITLE}`,
    `DA  - ${dayOf(article).replaceAll('-', '/')}`,
    `PY  - ${dayOf(article).slice(0, 4)}`,
    `AB  - ${article.data.summary}`,
    `UR  - ${address}`,
    'ER  - ',
  ];
  return `${rows.join('\r\n')}\r\n`;
}

/** @param address where the article is served, host and all */
export function cffOf(article: Article, address: string): string {
  const names = article.data.authors.map((one) => {
    const { name, orcid } = typeof one === 'string' ? { name: one, orcid: undefined } : one;
    const { given, family } = split(name);
    const lines =
      given === ''
        ? [`  - name: ${JSON.stringify(family)}`]
        : [`  - family-names: ${JSON.stringify(family)}`, `    given-names: ${JSON.stringify(given)}`];
    return [...lines, ...(orcid === undefined ? [] : [`    orcid: https://orcid.org/${orcid}`])].join('\n');
  });
  return `cff-version: 1.2.0
message: Please cite it as below.
type: software
title: ${JSON.stringify(`${article.data.title} (${SITE_TITLE})`)}
authors:
${names.join('\n')}
date-released: ${dayOf(article)}
license: MIT
url: ${JSON.stringify(address)}
repository-code: ${REPOSITORY}
abstract: ${JSON.stringify(article.data.summary)}
`;
}

/** What search engines read of an article (schema.org). @param address where it is served, host and all */
export function jsonLdOf(article: Article, address: string): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    headline: article.data.title,
    description: article.data.summary,
    author: article.data.authors.map((one) =>
      typeof one === 'string'
        ? { '@type': /contributors$/.test(one) ? 'Organization' : 'Person', name: one }
        : {
            '@type': 'Person',
            name: one.name,
            ...(one.orcid === undefined ? {} : { '@id': `https://orcid.org/${one.orcid}` }),
          },
    ),
    dateModified: dayOf(article),
    url: address,
    license: 'https://spdx.org/licenses/MIT',
  };
}

/** A text inside XML. */
export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
