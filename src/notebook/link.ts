/**
 * A page's state as the fragment of an address, `#state=1.…&cell=…`: its text, deflated (RFC 1951), in the letters of base64url. The
 * fragment never reaches a server. What comes in one may have been written by anybody: it is measured before it is unpacked, cut
 * off where it unpacks to more than a page can hold, and then validated as every state is.
 */

import { damaged, LONGEST_LINK, packed, unpacked } from './pack.ts';
import { deserialize, isEmpty, serialize, StateError, type PageState } from './state.ts';

/** Grows when links are written in another way, so that an old page can say that it is the old one. */
const LINK_VERSION = '1';

export interface StateLink {
  readonly state: PageState;
  /** The cell that the sender looked at. */
  readonly cell: string | null;
}

/** Whether an address' fragment says that it holds a state. */
export function isLink(hash: string): boolean {
  return hash.startsWith('#state=');
}

/** The fragment for a state, with its `#`. */
export async function writeLink({ state, cell }: StateLink): Promise<string> {
  const place = cell === null ? '' : `&cell=${encodeURIComponent(cell)}`;
  return `#state=${LINK_VERSION}.${await packed(serialize(state))}${place}`;
}

/** The fragment that leads to a cell of the page as it stands: of an untouched page the cell's own, or none. */
export async function fragmentOf({ state, cell }: StateLink): Promise<string> {
  if (!isEmpty(state)) return writeLink({ state, cell });
  return cell === null ? '' : `#${cell}`;
}

/** Rejects with a StateError: one sentence for the reader. */
export async function readLink(hash: string): Promise<StateLink> {
  const [, version, letters, place] = /^#state=([^.&]*)\.?([^&]*)(?:&cell=([^&]*))?$/.exec(hash) ?? [];
  if (version === undefined || letters === undefined || letters === '') throw damaged();
  if (version !== LINK_VERSION && /^\d+$/.test(version))
    throw new StateError('This link was made by a later version of this site; reload the page to get it.');
  if (hash.length > LONGEST_LINK) throw new StateError('This link is longer than any that this site makes.');
  if (version !== LINK_VERSION) throw damaged();
  return { state: deserialize(await unpacked(letters)), cell: place === undefined ? null : decoded(place) };
}

function decoded(place: string): string | null {
  try {
    return decodeURIComponent(place);
  } catch {
    return null;
  }
}
