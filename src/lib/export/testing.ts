/** What the tests of this folder share: the articles as pages to export, and Debian's Python. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from '../julia/parse/parse.ts';
import type { ExportCell, ExportPage } from './page.ts';

const content = new URL('../../../content/', import.meta.url);

/** A page of these cells, given as texts. */
export function pageOf(cells: Readonly<Record<string, string>>, more: Partial<ExportPage> = {}): ExportPage {
  return {
    title: 'A page',
    address: 'https://example.org/page/',
    cells: Object.entries(cells).map(([id, source]) => ({ id, program: parse(source) })),
    pictures: ['mandrill', 'airplane'].map((name) => ({ name, address: `https://example.org/${name}.png` })),
    bound: new Map(),
    ...more,
  };
}

/** Every article, with its live cells but for those that are to fail. */
export function articles(): ExportPage[] {
  return readdirSync(content).map((name) => {
    const text = readFileSync(new URL(`${name}/index.mdx`, content), 'utf8');
    const cells = [...text.matchAll(/^```julia live([^\n]*)\n([^]*?)\n```$/gm)].flatMap(
      ([, words = '', source = ''], k): ExportCell[] => {
        if (/\berror\b/.test(words.replaceAll(/"[^"]*"/g, ''))) return [];
        const word = (key: string): string | undefined => new RegExp(`${key}="([^"]*)"`).exec(words)?.[1];
        return [{ id: word(' id') ?? `cell-${k}`, program: parse(source), caption: word('caption') ?? '' }];
      },
    );
    return pageOf({}, { title: name, address: `https://example.org/${name}/`, cells });
  });
}

/** Debian's Python, which has Debian's modules. */
const python = '/usr/bin/python3';

export function hasModule(name: string): boolean {
  return spawnSync(python, ['-c', `import ${name}`]).status === 0;
}

/** Runs a program; what it reads from standard input is `input`. @throws Error with what it said where it failed */
export function runPython(program: string, input: string): string {
  const { status, stdout, stderr } = spawnSync(python, ['-c', program], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
