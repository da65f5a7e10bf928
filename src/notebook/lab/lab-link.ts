/** A notebook as the fragment of an address, `#lab=1.…`: packed and measured as the links of articles are. */

import { damaged, LONGEST_LINK, packed, unpacked } from '../pack.ts';
import { StateError } from '../state.ts';
import type { LabDocument } from './document.ts';
import { labText, readLab } from './lab-text.ts';

const LINK_VERSION = '1';

export function isLabLink(hash: string): boolean {
  return hash.startsWith('#lab=');
}

/** The fragment, with its `#`; null where it would be longer than a link may be. */
export async function labFragment(document: LabDocument): Promise<string | null> {
  const hash = `#lab=${LINK_VERSION}.${await packed(labText(document))}`;
  return hash.length > LONGEST_LINK ? null : hash;
}

/** Rejects with a StateError: one sentence for the reader. */
export async function readLabLink(hash: string): Promise<LabDocument> {
  const [, version, letters] = /^#lab=([^.]*)\.?(.*)$/.exec(hash) ?? [];
  if (version === undefined || letters === undefined || letters === '') throw damaged();
  if (version !== LINK_VERSION && /^\d+$/.test(version))
    throw new StateError('This link was made by a later version of this site; reload the page to get it.');
  if (hash.length > LONGEST_LINK) throw new StateError('This link is longer than any that this site makes.');
  if (version !== LINK_VERSION) throw damaged();
  return readLab(await unpacked(letters));
}
