/**
 * Begins an article: `npm run new-article -- folder "Title" "Question?"` writes `content/folder/index.mdx`, last in the order.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const [folder, title = 'A title', question = 'What do you want to know?'] = process.argv.slice(2);

/** The highest `order` that an article claims. */
async function lastOrder(): Promise<number> {
  const folders = await readdir('content');
  const orders = await Promise.all(
    folders.map(async (name) => {
      const text = await readFile(path.join('content', name, 'index.mdx'), 'utf8').catch(() => '');
      return Number(/^order: *(\d+)/m.exec(text)?.[1] ?? -1);
    }),
  );
  return Math.max(-1, ...orders);
}

if (folder === undefined || !/^[a-z][a-z0-9-]*$/.test(folder)) {
  console.error(
    'usage: npm run new-article -- folder "Title" "Question?"   (the folder is the address: small letters, digits, hyphens)',
  );
  process.exit(1);
}
if (!question.endsWith('?')) {
  console.error('The question must end with a question mark: it stands under the title.');
  process.exit(1);
}

const file = path.join('content', folder, 'index.mdx');
const text = `---
title: ${JSON.stringify(title)}
question: ${JSON.stringify(question)}
summary: Forty to 240 characters in plain words, for search engines and shared links.
authors: [Your Name]
date: ${new Date().toISOString().slice(0, 10)}
order: ${String((await lastOrder()) + 1)}
sources:
  - title: Where the idea, or the data, comes from
    url: https://example.org/
---

\`\`\`julia live hero size="wide" id="first" caption="What the reader sees first." alt="What the picture shows, in words."
normalize_image(mandrill' * mandrill)
\`\`\`

Say what was just seen.
`;
await mkdir(path.dirname(file), { recursive: true });
try {
  await writeFile(file, text, { flag: 'wx' });
  console.log(`${file} is there. \`npm run dev\` shows it at /${folder}/`);
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  console.error(`${file} is there already.`);
  process.exitCode = 1;
}
