/** <julia-flow>: waits until its page has come to life, then follows the cell's program and values. */

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
    // Without it the graph stays as the build drew it.
    import('./live-flow.ts').then(({ follow }) => follow(this), console.error);
  }
}

customElements.define('julia-flow', JuliaFlow);
