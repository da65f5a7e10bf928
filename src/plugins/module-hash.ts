/** A hash of a program's own source: of a module and of all that it imports, so that results kept from an earlier run can tell that the program has changed. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** Reads a file's text; tests give texts of their own. */
export type ReadText = (path: string) => Promise<string>;

const readText: ReadText = (path) => readFile(path, 'utf8');

/**
 * Hash of the modules that `entries` lead to by relative imports, static or not, and of the versions of the packages that these import.
 *
 * @param root the project's folder: `entries` are relative to it, and its `node_modules` holds the packages
 * @throws Error where an import leads to no file
 */
export async function hashModules(
  root: string,
  entries: readonly string[],
  read: ReadText = readText,
): Promise<string> {
  const modules = new Map<string, string>();
  const packages = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    if (modules.has(path)) return;
    modules.set(path, '');
    const text = await read(path);
    modules.set(path, text);
    const next: string[] = [];
    for (const specifier of importsOf(path, text)) {
      if (specifier.startsWith('.')) next.push(resolve(dirname(path), specifier));
      else if (!isBuiltin(specifier)) packages.add(packageOf(specifier));
    }
    await Promise.all(next.map(visit));
  };
  await Promise.all(entries.map((entry) => visit(resolve(root, entry))));

  const hash = createHash('sha256');
  // Names are relative to the project, so that the hash is the same wherever that lies; the order must not hang on which file was read first.
  for (const path of [...modules.keys()].toSorted())
    hash.update(JSON.stringify([relative(root, path).split(sep).join('/'), modules.get(path)]));
  for (const name of [...packages].toSorted()) {
    const { version } = JSON.parse(await read(join(root, 'node_modules', name, 'package.json'))) as { version: string };
    hash.update(JSON.stringify([name, version]));
  }
  return hash.digest('hex');
}

/** Specifiers of the modules that a module imports; none for what is no program, such as a table in JSON. */
function importsOf(path: string, text: string): string[] {
  if (!/\.[cm]?[jt]s$/.test(path)) return [];
  // Vite's `?raw` and the like say how a file is taken in, not which.
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName.replace(/\?.*$/, ''));
}

/** `@scope/name/part` is a file of the package `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
