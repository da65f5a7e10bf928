/**
 * The remark plugin that turns `julia live` fences into <Cell> elements, and computes them while the page is built.
 * An article imports nothing: the plugin adds the imports. What a fence may say is in `fence-meta.ts`.
 */

import { dirname, join, relative } from 'node:path';
import { toString } from 'mdast-util-to-string';
import { upstream } from '../lib/julia/graph.ts';
import type { Exercise } from '../notebook/exercise.ts';
import { scriptJson } from '../notebook/static-cell.ts';
import { referenceBuild, type BuildEngine } from './build-engine.ts';
import { attempt } from './article/complaint.ts';
import { accompany, group, inline } from './arrange.ts';
import { facesOf, planFlows, type FlowFaces, type FlowPlan } from './companions.ts';
import { cardPicture } from './card-picture.ts';
import { computePage, type BuildOutcome } from './compute.ts';
import { ExerciseError, exerciseOf, exercisesIn, exerciseWords } from './exercises.ts';
import { planFigures, type PlannedFigure } from './figures.ts';
import type { File } from './article/complaint.ts';
import { check, collect, seen, type Found } from './find-programs.ts';
import {
  PlanError,
  planPage,
  type PageFacts,
  type PagePlan,
  type PlannedCell,
  type PlannedPlayer,
  type PlannedValue,
} from './plan-page.ts';
import { ownFilesOf, type OwnFile } from './article/front-matter.ts';
import { OwnFileError, withOwnFiles, type OwnFiles } from './article/own-files.ts';
import * as mdx from './mdx-nodes.ts';
import { StoredError, storedOutcomes } from './stored.ts';

export interface LiveCellsOptions {
  /** The project's folder; addresses of imports are relative to it. */
  readonly root?: string;
  /** How programs are run and which pictures there are; tests bring their own. */
  readonly engine?: BuildEngine;
  /** Draws the page's social card from its title, its question and a picture's file, and says where it lies; none without. */
  readonly card?: (card: { title: string; question: string; picture: string }) => Promise<string>;
}

interface Processor {
  parse(text: string): mdx.MdxNode;
}

const COMPONENTS = {
  cell: 'JuliaCell__',
  page: 'JuliaCellPage__',
  value: 'JuliaValue__',
  jetplane: 'JuliaJetplane__',
  animate: 'JuliaAnimate__',
  flow: 'JuliaFlow__',
  try: 'JuliaTry__',
  surface: 'JuliaSurface__',
  cube: 'JuliaCube__',
} as const;
const SOURCES = {
  cell: '/src/components/Cell/Cell.astro',
  page: '/src/components/Cell/CellPage.astro',
  value: '/src/components/Value/Value.astro',
  jetplane: '/src/components/Jetplane/Jetplane.astro',
  animate: '/src/components/Animation/Animation.astro',
  flow: '/src/components/DataflowGraph/DataflowGraph.astro',
  try: '/src/components/Try/Try.astro',
  surface: '/src/components/ProductFigure/Surface.astro',
  cube: '/src/components/ProductFigure/Cube.astro',
} as const;
type ComponentName = keyof typeof COMPONENTS;

export default function liveCells(this: unknown, options: LiveCellsOptions = {}) {
  const processor = this as Processor;
  const root = options.root ?? process.cwd();
  const folder = join(root, '.cache', 'cells');
  return async (tree: mdx.MdxNode, file: File): Promise<void> => {
    const found = collect(tree, file);
    if (found.length === 0) return;
    const shared = options.engine ?? (await referenceBuild(root));
    const own = await ownFiles(shared, file);
    const { engine } = own;
    // Expressions in prose come last: in the browser they are missing, and a cell's place decides its random stream.
    const runnable = [...found.filter(({ value }) => !value), ...found.filter(({ value }) => value)];
    const jobs = runnable.map(({ id, program, options: { show } }) => ({ id, program, show }));
    const known = await readStored(runnable, file, folder, engine);
    const flows = planFlows(found, [...engine.pictures.keys()]);
    const all = [...jobs, ...flows.flatMap((flow) => flow.jobs)];
    const outcomes = await computePage(all, { folder, ...engine, known });
    for (const one of found) attempt(file, () => check(one, outcomes.get(one.id), file));
    for (const one of found) attempt(file, () => seen(one, outcomes.get(one.id), file));
    // Where everything is gathered, what follows would only repeat the troubles of the cells.
    if ((file.data?.complaints?.length ?? 0) > 0) return;
    const { frontmatter } = file.data?.astro ?? {};
    const shown = cardPicture(found, outcomes, file);
    if (options.card !== undefined && frontmatter !== undefined && shown !== null) {
      const { title, question } = frontmatter;
      const picture = join(folder, shown.picture);
      const drawn = await options.card({ title: String(title), question: String(question), picture });
      frontmatter['card'] = { file: drawn, alt: shown.alt };
    }

    const page = relative(root, file.path ?? 'page')
      .replace(/\W+/g, '-')
      .replace(/^-|-mdx$/g, '');
    const markdown = (text: string): mdx.MdxNode => processor.parse(text);
    if (frontmatter !== undefined) frontmatter['cells'] = cellsAsData(found, outcomes, folder);
    const plan = planned(page, { found, outcomes, pictures: [...engine.pictures.keys()], markdown }, file);
    if (frontmatter !== undefined)
      frontmatter['values'] = [...plan.values.values()].map(({ of, text }) => ({ of, text }));
    const emitter = new Emitter(plan, found, markdown, own.credits);
    for (const flow of flows) emitter.addFlow(flow, await facesOf(flow, outcomes, folder));
    emitter.replace(tree, await planFigures(found, outcomes, folder, file));
    placeExercises(tree, file, plan, outcomes, emitter);
    const files = new Map<string, string>();
    for (const { name, colour } of plan.pictures)
      if (!own.asTheyAre.has(name)) files.set(name, `/.cache/cells/${await engine.picture(name, folder, colour)}`);
      else files.set(name, `/${relative(root, join(dirname(file.path ?? ''), own.asTheyAre.get(name) ?? ''))}`);
    emitter.finish(tree, files);
  };
}

/** The article's programs for whoever makes something else of them: the lab's starting points. */
function cellsAsData(found: readonly Found[], outcomes: ReadonlyMap<string, BuildOutcome>, folder: string): object[] {
  const cells = found.filter(({ value }) => !value);
  return cells.map(({ id, program: { source }, options: { caption, alt } }) => {
    const picture = outcomes.get(id)?.picture ?? null;
    const needs = upstream(cells, [id]).filter((other) => other !== id);
    return { id, source, caption, alt, needs, picture: picture === null ? null : join(folder, picture) };
  });
}

function planned(
  page: string,
  { found, outcomes, pictures, markdown }: Omit<PageFacts, 'plain'> & { markdown: (text: string) => mdx.MdxNode },
  file: File,
): PagePlan {
  try {
    return planPage(page, { found, outcomes, pictures, plain: (text) => toString(markdown(text)) });
  } catch (error) {
    if (error instanceof PlanError) file.fail(error.message, found.find(({ id }) => id === error.id)?.node);
    throw error;
  }
}

/** Makes elements of the article's exercises. Fails the build at one that does not fit its cells. */
function placeExercises(
  tree: mdx.MdxNode,
  file: File,
  { page, cells, payload }: PagePlan,
  outcomes: ReadonlyMap<string, BuildOutcome>,
  emitter: Emitter,
): void {
  const known = (payload?.programs ?? []).map(({ id, program }) => ({ id, source: program.source }));
  const controls = [...outcomes.values()].flatMap((outcome) => outcome.controls);
  for (const node of exercisesIn(tree)) {
    try {
      const words = exerciseWords(node);
      const exercise = exerciseOf(page, words, known, controls);
      const binds = [...outcomes].find(([, one]) => one.controls.some(({ name }) => name === words.set[0]?.[0]));
      const cell = words.cells[0] ?? binds?.[0] ?? '';
      const name = cells.get(cell)?.cell.name;
      if (name === undefined) throw new ExerciseError(`<Try>: the cell ${cell} is not shown`);
      emitter.exercise(node, exercise, { cell, name, change: words.change, to: words.to });
    } catch (error) {
      if (error instanceof ExerciseError) file.fail(error.message, node);
      throw error;
    }
  }
}

/** The pictures and matrices beside the article. Fails the build at one that cannot be read. */
async function ownFiles(engine: BuildEngine, file: File): Promise<OwnFiles> {
  const files = ownFilesOf(file.data?.astro?.frontmatter);
  try {
    return await withOwnFiles(engine, files, dirname(file.path ?? '.'));
  } catch (error) {
    if (!(error instanceof OwnFileError)) throw error;
    const line = (file.data?.text ?? '').split('\n').findIndex((one) => one.startsWith('files:')) + 1;
    attempt(file, () => {
      file.fail(error.message, { line: Math.max(1, line), column: 1 });
    });
    return { engine, credits: new Map(), asTheyAre: new Map() };
  }
}

/** Whose a file is, as its figures say it. */
function creditNode({ title, by, licence, source }: OwnFile): mdx.MdxNode {
  const text = (value: string): mdx.MdxNode => ({ type: 'text', value }) as mdx.MdxNode;
  const link = { type: 'link', url: source, children: [text(title)] } as mdx.MdxNode;
  const attributes = [mdx.textAttribute('class', 'cell-credit')];
  const children = [text(' '), link, text(` by ${by}, ${licence}.`)];
  return { type: 'mdxJsxTextElement', name: 'small', attributes, children } as mdx.MdxNode;
}

/** What `npm run learn -- cells` has computed for this page. Fails the build where that is missing or old. */
async function readStored(
  found: readonly Found[],
  file: File,
  folder: string,
  engine: BuildEngine,
): Promise<Map<string, BuildOutcome>> {
  const cells = found.map(({ id, program, options: { stored } }) => ({ id, program, stored }));
  try {
    return await storedOutcomes(cells, dirname(file.path ?? '.'), folder, engine.pictures);
  } catch (error) {
    if (!(error instanceof StoredError)) throw error;
    attempt(file, () => {
      file.fail(`cell ${error.id}: ${error.message}`, found.find(({ id }) => id === error.id)?.node);
    });
    // Gathered: the others are looked at, and no slow cell is computed for it.
    const nothing = { result: { kind: 'nothing' }, picture: null, trouble: null, printed: '', controls: [] } as const;
    return new Map(cells.filter(({ stored }) => stored).map(({ id }) => [id, nothing]));
  }
}

/** Puts elements where the programs stood, as a plan says, and gathers what they import. */
class Emitter {
  readonly #plan: PagePlan;
  readonly #found: readonly Found[];
  readonly #markdown: (text: string) => mdx.MdxNode;
  readonly #imports = new Map<string, string>();
  /** What stands after a cell, or after its group. */
  readonly #after = new Map<string, mdx.MdxNode[]>();

  readonly #credits: ReadonlyMap<string, OwnFile>;

  constructor(
    plan: PagePlan,
    found: readonly Found[],
    markdown: (text: string) => mdx.MdxNode,
    credits: ReadonlyMap<string, OwnFile>,
  ) {
    this.#credits = credits;
    this.#plan = plan;
    this.#found = found;
    this.#markdown = markdown;
  }

  addFlow({ cell, nodes }: FlowPlan, { pictures, words }: FlowFaces): void {
    const attributes = [
      mdx.textAttribute('page', this.#plan.page),
      mdx.textAttribute('cell', cell),
      mdx.textAttribute('nodes', JSON.stringify(nodes)),
      mdx.textAttribute('words', JSON.stringify(words)),
      mdx.recordAttribute('pictures', new Map([...pictures].map(([id, name]) => [id, this.#picture(name)]))),
    ];
    this.#after.set(cell, [...(this.#after.get(cell) ?? []), this.#element('flow', attributes)]);
  }

  replace(tree: mdx.MdxNode, figures: ReadonlyMap<mdx.MdxNode, PlannedFigure>): void {
    const byNode = new Map(this.#found.map((one) => [one.node, one]));
    const walk = (parent: mdx.MdxNode): void => {
      if (parent.children === undefined) return;
      parent.children = parent.children.flatMap((child) => {
        const one = byNode.get(child);
        if (one === undefined) {
          if (mdx.isJsx(child, 'Jetplane')) child.name = this.#component('jetplane');
          walk(child);
          return [child];
        }
        const figure = figures.get(child);
        if (figure !== undefined) return [this.#figure(figure)];
        const value = this.#plan.values.get(one.id);
        if (value !== undefined) return [this.#value(value, child)];
        const cell = this.#plan.cells.get(one.id);
        if (cell === undefined) return [];
        const element = this.#cell(cell);
        byNode.set(element, one);
        return [element];
      });
      parent.children = accompany(group(parent.children, byNode), byNode, this.#after);
    };
    walk(tree);
  }

  #figure({ kind, attributes, caption, picture }: PlannedFigure): mdx.JsxNode {
    const children = caption === null ? [] : inline(this.#markdown(caption));
    const src = picture === null ? [] : [mdx.nameAttribute('src', this.#picture(picture))];
    return this.#element(kind, [...attributes, ...src], children);
  }

  /** Makes the article's own `<Try>` the component, with what it does as data. */
  exercise(node: mdx.JsxNode, exercise: Exercise, shown: Readonly<Record<string, string>>): void {
    node.name = this.#component('try');
    node.attributes = [
      mdx.textAttribute('exercise', JSON.stringify(exercise)),
      ...Object.entries(shown).map(([name, text]) => mdx.textAttribute(name, text)),
    ];
  }

  /** Adds the page's programs, its pictures (their files in the browser's form, by name) and the imports. */
  finish(tree: mdx.MdxNode, files: ReadonlyMap<string, string>): void {
    const { page, payload } = this.#plan;
    if (payload !== null) {
      const attributes = [
        mdx.textAttribute('page', page),
        mdx.textAttribute('payload', scriptJson(payload)),
        mdx.recordAttribute('pictures', new Map([...files].map(([name, file]) => [name, this.#address(file)]))),
      ];
      tree.children?.push(this.#element('page', attributes));
    }
    tree.children?.unshift(...[...this.#imports].map(([identifier, source]) => mdx.importNode(identifier, source)));
  }

  #value({ text, exact, of, digits }: PlannedValue, node: mdx.MdxNode): mdx.MdxNode {
    const attributes = [
      mdx.textAttribute('text', text),
      mdx.textAttribute('exact', exact),
      mdx.textAttribute('of', of),
      ...(digits === undefined ? [] : [mdx.textAttribute('digits', String(digits))]),
    ];
    return { ...node, name: this.#component('value'), attributes, children: [] } as mdx.MdxNode;
  }

  #cell({ cell, picture, caption, player }: PlannedCell): mdx.JsxNode {
    const attributes = [mdx.textAttribute('cell', JSON.stringify(cell))];
    if (picture !== null) attributes.push(mdx.nameAttribute('src', this.#picture(picture)));
    const children = [
      ...(player === null ? [] : [this.#player(player)]),
      ...(caption === null ? [] : inline(this.#markdown(caption))),
      ...this.#creditsOf(cell.pictures),
    ];
    return this.#element('cell', attributes, children);
  }

  #player({ name, cells }: PlannedPlayer): mdx.MdxNode {
    return this.#element('animate', [
      mdx.textAttribute('slot', 'player'),
      mdx.textAttribute('page', this.#plan.page),
      mdx.textAttribute('name', name),
      mdx.textAttribute('cells', cells.join(' ')),
    ]);
  }

  #element(component: ComponentName, attributes: mdx.JsxAttribute[], children: mdx.MdxNode[] = []): mdx.JsxNode {
    return mdx.jsxFlow(this.#component(component), attributes, children);
  }

  /** Imports a component, and gives the name that it has in the page. */
  #component(component: ComponentName): string {
    this.#imports.set(COMPONENTS[component], SOURCES[component]);
    return COMPONENTS[component];
  }

  #picture(file: string): string {
    return this.#address(`/.cache/cells/${file}`);
  }

  /** Imports the address of a file of the project. */
  #address(file: string): string {
    const identifier = `cellPicture_${file.replace(/^\/\.cache\/cells\//, '').replace(/\W/g, '_')}`;
    this.#imports.set(identifier, `${file}?url`);
    return identifier;
  }

  /** Whose the files are that a cell's picture is made of. */
  #creditsOf(names: readonly string[]): mdx.MdxNode[] {
    return names.flatMap((name) => {
      const file = this.#credits.get(name);
      return file === undefined ? [] : [creditNode(file)];
    });
  }
}
