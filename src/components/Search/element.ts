/** <site-search>: the small loader. The button, or "/" outside of a text, fetches the search and opens it. */

import { onDemand } from '../ui/on-demand.ts';

const load = onDemand(() => import('./live.ts'));

class SiteSearch extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => void this.#open());
    document.addEventListener('keydown', (event) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isText(event.target)) return;
      event.preventDefault();
      void this.#open();
    });
  }

  async #open(): Promise<void> {
    const say = this.querySelector('.search-say');
    try {
      (await load()).openSearch();
      say?.replaceChildren();
    } catch (error) {
      if (say !== null) say.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

customElements.define('site-search', SiteSearch);
