/** An article as plain Markdown: fences stay, elements become their words, numbers of the prose are those that were computed. */

/** What the cells' plugin leaves of a number in the prose. */
export interface ProseValue {
  readonly of: string;
  readonly text: string;
}

/** @param body the article's MDX, without its front matter */
export function plainMarkdown(body: string, values: readonly ProseValue[]): string {
  const numbers = new Map(values.map(({ of, text }) => [of, text]));
  // Listings are left alone.
  const parts = body.split(/(^```[\s\S]*?^```[^\n]*$)/m);
  const plain = parts.map((part, k) => (k % 2 === 1 ? part : prose(part, numbers)));
  return `${plain
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function prose(text: string, numbers: ReadonlyMap<string, string>): string {
  return text
    .replace(/^(?:import|export) [^\n]*\n/gm, '')
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, '')
    .replace(/<Value\s+of=(?:"([^"]*)"|'([^']*)')[^>]*\/>/g, (whole, double?: string, single?: string) => {
      return numbers.get(double ?? single ?? '') ?? whole;
    })
    .replace(/<Note>([\s\S]*?)<\/Note>/g, ' ($1)')
    .replace(/<(Picture|Surface)\s+([^>]*?)\/>/g, (_, __, words: string) => figure(words))
    .replace(/^<\/?(?:Found|Added|Unknown)>\n?/gm, '')
    .replace(/^<Try\b(?:"[^"]*"|'[^']*'|[^>"'])*>\n/gm, '')
    .replace(/<\/Try>\n?/g, '')
    .replace(/<([A-Z]\w*)\b[^<]*?\/>/g, '[$1: a figure of the page]')
    .replace(/<([A-Z]\w*)\b[\s\S]*?<\/\1>/g, '[$1: a figure of the page]')
    .replace(/\\([{}<])/g, '$1');
}

function figure(words: string): string {
  const word = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(words)?.[1] ?? '';
  const [of, alt, caption] = [word('of'), word('alt'), word('caption')];
  return `\`\`\`julia\n${of}\n\`\`\`\n\n${[alt, caption].filter((one) => one !== '').join(' ')}`;
}
