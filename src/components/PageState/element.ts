/** <page-state>: the small loader. It waits for the first change, for a link to a state, for a draft of this page. */

import type { Session } from '../../notebook/session.ts';
import { onDemand } from '../ui/on-demand.ts';

const load = onDemand(() => import('./live.ts'));

type Act = (live: ReturnType<Awaited<ReturnType<typeof load>>['keeper']>) => void;

class PageStateElement extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener('notebook', (event) => {
      (event as CustomEvent<Session>).detail.watch({ changed: () => this.#wake() });
    });
    document.addEventListener('input', ({ target }) => {
      if (target instanceof Element && target.matches('[data-set]')) this.#wake();
    });
    document.addEventListener('figure', () => this.#wake());
    document.addEventListener('copy-link', ({ target }) => {
      const cell = target instanceof Element ? target.closest('julia-cell') : null;
      this.#wake((live) => void live.copyLink(cell?.id ?? null));
    });
    addEventListener('hashchange', () => this.#look());
    this.#offer('[data-copy-link]', (live) => void live.copyLink(null));
    this.#offer('[data-save-page]', (live) => void live.savePage());
    this.#look();
  }

  /** A link to a state; what was kept of this page, that was left, reloaded, or lost with its tab; or what was saved with it as a file. */
  #look(): void {
    if (location.hash.startsWith('#state=')) this.#wake((live) => void live.openLink());
    else if (kept()) this.#wake((live) => void live.openDraft());
    else if (document.getElementById('saved-state') !== null) this.#wake((live) => void live.openSaved());
  }

  /** Buttons that are nothing without a script. */
  #offer(selector: string, act: Act): void {
    for (const one of document.querySelectorAll<HTMLElement>(selector)) {
      one.hidden = false;
      one.addEventListener(
        'click',
        ({ target }) => target instanceof Element && target.closest('button') && this.#wake(act),
      );
    }
  }

  #wake(act?: Act): void {
    load().then(
      ({ keeper }) => {
        const live = keeper(this);
        act?.(live);
      },
      (error: unknown) => {
        const [bar, say] = [this.querySelector<HTMLElement>('.page-state-bar'), this.querySelector('.page-state-say')];
        if (act === undefined || bar === null || say === null) return;
        say.textContent = error instanceof Error ? error.message : String(error);
        bar.hidden = false;
      },
    );
  }
}

function kept(): boolean {
  try {
    return sessionStorage.getItem(`draft:${location.pathname}`) !== null;
  } catch {
    return false;
  }
}

customElements.define('page-state', PageStateElement);
