import { InstrumentElement } from '../ui/loader.ts';
import { onDemand } from '../ui/on-demand.ts';

const live = onDemand(async () => (await import('./live.ts')).TrainerInstrument);

/** <attention-trainer>: the pair that was trained with the site, until somebody touches it. */
class AttentionTrainer extends InstrumentElement {
  protected readonly still = 'The pair below stays.';
  protected readonly load = live;
}

customElements.define('attention-trainer', AttentionTrainer);
