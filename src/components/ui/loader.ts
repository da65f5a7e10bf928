import { NOT_LOADED, told } from './on-demand.ts';

/** What the live part of an instrument answers to. */
export interface Live {
  /** A button with `data-do` was pressed. */
  press(what: string): unknown;
  /** A field with `data-set` was changed. */
  change(what: string): unknown;
  /** The element is leaving the page: stop everything. */
  leave(): unknown;
}

/**
 * The small loader of an instrument, for its element to extend. What was computed with the site stays as it is until a button is
 * pressed or a setting is changed; then the live part is imported, and the click done again.
 */
export abstract class InstrumentElement extends HTMLElement {
  #live: Promise<Live> | null = null;
  #here = new AbortController();

  /** Imports the live part. */
  protected abstract readonly load: () => Promise<new (host: HTMLElement) => Live>;
  /** What stays on the page when the live part does not come: `stored result`. */
  protected abstract readonly still: string;

  connectedCallback(): void {
    this.#here = new AbortController();
    const { signal } = this.#here;
    this.addEventListener('click', (event) => this.#hand(event, 'do', (live, what) => live.press(what)), { signal });
    this.addEventListener('input', (event) => this.#hand(event, 'set', (live, what) => live.change(what)), { signal });
  }

  disconnectedCallback(): void {
    this.#here.abort();
    void this.#live?.then((live) => live.leave());
    this.#live = null;
  }

  #hand({ target }: Event, key: 'do' | 'set', on: (live: Live, what: string) => unknown): void {
    const part = target instanceof Element ? target.closest<HTMLElement>(`[data-${key}]`) : null;
    if (part) void this.#wake().then((live) => live && on(live, part.dataset[key] ?? ''));
  }

  async #wake(): Promise<Live | null> {
    try {
      this.#live ??= told(this.load, (sentence) => this.#say(sentence)).then((Instrument) => new Instrument(this));
      return await this.#live;
    } catch {
      this.#live = null;
      this.#say(`${NOT_LOADED} ${this.still}`);
      return null;
    }
  }

  #say(sentence: string): void {
    const box = this.querySelector<HTMLElement>('.instrument-notice');
    if (!box) return;
    box.textContent = sentence;
    box.hidden = sentence === '';
  }
}
