import type { PaletteColours } from '../../lib/scene/shading.ts';
import type { Rgb } from '../../lib/scene/palette.ts';

// The page's custom properties decide; these stand in where a page sets none.
const SOURCES: Readonly<Record<keyof PaletteColours, string>> = {
  left: 'var(--left, #2a6fc9)',
  right: 'var(--right, #d9741a)',
  product: 'var(--product, currentColor)',
  mean: 'var(--mean, #8a7a52)',
  covariance: 'var(--covariance, #2f8f6b)',
  rule: 'color-mix(in srgb, currentColor 55%, transparent)',
};

/** The colour code as it holds at an element, in sRGB bytes: any CSS colour, any theme. */
export function readColours(element: HTMLElement): PaletteColours {
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = (source: string): Rgb => {
    probe.style.color = '';
    probe.style.color = source;
    return toBytes(pen, getComputedStyle(probe).color);
  };
  const colours: PaletteColours = {
    left: read(SOURCES.left),
    right: read(SOURCES.right),
    product: read(SOURCES.product),
    mean: read(SOURCES.mean),
    covariance: read(SOURCES.covariance),
    rule: read(SOURCES.rule),
  };
  probe.remove();
  return colours;
}

// Painting the colour and looking at it understands every notation the browser does.
function toBytes(pen: CanvasRenderingContext2D | null, colour: string): Rgb {
  if (!pen) return [128, 128, 128];
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** Calls back when the theme changes: the system's, or an attribute of the root element. */
export function onTheme(callback: () => void, signal: AbortSignal): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', callback, { signal });
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'data-theme', 'style'] });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
}
