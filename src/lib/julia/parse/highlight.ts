/**
 * Source -> coloured pieces, by the grammar that also reads the programs. Used at build, so that a page shows coloured code
 * without shipping a parser.
 */

import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { grammar } from './grammar.ts';

/** A run of source in one colour. `cls` is empty for plain text; the texts of all pieces together are the source. */
export interface Piece {
  readonly text: string;
  readonly cls: string;
}

/** Few classes, as a printed page has few inks. */
const highlighter = tagHighlighter([
  { tag: tags.comment, class: 'comment' },
  { tag: [tags.keyword, tags.moduleKeyword, tags.operatorKeyword], class: 'keyword' },
  { tag: [tags.definitionKeyword, tags.controlKeyword], class: 'keyword' },
  { tag: tags.number, class: 'number' },
  { tag: [tags.string, tags.character, tags.special(tags.string)], class: 'string' },
  { tag: tags.escape, class: 'escape' },
  { tag: [tags.atom, tags.bool, tags.null], class: 'atom' },
  { tag: tags.macroName, class: 'macro' },
  { tag: tags.typeName, class: 'type' },
  // The grammar styles every call within an assignment as a definition, so that the two cannot be told apart.
  { tag: [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName))], class: 'call' },
  { tag: tags.propertyName, class: 'property' },
  { tag: tags.operator, class: 'operator' },
]);

export function highlight(source: string): Piece[] {
  const pieces: Piece[] = [];
  const put = (text: string, cls: string): void => {
    const last = pieces.at(-1);
    if (last?.cls === cls) pieces[pieces.length - 1] = { text: last.text + text, cls };
    else pieces.push({ text, cls });
  };
  highlightCode(source, grammar.parse(source), highlighter, put, () => {
    put('\n', pieces.at(-1)?.cls ?? '');
  });
  return pieces;
}
