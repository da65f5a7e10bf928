import { sameBound, type BoundValue, type Control } from '../../lib/julia/view.ts';
import { controlHtml, sliderPosition, sliderValue, valueText } from './control-html.ts';

/** The live side of a cell's controls: what they hold, and their resets. */
export class Controls {
  readonly #host: HTMLElement;
  readonly #id: string;
  readonly #changed: (name: string, value: BoundValue) => void;
  #controls: readonly Control[];

  /** @param controls those in the HTML already. */
  constructor(
    host: HTMLElement,
    id: string,
    controls: readonly Control[],
    changed: (name: string, value: BoundValue) => void,
  ) {
    this.#host = host;
    this.#id = id;
    this.#controls = controls;
    this.#changed = changed;
    host.addEventListener('input', (event) => this.#input(event.target));
    host.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-unset]') : null;
      if (button !== null) this.reset(button.dataset['unset'] ?? '');
    });
  }

  /** Values that differ from the initial ones: what the reader moved before the live part was there. */
  moved(): [string, BoundValue][] {
    return this.#controls.flatMap((control): [string, BoundValue][] => {
      const value = this.#read(control);
      return value === null || sameBound(value, control.initial) ? [] : [[control.name, value]];
    });
  }

  /** Shows the controls that a run reported; those that are the same stay as the reader set them. */
  update(controls: readonly Control[]): void {
    if (JSON.stringify(controls) === JSON.stringify(this.#controls)) return;
    this.#controls = controls;
    this.#host.hidden = controls.length === 0;
    this.#host.innerHTML = controls.map((control) => controlHtml(this.#id, control)).join('');
  }

  reset(name: string): void {
    const control = this.#controls.find((one) => one.name === name);
    const input = this.#element(name);
    if (control === undefined || input === null) return;
    put(input, control, control.initial);
    this.#input(input);
    input.focus();
  }

  resetAll(): void {
    for (const [name] of this.moved()) this.reset(name);
  }

  /** Shows values that were set elsewhere, by an exercise say; what is set nowhere stands as the program has it. */
  follow(bound: ReadonlyMap<string, BoundValue>): void {
    for (const control of this.#controls) {
      const value = bound.get(control.name) ?? control.initial;
      const now = this.#read(control);
      const input = this.#element(control.name);
      const row = input?.closest<HTMLElement>('[data-bind]');
      if (now === null || sameBound(now, value) || !input || !row) continue;
      put(input, control, value);
      this.#say(row, control, value);
    }
  }

  #input(target: EventTarget | null): void {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-bind]') : null;
    const control = this.#controls.find((one) => one.name === row?.dataset['bind']);
    if (row === null || control === undefined) return;
    const value = this.#read(control);
    if (value === null) return;
    this.#say(row, control, value);
    this.#changed(control.name, value);
  }

  #say(row: HTMLElement, control: Control, value: BoundValue): void {
    const output = row.querySelector('output');
    if (output !== null) output.textContent = valueText(value);
    row.querySelector('input[type=range]')?.setAttribute('aria-valuetext', valueText(value));
    row.querySelector('[data-unset]')?.toggleAttribute('disabled', sameBound(value, control.initial));
  }

  #read(control: Control): BoundValue | null {
    const input = this.#element(control.name);
    if (input === null) return null;
    if (control.kind === 'checkbox') return input instanceof HTMLInputElement && input.checked;
    if (control.kind === 'slider') return sliderValue(control, Number(input.value));
    return control.options[Number(input.value)]?.value ?? null;
  }

  #element(name: string): HTMLInputElement | HTMLSelectElement | null {
    return this.#host.querySelector(`[data-bind="${CSS.escape(name)}"] :is(input, select)`);
  }
}

function put(input: HTMLInputElement | HTMLSelectElement, control: Control, value: BoundValue): void {
  if (control.kind === 'checkbox' && input instanceof HTMLInputElement) input.checked = value === true;
  if (control.kind === 'slider') input.value = String(sliderPosition(control, Number(value)));
  if (control.kind === 'select')
    input.value = String(control.options.findIndex((option) => sameBound(option.value, value)));
}
