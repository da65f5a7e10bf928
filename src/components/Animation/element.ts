/** <julia-animate>: the small loader. The first press of a button imports the player and is done again there. */

import { NOT_LOADED, onDemand } from '../ui/on-demand.ts';

type Play = typeof import('./player.ts');

const load = onDemand(() => import('./player.ts'));

class JuliaAnimate extends HTMLElement {
  #player: InstanceType<Play['SliderPlayer']> | null = null;

  connectedCallback(): void {
    this.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do]') : null;
      if (button === null) return;
      // The cell around it would press the button again once it is awake.
      event.stopPropagation();
      void this.#act(button.dataset['do'] ?? '');
    });
  }

  disconnectedCallback(): void {
    this.#player?.stop();
  }

  async #act(what: string): Promise<void> {
    try {
      const { SliderPlayer } = await load();
      this.#player ??= new SliderPlayer(this);
      await this.#player.act(what);
    } catch (error) {
      console.error(error);
      const box = this.querySelector<HTMLElement>('.animate-gif');
      const say = this.querySelector('.animate-say');
      if (box !== null) box.hidden = false;
      if (say !== null) say.textContent = NOT_LOADED;
    }
  }
}

customElements.define('julia-animate', JuliaAnimate);
