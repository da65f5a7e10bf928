import type { Session } from '../../notebook/session.ts';
import { nameOf, ownPictures } from './library.ts';

/** Under each name the key of the file that a notebook was lent last. */
const lent = new WeakMap<Session, Map<string, string>>();

/** Lends the reader's pictures to programs, each by its name: `picture("cat")`. Of two that are named alike, the newer. */
export async function lendPictures(sessions: readonly Session[]): Promise<void> {
  const newest = new Map((await ownPictures()).toReversed().map((picture) => [nameOf(picture.label), picture]));
  for (const session of sessions) {
    const known = lent.get(session) ?? new Map<string, string>();
    lent.set(session, known);
    for (const [name, { key, file }] of newest) {
      if (known.get(name) === key) continue;
      known.set(name, key);
      session.lend(name, file);
    }
  }
}
