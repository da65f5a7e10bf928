import { escapeHtml } from '../../lib/display/html.ts';
import { CHART_HEIGHT } from '../../lib/scene/chart.ts';
import type { Band, Mark } from '../../lib/scene/chart.ts';

/** The stacked charts of a trace as HTML: written into the page at build time, and filled again by the live element. */
export function traceMarkup(bands: readonly Band[], count: number): string {
  const axis = `<p class="trace-axis" aria-hidden="true"><span><var>k</var> = 1</span><span data-part="count">${count}</span></p>`;
  return bands.map((band) => bandMarkup(band, count)).join('') + axis;
}

function bandMarkup(band: Band, count: number): string {
  return `<div class="trace-band" data-band="${band.id}">
<p class="trace-title"><span data-part="title">${escapeHtml(band.title)}</span> <span class="trace-value" data-part="readout">${escapeHtml(band.readout)}</span></p>
<div class="trace-chart"><span class="trace-scale" aria-hidden="true"><span data-part="high">${escapeHtml(band.high)}</span><span data-part="low">${escapeHtml(band.low)}</span></span>
<svg viewBox="0 0 ${count} ${CHART_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${band.marks.map(markMarkup).join('')}</svg></div></div>`;
}

function markMarkup(mark: Mark): string {
  return `<path class="trace-${mark.fill ? 'fill' : 'line'} ink-${mark.ink}" d="${mark.d}"/>`;
}

/** Brings charts made by `traceMarkup` up to date without building them again. */
export function updateTrace(root: Element, bands: readonly Band[], count: number): void {
  const last = root.querySelector('[data-part="count"]');
  if (last && last.textContent !== String(count)) last.textContent = String(count);
  for (const band of bands) {
    const box = root.querySelector(`[data-band="${band.id}"]`);
    if (!box) continue;
    for (const part of ['title', 'readout', 'high', 'low'] as const) {
      const node = box.querySelector(`[data-part="${part}"]`);
      if (node && node.textContent !== band[part]) node.textContent = band[part];
    }
    const svg = box.querySelector('svg');
    svg?.setAttribute('viewBox', `0 0 ${count} ${CHART_HEIGHT}`);
    band.marks.forEach((mark, index) => svg?.children[index]?.setAttribute('d', mark.d));
  }
}
