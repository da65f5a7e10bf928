/** Every pack at once, for programs that run outside of a page: the build, the command line, the tests. */

import { loadPack, packs } from './packs.ts';
import type { Pack } from './pack.ts';

export const allPacks: ReadonlyMap<string, Pack> = new Map(
  await Promise.all(Object.keys(packs).map(async (name) => [name, await loadPack(name)] as const)),
);
