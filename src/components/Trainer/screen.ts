/** The trainer's elements: what they say and what they show. Knows no training. */
import { ARM_NAMES, ARMS } from '../../lib/attention/transforms.ts';
import type { Curve, CurveKind } from './curves.ts';
import { curvesSvg, layOut } from './curves.ts';
import type { SideName } from './protocol.ts';
import { SIDES } from './protocol.ts';
import type { NumberName } from './settings.ts';
import { meaningOf } from './settings.ts';

type FieldElement = HTMLInputElement | HTMLSelectElement;

const KINDS: readonly CurveKind[] = ['loss', 'accuracy'];

export class Screen {
  readonly #host: HTMLElement;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  part(selector: string, within: ParentNode = this.#host): HTMLElement {
    const found = within.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`a trainer without ${selector}`);
    return found;
  }

  named(name: string): HTMLElement {
    return this.part(`[data-name="${name}"]`);
  }

  /** A part of a side's result. */
  of(side: SideName, name: string): HTMLElement {
    return this.part(`[data-name="${name}"]`, this.result(side));
  }

  result(side: SideName): HTMLElement {
    return this.part(`.trainer-result[data-side="${side}"]`);
  }

  input(name: string): FieldElement {
    return this.part(`[data-set="${name}"]`) as FieldElement;
  }

  readonly field = (name: string): string => {
    const field = this.input(name);
    return field instanceof HTMLInputElement && field.type === 'checkbox' ? String(field.checked) : field.value;
  };

  button(name: string): HTMLButtonElement {
    return this.part(`[data-do="${name}"]`) as HTMLButtonElement;
  }

  /** Sets text only where it changes, so that nothing is read out twice. */
  text(element: HTMLElement, words: string): void {
    if (element.textContent !== words) element.textContent = words;
  }

  /** One sentence that is read out; none for ''. `field` is the one that is wrong. */
  notice(sentence: string, field: string | null = null): void {
    const box = this.part('.trainer-notice');
    box.textContent = sentence;
    box.hidden = sentence === '';
    for (const wrong of this.#host.querySelectorAll('[aria-invalid]')) wrong.removeAttribute('aria-invalid');
    if (field !== null) this.input(field).setAttribute('aria-invalid', 'true');
  }

  /** Said to those who hear the page, and not shown: the status shows it already. */
  announce(sentence: string): void {
    let box = this.#host.querySelector<HTMLElement>('.trainer-said');
    if (box === null) {
      box = document.createElement('p');
      box.className = 'trainer-said';
      box.setAttribute('aria-live', 'polite');
      this.#host.append(box);
    }
    box.textContent = sentence;
  }

  main(label: string): void {
    this.text(this.button('start'), label);
  }

  progress(side: SideName, step: number, steps: number): void {
    const bar = this.part('progress', this.result(side)) as HTMLProgressElement;
    bar.max = steps;
    bar.value = step;
  }

  charts(curves: readonly Curve[]): void {
    for (const kind of KINDS) this.part(`[data-chart="${kind}"]`).innerHTML = curvesSvg(kind, curves);
    const { each } = layOut('loss', curves);
    this.text(this.named('each'), each > 1 ? `, each point the mean of ${each} steps` : '');
  }

  /** The fields of an arm: what it means, and its alpha if it has one. */
  arm(side: SideName): void {
    const arm = ARM_NAMES.find((name) => name === this.field(`${side}-arm`)) ?? 'V';
    this.text(this.named(`${side}-meaning`), meaningOf(arm));
    this.named(`${side}-alpha`).hidden = !ARMS[arm].usesAlpha;
  }

  /** What a task proposes, in the number fields. */
  fill(side: SideName, values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values)) this.input(`${side}-${name}`).value = value;
  }

  /** One set of fields for both sides, or one each; the right one starts as a copy. */
  share(shared: boolean, names: readonly NumberName[]): void {
    const right = this.part('[data-fields="right"]');
    if (!shared && right.hidden)
      for (const name of ['task', ...names]) this.input(`right-${name}`).value = this.input(`left-${name}`).value;
    right.hidden = shared;
    this.text(this.named('left-fields'), shared ? 'Both' : 'Left');
  }

  /** The scrubber over `count` readings. It stays at its end while it is there. */
  look(count: number, index: number | null): void {
    const range = this.input('look') as HTMLInputElement;
    this.part('.trainer-look').hidden = count < 2;
    range.max = String(Math.max(0, count - 1));
    if (index === null) range.value = range.max;
  }

  lookWords(words: string): void {
    this.text(this.named('look'), words);
    this.input('look').setAttribute('aria-valuetext', words);
  }

  /** The heads that can be shown as a cube. */
  heads(options: readonly (readonly [string, string])[]): void {
    const select = this.input('cube') as HTMLSelectElement;
    const present = [...select.options].map(({ value, text }) => `${value}${text}`).join();
    if (present === options.map(([value, text]) => `${value}${text}`).join()) return;
    const { value } = select;
    select.replaceChildren(...options.map(([key, words]) => new Option(words, key, false, key === value)));
    select.disabled = this.button('cube').disabled = options.length === 0;
  }

  saving(alive: Readonly<Record<SideName, boolean>>, any: boolean): void {
    this.button('json').disabled = !any;
    for (const side of SIDES) this.button(`weights-${side}`).disabled = !alive[side];
  }
}
