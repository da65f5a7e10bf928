/** An exercise of an article: what it changes in the page, doing it, and taking it back. */

import type { Program } from '../lib/julia/ast.ts';
import { sameBound, type BoundValue } from '../lib/julia/view.ts';
import type { Session } from './session.ts';

/** A control as an exercise sets it. */
export interface ExerciseControl {
  readonly name: string;
  readonly value: BoundValue;
  /** What the article sets it to. */
  readonly initial: BoundValue;
}

/** Plain JSON, parsed at build: doing it needs no parser. */
export interface Exercise {
  readonly page: string;
  /** Programs in the place of the cells' own. */
  readonly programs: readonly { readonly id: string; readonly program: Program }[];
  readonly controls: readonly ExerciseControl[];
}

/** True while all that the exercise changes is as it says, whoever did it. */
export function isDone(session: Session, { programs, controls }: Exercise): boolean {
  return (
    programs.every(({ id, program }) => session.program(id)?.source === program.source) &&
    controls.every(({ name, value, initial }) => sameBound(session.bound.get(name) ?? initial, value))
  );
}

/**
 * Changes the page as the exercise says.
 *
 * @returns takes it back. What the reader has changed since stays, and a text that was not run is there again.
 */
export function doExercise(session: Session, { programs, controls }: Exercise): () => void {
  const before = programs.map(({ id, program }) => ({ id, program, old: session.program(id), text: session.text(id) }));
  const values = controls.map(({ name, value, initial }) => ({
    name,
    value,
    old: session.bound.get(name) ?? initial,
  }));
  for (const { id, program } of programs) session.setProgram(id, program);
  for (const { name, value } of values) session.setBound(name, value);
  return () => {
    for (const { id, program, old, text } of before) {
      if (old === null || session.program(id)?.source !== program.source) continue;
      session.setProgram(id, old);
      if (text !== old.source) session.setDraft(id, text);
    }
    for (const { name, value, old } of values)
      if (sameBound(session.bound.get(name) ?? value, value)) session.setBound(name, old);
  };
}
