import { formatNumber } from '../../lib/display/number.ts';
import { colourStrip } from '../ui/colour-strip.ts';
import { InstrumentScreen } from '../ui/screen.ts';
import type { DescentFrame, CanvasPixels } from './protocol.ts';

/** The descent's elements: what they say and what they show. Knows no descent. */
export class DescentScreen extends InstrumentScreen {
  readonly #canvases = new Map<string, HTMLCanvasElement>();
  /** The colours of a change, beside their words. */
  #strip: HTMLCanvasElement | null = null;

  setField(name: string, value: string): void {
    this.input(name).value = value;
  }

  file(): File | null {
    return (this.input('file') as HTMLInputElement).files?.[0] ?? null;
  }

  status(text: string): void {
    this.part('.descent-status').textContent = text;
  }

  busy(busy: boolean): void {
    this.host.setAttribute('aria-busy', String(busy));
  }

  running(running: boolean): void {
    this.text(this.button('start'), running ? 'Pause' : 'Start');
    this.button('step').disabled = running;
  }

  progress(steps: number, of: number): void {
    const bar = this.part('progress') as HTMLProgressElement;
    bar.max = of;
    bar.value = steps;
    for (const name of ['png', 'npy']) this.button(name).disabled = false;
  }

  /** The scrubber over kept states; it stays at the latest. */
  frames(kept: readonly number[]): void {
    this.look('frame', kept.length);
    this.frameWords(kept.at(-1) ?? 0, undefined);
  }

  frameWords(step: number, loss: number | undefined): void {
    const words = loss === undefined ? `step ${step}` : `step ${step}, loss ${loss.toFixed(3)}`;
    this.named('frame').textContent = words;
    this.part('[data-set="frame"]').setAttribute('aria-valuetext', words);
  }

  draw(frame: DescentFrame): void {
    this.#paint('x', frame.x, frame.size, `X after ${frame.step} steps`);
    this.#paint('product', frame.product, frame.size, `The product of X after ${frame.step} steps`);
    this.part('[data-figure="change"]').hidden = false;
    this.#paint('change', frame.change, frame.size, `X minus the start after ${frame.step} steps`);
    const end = formatNumber(frame.reach, 2);
    const caption = this.named('change');
    caption.replaceChildren('X − start, from −', end, ' ', this.#scale(), ' to ', end);
  }

  #scale(): HTMLCanvasElement {
    if (this.#strip === null) {
      this.#strip = colourStrip('diverging');
      this.#strip.className = 'descent-scale';
      this.#strip.setAttribute('aria-hidden', 'true');
    }
    return this.#strip;
  }

  #paint(name: string, pixels: CanvasPixels, size: number, label: string): void {
    const canvas = this.#canvases.get(name) ?? this.#canvas(name);
    if (canvas.width !== size) canvas.width = canvas.height = size;
    canvas.setAttribute('aria-label', label);
    canvas.getContext('2d')?.putImageData(new ImageData(pixels, size, size), 0, 0);
  }

  /** A canvas in place of the build's image. */
  #canvas(name: string): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    canvas.dataset['picture'] = name;
    const image = this.host.querySelector(`img[data-picture="${name}"]`);
    if (image) image.replaceWith(canvas);
    else this.part(`[data-figure="${name}"]`).prepend(canvas);
    this.#canvases.set(name, canvas);
    return canvas;
  }
}
