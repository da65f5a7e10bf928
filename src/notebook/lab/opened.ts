/**
 * A notebook file as a notebook of the lab: what lies outside the subset is marked and only shown, the rest is live. In the lab a name
 * belongs to one cell, as in Pluto; where a file of Jupyter's, or a script, gives a name a second value, that value gets another name.
 */

import type { Expr, Program } from '../../lib/julia/ast.ts';
import { dependencies } from '../../lib/julia/compile/analyse.ts';
import type { FileCell, NotebookFile } from '../../lib/julia/formats/index.ts';
import { register } from '../../lib/julia/library/register.ts';
import { grammar } from '../../lib/julia/parse/grammar.ts';
import { parse } from '../../lib/julia/parse/parse.ts';
import { toTrouble } from '../../lib/julia/source.ts';
import { unknownTypes } from '../../lib/julia/types.ts';
import { documentOf, type LabDocument } from './document.ts';
import { assignedNames, childrenOf, identifiersOf, renamed } from './rename.ts';

export interface Opened {
  readonly document: LabDocument;
  /** One line on what was done. */
  readonly sentence: string;
}

/** A cell while it is looked at; a program where it is to run. */
interface Draft {
  readonly kind: 'code' | 'text';
  source: string;
  note: string;
  program: Program | null;
  folded: boolean;
}

/** @param pictures names of pictures that programs find */
export function openedNotebook(file: NotebookFile, name: string, pictures: readonly string[]): Opened {
  const cells = file.kind === 'script' ? file.cells.flatMap(statements) : file.cells;
  const drafts = cells.filter(({ source }) => source.trim() !== '').map(draftOf);
  const changed = file.kind === 'pluto' ? 0 : separate(drafts);
  markUnknown(drafts, new Set([...pictures, ...register.map((one) => one.name)]));
  const document = documentOf(
    name.replace(/\.\w+$/, ''),
    drafts.map(({ kind, source, note, program, folded }) => ({
      kind: kind === 'code' && program === null ? 'listing' : kind,
      source,
      note,
      folded,
    })),
  );
  const code = drafts.filter(({ kind }) => kind === 'code');
  const still = code.filter(({ program }) => program === null).length;
  const told = [
    `${name}: ${counted(code.length, 'cell')} of Julia`,
    ...(still > 0 ? [`${still === 1 ? 'one is' : `${still} are`} only shown, with the reason beneath`] : []),
    ...(changed > 0
      ? [`${counted(changed, 'name')} had several cells, and got a name for each, as the cells say`]
      : []),
  ];
  return { document, sentence: `${told.join('; ')}.` };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function draftOf(cell: FileCell): Draft {
  if (cell.kind !== 'code') {
    const source = cell.kind === 'raw' ? `~~~\n${cell.source}\n~~~` : cell.source;
    return { kind: 'text', source, note: '', program: null, folded: false };
  }
  const { source } = cell;
  const outside = (note: string): Draft => ({ kind: 'code', source, note, program: null, folded: false });
  if (cell.disabled) return outside('Not run: its author has switched it off.');
  const [, mark] = /^\s*([;\]?])/.exec(source) ?? [];
  if (mark === ']') return outside('Not run: no package needs installing here.');
  if (mark !== undefined) return outside('Not run: it speaks to a shell or asks for help, and neither is here.');
  try {
    return { kind: 'code', source, note: '', program: parse(source), folded: false };
  } catch (error) {
    const { message, line } = toTrouble(error, source);
    return outside(`Not run: ${message} (line ${line}).`);
  }
}

/** A script's cells: statements that stand together, with the comments above them. */
function statements(cell: FileCell): FileCell[] {
  const { source } = cell;
  const cuts = childrenOf(grammar.parse(source).topNode)
    .filter(({ name }) => !/Comment/.test(name))
    .flatMap(({ to }) => {
      const gap = /^[^\n]*\n[ \t]*\n/.exec(source.slice(to));
      return gap === null ? [] : [to + gap[0].length];
    });
  return [0, ...cuts].map((from, k) => ({ ...cell, source: source.slice(from, cuts[k]).trim() }));
}

/** Gives each value of a name a name of its own. @returns how many names had several */
function separate(drafts: readonly Draft[]): number {
  const taken = new Set(drafts.flatMap(({ kind, source }) => (kind === 'code' ? [...identifiersOf(source)] : [])));
  /** What a name is called at this point of the file; null: a cell that does not run has given it a value. */
  const called = new Map<string, string | null>();
  const several = new Set<string>();
  for (const draft of drafts) {
    if (draft.kind !== 'code') continue;
    const { source, program } = draft;
    if (program === null) {
      for (const name of assignedNames(source)) if (called.has(name)) called.set(name, null);
      continue;
    }
    const lost = [...program.reads, ...program.defines.filter((name) => readsOld(program, name))].find(
      (name) => called.get(name) === null,
    );
    const names = new Map<string, string>();
    for (const name of program.reads) names.set(name, called.get(name) ?? name);
    for (const name of program.defines) if (called.has(name)) names.set(name, unused(name, taken));
    const changed = new Map([...names].filter(([name, next]) => name !== next));
    const text = lost === undefined ? rewritten(draft, program, changed, called) : null;
    for (const name of program.defines) {
      if (called.has(name)) several.add(name);
      called.set(name, text === null && called.has(name) ? null : (names.get(name) ?? name));
    }
    if (text === null) {
      draft.program = null;
      const again = lost ?? program.defines.find((name) => several.has(name)) ?? '';
      draft.note =
        lost === undefined
          ? `Not run: \`${again}\` has a value from another cell already, and in the lab a name belongs to one cell. Give it another name here.`
          : `Not run: it reads \`${again}\`, to which a cell that is not run gives another value.`;
    } else if (changed.size > 0) {
      draft.source = text;
      draft.program = parse(text);
      draft.note = `Another cell defines ${listed([...changed.keys()])} too: here ${changed.size === 1 ? 'it is' : 'they are'} ${listed([...changed.values()])}.`;
    }
  }
  return several.size;
}

function unused(name: string, taken: Set<string>): string {
  let k = 2;
  while (taken.has(`${name}_${k}`)) k += 1;
  taken.add(`${name}_${k}`);
  return `${name}_${k}`;
}

/** The cell's text with its names as they are called; null where that cannot be said. */
function rewritten(
  { source }: Draft,
  program: Program,
  names: ReadonlyMap<string, string>,
  called: ReadonlyMap<string, string | null>,
): string | null {
  if (names.size === 0) return source;
  const body = renamed(source, names);
  if (body === null) return null;
  const starts = program.defines
    .filter((name) => names.has(name) && readsOld(program, name))
    .map((name) => `${names.get(name) ?? name} = ${called.get(name) ?? name}\n`);
  const text = starts.join('') + body;
  try {
    const { defines } = parse(text);
    const wanted = program.defines.map((name) => names.get(name) ?? name);
    return String(defines.toSorted()) === String(wanted.toSorted()) ? text : null;
  } catch {
    return null;
  }
}

/** Whether a cell that defines a name may read the value that it had before. */
function readsOld({ body }: Program, name: string): boolean {
  for (const statement of body.body) {
    if (dependencies(statement).reads.includes(name)) return true;
    if (statement.kind === 'assign') {
      if (dependencies(statement.value).reads.includes(name)) return true;
      if (targets(statement).includes(name)) return false;
    } else if (statement.kind === 'function' || statement.kind === 'struct') {
      if (statement.name === name) return false;
    } else if (dependencies(statement).defines.includes(name)) return true;
  }
  return false;
}

function targets(statement: Expr & { kind: 'assign' }): readonly string[] {
  return dependencies({ ...statement, value: { kind: 'nothing', from: 0, to: 0 } }).defines;
}

/** Cells that read a name which nothing here defines are shown only, and so is who needs them. */
function markUnknown(drafts: readonly Draft[], known: ReadonlySet<string>): void {
  for (;;) {
    const live = drafts.flatMap(({ program }) => program ?? []);
    const names = new Set([...known, ...live.flatMap(({ defines }) => defines)]);
    const isKnown = (name: string): boolean => names.has(name) || unknownTypes(name, () => false).length === 0;
    const lost = drafts.flatMap((draft) => {
      const name = draft.program?.reads.find((one) => !isKnown(one));
      return name === undefined ? [] : [{ draft, name }];
    });
    if (lost.length === 0) return;
    for (const { draft, name } of lost) {
      draft.program = null;
      draft.note = `Not run: \`${name}\` is not in the library here, and no cell that runs defines it.`;
    }
  }
}

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} and ${last}`;
}
