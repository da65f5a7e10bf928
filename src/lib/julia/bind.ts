/** What a control's setting is worth to the program, and whether the control can be set so at all. */

import { argumentError } from './errors.ts';
import { sameBound, type BoundValue, type Control } from './view.ts';
import type { Value, Widget } from './values.ts';

/** @throws JuliaError ArgumentError for a setting that the control does not offer; a slider takes the nearest of its values */
export function admitted(control: Control, value: BoundValue): BoundValue {
  const refuse = (): never => {
    throw argumentError(`\`${control.name}\` cannot be set to ${JSON.stringify(value)}`);
  };
  switch (control.kind) {
    case 'checkbox':
      return typeof value === 'boolean' ? value : refuse();
    case 'select':
      return control.options.some((option) => sameBound(option.value, value)) ? value : refuse();
    case 'slider': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return refuse();
      if (control.values) {
        return control.values.reduce((best, x) => (Math.abs(x - value) < Math.abs(best - value) ? x : best));
      }
      const { start, step, stop } = control;
      const last = step === 0 ? 0 : Math.round((stop - start) / step);
      const k = step === 0 ? 0 : Math.min(last, Math.max(0, Math.round((value - start) / step)));
      // Settings come from the range itself, where rounding was done with more care than here.
      return Math.abs(start + k * step - value) <= 1e-9 * Math.max(Math.abs(step), Math.abs(value))
        ? value
        : start + k * step;
    }
  }
}

/** The setting as a value of the language. */
export function boundAs(widget: Widget, value: BoundValue): Value {
  const { control, options } = widget;
  if (control.kind === 'slider') return control.integer ? BigInt(Math.round(Number(value))) : Number(value);
  if (control.kind === 'checkbox') return value === true;
  const k = control.options.findIndex((option) => sameBound(option.value, value));
  return options[k] ?? null;
}
