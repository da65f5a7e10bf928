/** Reads a changelog in the form of keepachangelog.com. */

/** Versions and dates, the latest first. */
export function releases(text: string): { version: string; date: string }[] {
  return [...text.matchAll(/^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$/gm)].map(([, version = '', date = '']) => ({
    version,
    date,
  }));
}

/**
 * The section of a version, without its heading.
 *
 * @throws Error where there is none, or it says nothing
 */
export function notesOf(text: string, version: string): string {
  const sections = text.split(/^## /m).slice(1);
  const section = sections.find((one) => one.startsWith(`[${version}] - `));
  const notes = section
    ?.replace(/^.*\n/, '')
    .replace(/^\[[^\]]+\]: .*$/gm, '')
    .trim();
  if (!notes) throw new Error(`CHANGELOG.md says nothing of ${version}`);
  return notes;
}
