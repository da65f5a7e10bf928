/** Which picture stands on a page's social card. */

import type { BuildOutcome } from './compute.ts';
import type { File } from './article/complaint.ts';
import type { Found } from './find-programs.ts';

/**
 * The picture of the cell that the front matter names in `card`, else of the one marked so, else of the `hero`, else the first of the page; null where the page computes none.
 * Fails the build where two cells ask, or where the one that asks shows no picture.
 */
export function cardPicture(
  found: readonly Found[],
  outcomes: ReadonlyMap<string, BuildOutcome>,
  file: File,
): { readonly picture: string; readonly alt: string } | null {
  const named = file.data?.astro?.frontmatter?.['card'];
  const [marked, another] = found.filter(({ options }) => options.card);
  const asks = typeof named === 'string' ? found.find(({ id, value }) => !value && id === named) : marked;
  if (typeof named === 'string' && asks === undefined)
    file.fail(`card: ${named}: the page has no cell of that id`, { line: 1, column: 1 });
  if (another !== undefined) file.fail('only one cell of a page can be on its card', another.node);
  const pictured = found.filter(
    ({ id, value, options }) => !value && !options.setup && outcomes.get(id)?.picture != null,
  );
  if (asks !== undefined && !pictured.includes(asks))
    file.fail('this cell is to be on the card, and shows no picture', asks.node);
  const one = asks ?? pictured.find(({ options }) => options.hero) ?? pictured[0];
  const picture = one === undefined ? null : outcomes.get(one.id)?.picture;
  return one === undefined || picture == null
    ? null
    : { picture, alt: one.options.alt ?? one.options.caption ?? `The result of ${one.program.source.trim()}` };
}
