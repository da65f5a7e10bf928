import { highlight } from '../julia/parse/highlight.ts';
import { escapeHtml } from './html.ts';

/** The code with its tokens in the classes that the site colours. */
export function codeHtml(source: string): string {
  const classes: Readonly<Record<string, string>> = {
    call: 'function',
    atom: 'boolean',
    escape: 'string',
    macro: 'keyword',
  };
  return highlight(source)
    .map(({ text, cls }) =>
      cls === '' ? escapeHtml(text) : `<span class="token ${classes[cls] ?? cls}">${escapeHtml(text)}</span>`,
    )
    .join('');
}
