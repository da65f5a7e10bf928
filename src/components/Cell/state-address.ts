import { onDemand } from '../ui/on-demand.ts';
import type { Session } from '../../notebook/session.ts';

const loadLink = onDemand(() => import('../../notebook/link.ts'));
const loadDifference = onDemand(() => import('../../notebook/difference.ts'));

/** The address of a cell as its page stands now: of an untouched page the cell's own, else with what differs from the article. */
export async function stateAddress(session: Session, cell: string): Promise<string> {
  const [{ writeLink }, { stateOf, isUntouched }] = await Promise.all([loadLink(), loadDifference()]);
  const hash = isUntouched(session) ? `#${cell}` : await writeLink({ state: stateOf(session), cell });
  return new URL(hash, location.href).href;
}
