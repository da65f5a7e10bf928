/**
 * The remark plugin that turns `julia live` fences into <Cell> elements, and computes them while the page is built.
 * An article imports nothing: the plugin adds the imports. What a fence may say is in `fence-meta.ts`.
 */

import { dirname, join, relative } from 'node:path';
import { toString } from 'mdast-util-to-string';
import { codeHtml } from '../components/Cell/code-html.ts';
import { pictureFacts } from '../lib/display/describe.ts';
import { formatNumber } from '../lib/display/number.ts';
import { picturesOf, testImages } from '../lib/julia/graph.ts';
import { scriptJson, type StaticCell } from '../components/Cell/payload.ts';
import type { PagePayload, PageProgram } from '../notebook/programs.ts';
import { referenceBuild, type BuildEngine } from './build-engine.ts';
import { accompany, group, inline } from './arrange.ts';
import { animatedCells, facesOf, planFlows, type FlowPlan } from './companions.ts';
import { cardPicture } from './card-picture.ts';
import { computePage, type BuildOutcome } from './compute.ts';
import { check, collect, type File, type Found } from './find-programs.ts';
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
} as const;
const SOURCES = {
  cell: '/src/components/Cell/Cell.astro',
  page: '/src/components/Cell/CellPage.astro',
  value: '/src/components/Value/Value.astro',
  jetplane: '/src/components/Jetplane/Jetplane.astro',
  animate: '/src/components/Animation/Animation.astro',
  flow: '/src/components/DataflowGraph/DataflowGraph.astro',
} as const;
export default function liveCells(this: unknown, options: LiveCellsOptions = {}) {
  const processor = this as Processor;
  const root = options.root ?? process.cwd();
  const folder = join(root, '.cache', 'cells');
  return async (tree: mdx.MdxNode, file: File): Promise<void> => {
    const found = collect(tree, file);
    if (found.length === 0) return;
    const engine = options.engine ?? (await referenceBuild(root));
    // Expressions in prose come last: in the browser they are missing, and a cell's place decides its random stream.
    const runnable = [...found.filter(({ value }) => !value), ...found.filter(({ value }) => value)];
    const jobs = runnable.map(({ id, program, options: { show } }) => ({ id, program, show }));
    const known = await readStored(runnable, file, folder, engine);
    const flows = planFlows(found, [...engine.pictures.keys()]);
    const all = [...jobs, ...flows.flatMap((flow) => flow.jobs)];
    const outcomes = await computePage(all, { folder, ...engine, known });
    for (const one of found) check(one, outcomes.get(one.id), file);
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
    const writer = new Writer(page, found, outcomes, [...engine.pictures.keys()]);
    for (const flow of flows) await writer.addFlow(flow, folder);
    writer.addPlayers(file);
    writer.replace(tree, (text) => processor.parse(text));
    await writer.finish(tree, (name, colour) => engine.picture(name, folder, colour));
  };
}

/** What `npm run learn` has computed for this page. Fails the build where that is missing or old. */
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
    if (error instanceof StoredError)
      file.fail(`cell ${error.id}: ${error.message}`, found.find(({ id }) => id === error.id)?.node);
    throw error;
  }
}

/** Puts elements where the programs stood, and gathers what they import. */
class Writer {
  readonly #page: string;
  readonly #found: readonly Found[];
  readonly #outcomes: ReadonlyMap<string, BuildOutcome>;
  readonly #known: readonly string[];
  readonly #imports = new Map<string, string>();
  /** Players, by the cell beneath whose controls they stand. */
  readonly #players = new Map<string, mdx.MdxNode>();
  /** What stands after a cell, or after its group. */
  readonly #after = new Map<string, mdx.MdxNode[]>();
  #pictures = 0;

  constructor(
    page: string,
    found: readonly Found[],
    outcomes: ReadonlyMap<string, BuildOutcome>,
    known: readonly string[],
  ) {
    this.#page = page;
    this.#found = found;
    this.#outcomes = outcomes;
    this.#known = known;
  }

  replace(tree: mdx.MdxNode, parseMarkdown: (text: string) => mdx.MdxNode): void {
    const byNode = new Map(this.#found.map((one) => [one.node, one]));
    const walk = (parent: mdx.MdxNode): void => {
      if (parent.children === undefined) return;
      parent.children = parent.children.flatMap((child) => {
        const one = byNode.get(child);
        if (one === undefined) {
          if (mdx.isJsx(child, 'Jetplane')) this.#rename(child, 'jetplane');
          walk(child);
          return [child];
        }
        if (one.value) return [this.#value(one, child)];
        if (one.options.setup) return [];
        const element = this.#cell(one, parseMarkdown);
        byNode.set(element, one);
        return [element];
      });
      parent.children = accompany(group(parent.children, byNode), byNode, this.#after);
    };
    walk(tree);
  }

  async addFlow(flow: FlowPlan, folder: string): Promise<void> {
    const { pictures, words } = await facesOf(flow, this.#outcomes, folder);
    this.#accompany(flow.cell, 'flow', [
      mdx.textAttribute('page', this.#page),
      mdx.textAttribute('cell', flow.cell),
      mdx.textAttribute('nodes', JSON.stringify(flow.nodes)),
      mdx.textAttribute('words', JSON.stringify(words)),
      mdx.recordAttribute('pictures', new Map([...pictures].map(([id, name]) => [id, this.#picture(name)]))),
    ]);
  }

  addPlayers(file: File): void {
    for (const one of this.#found) {
      if (one.options.animate === null) continue;
      try {
        const cells = animatedCells(one, this.#found, this.#outcomes);
        const attributes = [
          mdx.textAttribute('slot', 'player'),
          mdx.textAttribute('page', this.#page),
          mdx.textAttribute('name', one.options.animate),
          mdx.textAttribute('cells', cells.join(' ')),
        ];
        this.#imports.set(COMPONENTS.animate, SOURCES.animate);
        this.#players.set(one.id, mdx.jsxFlow(COMPONENTS.animate, attributes));
      } catch (error) {
        if (error instanceof RangeError) file.fail(error.message, one.node);
        throw error;
      }
    }
  }

  #accompany(cell: string, component: keyof typeof COMPONENTS, attributes: mdx.JsxAttribute[]): void {
    this.#imports.set(COMPONENTS[component], SOURCES[component]);
    this.#after.set(cell, [...(this.#after.get(cell) ?? []), mdx.jsxFlow(COMPONENTS[component], attributes)]);
  }

  #rename(node: mdx.JsxNode, component: keyof typeof COMPONENTS): void {
    this.#imports.set(COMPONENTS[component], SOURCES[component]);
    node.name = COMPONENTS[component];
  }

  #value(one: Found, node: mdx.MdxNode): mdx.MdxNode {
    const result = this.#outcomes.get(one.id)?.result;
    this.#imports.set(COMPONENTS.value, SOURCES.value);
    const jsx = node as mdx.JsxNode;
    const digits = Number(mdx.attributeText(jsx, 'digits') ?? 4);
    const text =
      result?.kind === 'number' ? formatNumber(result.value, digits) : result?.kind === 'text' ? result.text : null;
    if (text === null) throw new Error(`<Value of="${one.program.source}"> is no number and no text`);
    const exact = result?.kind === 'number' ? result.text : text;
    const attributes = [
      mdx.textAttribute('text', text),
      mdx.textAttribute('exact', exact),
      mdx.textAttribute('of', one.program.source),
    ];
    return { ...jsx, name: COMPONENTS.value, attributes, children: [] } as mdx.MdxNode;
  }

  #cell(one: Found, parseMarkdown: (text: string) => mdx.MdxNode): mdx.JsxNode {
    const outcome = this.#outcomes.get(one.id);
    const caption = one.options.caption === null ? null : parseMarkdown(one.options.caption);
    const eager = outcome?.picture != null && this.#pictures === 0;
    const attributes = [mdx.textAttribute('cell', JSON.stringify(this.#static(one, outcome, caption, eager)))];
    if (outcome?.picture != null) {
      this.#pictures += 1;
      attributes.push(mdx.nameAttribute('src', this.#picture(outcome.picture)));
    }
    this.#imports.set(COMPONENTS.cell, SOURCES.cell);
    const player = this.#players.get(one.id);
    const children = [...(player === undefined ? [] : [player]), ...(caption === null ? [] : inline(caption))];
    return mdx.jsxFlow(COMPONENTS.cell, attributes, children);
  }

  #static(one: Found, outcome: BuildOutcome | undefined, caption: mdx.MdxNode | null, eager: boolean): StaticCell {
    const { options, program, id } = one;
    const result = outcome?.result ?? { kind: 'nothing' };
    const told = caption === null ? `Result of ${program.source.trim().split('\n').at(-1)}` : toString(caption);
    const derived = result.kind === 'picture' ? `${told.replace(/[.\s]+$/, '')}. ${pictureFacts(result)}.` : told;
    return {
      id,
      page: this.#page,
      source: program.source,
      codeHtml: codeHtml(program.source),
      result,
      trouble: one.trouble ?? outcome?.trouble ?? null,
      printed: outcome?.printed ?? '',
      controls: outcome?.controls ?? [],
      alt: options.alt ?? derived,
      size: options.size,
      hero: options.hero,
      hideCode: options.hideCode,
      show: options.show,
      eager,
      stored: options.stored,
      pictures: picturesOf(this.#found, id, this.#known),
    };
  }

  #picture(file: string): string {
    const identifier = `cellPicture_${file.replace(/\W/g, '_')}`;
    this.#imports.set(identifier, `/.cache/cells/${file}?url`);
    return identifier;
  }

  /** Adds the page's programs, its pictures and the imports. `picture` writes a picture for the browser and names its file. */
  async finish(tree: mdx.MdxNode, picture: (name: string, colour: boolean) => Promise<string>): Promise<void> {
    const programs: PageProgram[] = this.#found
      .filter((one) => !one.value)
      .map(({ id, program, trouble, options: { stored } }) => ({
        id,
        program,
        ...(trouble === null ? {} : { unparsed: true }),
        ...(stored ? { stored } : {}),
      }));
    const cells = programs.filter(({ id }) => this.#found.some((one) => one.id === id && !one.options.setup));
    if (cells.length > 0) {
      const payload: PagePayload = { page: this.#page, programs };
      const names = this.#known.filter((name) =>
        cells.some(({ id }) => picturesOf(programs, id, this.#known).includes(name)),
      );
      const files = new Map<string, string>();
      // Colours weigh three times as much and are wanted by few articles: those that call `testimage`.
      const colour = new Set(programs.flatMap(({ program }) => [...testImages(program)]));
      for (const name of names) files.set(name, this.#picture(await picture(name, colour.has(name))));
      this.#imports.set(COMPONENTS.page, SOURCES.page);
      const attributes = [
        mdx.textAttribute('page', this.#page),
        mdx.textAttribute('payload', scriptJson(payload)),
        mdx.recordAttribute('pictures', files),
      ];
      tree.children?.push(mdx.jsxFlow(COMPONENTS.page, attributes));
    }
    tree.children?.unshift(...[...this.#imports].map(([identifier, source]) => mdx.importNode(identifier, source)));
  }
}
