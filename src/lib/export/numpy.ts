/** *Copy as NumPy*: a cell that uses operations of arrays only, with what it needs, as Python. */

import type { Expr, Param } from '../julia/ast.ts';
import { Translator } from './numpy-expression.ts';
import type { Surroundings } from './numpy-translation.ts';
import { WRITTEN_OUT } from './numpy-functions.ts';
import { NotNumpy, type Kind } from './numpy-types.ts';
import { pythonName } from './numpy-words.ts';
import { inRunningOrder, picturesUsed, type ExportCell, type ExportPage } from './page.ts';
import { bindsOf, valueOf, type Bind } from './source.ts';

export { NotNumpy } from './numpy-types.ts';

type Definition = Expr & { kind: 'function' };

/**
 * The page's cells as one Python program; the last cell's value is in `result`.
 *
 * @throws NotNumpy with one sentence where something in them has no translation
 */
export function numpyText(page: ExportPage): string {
  const pictures = picturesUsed(page);
  const program = new NumpyProgram(
    page,
    pictures.map(({ name }) => name),
  );
  const ordered = inRunningOrder(page.cells);
  ordered.forEach((cell, k) => program.add(cell, k === ordered.length - 1));
  const helpers = Object.entries(WRITTEN_OUT).filter(([name]) => program.used.has(name));
  const own = pictures.filter(({ own: file }) => file !== undefined);
  const parts = [
    `# ${page.title.replaceAll(/\s+/g, ' ')}\n# ${page.address}`,
    [...(pictures.length > 0 ? ['import io, urllib.request', 'from PIL import Image'] : []), 'import numpy as np'].join(
      '\n',
    ),
    ...(pictures.length > 0 ? [WRITTEN_OUT['picture'] ?? ''] : []),
    ...helpers.map(([, text]) => text),
    ...(own.length > 0 ? [`# Your own picture: put the address of its file, such as "file:///home/me/cat.png".`] : []),
    pictures
      .map(
        ({ name, address, own: file }) =>
          `${name} = picture(${JSON.stringify(file === undefined ? address : `file:${file}`)})`,
      )
      .join('\n'),
    program.lines.join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

class NumpyProgram {
  readonly lines: string[] = [];
  /** Functions that are written out. */
  readonly used = new Set<string>();
  readonly #page: ExportPage;
  readonly #names = new Map<string, Kind>();
  readonly #functions = new Map<string, { readonly node: Definition; readonly source: string }>();
  /** Functions of the program's as they were written, for these kinds of arguments. */
  readonly #written = new Map<string, { readonly text: string; readonly kinds: string; readonly kind: Kind }>();

  constructor(page: ExportPage, pictures: readonly string[]) {
    this.#page = page;
    for (const name of pictures) this.#names.set(name, 'matrix');
  }

  add({ program }: ExportCell, last: boolean): void {
    const { source, body } = program;
    if (body.body.length === 0) throw new NotNumpy('it is empty');
    const [binds, at] = [bindsOf(program), this.#around(source, this.#names)];
    body.body.forEach((node, k) => {
      const final = last && k === body.body.length - 1;
      if (node.kind === 'bind') this.#bind(binds.find((bind) => bind === node) ?? node, source);
      else if (node.kind === 'function' && node.name !== null) this.#functions.set(node.name, { node, source });
      else if (node.kind !== 'using') this.#statement(node, at, final);
      if (final && (node.kind === 'bind' || node.kind === 'function' || node.kind === 'using'))
        throw new NotNumpy('it ends with a definition, and has no value');
    });
  }

  #around(source: string, names: ReadonlyMap<string, Kind>): Surroundings {
    return {
      source,
      names,
      own: (name, kinds) => this.#call(name, kinds),
      use: (name) => this.used.add(name),
    };
  }

  #bind(bind: Bind, source: string): void {
    const value = valueOf(bind, source, this.#page.bound.get(bind.name));
    const text = { true: 'True', false: 'False' }[value] ?? value;
    if (!/^(True|False|-?[\d.]+(e-?\d+)?)$/.test(text)) throw new NotNumpy(`the control ${bind.name} holds no number`);
    this.#names.set(bind.name, 'number');
    this.lines.push(`${pythonName(bind.name)} = ${text}`);
  }

  #statement(node: Expr, around: Surroundings, final: boolean): void {
    const translator = new Translator(around);
    if (node.kind !== 'assign') {
      // A value that nobody keeps.
      if (final) this.lines.push(`result = ${translator.expression(node).text}`);
      return;
    }
    this.lines.push(...assigned(node, translator, this.#names));
    if (!final) return;
    if (node.target.kind !== 'name') throw new NotNumpy('it ends with several values at once');
    this.lines.push(`result = ${pythonName(node.target.name)}`);
  }

  /** What a function of the program's gives for arguments of these kinds; it is written where it is first called. */
  #call(name: string, kinds: readonly Kind[]): Kind | null {
    const known = this.#functions.get(name);
    if (known === undefined) return null;
    const { node, source } = known;
    if (kinds.length === 0 && node.params.length > 0) return 'number';
    const key = kinds.join(' ');
    const before = this.#written.get(name);
    if (before?.kinds === key) return before.kind;
    const { text, kind } = this.#define(name, node, source, kinds);
    if (before !== undefined && before.text !== text)
      throw new NotNumpy(`${name} is called with arrays of different kinds`);
    if (before === undefined) this.lines.push(text);
    this.#written.set(name, { text, kinds: key, kind });
    return kind;
  }

  #define(name: string, node: Definition, source: string, kinds: readonly Kind[]): { text: string; kind: Kind } {
    const lawful = node.keywords.length === 0 && node.params.length === kinds.length && node.params.every(isPlain);
    if (!lawful)
      throw new NotNumpy(`${name} takes defaults, keywords or types, or is called with another number of arguments`);
    const params = node.params.map(paramName);
    const names = new Map(this.#names);
    params.forEach((param, k) => names.set(param, kinds[k] ?? 'number'));
    const translator = new Translator(this.#around(source, names));
    const steps = node.body.kind === 'block' ? node.body.body : [node.body];
    const final = steps.at(-1);
    if (final === undefined) throw new NotNumpy(`${name} is empty`);
    const inner = steps.slice(0, -1).flatMap((step) => {
      if (step.kind !== 'assign') throw new NotNumpy(`${name} does more than to compute a value`);
      return assigned(step, translator, names);
    });
    const value = translator.expression(final.kind === 'return' && final.value !== null ? final.value : final);
    const body = [...inner, `return ${value.text}`].map((line) => `    ${line}`);
    return {
      text: [`def ${pythonName(name)}(${params.map(pythonName).join(', ')}):`, ...body].join('\n'),
      kind: value.kind,
    };
  }
}

/** `a = x`, `a, b = x, y` and `rows, cols = size(A)`. The names that are new are put into `names`. */
function assigned(node: Expr & { kind: 'assign' }, translator: Translator, names: Map<string, Kind>): string[] {
  const { target, value } = node;
  if (target.kind === 'name' && target.type === undefined) {
    const piece = translator.expression(value);
    if (piece.kind === 'unit') throw new NotNumpy('it keeps the unit matrix under a name');
    names.set(target.name, piece.kind);
    return [`${pythonName(target.name)} = ${piece.text}`];
  }
  if (target.kind !== 'names' || target.rest !== undefined)
    return translator.refuse('it assigns to parts of a value', node);
  const left = target.items.map((item) =>
    item.kind === 'name' ? item.name : translator.refuse('it assigns to parts of a value', node),
  );
  const right = rightSides(value, left.length, translator);
  left.forEach((name, k) => names.set(name, right[k]?.kind ?? 'number'));
  return [`${left.map(pythonName).join(', ')} = ${right.map(({ text }) => text).join(', ')}`];
}

function rightSides(value: Expr, count: number, translator: Translator): { text: string; kind: Kind }[] {
  if (value.kind === 'tuple' && value.items.length === count)
    return value.items.map((item) => translator.expression(item));
  const [argument] =
    value.kind === 'call' && value.callee.kind === 'name' && value.callee.name === 'size' ? value.args : [];
  if (argument === undefined || count !== 2) return translator.refuse('it takes a value apart', value);
  const piece = translator.expression(argument.value);
  return [0, 1].map((axis) => ({ text: `np.shape(${piece.text})[${axis}]`, kind: 'number' }));
}

function isPlain({ name, fallback, rest, type }: Param): boolean {
  return name.kind === 'name' && fallback === null && !rest && type === null;
}

function paramName({ name }: Param): string {
  return name.kind === 'name' ? name.name : '_';
}
