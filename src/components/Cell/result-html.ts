/** A value that is no picture, as HTML: the same from the build and from the live part. */

import { escapeHtml } from '../Plot/plot.ts';
import type { StaticResult } from './payload.ts';

export function resultHtml(result: StaticResult): string {
  switch (result.kind) {
    case 'numbers': {
      const rows = result.table.map((row) => `<tr>${row.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`);
      const name = escapeHtml(result.heading);
      return `<div class="cell-numbers" tabindex="0" role="region" aria-label="${name}"><p>${name}</p><table><tbody>${rows.join('')}</tbody></table></div>`;
    }
    case 'number':
      return `<p class="cell-number">${escapeHtml(result.text)}</p>`;
    case 'text':
      return `<pre class="cell-text">${escapeHtml(result.text)}</pre>`;
    case 'plot':
      return `<div class="cell-plot">${result.svg}</div>`;
    default:
      return '';
  }
}
