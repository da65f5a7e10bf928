import { InstrumentElement } from '../Instrument/loader.ts';
import { onDemand } from '../Site/on-demand.ts';
import type { Instrument } from './live.ts';

const live = onDemand(() => import('./live.ts'));

/** <attention-trainer>: the pair that was trained with the site, until somebody touches it. */
class AttentionTrainer extends InstrumentElement {
  protected readonly still = 'The pair below stays.';

  protected async load(): Promise<Instrument> {
    const { Instrument } = await live();
    return new Instrument(this);
  }
}

customElements.define('attention-trainer', AttentionTrainer);
