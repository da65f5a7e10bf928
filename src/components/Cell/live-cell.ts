import type { Control, Trouble } from '../../lib/julia/view.ts';
import type { DrawnReport } from '../../notebook/protocol.ts';
import type { Session } from '../../notebook/session.ts';
import { CellPanels } from './cell-panels.ts';
import { CellStatus } from './cell-status.ts';
import { Controls } from './controls.ts';
import { LiveCode } from './live-code.ts';
import { paint } from './paint-queue.ts';
import { adopt } from '../ui/adopt.ts';
import style from './live.css?inline';
import { part } from './part.ts';
import { ResultView } from './result-view.ts';

adopt(style);

/** How long a mouse rests on a cell before it is computed. */
const HOVER_MS = 120;

/** One cell, alive: it brings its result, controls, code, panels and status together, and says to the session what its reader does. */
export class LiveCell {
  readonly #element: HTMLElement;
  readonly #session: Session;
  readonly #controls: Controls;
  readonly #code: LiveCode;
  readonly #status: CellStatus;
  readonly #result: ResultView;
  readonly #panels: CellPanels;

  constructor(element: HTMLElement, session: Session) {
    this.#element = element;
    this.#session = session;
    element.dataset['live'] = '';
    this.#status = new CellStatus(element);
    this.#result = new ResultView(element);
    this.#panels = new CellPanels(element, {
      session,
      result: this.#result,
      status: this.#status,
      activate: () => this.activate(),
    });
    this.#code = new LiveCode(element, session, {
      trouble: (trouble) => this.#showTrouble(trouble),
      notice: (sentence) => this.#status.notice(sentence),
      editing: (open) => {
        this.#status.editing = open;
        if (open) this.activate();
      },
    });
    const host = part(element, '.cell-controls');
    const controls = JSON.parse(host.dataset['controls'] ?? '[]') as Control[];
    this.#controls = new Controls(host, element.id, controls, (name, value) => session.setBound(name, value));
    session.listen(element.id, {
      report: (report) => {
        this.#status.answered(report.trouble === null);
        paint(this, () => this.#show(report));
      },
      busy: (busy) => this.#status.busy(busy),
      notice: (sentence) => this.#status.notice(sentence),
      engine: (words) => (this.#status.engine = words),
      picture: () => this.#panels.refreshPictures(),
    });
    session.announce(controls);
    this.#follow(element);
    for (const [name, value] of this.#controls.moved()) session.setBound(name, value);
    // Only now: what was moved before the live part was there has been told.
    session.watch({
      changed: () => {
        this.#controls.follow(session.bound);
        this.#result.map = session.look(element.id).map ?? 'grey';
        this.#panels.follow();
      },
    });
    this.#panels.follow();
  }

  /** Computes the cell unless it is computed. */
  activate(): void {
    if (this.#session.original(this.#element.id)?.unparsed !== true) this.#session.activate(this.#element.id);
  }

  /** Gives the cell a picture file, as dropping one on it does. */
  offer(file: Blob): void {
    this.#panels.offer(file);
  }

  /** What the reader does with the element. */
  #follow(element: HTMLElement): void {
    element.addEventListener('click', (event) => this.#click(event));
    element.addEventListener('dragover', (event) => event.preventDefault());
    element.addEventListener('drop', (event) => this.#drop(event));
    element.addEventListener('paste', (event) => this.#paste(event));
    element.addEventListener('focusin', () => this.activate());
    let hover: ReturnType<typeof setTimeout> | undefined;
    element.addEventListener('pointerenter', (event) => {
      // A mouse on its way to somewhere else starts nothing.
      if (event.pointerType !== 'touch') hover = setTimeout(() => this.activate(), HOVER_MS);
    });
    element.addEventListener('pointerleave', () => clearTimeout(hover));
    part(element, '.cell-code').addEventListener('dblclick', () => void this.#code.edit());
  }

  #click(event: Event): void {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do]') : null;
    const action = button?.dataset['do'];
    switch (action) {
      case 'run':
        if (this.#status.stops) this.#session.stop();
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
      case 'views':
      case 'more':
        this.#panels.toggle(action);
        break;
    }
  }

  #show(report: DrawnReport): void {
    this.#result.show(report);
    this.#result.map = this.#session.look(this.#element.id).map ?? 'grey';
    this.#code.mark(report.trouble);
    // A cell that failed reports no controls; they stay, since moving one back may be the remedy.
    if (report.trouble === null) {
      this.#controls.update(report.controls);
      this.#controls.follow(this.#session.bound);
    }
    this.#panels.refresh();
    this.#status.took(report.milliseconds);
  }

  #showTrouble(trouble: Trouble): void {
    this.#status.answered(false);
    this.#result.showTrouble(trouble);
    this.#code.mark(trouble);
  }

  #drop(event: DragEvent): void {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-source]') : null;
    this.#panels.offer(file, row?.dataset['source']);
  }

  #paste(event: ClipboardEvent): void {
    const file = [...(event.clipboardData?.files ?? [])][0];
    if (file === undefined) return;
    event.preventDefault();
    this.offer(file);
  }
}
