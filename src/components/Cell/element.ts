/**
 * <julia-cell>: the small loader that every page with cells carries. It leaves the static HTML as it is and waits; the first
 * hover, focus, tap, edit or drop imports the live part, and what the reader did meanwhile is done again there.
 */

import { NOT_LOADED, onDemand, told } from '../ui/on-demand.ts';
import { roving } from '../ui/roving.ts';

const load = onDemand(() => import('./live.ts'));

class JuliaCell extends HTMLElement {
  /** A click that came before the live part, to be repeated. */
  #clicked: HTMLElement | null = null;
  #loading = false;
  #known = false;

  connectedCallback(): void {
    // A cell of the lab moves, and is connected again.
    if (this.#known) return;
    this.#known = true;
    this.querySelector('.cell-picture')?.setAttribute('tabindex', '0');
    this.#stops();
    this.addEventListener('pointerenter', (event) => event.pointerType !== 'touch' && void this.#wake());
    for (const cause of ['focusin', 'input', 'dragenter']) this.addEventListener(cause, () => void this.#wake());
    this.addEventListener('dragover', (event) => event.preventDefault());
    this.addEventListener('click', (event) => {
      if (this.#awake) return;
      this.#clicked = event.target instanceof Element ? event.target.closest<HTMLElement>('button') : null;
      void this.#wake();
    });
    this.addEventListener('drop', (event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (!this.#awake && file !== undefined) void this.#wake(file);
    });
  }

  /** At rest a cell's picture or its controls are its stops of the Tab key; code and buttons are others while the focus is in the cell. */
  #stops(): void {
    const bar = this.querySelector<HTMLElement>('.cell-actions');
    if (bar === null) return;
    const summary = this.querySelector('summary');
    let within = false;
    const resting = (): boolean => !within && this.querySelector('.cell-picture, .cell-control') !== null;
    const update = roving(bar, 'button', resting);
    const follow = (inside: boolean): void => {
      within = inside;
      update();
      summary?.setAttribute('tabindex', resting() ? '-1' : '0');
    };
    follow(false);
    this.addEventListener('focusin', () => follow(true));
    this.addEventListener('focusout', ({ relatedTarget }) =>
      follow(relatedTarget instanceof Node && this.contains(relatedTarget)),
    );
  }

  get #awake(): boolean {
    return this.hasAttribute('data-live');
  }

  async #wake(file?: File): Promise<void> {
    if (this.#awake || (this.#loading && file === undefined)) return;
    this.#loading = true;
    try {
      const { awakenPage } = await told(load, (sentence) => this.#say(sentence));
      const cell = awakenPage(this);
      cell.activate();
      if (file !== undefined) cell.offer(file);
      this.#clicked?.click();
    } catch {
      this.querySelector('[data-do="run"]')?.removeAttribute('hidden');
      this.#say(`${NOT_LOADED} The result from the build stays.`);
    }
    this.#clicked = null;
    this.#loading = false;
  }

  #say(sentence: string): void {
    const box = this.querySelector<HTMLElement>('.cell-notice');
    if (box === null) return;
    box.textContent = sentence;
    box.hidden = sentence === '';
  }
}

customElements.define('julia-cell', JuliaCell);
