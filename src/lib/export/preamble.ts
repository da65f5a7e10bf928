/** What stands before the cells in real Julia: packages, the site's own functions, pictures. */

import type { Program } from '../julia/ast.ts';
import { HELPERS } from './helpers.ts';
import { packagesFor, usingLines } from './packages.ts';
import { lentKey } from '../julia/graph.ts';
import { picturesUsed, type ExportPage, type ExportPicture } from './page.ts';
import { nodesOf, pictureCalls, testImageCalls, variableOf } from './source.ts';

export interface Preamble {
  /** Packages to install. */
  readonly packages: readonly string[];
  readonly using: readonly string[];
  /** Function definitions, each whole. */
  readonly helpers: readonly string[];
  readonly pictures: readonly PictureLines[];
  /** Pictures that are read from a file, since Julia's packages do not have them. */
  readonly files: ReadonlySet<string>;
}

export interface PictureLines {
  readonly name: string;
  readonly source: string;
}

export interface PreambleOptions {
  /** Whether pictures are put into the text itself. */
  readonly embed: boolean;
  /** Whether `@bind` becomes an assignment, so that no control is named any more. */
  readonly plain: boolean;
}

const CONTROLS = ['Slider', 'Select', 'CheckBox'];

export function preambleOf(page: ExportPage, { embed, plain }: PreambleOptions): Preamble {
  const programs = page.cells.map(({ program }) => program);
  const defined = new Set(programs.flatMap(({ defines }) => defines));
  const names = new Set(programs.flatMap(namesOf).filter((name) => !defined.has(name)));
  // Its calls become variables.
  names.delete('picture');
  const pictures = picturesUsed(page);
  const files = new Set(pictures.filter(needsFile).map(({ name }) => name));
  const calls = programs.flatMap((program) => testImageCalls(program).map(([, name]) => name));
  if (calls.length > 0 && calls.every((name) => files.has(name))) names.delete('testimage');
  if (calls.some((name) => files.has(name))) names.add('load');
  const lines = pictures.map((picture) => pictureLines(picture, embed, names, defined, programs));
  const helpers = HELPERS.filter(({ name }) => names.has(name)).map(({ source }) => source);
  const embedded = pictures.some(
    (picture) => needsFile(picture) && embed && (picture.png ?? picture.numbers) !== undefined,
  );
  return {
    packages: [...packagesFor(names), ...(plain || !CONTROLS.some((name) => names.has(name)) ? [] : ['PlutoUI'])],
    using: [
      ...usingLines(names),
      ...(embedded ? ['using Base64: base64decode'] : []),
      ...(plain || !CONTROLS.some((name) => names.has(name))
        ? []
        : [`using PlutoUI: ${CONTROLS.filter((name) => names.has(name)).join(', ')}`]),
    ],
    helpers,
    pictures: lines.filter(({ source }) => source !== ''),
    files,
  };
}

/** The mandrill is in TestImages; the site's other pictures, and the reader's own, are files. */
function needsFile({ name, own }: ExportPicture): boolean {
  return own !== undefined || name !== 'mandrill';
}

/** The lines that make a picture; the names that they need are added to `names`. */
function pictureLines(
  picture: ExportPicture,
  embed: boolean,
  names: Set<string>,
  defined: ReadonlySet<string>,
  programs: readonly Program[],
): PictureLines {
  const { name, own, png, numbers, address } = picture;
  const variable = variableOf(name);
  const asked = programs.some((program) =>
    pictureCalls(program).some(([, text]) => [text, lentKey(text)].includes(name)),
  );
  const read = asked || (programs.some(({ reads }) => reads.includes(name)) && !defined.has(name));
  const add = (...more: readonly string[]): void => more.forEach((one) => names.add(one));
  if (!needsFile(picture)) {
    if (!read) return { name, source: '' };
    add('Gray', 'testimage');
    return { name, source: `${name} = Float64.(Gray.(testimage("${name}")))` };
  }
  if (embed && numbers !== undefined && !programs.some((program) => asksFor(program, name)))
    return { name, source: numberLines(variable, numbers) };
  add('load');
  const lines: string[] = [];
  if (embed && png !== undefined) {
    lines.push(
      `${variable}_file = let file = tempname() * ".png"`,
      `    write(file, base64decode("${base64(png)}"))`,
      '    file',
      'end',
    );
  } else if (own !== undefined) {
    lines.push(
      `${variable}_file = ${JSON.stringify(own).replaceAll('$', '\\$')} # your own picture: its file must lie where Julia runs`,
    );
  } else {
    add('download');
    lines.push(`${variable}_file = download("${address}")`);
  }
  if (read) {
    add('Gray');
    lines.push(`${variable} = Float64.(Gray.(load(${variable}_file)))`);
  }
  return { name, source: lines.join('\n') };
}

/** `testimage("name")`, which wants a picture of a file. */
function asksFor(program: Program, name: string): boolean {
  return testImageCalls(program).some(([, asked]) => asked === name);
}

function numberLines(variable: string, { rows, cols, data }: NonNullable<ExportPicture['numbers']>): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const type = data instanceof Float32Array ? 'Float32' : 'Float64';
  return [
    `${variable} = let numbers = reinterpret(${type}, base64decode("${base64(bytes)}"))`,
    `    Float64.(permutedims(reshape(numbers, ${cols}, ${rows})))`,
    'end',
  ].join('\n');
}

/** Names that a program takes from outside: those it reads, macros, and types in annotations. */
function namesOf(program: Program): string[] {
  const more = [...nodesOf(program.body)].flatMap((node) => {
    if (node.kind === 'macro') return [node.name.startsWith('@') ? node.name : `@${node.name}`];
    if (node.kind === 'using') return node.modules;
    if (node.kind === 'function') return [...node.params, ...node.keywords].flatMap(({ type }) => typeWords(type));
    return node.kind === 'typed' ? typeWords(node.type) : [];
  });
  return [...program.reads, ...more];
}

function typeWords(type: string | null): string[] {
  return type?.match(/[A-Z]\w*/g) ?? [];
}

/** Bytes in base64, the standard alphabet. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let k = 0; k < bytes.length; k += 0x8000) text += String.fromCodePoint(...bytes.subarray(k, k + 0x8000));
  return btoa(text);
}
