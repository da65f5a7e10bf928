import type { Program } from '../lib/julia/ast.ts';
import type { BoundValue } from '../lib/julia/view.ts';
import { bringControls } from './difference.ts';
import type { Look } from './look.ts';
import type { Standing } from './picture-places.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';

/** Steps that can be taken back. */
const LONGEST = 100;

/** All that a reader can change of a page, as it stood at one moment. */
export interface Snapshot {
  readonly programs: ReadonlyMap<string, Program>;
  readonly drafts: ReadonlyMap<string, string>;
  readonly bound: ReadonlyMap<string, BoundValue>;
  readonly pictures: ReadonlyMap<string, Standing>;
  readonly looks: ReadonlyMap<string, Look>;
  readonly settings: Settings;
}

/** The page as its article has it. */
export function articleSnapshot({ originals, start }: Session): Snapshot {
  const programs = new Map(originals.map(({ id, program }) => [id, program]));
  return { programs, drafts: new Map(), bound: new Map(), pictures: new Map(), looks: new Map(), settings: start };
}

/**
 * Undo and redo over the whole page: edits that were run, controls, pictures, settings, looks. The steps of one drag are one; typing is
 * undone in its editor.
 */
export class History {
  readonly #session: Session;
  #past: Snapshot[];
  #future: Snapshot[] = [];
  /** What changed last: more of the same is no new step. */
  #last: string | null = null;
  #restoring = false;

  /** @param past where Undo leads first, oldest first */
  constructor(session: Session, past: readonly Snapshot[] = []) {
    this.#session = session;
    this.#past = [...past];
    session.watch({ changing: (what) => this.#changing(what) });
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  undo(): void {
    const step = this.#past.pop();
    if (step === undefined) return;
    this.#future.push(snapshot(this.#session));
    this.#bring(step);
  }

  redo(): void {
    const step = this.#future.pop();
    if (step === undefined) return;
    this.#past.push(snapshot(this.#session));
    this.#bring(step);
  }

  /** Makes all that `change` does one step. */
  asOne(change: () => void): void {
    this.#changing('several');
    this.#quietly(change);
    this.#last = null;
  }

  #bring(step: Snapshot): void {
    this.#last = null;
    this.#quietly(() => bring(this.#session, step));
  }

  #quietly(change: () => void): void {
    this.#restoring = true;
    try {
      change();
    } finally {
      this.#restoring = false;
    }
  }

  #changing(what: string): void {
    if (this.#restoring) return;
    this.#future = [];
    const more = what === this.#last && isDrag(what);
    this.#last = what;
    if (more) return;
    this.#past.push(snapshot(this.#session, what.startsWith('program:') ? what.slice('program:'.length) : null));
    if (this.#past.length > LONGEST) this.#past.shift();
  }
}

function isDrag(what: string): boolean {
  return what.startsWith('bound:') || what.startsWith('camera:');
}

/** @param running the cell whose draft is being run: taking that back gives the program that ran before it, not the draft. */
function snapshot(session: Session, running: string | null = null): Snapshot {
  const { programs, pictures } = session;
  const drafts = programs
    .map(({ id }): [string, string] => [id, session.text(id)])
    .filter(([id, text]) => id !== running && text !== session.program(id)?.source);
  const standing = pictures.map((name): [string, Standing | null] => [name, session.standing(name)]);
  return {
    programs: new Map(programs.map(({ id, program }) => [id, program])),
    drafts: new Map(drafts),
    bound: new Map(session.bound),
    pictures: new Map(standing.filter((one): one is [string, Standing] => one[1] !== null)),
    looks: new Map(programs.map(({ id }) => [id, session.look(id)])),
    settings: session.settings,
  };
}

function bring(session: Session, step: Snapshot): void {
  for (const [id, program] of step.programs) {
    if (program.source !== session.program(id)?.source) session.setProgram(id, program);
    session.setDraft(id, step.drafts.get(id) ?? program.source);
    session.setLook(id, step.looks.get(id) ?? {});
  }
  bringControls(session, step.bound);
  for (const name of session.pictures) session.stand(name, step.pictures.get(name) ?? null);
  session.set(step.settings);
}
