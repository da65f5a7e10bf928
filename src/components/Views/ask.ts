import type { Program } from '../../lib/julia/ast.ts';
import type { MatrixView } from '../../lib/julia/view.ts';
import type { LivePage } from '../Cell/live-page.ts';
import type { DrawnReport } from '../Cell/protocol.ts';
import { emptyProgram } from '../DataflowGraph/flow.ts';
import { VIEW_SLOTS } from './slots.ts';

/**
 * The values of one or two programs, in the scope of the page and computed by its engine. One question at a time; later ones
 * wait. Rejects with a sentence for the reader where a value is no matrix or does not come.
 */
export function askMatrices(page: LivePage, programs: readonly Program[]): Promise<MatrixView[]> {
  const asker = askers.get(page) ?? new Asker(page);
  askers.set(page, asker);
  return asker.ask(programs);
}

const askers = new WeakMap<LivePage, Asker>();

class Asker {
  readonly #page: LivePage;
  readonly #heard = new Map<string, DrawnReport>();
  #last: Promise<unknown> = Promise.resolve();
  /** What is asked now: ids still to be heard, and who waits. */
  #open: { ids: readonly string[]; resolve: (views: MatrixView[]) => void; reject: (error: Error) => void } | null =
    null;

  constructor(page: LivePage) {
    this.#page = page;
    page.watch({
      delivered: (reports) => this.#hear(reports),
      ended: (why) => {
        const open = this.#open;
        this.#open = null;
        open?.reject(new Error(why));
      },
    });
  }

  ask(programs: readonly Program[]): Promise<MatrixView[]> {
    const answer = this.#last.then(() => this.#askNow(programs));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  #askNow(programs: readonly Program[]): Promise<MatrixView[]> {
    this.#heard.clear();
    const slots = VIEW_SLOTS.slice(0, programs.length);
    const answer = new Promise<MatrixView[]>((resolve, reject) => {
      this.#open = { ids: slots.map(({ id }) => id), resolve, reject };
    });
    slots.forEach(({ id }, k) => this.#page.setProgram(id, programs[k] ?? emptyProgram));
    // The values are here now; the engine need not keep its copies.
    return answer.finally(() => slots.forEach(({ id }) => this.#page.setProgram(id, emptyProgram)));
  }

  #hear(reports: readonly DrawnReport[]): void {
    const open = this.#open;
    if (open === null) return;
    for (const report of reports) if (open.ids.includes(report.id)) this.#heard.set(report.id, report);
    const heard = open.ids.flatMap((id) => this.#heard.get(id) ?? []);
    if (heard.length < open.ids.length) return;
    this.#open = null;
    const views = heard.flatMap(({ view }) => (view?.kind === 'matrix' ? [view] : []));
    const trouble = heard.find((report) => report.trouble !== null)?.trouble;
    if (views.length === heard.length) open.resolve(views);
    else open.reject(new Error(trouble?.message ?? 'One of the factors is no matrix.'));
  }
}
