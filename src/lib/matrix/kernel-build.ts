/**
 * Compiles kernels in AssemblyScript: `npm run kernels` (`scripts/kernels.ts`) writes a TypeScript module that holds the binaries as base64, so that
 * Node, a browser worker and a test load the very same bytes with no file or network access. Beside them stand the kernels' signatures, read from
 * their sources: TypeScript calls a kernel with an object of named arguments. The module is committed; a test compiles again and compares.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

/** A folder of kernels, and the module that is made of it. */
export interface KernelSource {
  /** The sources; `index.ts` there lists every kernel. */
  readonly folder: URL;
  /** The module that is written, and what the names of its types begin with. */
  readonly module: URL;
  readonly prefix: string;
  readonly binaries: readonly KernelBinary[];
  /** Whether the memory is the host's, which the binaries then import as `env.memory`; else each has its own. */
  readonly memoryOfHost: boolean;
}

export interface KernelBinary {
  /** The constant that holds it. */
  readonly name: string;
  /** The file whose exports it has. */
  readonly entry: string;
  readonly relaxedSimd: boolean;
  /** A comment for the constant. */
  readonly comment?: string;
}

/** As much of the compiler as is used here. */
interface Compiler {
  main(
    options: readonly string[],
    host: {
      readFile(name: string, base: string): Promise<string | null>;
      writeFile(name: string, contents: Uint8Array | string): void;
      listFiles(): string[];
      stderr: { write(text: string | Uint8Array): void };
    },
  ): Promise<{ error: Error | null }>;
}

// The name is hidden from TypeScript: the compiler's own types replace those of JavaScript's arrays for the whole project.
const compiler: string = 'assemblyscript/asc';
const { default: asc } = (await import(/* @vite-ignore */ compiler)) as { default: Compiler };

/** Every binary of a source, in their order, in memory. Throws with the compiler's own words when one does not compile. */
export async function compileKernels(source: KernelSource): Promise<Uint8Array[]> {
  return Promise.all(source.binaries.map((binary) => compile(source, binary)));
}

async function compile(source: KernelSource, { entry, relaxedSimd }: KernelBinary): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const messages: string[] = [];
  const { error } = await asc.main(
    [
      entry,
      '--outFile',
      'out.wasm',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '-O3',
      '--noAssert',
      '--converge',
      '--use',
      'abort=',
      '--initialMemory',
      '1',
      '--memoryBase',
      '64',
      ...(relaxedSimd ? ['--enable', 'relaxed-simd'] : []),
      ...(source.memoryOfHost ? ['--importMemory', '--noExportMemory'] : []),
    ],
    {
      readFile: (name: string, base: string) =>
        readFile(new URL(name, new URL(`${base}/`, source.folder)), 'utf8').catch(() => null),
      writeFile: (name: string, contents: Uint8Array | string) => {
        if (name === 'out.wasm' && typeof contents !== 'string') binary = contents;
      },
      listFiles: () => [],
      stderr: { write: (text: string | Uint8Array) => void messages.push(String(text)) },
    },
  );
  if (error || !binary) throw new Error(`AssemblyScript: ${error?.message ?? 'no output'}\n${messages.join('')}`);
  return binary;
}

interface Signature {
  readonly name: string;
  /** The comment above it. */
  readonly comment: string;
  readonly parameters: readonly string[];
  readonly result: 'number' | 'void';
}

/** What `file` exports, and what it hands on from others; of the functions only those that are `wanted`, if that is given. */
async function signatures(folder: URL, file: string, wanted?: ReadonlySet<string>): Promise<Signature[]> {
  const text = await readFile(new URL(file, folder), 'utf8');
  const found: Signature[] = [];
  for (const statement of ts.createSourceFile(file, text, ts.ScriptTarget.Latest).statements) {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause, moduleSpecifier } = statement;
      if (!exportClause || !ts.isNamedExports(exportClause) || !moduleSpecifier || !ts.isStringLiteral(moduleSpecifier))
        throw new Error(`${file}: an export must name what it hands on, and from where`);
      const names = new Set(exportClause.elements.map(({ name }) => name.text));
      found.push(...(await signatures(folder, `${moduleSpecifier.text}.ts`, names)));
    } else if (ts.isFunctionDeclaration(statement) && statement.name) {
      const name = statement.name.text;
      const exported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
      if (!exported || wanted?.has(name) === false) continue;
      const words = (node: ts.Node | undefined): string => (node ? text.slice(node.pos, node.end).trim() : '');
      const comment = ts.getLeadingCommentRanges(text, statement.pos)?.at(-1);
      found.push({
        name,
        comment: comment ? text.slice(comment.pos, comment.end) : '',
        parameters: statement.parameters.map((parameter) => words(parameter.name)),
        result: words(statement.type) === 'void' ? 'void' : 'number',
      });
    }
  }
  return found;
}

/** The text of the module for its compiled binaries, in their order. */
export async function moduleText(source: KernelSource, compiled: readonly Uint8Array[]): Promise<string> {
  const kernels = await signatures(source.folder, 'index.ts');
  const list = (parameters: readonly string[], each: (name: string) => string): string =>
    parameters.map(each).join(', ');
  const text = [
    '/** Generated by `npm run kernels` from the AssemblyScript in kernels/. Do not edit. */',
    '',
    "/** The binary's functions. Every argument is a number; those that are addresses count bytes. */",
    `export interface ${source.prefix}Exports {`,
    ...kernels.map(
      ({ name, parameters, result }) =>
        `readonly ${name}: (${list(parameters, (one) => `${one}: number`)}) => ${result};`,
    ),
    '}',
    '',
    '/** The same functions with named arguments. */',
    `export interface ${source.prefix}Calls {`,
    ...kernels.flatMap(({ name, comment, parameters, result }) => [
      comment,
      `readonly ${name}: (given: { ${list(parameters, (one) => `readonly ${one}: number`)} }) => ${result};`,
    ]),
    '}',
    '',
    '/** A function for each kernel, so that a call costs no more than its arguments. */',
    `export function namedCalls(kernels: ${source.prefix}Exports): ${source.prefix}Calls {`,
    'return {',
    ...kernels.map(
      ({ name, parameters }) => `${name}: (given) => kernels.${name}(${list(parameters, (one) => `given.${one}`)}),`,
    ),
    '};',
    '}',
    '',
    ...source.binaries.flatMap(({ name, comment }, k) => {
      const lines =
        Buffer.from(compiled[k] ?? [])
          .toString('base64')
          .match(/.{1,110}/g) ?? [];
      return [
        ...(comment ? [`/** ${comment} */`] : []),
        `export const ${name} =`,
        `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
        '',
      ];
    }),
  ].join('\n');
  const file = fileURLToPath(source.module);
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}
