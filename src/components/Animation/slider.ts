import { awakenPage } from '../Cell/live.ts';
import { pageSession } from '../Cell/page-session.ts';
import type { Session } from '../../notebook/session.ts';
import type { View } from '../../lib/julia/view.ts';

/**
 * A slider of a page seen as a row of positions, each of which the page can be brought to. It moves the control itself, so that
 * everything that follows a reader's hand follows this too.
 */
export class SliderRow {
  readonly page: Session;
  readonly #input: () => HTMLInputElement | null;
  readonly #views = new Map<string, View>();
  readonly #waiting = new Set<{ resolve: () => void; reject: (error: Error) => void }>();

  /** @throws Error where no cell of the page binds `name` to a slider. */
  constructor(pageKey: string, name: string) {
    const cells = `julia-cell[data-page="${CSS.escape(pageKey)}"]`;
    this.#input = () =>
      document.querySelector<HTMLInputElement>(`${cells} [data-bind="${CSS.escape(name)}"] input[type=range]`);
    const home = this.#input()?.closest<HTMLElement>('julia-cell');
    if (home == null) throw new Error(`no slider of this page is named ${name}`);
    awakenPage(home);
    this.page = pageSession(pageKey);
    this.page.watch({
      delivered: (reports) => {
        for (const { id, view } of reports) {
          if (view === null) this.#views.delete(id);
          else this.#views.set(id, view);
        }
        if (!this.page.busy) this.#settle(null);
      },
      ended: (why) => this.#settle(new Error(why)),
    });
  }

  get count(): number {
    return Number(this.#input()?.max ?? 0) + 1;
  }

  get position(): number {
    return Number(this.#input()?.value ?? 0);
  }

  /** The cell's result as it was last computed. */
  view(cell: string): View | null {
    return this.#views.get(cell) ?? null;
  }

  /** Moves the slider, and resolves when every cell that follows it has been computed. Rejects where that fails. */
  async go(position: number): Promise<void> {
    const input = this.#input();
    if (input === null) throw new Error('the slider is gone from the program');
    input.value = String(position);
    const settled = this.#settled();
    input.dispatchEvent(new Event('input', { bubbles: true }));
    if (this.page.busy) await settled;
  }

  /** Computes a cell that may have been computed before anybody watched. */
  async renew(cell: string): Promise<void> {
    if (this.#views.has(cell)) return;
    const settled = this.#settled();
    this.page.rerun(cell);
    await settled;
  }

  #settled(): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.add({ resolve, reject }));
  }

  #settle(error: Error | null): void {
    for (const { resolve, reject } of this.#waiting) {
      if (error === null) resolve();
      else reject(error);
    }
    this.#waiting.clear();
  }
}
