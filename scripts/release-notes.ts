/**
 * Prints what CHANGELOG.md says of a version, for the release workflow: `node scripts/release-notes.ts 1.0.0`. Fails where package.json has
 * another version, or the changelog no dated section for it.
 */
import { readFile } from 'node:fs/promises';
import { notesOf } from './changelog.ts';

const [version = ''] = process.argv.slice(2);
const declared = (JSON.parse(await readFile('package.json', 'utf8')) as { version: string }).version;
if (version !== declared) throw new Error(`package.json has version ${declared}, and not ${version}`);
console.log(notesOf(await readFile('CHANGELOG.md', 'utf8'), version));
