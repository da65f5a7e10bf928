/** <julia-try>: the small loader. The first press imports the live part and is done there. */

import { onDemand } from '../ui/on-demand.ts';

const load = onDemand(() => import('./live.ts'));

class JuliaTry extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do]') : null;
      if (button !== null) void this.#act(button.dataset['do'] ?? '');
    });
  }

  async #act(what: string): Promise<void> {
    try {
      (await load()).act(this, what);
    } catch (error) {
      const say = this.querySelector('.try-say');
      if (say !== null) say.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}

customElements.define('julia-try', JuliaTry);
