/** <julia-flow>: waits until its page has come to life, then follows the cell's program and values. */

import { onDemand } from '../ui/on-demand.ts';

const load = onDemand(() => import('./live-flow.ts'));

class JuliaFlow extends HTMLElement {
  #watcher: MutationObserver | null = null;

  connectedCallback(): void {
    const cell = document.getElementById(this.dataset['cell'] ?? '');
    if (cell === null) return;
    this.#watcher = new MutationObserver(() => this.#begin(cell));
    this.#watcher.observe(cell, { attributes: true, attributeFilter: ['data-live'] });
    this.#begin(cell);
  }

  disconnectedCallback(): void {
    this.#watcher?.disconnect();
  }

  #begin(cell: HTMLElement): void {
    if (!cell.hasAttribute('data-live')) return;
    this.#watcher?.disconnect();
    load().then(
      ({ follow }) => follow(this),
      // The graph stays as the build drew it, until the browser is online again.
      () => addEventListener('online', () => this.#begin(cell), { once: true }),
    );
  }
}

customElements.define('julia-flow', JuliaFlow);
