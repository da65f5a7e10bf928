/** A page's state taken from its session, and put back into it. */

import type { Program } from '../lib/julia/ast.ts';
import { sameBound, type BoundValue } from '../lib/julia/view.ts';
import { isPlain, type Look } from './look.ts';
import type { Session } from './session.ts';
import { emptyState, type PageState } from './state.ts';

/** The difference between the page as it stands and its article; its instruments and its pixel are added by who shows them. */
export function stateOf(session: Session): PageState {
  const programs: Record<string, string> = {};
  for (const { id, program } of session.originals)
    if (session.text(id) !== program.source) programs[id] = session.text(id);
  const pictures: Record<string, string> = {};
  for (const name of session.pictures) {
    const standing = session.standing(name);
    if (standing !== null) pictures[name] = standing.label;
  }
  return {
    ...emptyState(session.page),
    programs,
    bound: boundOf(session),
    pictures,
    settings: session.settings,
    looks: Object.fromEntries(
      session.originals.map(({ id }): [string, Look] => [id, session.look(id)]).filter(([, look]) => !isPlain(look)),
    ),
  };
}

/** The controls that do not stand as their programs have them. */
export function boundOf(session: Session): Record<string, BoundValue> {
  const moved = [...session.bound].filter(([name, value]) => {
    const control = session.controls.get(name);
    return control === undefined || !sameBound(control.initial, value);
  });
  return Object.fromEntries(moved);
}

/** Sets the controls to these values, and all others that were moved back to where their programs have them. */
export function bringControls(session: Session, wanted: ReadonlyMap<string, BoundValue>): void {
  for (const name of new Set([...session.bound.keys(), ...wanted.keys()])) {
    const value = wanted.get(name) ?? session.controls.get(name)?.initial;
    const now = session.bound.get(name);
    if (value !== undefined && (now === undefined || !sameBound(now, value))) session.setBound(name, value);
  }
}

/**
 * Brings the page into a state: what the state does not name is as the article has it. Pictures of the reader's must be given again.
 *
 * @param read the parser: null for a text that is no Julia, which is kept as it is
 * @returns sentences on what could not be brought back
 */
export function restore(session: Session, state: PageState, read: (source: string) => Program | null): string[] {
  return [...restorePrograms(session, state, read), ...restoreRest(session, state)];
}

function restorePrograms(session: Session, state: PageState, read: (source: string) => Program | null): string[] {
  for (const { id, program: original } of session.originals) {
    const text = state.programs[id] ?? original.source;
    if (text === session.text(id)) continue;
    const program = text === original.source ? original : read(text);
    if (program === null) session.setDraft(id, text);
    else session.setProgram(id, program);
  }
  for (const { id } of session.originals) session.setLook(id, state.looks[id] ?? {});
  return Object.keys(state.programs)
    .filter((id) => session.original(id) === undefined)
    .map((id) => `This page has no cell ${id} any more: its text was not brought back.`);
}

function restoreRest(session: Session, state: PageState): string[] {
  const bound = new Map([...session.controls].map(([name, { initial }]) => [name, initial]));
  for (const [name, value] of Object.entries(state.bound)) bound.set(name, value);
  for (const [name, value] of bound) {
    const now = session.bound.get(name) ?? session.controls.get(name)?.initial;
    if (now === undefined || !sameBound(now, value)) session.setBound(name, value);
  }
  for (const name of session.pictures)
    if (session.standing(name) !== null && state.pictures[name] === undefined) session.stand(name, null);
  session.set(state.settings);
  return Object.entries(state.pictures)
    .filter(([name, label]) => session.standing(name)?.label !== label)
    .map(([name, label]) => `The picture “${label}” in place of ${name} is not kept here: choose it again.`);
}
