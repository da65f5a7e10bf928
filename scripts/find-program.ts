/** Looks for a program on this machine, and installs Debian's where that is possible. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

export function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first of `names` in a folder of PATH; folders come before names. */
export function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(executable);
}

/** Runs an installer. What it says goes to standard error: standard output is kept for the path that was found. */
export function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0;
}

/** Installs a Debian package as root on Debian. False where this is neither, or it failed. */
export function fromDebian(name: string): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
  console.error(`Installing Debian’s ${name}.`);
  return run('apt-get', ['update', '-qq']) && run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name]);
}

/**
 * The program that an environment variable names, or undefined where it names none.
 * @throws Error where it names something else than a program.
 */
export function named(variable: string): string | undefined {
  const file = process.env[variable];
  if (file === undefined || file === '') return undefined;
  if (!executable(file)) throw new Error(`${variable} is ${file}, and that is no program.`);
  return file;
}

/** Prints what `find` finds, or the reason why there is nothing. */
export function printFound(find: () => string): void {
  try {
    console.log(find());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
