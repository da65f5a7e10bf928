import { describe, pictureFacts } from '../../lib/display/describe.ts';
import { asPicture, type Extremes, type PictureValue } from '../../lib/display/picture.ts';
import { seen } from '../../lib/display/seen.ts';
import type { ColourmapName } from '../../lib/image/colourmap-names.ts';
import type { MatrixView, PlotView, Trouble } from '../../lib/julia/view.ts';
import type { DrawnReport } from '../../notebook/protocol.ts';
import { loadPlot } from './panels.ts';
import { part } from './part.ts';
import { PictureView } from './picture-view.ts';
import { fileName, resultHtml } from './result-html.ts';
import { scaleBar } from './scale.ts';

/** How long a result stands before it is told. */
const TELL_AFTER_MS = 300;

/** What a cell shows of its result: a picture with its scale, numbers, a chart, text; what was printed; an error in words. */
export class ResultView {
  readonly #cell: HTMLElement;
  #picture: PictureView | null = null;
  #last: DrawnReport | null = null;
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(cell: HTMLElement) {
    this.#cell = cell;
    this.#adoptPicture();
  }

  /** The picture on screen, if the result is one. */
  get picture(): PictureValue | null {
    return this.#picture?.value ?? null;
  }

  get map(): ColourmapName {
    return this.#picture?.map ?? 'grey';
  }

  set map(map: ColourmapName) {
    if (map === this.map) return;
    this.#picture?.setMap(map);
    this.#scale();
  }

  /** The result as numbers, where it is an array of them. */
  get numbers(): MatrixView | null {
    const view = this.#last?.view;
    return view?.kind === 'matrix' ? view : null;
  }

  /** The result as rows and columns of numbers, where it is that. */
  get matrix(): MatrixView | null {
    const view = this.numbers;
    return view !== null && !view.vector && view.rows * view.cols > 0 ? view : null;
  }

  /** What a file of the result is called. */
  get file(): string {
    return fileName(this.#cell.dataset['page'] ?? 'cell', this.#cell.id);
  }

  show(report: DrawnReport): void {
    this.#last = report;
    part(this.#cell, '.cell-printed').textContent = report.printed;
    this.showTrouble(report.trouble);
    if (report.trouble === null && report.view !== null) this.#showView(report);
  }

  /** An error in words and where it is; null takes it away. */
  showTrouble(trouble: Trouble | null): void {
    const box = part(this.#cell, '.cell-trouble');
    box.hidden = trouble === null;
    box.replaceChildren();
    // What is still to be seen is an older program's.
    this.#cell.toggleAttribute('data-stale', trouble !== null);
    if (trouble === null) return;
    const place = document.createElement('small');
    place.textContent = `line ${trouble.line}, column ${trouble.column}`;
    const words = document.createElement('span');
    words.textContent = trouble.message;
    box.append(words, ' ', place);
  }

  #adoptPicture(): void {
    const host = this.#cell.querySelector<HTMLElement>('.cell-picture');
    this.#picture = host === null ? null : new PictureView(host, part(this.#cell, '.cell-readout'));
  }

  #showView({ view, drawn }: DrawnReport): void {
    const show = this.#cell.dataset['show'] ?? 'auto';
    if (view === null) return;
    if (view.kind === 'plot') {
      if (show === 'none') this.#showHtml('');
      else void this.#draw(view);
      return;
    }
    const result = describe(view, show, drawn);
    const picture = asPicture(view, show);
    if (picture !== null && result.kind === 'picture') {
      if (this.#picture === null) {
        part(this.#cell, '.cell-value').innerHTML = '<div class="cell-picture" tabindex="0"></div>';
        this.#adoptPicture();
      }
      if (this.#picture === null) return;
      this.#picture.facts = pictureFacts(result);
      this.#picture.show(picture, drawn?.pixels);
      this.#tell(picture, result);
      this.#scale();
      return;
    }
    this.#showHtml(resultHtml(result));
  }

  /** A chart, by the part that draws them. What was shown meanwhile is newer, and stays. */
  async #draw(view: PlotView): Promise<void> {
    const asked = this.#last;
    let html: string;
    try {
      html = (await loadPlot()).drawPlot(view, this.file);
    } catch (error) {
      html = resultHtml({ kind: 'text', text: error instanceof Error ? error.message : String(error) });
    }
    if (this.#last === asked) this.#showHtml(html);
  }

  #showHtml(html: string): void {
    this.#picture = null;
    this.#scale();
    part(this.#cell, '.cell-readout').textContent = '';
    part(this.#cell, '.cell-value').innerHTML = html;
  }

  /** Says what the picture looks like once it stands: while a hand moves a slider nobody could listen. */
  #tell(picture: PictureValue, extremes: Extremes): void {
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => {
      if (this.#picture?.value === picture) this.#picture.tell(seen(picture, extremes));
    }, TELL_AFTER_MS);
  }

  /** The scale beside a colour map other than grey. */
  #scale(): void {
    this.#cell.querySelector('.cell-scale')?.remove();
    const { value, map } = this.#picture ?? { value: null, map: 'grey' };
    if (value?.kind === 'matrix' && map !== 'grey') part(this.#cell, '.cell-readout').after(scaleBar(value, map));
  }
}
