type FieldElement = HTMLInputElement | HTMLSelectElement;

/**
 * What the screens of all instruments share: they find their parts, read their fields and say a sentence. The parts are named by
 * `data-do` (buttons), `data-set` (fields) and `data-name` (words).
 */
export abstract class InstrumentScreen {
  protected readonly host: HTMLElement;

  constructor(host: HTMLElement) {
    this.host = host;
  }

  /** Throws Error where the markup lacks it. */
  part(selector: string, within: ParentNode = this.host): HTMLElement {
    const found = within.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`<${this.host.localName}> without ${selector}`);
    return found;
  }

  named(name: string): HTMLElement {
    return this.part(`[data-name="${name}"]`);
  }

  input(name: string): FieldElement {
    return this.part(`[data-set="${name}"]`) as FieldElement;
  }

  button(name: string): HTMLButtonElement {
    return this.part(`[data-do="${name}"]`) as HTMLButtonElement;
  }

  /** A field's value; of a checkbox `true` or `false`. */
  readonly field = (name: string): string => {
    const field = this.input(name);
    return field instanceof HTMLInputElement && field.type === 'checkbox' ? String(field.checked) : field.value;
  };

  /** Sets text only where it changes, so that nothing is read out twice. */
  text(element: HTMLElement, words: string): void {
    if (element.textContent !== words) element.textContent = words;
  }

  /** One sentence that is read out; none for ''. `field` is the one that is wrong. */
  notice(sentence: string, field: string | null = null): void {
    const box = this.part('.instrument-notice');
    box.textContent = sentence;
    box.hidden = sentence === '';
    for (const wrong of this.host.querySelectorAll('[aria-invalid]')) wrong.removeAttribute('aria-invalid');
    if (field !== null) this.input(field).setAttribute('aria-invalid', 'true');
  }

  /** Said to those who hear the page, and not shown: the status shows it already. */
  announce(sentence: string): void {
    let box = this.host.querySelector<HTMLElement>('.instrument-said');
    if (box === null) {
      box = document.createElement('p');
      box.className = 'instrument-said';
      box.setAttribute('aria-live', 'polite');
      this.host.append(box);
    }
    box.textContent = sentence;
  }

  /** The scrubber over `count` states; it stands at its end unless `index` is another. */
  look(name: string, count: number, index: number | null = null): void {
    const range = this.input(name) as HTMLInputElement;
    this.part('.instrument-look').hidden = count < 2;
    range.max = String(Math.max(0, count - 1));
    if (index === null) range.value = range.max;
  }
}
