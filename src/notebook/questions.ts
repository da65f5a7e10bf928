import type { Program } from '../lib/julia/ast.ts';
import type { CellReport } from '../lib/julia/view.ts';

type Asked = readonly (readonly [ticket: number, program: Program])[];

interface Open {
  readonly tickets: readonly number[];
  readonly resolve: (reports: CellReport[]) => void;
  readonly reject: (error: Error) => void;
}

/** Questions for the values of programs, and who waits for the answers. */
export class Questions {
  #ticket = 0;
  readonly #heard = new Map<number, CellReport>();
  readonly #open = new Set<Open>();

  ask(programs: readonly Program[]): { readonly asked: Asked; readonly answer: Promise<CellReport[]> } {
    const asked = programs.map((program) => [++this.#ticket, program] as const);
    const answer = new Promise<CellReport[]>((resolve, reject) => {
      this.#open.add({ tickets: asked.map(([ticket]) => ticket), resolve, reject });
    });
    return { asked, answer };
  }

  answered(values: readonly (readonly [number, CellReport])[]): void {
    for (const [ticket, report] of values) this.#heard.set(ticket, report);
    for (const open of this.#open) {
      const reports = open.tickets.flatMap((ticket) => this.#heard.get(ticket) ?? []);
      if (reports.length < open.tickets.length) continue;
      this.#open.delete(open);
      for (const ticket of open.tickets) this.#heard.delete(ticket);
      open.resolve(reports);
    }
  }

  /** No answer will come to any of them. */
  refused(why: string): void {
    const open = [...this.#open];
    this.#open.clear();
    this.#heard.clear();
    for (const { reject } of open) reject(new Error(why));
  }
}
