/** <jetplane-button>: fetches on request, and hands the picture to the page's cells. */

import { onDemand } from '../ui/on-demand.ts';

const load = onDemand(() => import('./live.ts'));

class JetplaneButton extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('[data-fetch]')?.addEventListener('click', () => void this.#act(true));
    this.querySelector('[data-back]')?.addEventListener('click', () => void this.#act(false));
  }

  async #act(put: boolean): Promise<void> {
    const name = this.dataset['for'] ?? 'airplane';
    try {
      const { putBack, putJetplane } = await load();
      this.#say(await (put ? putJetplane(this, name, (sentence) => this.#say(sentence)) : putBack(this, name)));
      this.querySelector('[data-back]')?.toggleAttribute('hidden', !put);
      this.querySelector('[data-fetch]')?.toggleAttribute('hidden', put);
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  #say(sentence: string): void {
    const box = this.querySelector('[role=status]');
    if (box !== null) box.textContent = sentence;
  }
}

customElements.define('jetplane-button', JetplaneButton);
