import type { Control, MatrixView, Trouble } from '../../lib/julia/view.ts';
import { Controls } from './controls.ts';
import { describe, pictureFacts } from '../../lib/display/describe.ts';
import { asPicture } from '../../lib/display/picture.ts';
import { LiveCode } from './live-code.ts';
import type { Session } from '../../notebook/session.ts';
import type { PicturesPanel } from './panel-pictures.ts';
import { loadMore, loadPictures, loadViews } from './panels.ts';
import { PictureView } from './picture-view.ts';
import { paint } from './paint-queue.ts';
import { fileName, resultHtml } from './result-html.ts';
import type { DrawnReport } from '../../notebook/protocol.ts';
import { scaleBar } from './scale.ts';
import type { ViewsPanel } from '../Views/panel-views.ts';

/** How long a run lasts before the cell says that it waits, and before it offers to stop. */
const SAY_AFTER_MS = 200;
const STOP_AFTER_MS = 1500;
/** How long a mouse rests on a cell before it is computed. */
const HOVER_MS = 120;

/** One cell, alive: its picture, controls, editor, panels and status. */
export class LiveCell {
  readonly #element: HTMLElement;
  readonly #page: Session;
  readonly #controls: Controls;
  readonly #code: LiveCode;
  #picture: PictureView | null = null;
  #pictures: PicturesPanel | null = null;
  #views: ViewsPanel | null = null;
  #engine = '';
  #busySince = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: DrawnReport | null = null;

  constructor(element: HTMLElement, page: Session) {
    this.#element = element;
    element.dataset['live'] = '';
    this.#page = page;
    this.#code = new LiveCode(element, page, {
      trouble: (trouble) => this.#showTrouble(trouble),
      notice: (sentence) => this.#notice(sentence),
      opened: () => this.activate(),
    });
    const host = this.#part('.cell-controls');
    this.#controls = new Controls(
      host,
      element.id,
      JSON.parse(host.dataset['controls'] ?? '[]') as Control[],
      (name, value) => page.setBound(name, value),
    );
    this.#adoptPicture();
    page.listen(element.id, {
      report: (report) => paint(this, () => this.#show(report)),
      busy: (busy) => this.#busy(busy),
      notice: (sentence) => this.#notice(sentence),
      engine: (words) => this.#setEngine(words),
      picture: () => this.#pictures?.refresh(),
    });
    element.addEventListener('click', (event) => this.#click(event));
    element.addEventListener('dragover', (event) => event.preventDefault());
    element.addEventListener('drop', (event) => this.#drop(event));
    element.addEventListener('paste', (event) => this.#paste(event));
    let hover: ReturnType<typeof setTimeout> | undefined;
    element.addEventListener('focusin', () => this.activate());
    element.addEventListener('pointerenter', (event) => {
      // A mouse on its way to somewhere else starts nothing.
      if (event.pointerType !== 'touch') hover = setTimeout(() => this.activate(), HOVER_MS);
    });
    element.addEventListener('pointerleave', () => clearTimeout(hover));
    this.#part('.cell-code').addEventListener('dblclick', () => void this.#code.edit());
    for (const [name, value] of this.#controls.moved()) page.setBound(name, value);
  }

  /** Computes the cell unless it is computed. */
  activate(): void {
    if (this.#page.original(this.#element.id)?.unparsed !== true) this.#page.activate(this.#element.id);
  }

  /** Gives the cell a picture file, as dropping one on it does. */
  offer(file: Blob): void {
    void this.#openPictures().then((panel) => panel.offer(file));
  }

  #part(selector: string): HTMLElement {
    const found = this.#element.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`a cell without ${selector}`);
    return found;
  }

  #button(name: string): HTMLButtonElement {
    return this.#part(`[data-do="${name}"]`) as HTMLButtonElement;
  }

  #adoptPicture(): void {
    const host = this.#element.querySelector<HTMLElement>('.cell-picture');
    if (host === null) {
      this.#picture = null;
      return;
    }
    this.#picture = new PictureView(host, this.#part('.cell-readout'));
  }

  #click(event: Event): void {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do]') : null;
    switch (button?.dataset['do']) {
      case 'run':
        if (this.#busySince !== 0 && button.classList.contains('cell-stop')) this.#page.stop();
        else void this.#code.run();
        break;
      case 'edit':
        void this.#code.edit();
        break;
      case 'reset':
        this.#code.reset();
        this.#controls.resetAll();
        break;
      case 'pictures':
        this.#toggle('pictures');
        break;
      case 'views':
      case 'more':
        this.#toggle(button.dataset['do']);
        break;
    }
  }

  #show(report: DrawnReport): void {
    this.#last = report;
    this.#part('.cell-printed').textContent = report.printed;
    if (report.trouble !== null) this.#showTrouble(report.trouble);
    else {
      this.#clearTrouble();
      if (report.view !== null) this.#showView(report);
      this.#button('views').hidden = this.#matrix === null;
      this.#views?.refresh();
    }
    // A cell that failed reports no controls; they stay, since moving one back may be the remedy.
    if (report.trouble === null) this.#controls.update(report.controls);
    if (this.#element.dataset['pictures'] !== this.#page.picturesOf(this.#element.id).join(' '))
      this.#refreshPictures();
    this.#setStatus(`${this.#engine.split(':')[0] ?? ''} · ${formatMs(report.milliseconds)}`);
  }

  #refreshPictures(): void {
    const names = this.#page.picturesOf(this.#element.id);
    this.#element.dataset['pictures'] = names.join(' ');
    this.#button('pictures').hidden = names.length === 0;
    this.#pictures?.refresh();
  }

  #showView({ view, drawn }: DrawnReport): void {
    const show = this.#element.dataset['show'] ?? 'auto';
    if (view === null) return;
    const result = describe(view, show, drawn);
    const picture = asPicture(view, show);
    if (picture !== null && result.kind === 'picture') {
      if (this.#picture === null) {
        this.#part('.cell-value').innerHTML = '<div class="cell-picture" tabindex="0"></div>';
        this.#adoptPicture();
      }
      if (this.#picture === null) return;
      this.#picture.facts = pictureFacts(result);
      this.#picture.show(picture, `Result: ${pictureFacts(result)}`, drawn?.pixels);
      this.#scale();
      return;
    }
    this.#picture = null;
    this.#scale();
    this.#part('.cell-readout').textContent = '';
    this.#part('.cell-value').innerHTML = resultHtml(result, this.#file);
  }

  /** The scale beside a colour map other than grey. */
  #scale(): void {
    this.#element.querySelector('.cell-scale')?.remove();
    const { value, map } = this.#picture ?? { value: null, map: 'grey' };
    if (value?.kind === 'matrix' && map !== 'grey') this.#part('.cell-readout').after(scaleBar(value, map));
  }

  #showTrouble(trouble: Trouble): void {
    const box = this.#part('.cell-trouble');
    box.hidden = false;
    const place = document.createElement('small');
    place.textContent = `line ${trouble.line}, column ${trouble.column}`;
    const words = document.createElement('span');
    words.textContent = trouble.message;
    box.replaceChildren(words, ' ', place);
    this.#code.mark(trouble);
  }

  #clearTrouble(): void {
    const box = this.#part('.cell-trouble');
    box.hidden = true;
    box.replaceChildren();
    this.#code.mark(null);
  }

  #busy(busy: boolean): void {
    clearTimeout(this.#timer);
    this.#element.toggleAttribute('data-busy', busy);
    this.#part('.cell-result').setAttribute('aria-busy', String(busy));
    if (!busy) {
      this.#busySince = 0;
      this.#runButton(false);
      return;
    }
    if (this.#busySince === 0) this.#busySince = performance.now();
    this.#tick();
  }

  /** Says how long the reader has been waiting, once a second, while there is something to wait for. */
  #tick(): void {
    const since = performance.now() - this.#busySince;
    if (since >= SAY_AFTER_MS) {
      const what = this.#engine === '' ? 'loading the engine' : 'computing';
      this.#setStatus(since < 1000 ? `${what} …` : `${what} … ${Math.floor(since / 1000)} s`);
    }
    this.#runButton(since >= STOP_AFTER_MS && this.#engine !== '');
    const next = since < SAY_AFTER_MS ? SAY_AFTER_MS - since : since < STOP_AFTER_MS ? STOP_AFTER_MS - since : 1000;
    this.#timer = setTimeout(() => this.#tick(), next);
  }

  #runButton(stops: boolean): void {
    const button = this.#button('run');
    button.classList.toggle('cell-stop', stops);
    button.textContent = stops ? 'Stop' : 'Run';
  }

  #setStatus(text: string): void {
    this.#part('.cell-status').textContent = text;
  }

  #setEngine(words: string): void {
    this.#engine = words;
    this.#part('.cell-status').title = words;
  }

  #notice(sentence: string): void {
    const box = this.#part('.cell-notice');
    box.textContent = sentence;
    box.hidden = sentence === '';
  }

  get #file(): string {
    return fileName(this.#element.dataset['page'] ?? 'cell', this.#element.id);
  }

  /** The result as rows and columns of numbers, where it is that. */
  get #matrix(): MatrixView | null {
    const view = this.#last?.view;
    return view?.kind === 'matrix' && !view.vector && view.rows * view.cols > 0 ? view : null;
  }

  #toggle(name: 'pictures' | 'views' | 'more'): void {
    const button = this.#button(name);
    const panel = this.#part(`[data-panel="${name}"]`);
    const expand = (open: boolean): void => {
      panel.hidden = !open;
      button.setAttribute('aria-expanded', String(open));
    };
    const open = Boolean(panel.hidden);
    expand(open);
    if (!open && name !== 'views') return;
    const opening = {
      views: () => this.#openViews(panel),
      pictures: () => this.#openPictures(),
      more: () => this.#openMore(panel),
    };
    opening[name]().catch(() => {
      expand(false);
      this.#notice('This part could not be loaded; are you offline? Press again once you are online.');
    });
  }

  async #openViews(panel: HTMLElement): Promise<void> {
    this.activate();
    const { ViewsPanel } = await loadViews();
    this.#views ??= new ViewsPanel(panel, {
      page: this.#page,
      program: () => this.#page.program(this.#element.id),
      matrix: () => this.#matrix,
      leave: () => {
        this.#toggle('views');
        this.#button('views').focus();
      },
    });
    this.#views.refresh();
  }

  async #openMore(panel: HTMLElement): Promise<void> {
    this.activate();
    const { openMore } = await loadMore();
    openMore(panel, {
      value: () => this.#picture?.value ?? null,
      vector: () => (this.#last?.view?.kind === 'matrix' ? this.#last.view : null),
      file: this.#file,
      map: () => this.#picture?.map ?? 'grey',
      setMap: (map) => {
        this.#picture?.setMap(map, `Result: ${this.#picture.facts}`);
        this.#scale();
      },
      engine: () => this.#engine,
      useEngine: (engine) => this.#page.useEngine(engine),
    });
  }

  async #openPictures(): Promise<PicturesPanel> {
    const panel = this.#part('[data-panel="pictures"]');
    panel.hidden = false;
    this.#button('pictures').setAttribute('aria-expanded', 'true');
    const { openPictures } = await loadPictures();
    this.#pictures ??= openPictures(panel, this.#page, this.#element.id);
    this.#pictures.refresh();
    return this.#pictures;
  }

  #drop(event: DragEvent): void {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-source]') : null;
    void this.#openPictures().then((panel) => panel.offer(file, row?.dataset['source']));
  }

  #paste(event: ClipboardEvent): void {
    const file = [...(event.clipboardData?.files ?? [])][0];
    if (file === undefined) return;
    event.preventDefault();
    this.offer(file);
  }
}

function formatMs(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}
