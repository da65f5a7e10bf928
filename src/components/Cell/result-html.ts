/** A value that is neither a picture nor a chart, as HTML: the same from the build and from the live part. */

import { escapeHtml } from '../../lib/display/html.ts';
import type { Shown } from '../../lib/display/describe.ts';

/** What a file is called that the reader saves from a page, without an ending: its article's name. */
export function pageFile(page: string): string {
  return page.replace(/^content-(.+)-index$/, '$1');
}

/** What a file is called that the reader saves from a cell, without an ending. */
export function fileName(page: string, cell: string): string {
  return `${pageFile(page)}-${cell}`;
}

export function resultHtml(result: Shown): string {
  switch (result.kind) {
    case 'numbers': {
      const rows = result.table.map((row) => `<tr>${row.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`);
      const name = escapeHtml(result.heading);
      return `<div class="cell-numbers" tabindex="0" role="group" aria-label="${name}"><p>${name}</p><table><tbody>${rows.join('')}</tbody></table></div>`;
    }
    case 'number':
      return `<p class="cell-number">${escapeHtml(result.text)}</p>`;
    case 'text':
      return `<pre class="cell-text">${escapeHtml(result.text)}</pre>`;
    default:
      return '';
  }
}
