/** <alpha-plot>: offers its controls, and wakes at the first touch of them or of a dot, or where its reader has runs to show. */
import { NOT_LOADED, onDemand } from '../ui/on-demand.ts';
import { hasOwnRuns } from './remember.ts';

const load = onDemand(() => import('./live-plot.ts'));

class AlphaPlot extends HTMLElement {
  #woken = false;

  connectedCallback(): void {
    for (const form of this.querySelectorAll('form')) form.hidden = false;
    this.addEventListener('submit', (event) => event.preventDefault());
    for (const type of ['pointerover', 'focusin', 'pointerdown', 'click', 'change', 'submit']) {
      this.addEventListener(type, this.#wake);
    }
    if (hasOwnRuns()) this.#wake(new Event('kept'));
  }

  /** What woke it counts: a press on a dot, a choice. The live part is handed the last event and answers it. */
  readonly #wake = (event: Event): void => {
    this.#last = event.type === 'pointerover' && this.#last !== null ? this.#last : event;
    if (this.#woken) return;
    this.#woken = true;
    load().then(
      ({ wake }) => {
        for (const type of ['pointerover', 'focusin', 'pointerdown', 'click', 'change', 'submit']) {
          this.removeEventListener(type, this.#wake);
        }
        void wake(this, this.#last);
      },
      () => {
        this.#woken = false;
        const say = this.querySelector('.alpha-say');
        if (say) say.textContent = NOT_LOADED;
      },
    );
  };

  #last: Event | null = null;
}

customElements.define('alpha-plot', AlphaPlot);
