/** Characters that stay on a line of the panel. */
const LONGEST = 48;

/** Controls, and the marks that turn the direction of the text around them (Unicode UAX 9), which a name could use to look like another. */
const UNSHOWN = /[\0-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A file's name as it can stand in a sentence: without what would not show or would turn the text, and short, its ending kept. */
export function shownName(name: string): string {
  const letters = Array.from(name.replace(UNSHOWN, '').replace(/\s+/gu, ' ').trim());
  if (letters.length === 0) return 'your picture';
  if (letters.length <= LONGEST) return letters.join('');
  return `${letters.slice(0, LONGEST - 17).join('')} … ${letters.slice(-14).join('')}`;
}
