/** <jetplane-button>: fetches on request, and hands the picture to the page's cells. */

import type { Session } from '../../notebook/session.ts';

class JetplaneButton extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('[data-fetch]')?.addEventListener('click', () => void this.#fetch());
    this.querySelector('[data-back]')?.addEventListener('click', () => void this.#back());
  }

  get #name(): string {
    return this.dataset['for'] ?? 'airplane';
  }

  async #fetch(): Promise<void> {
    const { fetchJetplane, JETPLANE_FROM } = await import('./jetplane.ts');
    await this.#say(`Asking ${JETPLANE_FROM} …`, async () => {
      const page = await this.#page();
      const notes = await page.setPicture(this.#name, await fetchJetplane(), 'jetplane', true);
      this.#offerBack(true);
      return [`jetplane stands in for ${this.#name} on this page.`, ...notes].join(' ');
    });
  }

  async #back(): Promise<void> {
    await this.#say('', async () => {
      (await this.#page()).resetPicture(this.#name);
      this.#offerBack(false);
      return `${this.#name} is back.`;
    });
  }

  /** The cells of the article that the button stands in. */
  async #page(): Promise<Session> {
    const cell = this.closest('main, body')?.querySelector<HTMLElement>('julia-cell');
    if (!cell) throw new Error('There is no cell on this page that could use it.');
    const { awakenPage } = await import('../Cell/live.ts');
    awakenPage(cell);
    const { pageSession } = await import('../Cell/page-session.ts');
    return pageSession(cell.dataset['page'] ?? '');
  }

  #offerBack(back: boolean): void {
    this.querySelector('[data-back]')?.toggleAttribute('hidden', !back);
    this.querySelector('[data-fetch]')?.toggleAttribute('hidden', back);
  }

  async #say(first: string, work: () => Promise<string>): Promise<void> {
    const box = this.querySelector('[role=status]');
    if (box === null) return;
    if (first !== '') box.textContent = first;
    try {
      box.textContent = await work();
    } catch (error) {
      box.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}

customElements.define('jetplane-button', JetplaneButton);
