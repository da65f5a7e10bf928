import type { Instrument } from './live.ts';

/**
 * <descent-run>: the small loader. The static result stays as it is until a button is pressed or a setting is changed; then the
 * live part is imported, and the click done again.
 */
class DescentRun extends HTMLElement {
  #live: Promise<Instrument> | null = null;

  connectedCallback(): void {
    this.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do]') : null;
      if (button) void this.#wake().then((live) => live?.press(button.dataset['do'] ?? ''));
    });
    this.addEventListener('input', (event) => {
      const field = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-set]') : null;
      if (field) void this.#wake().then((live) => live?.change(field.dataset['set'] ?? ''));
    });
  }

  disconnectedCallback(): void {
    void this.#live?.then((live) => live.leave());
  }

  async #wake(): Promise<Instrument | null> {
    try {
      this.#live ??= import('./live.ts').then(({ Instrument }) => new Instrument(this));
      return await this.#live;
    } catch {
      this.#live = null;
      const box = this.querySelector<HTMLElement>('.descent-notice');
      if (box) {
        box.textContent =
          'The live part could not be loaded; are you offline? The stored result stays. Press again once you are online.';
        box.hidden = false;
      }
      return null;
    }
  }
}

customElements.define('descent-run', DescentRun);
