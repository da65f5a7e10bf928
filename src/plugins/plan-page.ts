/** What stands on a page, as data: from the article's programs and their outcomes. Pure; `live-cells.ts` makes elements of it. */

import { codeHtml } from '../lib/display/code-html.ts';
import type { StaticCell } from '../notebook/static-cell.ts';
import { pictureFacts } from '../lib/display/describe.ts';
import { formatNumber } from '../lib/display/number.ts';
import { picturesOf, testImages } from '../lib/julia/graph.ts';
import type { PagePayload, PageProgram } from '../notebook/programs.ts';
import { animatedCells } from './companions.ts';
import type { BuildOutcome } from './compute.ts';
import type { Found } from './find-programs.ts';

/** What a plan is made from. */
export interface PageFacts {
  /** The article's programs, in its order. */
  readonly found: readonly Found[];
  readonly outcomes: ReadonlyMap<string, BuildOutcome>;
  /** Names of the pictures that every program finds. */
  readonly pictures: readonly string[];
  /** The text of a caption without its marks. */
  readonly plain: (markdown: string) => string;
}

/** A player of a slider, beneath the cell's controls. */
export interface PlannedPlayer {
  readonly name: string;
  /** Cells whose pictures it shows. */
  readonly cells: readonly string[];
}

export interface PlannedCell {
  readonly cell: StaticCell;
  /** The file of its picture. */
  readonly picture: string | null;
  /** Markdown. */
  readonly caption: string | null;
  readonly player: PlannedPlayer | null;
}

/** A number or a text in the prose. */
export interface PlannedValue {
  readonly text: string;
  readonly exact: string;
  /** The Julia that gave it. */
  readonly of: string;
  /** Significant digits of a number. */
  readonly digits?: number;
}

export interface PagePlan {
  readonly page: string;
  /** What is shown, by the program's id. Programs of set-up are in neither. */
  readonly cells: ReadonlyMap<string, PlannedCell>;
  readonly values: ReadonlyMap<string, PlannedValue>;
  /** The programs for the live part; null where no cell is shown. */
  readonly payload: PagePayload | null;
  /** Pictures that the browser must find, in colour where a program asks for it. */
  readonly pictures: readonly { readonly name: string; readonly colour: boolean }[];
}

/** What the article asks for cannot be; `id` is the program that asks. */
export class PlanError extends Error {
  readonly id: string;
  constructor(id: string, message: string) {
    super(message);
    this.id = id;
  }
}

/** @throws PlanError */
export function planPage(page: string, facts: PageFacts): PagePlan {
  const { found } = facts;
  const values = found.filter(isNumber).map((one) => [one.id, valueOf(one, facts)] as const);
  const shown = found.filter(({ value, options: { setup } }) => !value && !setup);
  const first = shown.find(({ id }) => facts.outcomes.get(id)?.picture != null)?.id;
  const cells = shown.map(
    (one, k) => [one.id, cellOf(page, one, facts, one.id === first, shown[k + 1]?.id ?? null)] as const,
  );
  const programs = found.filter(({ value }) => !value).map(programOf);
  return {
    page,
    cells: new Map(cells),
    values: new Map(values),
    payload: cells.length === 0 ? null : { page, programs, ...valuesOf(found) },
    pictures: picturesFor(
      [...programs, ...found.filter(({ figure }) => figure).map(programOf)],
      new Set([...cells.map(([id]) => id), ...found.filter(({ figure }) => figure).map(({ id }) => id)]),
      facts.pictures,
    ),
  };
}

/** Whether a program stands for a number in the prose. */
const isNumber = ({ value, figure }: Found): boolean => value && !figure;

/** Numbers in the prose are computed again where the reader changes what they tell of. */
function valuesOf(found: readonly Found[]): Pick<PagePayload, 'values'> {
  const values = new Map(found.filter(isNumber).map(({ program }) => [program.source, program]));
  return values.size === 0 ? {} : { values: [...values.values()] };
}

function programOf({ id, program, trouble, options: { stored } }: Found): PageProgram {
  return { id, program, ...(trouble === null ? {} : { unparsed: true }), ...(stored ? { stored } : {}) };
}

/** Colours weigh three times as much and are wanted by few articles: those that call `testimage`. */
function picturesFor(
  programs: readonly PageProgram[],
  shown: ReadonlySet<string>,
  known: readonly string[],
): PagePlan['pictures'] {
  const colour = new Set(programs.flatMap(({ program }) => [...testImages(program)]));
  const wanted = new Set([...shown].flatMap((id) => picturesOf(programs, id, known)));
  return known.filter((name) => wanted.has(name)).map((name) => ({ name, colour: colour.has(name) }));
}

function valueOf({ id, program, digits }: Found, { outcomes }: PageFacts): PlannedValue {
  const result = outcomes.get(id)?.result;
  const of = program.source;
  if (result?.kind === 'number') return { text: formatNumber(result.value, digits), exact: result.text, of, digits };
  if (result?.kind === 'text') return { text: result.text, exact: result.text, of };
  throw new PlanError(id, `<Value of="${of}"> is no number and no text`);
}

function cellOf(page: string, one: Found, facts: PageFacts, eager: boolean, next: string | null): PlannedCell {
  const { options, program, id } = one;
  const outcome = facts.outcomes.get(id);
  const result = outcome?.result ?? { kind: 'nothing' };
  const told =
    options.caption === null ? `Result of ${program.source.trim().split('\n').at(-1)}` : facts.plain(options.caption);
  const derived = result.kind === 'picture' ? `${told.replace(/[.\s]+$/, '')}. ${pictureFacts(result)}.` : told;
  const cell: StaticCell = {
    id,
    page,
    source: program.source,
    codeHtml: codeHtml(program.source),
    result,
    trouble: one.trouble ?? outcome?.trouble ?? null,
    printed: outcome?.printed ?? '',
    controls: outcome?.controls ?? [],
    alt: options.alt ?? derived,
    name: told.split(/(?<=[.!?])\s/)[0] ?? told,
    next,
    size: options.size,
    hero: options.hero,
    hideCode: options.hideCode,
    show: options.show,
    eager,
    stored: options.stored,
    pictures: picturesOf(facts.found, id, facts.pictures),
  };
  return { cell, picture: outcome?.picture ?? null, caption: options.caption, player: playerOf(one, facts) };
}

function playerOf(one: Found, { found, outcomes }: PageFacts): PlannedPlayer | null {
  if (one.options.animate === null) return null;
  try {
    return { name: one.options.animate, cells: animatedCells(one, found, outcomes) };
  } catch (error) {
    throw error instanceof RangeError ? new PlanError(one.id, error.message) : error;
  }
}
