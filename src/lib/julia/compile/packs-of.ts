/** Which packs of the library a program needs before it runs. */

import type { Expr } from '../ast.ts';
import { packOfName } from '../library/register.ts';

/**
 * Every pack that holds a name the program mentions, as a variable or after a dot (`LinearAlgebra.svd`). A name of the reader's own
 * that is also a pack's fetches it for nothing, and does no other harm.
 *
 * A program that changes arrays or objects in place gets `base` from the start: whoever finds out while a program runs that `base` is needed
 * (`Runtime.need`) has it run again, which must not change anything twice.
 */
export function packsOf(body: Expr): string[] {
  const packs = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (typeof part === 'object' && part !== null) {
      const { kind, name, broadcast } = part as { kind?: unknown; name?: unknown; broadcast?: unknown };
      if (kind === 'element' || kind === 'property' || (kind === 'update' && broadcast === true)) packs.add('base');
      if (kind === 'try' || kind === 'macro') packs.add('forms');
      if (kind === 'struct' || kind === 'abstract' || 'extends' in part) packs.add('structs');
      if ((kind === 'name' || kind === 'field' || 'extends' in part) && typeof name === 'string') {
        // `Set{Int}` is Set's.
        const bare = name.replace(/\{.*$/s, '');
        const pack = Object.hasOwn(packOfName, bare) ? packOfName[bare] : undefined;
        if (pack !== undefined) packs.add(pack);
      }
      Object.values(part).forEach(visit);
    }
  };
  visit(body);
  return [...packs];
}
