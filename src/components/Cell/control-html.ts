/** The markup of a control, the same from the build and from the live part. Pure text. */

import { sameBound, type BoundValue, type Control } from '../../lib/julia/view.ts';
import { escapeHtml } from '../../lib/display/html.ts';
import { formatNumber } from '../../lib/display/number.ts';

export type SliderControl = Control & { readonly kind: 'slider' };

/** How many stops the slider has: positions 0 ... n - 1. */
export function sliderLength(control: SliderControl): number {
  if (control.values !== undefined) return control.values.length;
  // The tolerance is Julia's own idea of a range: 0:0.1:1 ends at 1 although 10 x 0.1 misses it by rounding.
  return Math.floor((control.stop - control.start) / control.step + 1e-9) + 1;
}

export function sliderValue(control: SliderControl, position: number): number {
  if (control.values !== undefined) return control.values[position] ?? control.initial;
  const value = control.start + position * control.step;
  if (control.integer) return Math.round(value);
  // Twelve decimals hide the rounding of start + k step without touching a step anybody writes.
  return Number(value.toFixed(12));
}

export function sliderPosition(control: SliderControl, value: number): number {
  const last = sliderLength(control) - 1;
  if (control.values === undefined)
    return Math.min(last, Math.max(0, Math.round((value - control.start) / control.step)));
  let best = 0;
  control.values.forEach((candidate, k) => {
    if (Math.abs(candidate - value) < Math.abs((control.values?.[best] ?? NaN) - value)) best = k;
  });
  return best;
}

/** A value as the reader sees it beside the control. */
export function valueText(value: BoundValue): string {
  if (typeof value === 'number') return formatNumber(value, 5);
  return typeof value === 'object' ? value.symbol : String(value);
}

/** One labelled control: its name in code type, the input, its value, and a reset that shows once the value was moved. */
export function controlHtml(cellId: string, control: Control): string {
  const id = `${cellId}-bind-${control.name}`;
  const name = escapeHtml(control.name);
  const label = `<label for="${escapeHtml(id)}"><code>${name}</code></label>`;
  const reset = `<button type="button" class="cell-unset" data-unset="${name}" aria-label="Reset ${name}" title="Reset ${name}" disabled>↺</button>`;
  const open = `<div class="cell-control cell-control-${control.kind}" data-bind="${name}">`;
  switch (control.kind) {
    case 'slider': {
      const at = sliderPosition(control, control.initial);
      const text = escapeHtml(valueText(control.initial));
      return `${open}${label}<input type="range" id="${escapeHtml(id)}" min="0" max="${sliderLength(control) - 1}" step="1" value="${at}" aria-valuetext="${text}" autocomplete="off"><output for="${escapeHtml(id)}">${text}</output>${reset}</div>`;
    }
    case 'select': {
      const options = control.options.map(
        ({ value, label: text }, k) =>
          `<option value="${k}"${sameBound(value, control.initial) ? ' selected' : ''}>${escapeHtml(text)}</option>`,
      );
      return `${open}${label}<select id="${escapeHtml(id)}" autocomplete="off">${options.join('')}</select>${reset}</div>`;
    }
    case 'checkbox':
      // A switch is its own way back.
      return `${open}<input type="checkbox" id="${escapeHtml(id)}"${control.initial ? ' checked' : ''} form="unkept">${label}</div>`;
  }
}
