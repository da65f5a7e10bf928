/**
 * <lab-notebook>: the small loader. The live part comes at the first touch, with a link or an article to open, or where there is something
 * from before; what the reader pressed meanwhile is pressed again there.
 */

import { onDemand } from '../ui/on-demand.ts';

const load = onDemand(() => import('./live.ts'));
type Live = Awaited<ReturnType<typeof load>>;

class LabNotebook extends HTMLElement {
  connectedCallback(): void {
    for (const cause of ['pointerover', 'focusin', 'input']) this.addEventListener(cause, () => void this.#wake());
    this.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest<HTMLElement>('[data-lab], .cell-code') : null;
      if (button !== null) void this.#wake((lab, live) => live.press(lab, button));
    });
    this.addEventListener('change', ({ target }) => {
      if (!(target instanceof HTMLInputElement) || !target.matches('.lab-file')) return;
      const file = target.files?.[0];
      target.value = '';
      if (file !== undefined) void this.#wake((lab) => void lab.bring(file));
    });
    const copy = (): void => void this.#wake((lab) => void lab.copyLink());
    document.addEventListener('copy-link', copy);
    for (const button of document.querySelectorAll<HTMLElement>('[data-copy-link]')) {
      button.hidden = false;
      button.addEventListener('click', copy);
    }
    document.addEventListener('dragover', (event) => event.preventDefault());
    document.addEventListener('drop', (event) => this.#drop(event), true);
    addEventListener('hashchange', () => this.#look());
    this.#look();
  }

  /** A picture that is dropped on a cell is the cell's; everything else is the lab's. */
  #drop(event: DragEvent): void {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    const onCell =
      event.target instanceof Element && event.target.closest('julia-cell:not([data-pictures=""])') !== null;
    if (onCell && !/\.(ipynb|jl)$/i.test(file.name)) return;
    event.preventDefault();
    event.stopPropagation();
    void this.#wake((lab) => void lab.bring(file));
  }

  #look(): void {
    const { hash, search } = location;
    if (hash.startsWith('#lab=') || search.includes('open=') || kept()) void this.#wake((lab) => lab.openAddress());
  }

  #wake(act?: (lab: ReturnType<Live['labOf']>, live: Live) => void): Promise<void> {
    return load().then(
      (live) => {
        const lab = live.labOf(this);
        act?.(lab, live);
      },
      (error: unknown) => {
        const say = this.querySelector('.lab-say');
        if (say !== null && act !== undefined) say.textContent = error instanceof Error ? error.message : String(error);
      },
    );
  }
}

/** What is kept of the notebook while the tab lives, or what an article has handed over. */
function kept(): boolean {
  try {
    return ['lab', 'lab:given'].some((key) => sessionStorage.getItem(key) !== null);
  } catch {
    return false;
  }
}

customElements.define('lab-notebook', LabNotebook);
