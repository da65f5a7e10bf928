import type { Instrument } from './live.ts';

/**
 * <attention-trainer>: the small loader. The pair that was trained with the site stays as it is until a button is pressed or a
 * setting is changed; then the live part is imported, and the click done again.
 */
class AttentionTrainer extends HTMLElement {
  #live: Promise<Instrument> | null = null;
  #here = new AbortController();

  connectedCallback(): void {
    this.#here = new AbortController();
    const { signal } = this.#here;
    this.addEventListener(
      'click',
      (event) => {
        const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do]') : null;
        if (button) void this.#wake().then((live) => live?.press(button.dataset['do'] ?? ''));
      },
      { signal },
    );
    this.addEventListener(
      'input',
      (event) => {
        const field = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-set]') : null;
        if (field) void this.#wake().then((live) => live?.change(field.dataset['set'] ?? ''));
      },
      { signal },
    );
  }

  disconnectedCallback(): void {
    this.#here.abort();
    void this.#live?.then((live) => live.leave());
    this.#live = null;
  }

  async #wake(): Promise<Instrument | null> {
    try {
      this.#live ??= import('./live.ts').then(({ Instrument }) => new Instrument(this));
      return await this.#live;
    } catch {
      this.#live = null;
      const box = this.querySelector<HTMLElement>('.trainer-notice');
      if (box) {
        box.textContent =
          'The live part could not be loaded; are you offline? The pair below stays. Press again once you are online.';
        box.hidden = false;
      }
      return null;
    }
  }
}

customElements.define('attention-trainer', AttentionTrainer);
