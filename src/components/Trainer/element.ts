import { InstrumentElement } from '../Instrument/loader.ts';
import type { Instrument } from './live.ts';

/** <attention-trainer>: the pair that was trained with the site, until somebody touches it. */
class AttentionTrainer extends InstrumentElement {
  protected readonly still = 'The pair below stays.';

  protected async load(): Promise<Instrument> {
    const { Instrument } = await import('./live.ts');
    return new Instrument(this);
  }
}

customElements.define('attention-trainer', AttentionTrainer);
