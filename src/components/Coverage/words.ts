import { escapeHtml } from '../../lib/display/html.ts';

/** A row's words as HTML: backticks are code, a backslash before a bar is for the table. */
export function wordsHtml(words: string): string {
  return escapeHtml(words).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
