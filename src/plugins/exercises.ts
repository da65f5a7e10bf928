/** <Try>: an exercise, a variant of cells of its article. Read, checked and parsed at build; fails the build at its place where it is wrong. */

import { visit } from 'unist-util-visit';
import { parse } from '../lib/julia/parse/parse.ts';
import { toTrouble } from '../lib/julia/source.ts';
import { sameBound, type BoundValue, type Control } from '../lib/julia/view.ts';
import type { Exercise, ExerciseControl } from '../notebook/exercise.ts';
import * as mdx from './mdx-nodes.ts';

/** What `<Try>` says, before anything of it is known to make sense. */
export interface ExerciseWords {
  /** The cells whose programs change; none where only controls do. */
  readonly cells: readonly string[];
  /** Every occurrence of the one text becomes the other. */
  readonly change: string;
  readonly to: string;
  /** Names of controls and their values. */
  readonly set: readonly (readonly [string, BoundValue])[];
  /** Julia that is true once the exercise is done: what the prose says. */
  readonly holds: string;
}

/** A cell that an exercise may change. */
export interface ExerciseCell {
  readonly id: string;
  readonly source: string;
}

export class ExerciseError extends Error {}

/** The exercises of an article, with the element that each stands in. */
export function exercisesIn(tree: mdx.MdxNode): mdx.JsxNode[] {
  const nodes: mdx.JsxNode[] = [];
  visit(tree as never, (node: mdx.MdxNode) => {
    if (mdx.isJsx(node, 'Try')) nodes.push(node);
  });
  return nodes;
}

/** @throws ExerciseError */
export function exerciseWords(node: mdx.JsxNode): ExerciseWords {
  const known = ['cell', 'change', 'to', 'set', 'holds'];
  for (const { name = '…' } of node.attributes)
    if (!known.includes(name)) throw new ExerciseError(`<Try> has no "${name}"; it takes ${known.join(', ')}`);
  const text = (name: string): string | null => mdx.attributeText(node, name);
  const [change, to] = [text('change'), text('to')];
  if ((change === null) !== (to === null)) throw new ExerciseError('<Try> takes "change" and "to" together');
  const set = (text('set') ?? '').split(/\s+/).filter((word) => word !== '');
  const cells = (text('cell') ?? '').split(/\s+/).filter((word) => word !== '');
  if (change === '' || (change === null && set.length === 0) || (change !== null && cells.length === 0))
    throw new ExerciseError('<Try> needs "cell", "change" and "to", or "set"');
  const holds = text('holds');
  if (holds === null) throw new ExerciseError('<Try> needs "holds": Julia that is true once the exercise is done');
  return { cells, change: change ?? '', to: to ?? '', set: set.map(pair), holds };
}

function pair(word: string): readonly [string, BoundValue] {
  const [, name, text] = /^([^=]+)=(.+)$/.exec(word) ?? [];
  if (name === undefined || text === undefined) throw new ExerciseError(`set="${word}": name=value is wanted`);
  if (text === 'true' || text === 'false') return [name, text === 'true'];
  if (text.startsWith(':')) return [name, { symbol: text.slice(1) }];
  return [name, Number.isNaN(Number(text)) ? text : Number(text)];
}

/** The texts of the cells that the exercise changes, as it leaves them. @throws ExerciseError */
export function changedCells({ cells, change, to }: ExerciseWords, known: readonly ExerciseCell[]): ExerciseCell[] {
  return cells.map((id) => {
    const source = known.find((one) => one.id === id)?.source;
    if (source === undefined) throw new ExerciseError(`<Try cell="${id}">: the page has no such cell`);
    if (change !== '' && !source.includes(change))
      throw new ExerciseError(`<Try>: the program of ${id} has no ${change}`);
    return { id, source: change === '' ? source : source.replaceAll(change, to) };
  });
}

/**
 * The exercise as the browser does it.
 *
 * @param controls the controls of the page
 * @throws ExerciseError
 */
export function exerciseOf(
  page: string,
  words: ExerciseWords,
  cells: readonly ExerciseCell[],
  controls: readonly Control[],
): Exercise {
  const programs = (words.change === '' ? [] : changedCells(words, cells)).map(({ id, source }) => {
    try {
      return { id, program: parse(source) };
    } catch (error) {
      throw new ExerciseError(`<Try> leaves no Julia in ${id}: ${toTrouble(error, source).message}`);
    }
  });
  return { page, programs, controls: words.set.map(([name, value]) => controlOf(name, value, controls)) };
}

function controlOf(name: string, value: BoundValue, controls: readonly Control[]): ExerciseControl {
  const control = controls.find((one) => one.name === name);
  if (control === undefined) throw new ExerciseError(`<Try set="${name}=…">: no cell binds ${name}`);
  const offered =
    control.kind === 'select'
      ? control.options.some((option) => sameBound(option.value, value))
      : control.kind === 'checkbox'
        ? typeof value === 'boolean'
        : typeof value === 'number' && value >= control.start && value <= control.stop;
  if (!offered) throw new ExerciseError(`<Try>: the control ${name} does not offer ${JSON.stringify(value)}`);
  return { name, value, initial: control.initial };
}
