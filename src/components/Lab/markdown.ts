/**
 * Markdown with formulas as elements. The parser escapes raw HTML and drops addresses that are no web addresses; what it makes is put into an
 * inert template first, so that nothing is fetched or run before it is looked at here.
 */

import { micromark } from 'micromark';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';
import { math, mathHtml } from 'micromark-extension-math';
import { hueClass, katexOptions } from '../../site/math.ts';

export function rendered(source: string): DocumentFragment {
  const html = micromark(source, {
    extensions: [gfmTable(), math()],
    // A formula that cannot be read is shown as it was written, with the reason.
    htmlExtensions: [gfmTableHtml(), mathHtml({ ...katexOptions, strict: 'ignore', throwOnError: false })],
  });
  const template = document.createElement('template');
  template.innerHTML = html;
  const { content } = template;
  // The page's own title is its only first heading.
  for (const heading of content.querySelectorAll('h5, h4, h3, h2, h1')) {
    const lower = document.createElement(`h${Number(heading.localName[1]) + 1}`);
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  // No request leaves for another host: a picture from elsewhere is a link to it.
  for (const image of content.querySelectorAll('img')) {
    const link = document.createElement('a');
    link.href = image.getAttribute('src') ?? '';
    link.textContent = image.alt === '' ? 'a picture' : image.alt;
    image.replaceWith(link);
  }
  for (const link of content.querySelectorAll('a')) link.rel = 'noopener noreferrer';
  for (const formula of content.querySelectorAll('[mathcolor]')) {
    const hue = hueClass(formula.getAttribute('mathcolor'));
    if (hue === null) continue;
    formula.removeAttribute('mathcolor');
    formula.classList.add(hue);
  }
  // What scrolls sideways can be reached from the keyboard.
  for (const wide of content.querySelectorAll<HTMLElement>('table, pre, math[display="block"]'))
    wide.setAttribute('tabindex', '0');
  return content;
}
