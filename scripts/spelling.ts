/** Spelling of articles: cspell's British English, and the words of `docs/dictionary.txt`. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { spellCheckDocument } from 'cspell-lib';
import type { Complaint } from '../src/plugins/article/complaint.ts';

/** The project's own words: one a line, in the order of the alphabet. */
export const DICTIONARY = path.join('docs', 'dictionary.txt');

/**
 * The misspelt words of a text.
 *
 * @param prose the article with everything blanked that is no prose, so that places are the article's
 * @param names words that are right in this article: its authors' names
 */
export async function spellingComplaints(prose: string, names: readonly string[]): Promise<Complaint[]> {
  const own = (await readFile(DICTIONARY, 'utf8')).split('\n').filter((word) => word !== '' && !word.startsWith('#'));
  const { issues } = await spellCheckDocument(
    { uri: 'article.txt', text: prose, languageId: 'plaintext', locale: 'en-GB' },
    { generateSuggestions: true, noConfigSearch: true },
    { words: [...own, ...names], suggestionsTimeout: 500, numSuggestions: 3, allowCompoundWords: true },
  );
  return issues.map(({ text, offset, suggestions = [] }) => {
    const before = prose.slice(0, offset).split('\n');
    const instead = suggestions.length === 0 ? '' : ` ${suggestions.slice(0, 3).join(', ')}?`;
    return {
      line: before.length,
      column: (before.at(-1) ?? '').length + 1,
      message: `“${text}” is not in the dictionary.${instead} A word that is right goes into ${DICTIONARY}.`,
    };
  });
}
