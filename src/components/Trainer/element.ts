import { InstrumentElement } from '../ui/loader.ts';
import { onDemand } from '../ui/on-demand.ts';
import { roving } from '../ui/roving.ts';

const live = onDemand(async () => (await import('./live.ts')).TrainerInstrument);

/** <attention-trainer>: the pair that was trained with the site, until somebody touches it. */
class AttentionTrainer extends InstrumentElement {
  protected readonly still = 'The pair below stays.';
  protected readonly load = live;

  override connectedCallback(): void {
    super.connectedCallback();
    const ladder = this.querySelector<HTMLElement>('.trainer-ladder');
    if (ladder) roving(ladder, 'button');
  }
}

customElements.define('attention-trainer', AttentionTrainer);
