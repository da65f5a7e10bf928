import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildVersion } from './build-engine.ts';
import { hashModules } from './module-hash.ts';

describe('over a small program', () => {
  const files = {
    'src/main.ts':
      "import { a } from './deep/a.ts';\nimport type { B } from './b.ts';\nimport part from '@some/pack/part.js';",
    'src/deep/a.ts':
      "export * from '../c.ts';\nimport table from './table.json';\nimport 'node:path';\nimport '../main.ts';",
    'src/b.ts': 'export type B = 1;',
    'src/c.ts': "export const later = () => import('./late.ts');",
    'src/late.ts': 'export {};',
    'src/deep/table.json': '{}',
    'src/deep/a.test.ts': '',
    'src/alone.ts': '',
    'node_modules/@some/pack/package.json': '{ "version": "1.0.0" }',
  };
  let root: string;
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'modules-'));
    for (const [name, text] of Object.entries(files)) await write(name, text);
  });
  afterEach(() => rm(root, { recursive: true }));

  test.each([
    ['src/main.ts', true],
    ['src/deep/a.ts', true],
    ['src/b.ts', true],
    ['src/c.ts', true],
    ['src/late.ts', true],
    ['src/deep/table.json', true],
    ['node_modules/@some/pack/package.json', true],
    ['src/deep/a.test.ts', false],
    ['src/alone.ts', false],
  ] as const)('%s counts: %s', async (name, counts) => {
    const before = await hashModules(root, ['src/main.ts']);
    const text = files[name].replace('1.0.0', '1.0.1');
    await write(name, name.endsWith('.json') ? `${text}\n` : `${text}\n// changed`);
    if (name === 'src/deep/table.json') await write(name, '{ "a": 1 }');
    expect((await hashModules(root, ['src/main.ts'])) !== before).toBe(counts);
  });

  test('a copy elsewhere has the same hash, a renamed module another', async () => {
    const before = await hashModules(root, ['src/main.ts']);
    const first = root;
    root = await mkdtemp(join(tmpdir(), 'modules-copy-'));
    await rm(first, { recursive: true });
    for (const [name, text] of Object.entries(files)) await write(name, text);
    expect(await hashModules(root, ['src/main.ts'])).toBe(before);
    await write('src/bee.ts', files['src/b.ts']);
    await write('src/main.ts', files['src/main.ts'].replace('./b.ts', './bee.ts'));
    expect(await hashModules(root, ['src/main.ts'])).not.toBe(before);
  });

  test('an import that leads nowhere is an error', async () => {
    await write('src/c.ts', "import './gone.ts';");
    await expect(hashModules(root, ['src/main.ts'])).rejects.toThrow('gone.ts');
  });
});

describe("over the site's own evaluation of cells", () => {
  const root = join(import.meta.dirname, '../..');
  const library = 'src/lib/julia/library';
  /** The version as if the file of this name, from the project's folder, had another line. */
  const versionWith = (changed: string): Promise<string> =>
    buildVersion(root, async (path) => {
      const text = await readFile(path, 'utf8');
      return path === join(root, changed) ? `${text}\n// changed` : text;
    });

  test('it reads every file of the library, the parser, the engine and the drawing of results, and no test', async () => {
    const reads = new Set<string>();
    await buildVersion(root, (path) => {
      reads.add(path);
      return readFile(path, 'utf8');
    });
    // The register is what editors and the page about Julia read; no program runs through it.
    const names = (await readdir(join(root, library))).filter((name) => !/\.test\.ts$|^register\.ts$/.test(name));
    const wanted = [
      ...names.map((name) => `${library}/${name}`),
      'src/lib/julia/parse/parse.ts',
      'src/lib/matrix/reference.ts',
      'src/lib/image/display.ts',
      'src/lib/display/plot.ts',
      'src/plugins/picture-file.ts',
    ];
    expect(wanted.filter((name) => !reads.has(join(root, name)))).toEqual([]);
    expect([...reads].filter((path) => path.includes('.test.'))).toEqual([]);
  });

  test.each([
    ['src/lib/julia/library/reduce.ts', true],
    ['src/lib/julia/library/register.test.ts', false],
    ['src/plugins/compute.test.ts', false],
    ['src/plugins/arrange.ts', false],
  ])('a change of %s makes results old: %s', async (name, old) => {
    expect((await versionWith(name)) !== (await buildVersion(root))).toBe(old);
  });
});
