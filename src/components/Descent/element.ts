import { InstrumentElement } from '../ui/loader.ts';
import { onDemand } from '../ui/on-demand.ts';

const live = onDemand(async () => (await import('./live.ts')).DescentInstrument);

/** <descent-run>: the stored result, until somebody touches it. */
class DescentRun extends InstrumentElement {
  protected readonly still = 'The stored result stays.';
  protected readonly load = live;
}

customElements.define('descent-run', DescentRun);
