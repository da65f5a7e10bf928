import { withView, type Look, type ViewKind } from '../../notebook/look.ts';
import type { Session } from '../../notebook/session.ts';
import type { ViewsPanel } from '../Views/panel-views.ts';
import { NOT_LOADED } from '../ui/on-demand.ts';
import type { CellStatus } from './cell-status.ts';
import type { PicturesPanel } from './panel-pictures.ts';
import { loadMore, loadPictures, loadTake, loadViews } from './panels.ts';
import { actionButton, part } from './part.ts';
import type { ResultView } from './result-view.ts';

type PanelName = 'pictures' | 'views' | 'more';

export interface PanelHost {
  readonly session: Session;
  readonly result: ResultView;
  readonly status: CellStatus;
  /** Computes the cell unless it is computed. */
  readonly activate: () => void;
}

/** The parts of a cell that open at a button: pictures to put in, the result in 3D, more. Each is imported when it is first opened. */
export class CellPanels {
  readonly #cell: HTMLElement;
  readonly #host: PanelHost;
  #pictures: PicturesPanel | null = null;
  #views: ViewsPanel | null = null;

  constructor(cell: HTMLElement, host: PanelHost) {
    this.#cell = cell;
    this.#host = host;
  }

  toggle(name: PanelName): void {
    const panel = part(this.#cell, `[data-panel="${name}"]`);
    const open = Boolean(panel.hidden);
    if (name === 'views') {
      // Which view is open belongs to the state of the page: it comes back from there.
      this.#view = open ? 'surface' : null;
      return;
    }
    this.#expand(name, open);
    if (!open) return;
    const opening = { pictures: () => this.#openPictures(), more: () => this.#openMore(panel) };
    opening[name]().catch(() => this.#notLoaded(name));
  }

  /** Brings the 3D view to what the page's state says: after a press, a link, a step of Undo. */
  follow(): void {
    const panel = part(this.#cell, '[data-panel="views"]');
    const open = this.#look.view !== undefined;
    if (open && panel.hidden) {
      this.#expand('views', true);
      this.#openViews(panel).catch(() => {
        this.#notLoaded('views');
        this.#view = null;
      });
    } else if (open) this.#views?.follow();
    else if (!panel.hidden) {
      this.#expand('views', false);
      // It gives up what it holds.
      this.#views?.refresh();
    }
  }

  /** Gives the cell a picture file, for the picture `name` where one is meant. */
  offer(file: Blob, name?: string): void {
    void this.#openPictures().then((panel) => panel.offer(file, name));
  }

  /** After a run: the programs may name other pictures, and the result may be another. */
  refresh(): void {
    const names = this.#host.session.picturesOf(this.#cell.id);
    if (this.#cell.dataset['pictures'] !== names.join(' ')) {
      this.#cell.dataset['pictures'] = names.join(' ');
      actionButton(this.#cell, 'pictures').hidden = names.length === 0;
      this.refreshPictures();
    }
    actionButton(this.#cell, 'views').hidden = this.#host.result.matrix === null;
    this.#views?.refresh();
  }

  refreshPictures(): void {
    this.#pictures?.refresh();
  }

  #expand(name: PanelName, open: boolean): void {
    part(this.#cell, `[data-panel="${name}"]`).hidden = !open;
    actionButton(this.#cell, name).setAttribute('aria-expanded', String(open));
  }

  get #look(): Look {
    return this.#host.session.look(this.#cell.id);
  }

  set #view(view: ViewKind | null) {
    this.#host.session.setLook(this.#cell.id, withView(this.#look, view));
  }

  #notLoaded(name: PanelName): void {
    this.#expand(name, false);
    this.#host.status.notice(NOT_LOADED);
  }

  async #openViews(panel: HTMLElement): Promise<void> {
    const { session, result, activate } = this.#host;
    activate();
    const { ViewsPanel } = await loadViews();
    this.#views ??= new ViewsPanel(panel, {
      page: session,
      program: () => session.program(this.#cell.id),
      matrix: () => result.matrix,
      look: () => this.#look,
      setLook: (look) => session.setLook(this.#cell.id, look),
      leave: () => {
        this.#view = null;
        actionButton(this.#cell, 'views').focus();
      },
    });
    this.#views.follow();
  }

  async #openMore(panel: HTMLElement): Promise<void> {
    const { session, result, status, activate } = this.#host;
    activate();
    const { openMore } = await loadMore();
    openMore(panel, {
      value: () => result.picture,
      vector: () => result.numbers,
      file: result.file,
      map: () => result.map,
      setMap: (map) => session.setLook(this.#cell.id, { ...this.#look, map }),
      engine: () => status.engine,
      settings: () => session.settings,
      set: (settings) => session.set(settings),
    });
    const take = document.createElement('div');
    panel.append(take);
    const { openTake } = await loadTake();
    openTake(take, {
      session,
      cell: this.#cell,
      file: result.file,
      engine: () => status.engine,
    });
  }

  async #openPictures(): Promise<PicturesPanel> {
    this.#expand('pictures', true);
    const { openPictures } = await loadPictures();
    this.#pictures ??= openPictures(part(this.#cell, '[data-panel="pictures"]'), this.#host.session, this.#cell.id);
    this.#pictures.refresh();
    return this.#pictures;
  }
}
