import type { ColourmapName } from '../../lib/image/colourmap-names.ts';
import { formatNumber } from '../../lib/display/number.ts';
import { colourRange } from '../../lib/display/picture.ts';
import type { MatrixView } from '../../lib/julia/view.ts';
import { colourStrip } from '../ui/colour-strip.ts';

/** A colour map's own scale, with the values at its ends. Grey needs none: black is 0 and white is 1. */
export function scaleBar(view: MatrixView, map: ColourmapName): HTMLElement {
  const { low, high } = colourRange(view, map);
  const element = document.createElement('div');
  element.className = 'cell-scale';
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', `Colours from ${formatNumber(low)} to ${formatNumber(high)}`);
  element.append(formatNumber(low), colourStrip(map), formatNumber(high));
  return element;
}
