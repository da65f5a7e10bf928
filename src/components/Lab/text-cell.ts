import { onDemand } from '../ui/on-demand.ts';

const load = onDemand(() => import('./markdown.ts'));

/** A text of the lab: shown as it reads, or being written. */
export class TextCell {
  readonly #shown: HTMLElement;
  readonly #field: HTMLTextAreaElement;
  #source = '';
  #drawn: string | null = null;

  /** @param changed the reader has written */
  constructor(section: HTMLElement, changed: (source: string) => void) {
    const shown = section.querySelector<HTMLElement>('.lab-text');
    const field = section.querySelector('textarea');
    if (shown === null || field === null) throw new Error('a text without its places');
    [this.#shown, this.#field] = [shown, field];
    shown.addEventListener('dblclick', () => this.edit());
    field.addEventListener('input', () => {
      this.#source = field.value;
      this.#fit();
      changed(field.value);
    });
    field.addEventListener('blur', () => this.close());
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.shiftKey || event.ctrlKey || event.metaKey)))
        return;
      event.preventDefault();
      this.close();
      section.querySelector<HTMLElement>('[data-lab="edit"]')?.focus();
    });
  }

  set source(source: string) {
    this.#source = source;
    if (this.#field.value !== source) this.#field.value = source;
    if (this.#field.hidden) void this.#draw();
    else this.#fit();
  }

  edit(): void {
    this.#field.value = this.#source;
    this.#field.hidden = false;
    this.#shown.hidden = true;
    this.#fit();
    this.#field.focus();
  }

  close(): void {
    if (this.#field.hidden) return;
    this.#field.hidden = true;
    this.#shown.hidden = false;
    void this.#draw();
  }

  /** As high as what is written in it. */
  #fit(): void {
    this.#field.style.blockSize = 'auto';
    this.#field.style.blockSize = `${this.#field.scrollHeight + 2}px`;
  }

  async #draw(): Promise<void> {
    const source = this.#source;
    if (source === this.#drawn) return;
    this.#drawn = source;
    // For whoever takes the text along as it was written.
    this.#shown.dataset['markdown'] = source;
    if (source.trim() === '') {
      this.#shown.replaceChildren();
      return;
    }
    try {
      const { rendered } = await load();
      if (source === this.#drawn) this.#shown.replaceChildren(rendered(source));
    } catch {
      this.#drawn = null;
      this.#shown.textContent = source;
    }
  }
}
