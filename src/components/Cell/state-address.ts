import { stateOf } from '../../notebook/difference.ts';
import { fragmentOf } from '../../notebook/link.ts';
import type { Session } from '../../notebook/session.ts';
import { publicAddress } from '../../site/address.ts';

/** The address of a cell as its page stands now: of an untouched page the cell's own, else with what differs from the article. */
export async function stateAddress(session: Session, cell: string): Promise<string> {
  return new URL(await fragmentOf({ state: stateOf(session), cell }), publicAddress()).href;
}
