/** The trainer's elements: what they say and what they show. Knows no training. */
import { ARM_NAMES, ARMS } from '../../lib/attention/transforms.ts';
import { InstrumentScreen } from '../ui/screen.ts';
import type { Curve, CurveKind } from './curves.ts';
import { curvesSvg, layOut } from './curves.ts';
import type { SideName } from './sides.ts';
import { SIDES } from './sides.ts';
import type { NumberName } from './settings.ts';
import { meaningOf } from './settings.ts';

const KINDS: readonly CurveKind[] = ['loss', 'accuracy'];

export class TrainerScreen extends InstrumentScreen {
  /** A part of a side's result. */
  of(side: SideName, name: string): HTMLElement {
    return this.part(`[data-name="${name}"]`, this.result(side));
  }

  result(side: SideName): HTMLElement {
    return this.part(`.trainer-result[data-side="${side}"]`);
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
