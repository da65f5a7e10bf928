import { InstrumentElement } from '../Instrument/loader.ts';
import { onDemand } from '../Site/on-demand.ts';
import type { Instrument } from './live.ts';

const live = onDemand(() => import('./live.ts'));

/** <descent-run>: the stored result, until somebody touches it. */
class DescentRun extends InstrumentElement {
  protected readonly still = 'The stored result stays.';

  protected async load(): Promise<Instrument> {
    const { Instrument } = await live();
    return new Instrument(this);
  }
}

customElements.define('descent-run', DescentRun);
