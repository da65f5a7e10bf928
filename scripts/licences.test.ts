import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { licenceOf } from './licences.ts';

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

async function packageWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'licence-'));
  folders.push(folder);
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(folder, name), text)));
  return folder;
}

const installed = (name: string): string => fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));

it('gives the name, the licence and its text', async () => {
  const folder = await packageWith({
    'package.json': JSON.stringify({ name: 'a', version: '1.2.3', license: 'MIT', author: { name: 'B' } }),
    'LICENSE.md': 'Do as you like.\n',
    'license-check.js': 'not a text',
  });
  expect(await licenceOf(folder)).toBe('a 1.2.3\nLicence: MIT. By B\n\nDo as you like.');
  expect(await licenceOf(installed('three'))).toContain('Permission is hereby granted');
});

it('brings the text of the Apache licence where a package only names it', async () => {
  expect(await licenceOf(installed('@tensorflow/tfjs-core'))).toContain('Apache License');
});

it('refuses a package that says nothing of its licence', async () => {
  const folder = await packageWith({ 'package.json': JSON.stringify({ name: 'a', version: '1.2.3' }) });
  await expect(licenceOf(folder)).rejects.toThrow('a says nothing of its licence');
});

it.each([
  ['GPL-3.0-only', false],
  ['MIT AND LGPL-3.0-or-later', false],
  ['SEE LICENSE IN LICENSE', false],
  ['(AFL-2.1 OR BSD-3-Clause)', true],
  ['MIT AND ISC', true],
])('a package under %s is sent: %s', async (license, sent) => {
  const folder = await packageWith({
    'package.json': JSON.stringify({ name: 'a', version: '1.2.3', license }),
    LICENSE: 'Its text.',
  });
  if (sent) expect(await licenceOf(folder)).toContain('Its text.');
  else await expect(licenceOf(folder)).rejects.toThrow(`a is under ${license}`);
});
