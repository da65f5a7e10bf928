import { stateOf } from '../../notebook/difference.ts';
import { fragmentOf } from '../../notebook/link.ts';
import type { Session } from '../../notebook/session.ts';
import { publicAddress } from '../../site/address.ts';

/** Notebooks that are written in their addresses in a way of their own. */
const others = new WeakMap<Session, () => Promise<string>>();

/** From now on an address of this notebook, whatever the cell, has this fragment. */
export function addressBy(session: Session, fragment: () => Promise<string>): void {
  others.set(session, fragment);
}

/** The address of a cell as its page stands now: of an untouched page the cell's own, else with what differs from the article. */
export async function stateAddress(session: Session, cell: string): Promise<string> {
  const fragment = (await others.get(session)?.()) ?? (await fragmentOf({ state: stateOf(session), cell }));
  return new URL(fragment, publicAddress()).href;
}
