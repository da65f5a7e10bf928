/**
 * A Pluto notebook: Julia with comments that mark the cells, and their order at the end.
 *
 * Source: `src/notebook/saving and loading.jl` of https://github.com/fonsp/Pluto.jl, for the delimiters and for the `@bind` that
 * stands in where the file is run as a script.
 */

import type { Program } from '../julia/ast.ts';
import type { BoundValue } from '../julia/view.ts';
import type { ExportPage } from './page.ts';
import { preambleOf } from './preamble.ts';
import { bindsOf, literal, offersIntegers, pictureReplacements, replaced, type Bind } from './source.ts';

export interface PlutoCell {
  readonly id: string;
  readonly source: string;
  readonly folded: boolean;
}

const HEAD = `### A Pluto.jl notebook ###
# v0.19.46

using Markdown
using InteractiveUtils
`;

const MOCK = `
# This Pluto notebook uses @bind for interactivity. When running this notebook outside of Pluto, the following 'mock version' of @bind gives bound variables a default value (instead of an error).
macro bind(def, element)
    quote
        local iv = try Base.loaded_modules[Base.PkgId(Base.UUID("6e696c72-6542-2067-7265-42206c756150"), "AbstractPlutoDingetjes")].Bonds.initial_value catch; b -> missing; end
        local el = $(esc(element))
        global $(esc(def)) = Core.applicable(Base.get, el) ? Base.get(el) : iv(el)
        el
    end
end
`;

/** The page as the text of a Pluto notebook. */
export function plutoText(page: ExportPage): string {
  const cells = plutoCells(page);
  const bound = page.cells.some(({ program }) => bindsOf(program).length > 0);
  // Pluto finds the order of running by itself; in the file the cells stand in the page's.
  return [
    HEAD,
    ...(bound ? [MOCK] : []),
    ...cells.map(({ id, source }) => `\n# ╔═╡ ${id}\n${source}\n`),
    '\n# ╔═╡ Cell order:\n',
    ...cells.map(({ id, folded }) => `# ${folded ? '╟─' : '╠═'}${id}\n`),
  ].join('');
}

/** The notebook's cells: the page's, each control in one of its own, so that Pluto shows it. */
export function plutoCells(page: ExportPage): PlutoCell[] {
  const { packages, using, helpers, pictures, files } = preambleOf(page, { embed: true, plain: false });
  const made: PlutoCell[] = [];
  const add = (name: string, source: string, folded = false): void => {
    made.push({ id: identifier(`${page.address}\n${name}\n${made.length}`), source, folded });
  };
  add('title', markdown(`# ${page.title}\n\nFrom <${page.address}>.`), true);
  if (packages.length + using.length > 0) {
    const names = packages.map((name) => `"${name}"`).join(', ');
    const install = packages.length === 0 ? [] : ['import Pkg', 'Pkg.activate(mktempdir())', `Pkg.add([${names}])`];
    add('packages', block([...install, ...using]));
  }
  helpers.forEach((source) => add('function', source));
  pictures.forEach(({ name, source }) => add(`picture ${name}`, block(source.split('\n')), true));
  for (const cell of page.cells) {
    if (cell.prose !== undefined && cell.prose.trim() !== '') add(`${cell.id} text`, markdown(cell.prose), true);
    const { controls, rest } = parted(cell.program, page.bound, files);
    controls.forEach((source) => add(`${cell.id} control`, source));
    if (rest !== '') add(cell.id, rest, cell.folded);
    if (cell.caption !== undefined && cell.caption.trim() !== '')
      add(`${cell.id} caption`, markdown(cell.caption), true);
  }
  if (page.closing !== undefined && page.closing.trim() !== '') add('closing', markdown(page.closing), true);
  return made;
}

/** A cell's controls, and its program without them, in one expression as Pluto wants it. */
function parted(
  program: Program,
  bound: ReadonlyMap<string, BoundValue>,
  files: ReadonlySet<string>,
): { controls: string[]; rest: string } {
  const { source, body } = program;
  const top = body.body.filter((node): node is Bind => node.kind === 'bind');
  const controls = top.map((bind) => controlText(bind, source, bound.get(bind.name)));
  const removed = top.map(({ from, to }) => ({ from, to: afterStatement(source, to), text: '' }));
  const inner = bindsOf(program)
    .filter((bind) => !top.includes(bind))
    .map((bind) => ({ from: bind.from, to: bind.to, text: controlText(bind, source, bound.get(bind.name)) }));
  const rest = replaced(source, [...removed, ...inner, ...pictureReplacements(program, files)]).trim();
  const many = body.body.length - top.length > 1;
  // Not indented: a string may go over several lines.
  return { controls, rest: many ? `begin\n${rest}\nend` : rest };
}

/** Past the end of a statement: its semicolon or line end with it. */
function afterStatement(source: string, at: number): number {
  return at + (/^[ \t]*;?[ \t]*\n?/.exec(source.slice(at))?.[0].length ?? 0);
}

/** The control, at the reader's setting. */
function controlText(bind: Bind, source: string, set: BoundValue | undefined): string {
  const { control, name } = bind;
  const text = source.slice(control.from, control.to);
  if (set === undefined || control.kind !== 'call') return `@bind ${name} ${text}`;
  const value = literal(set, offersIntegers(bind));
  const given = control.args.find(({ keyword }) => keyword === 'default')?.value;
  if (given !== undefined) {
    const at = { from: given.from - control.from, to: given.to - control.from, text: value };
    return `@bind ${name} ${replaced(text, [at])}`;
  }
  return `@bind ${name} ${text.replace(/\(?\)$/, (end) => (end === '()' ? `(default=${value})` : `, default=${value})`))}`;
}

function block(lines: readonly string[]): string {
  return lines.length === 1 ? (lines[0] ?? '') : `begin\n${lines.map((line) => `    ${line}`).join('\n')}\nend`;
}

/** A text cell. Formulas are written as Julia's Markdown has them: between double backticks, or in a block of their own. */
function markdown(text: string): string {
  const safe = text
    .replaceAll('"""', '″')
    .replaceAll(/\$\$([^$]+)\$\$/g, (_, formula: string) => `\n\`\`\`math\n${formula.trim()}\n\`\`\`\n`)
    .replaceAll(/\$([^$\n]+)\$/g, (_, formula: string) => `\`\`${formula}\`\``)
    .replaceAll('$', '＄');
  return `md"""\n${safe}\n"""`;
}

/** A UUID of version 4's form that is the same for the same name: 122 bits of four FNV-1a sums. */
export function identifier(name: string): string {
  let digits = '';
  for (let k = 0; k < 4; k += 1) {
    let sum = (0x811c9dc5 ^ (k * 0x9e3779b9)) >>> 0;
    for (const letter of `${k}${name}`) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    sum = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d) >>> 0;
    digits += ((sum ^ (sum >>> 13)) >>> 0).toString(16).padStart(8, '0');
  }
  const variant = '89ab'[Number.parseInt(digits[16] ?? '0', 16) % 4] ?? '8';
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}
