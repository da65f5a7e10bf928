/** <julia-factors>: waits for a press of one of its buttons, and loads what answers it. */

import type { FigureRecord } from '../PageState/figures.ts';
import { NOT_LOADED, onDemand } from '../ui/on-demand.ts';
import { roving } from '../ui/roving.ts';

const load = onDemand(() => import('./live.ts'));

class JuliaFactors extends HTMLElement {
  connectedCallback(): void {
    const bar = this.querySelector<HTMLElement>('.factors-bar');
    if (bar) roving(bar, 'button');
    this.addEventListener('click', (event) => {
      const pressed = event.target instanceof Element ? event.target.closest('button') : null;
      if (pressed === null || pressed.closest('.factors-bar') === null) return;
      this.#live(({ press }) => press(this, pressed));
    });
    this.addEventListener('restore', (event) =>
      this.#live(({ restore }) => restore(this, (event as CustomEvent<FigureRecord>).detail)),
    );
  }

  #live(act: (live: typeof import('./live.ts')) => void): void {
    load().then(act, (error: unknown) => {
      console.error(error);
      const status = this.querySelector('.cell-status');
      if (status) status.textContent = NOT_LOADED;
    });
  }
}

customElements.define('julia-factors', JuliaFactors);
