/** *Copy as Julia*: a cell, or a page, as text for the REPL of Julia 1.10. */

import { inRunningOrder, type ExportPage } from './page.ts';
import { preambleOf } from './preamble.ts';
import { plainSource } from './source.ts';

/** The packages to install, as a line of Julia; none where nothing is needed. */
export function installLine(packages: readonly string[]): string {
  return `import Pkg; Pkg.add([${packages.map((name) => `"${name}"`).join(', ')}])`;
}

/**
 * The page's cells, in an order in which they run, behind the packages, functions and pictures that they need. At the REPL a loop at the
 * top of a cell assigns what the cell has defined, as it does on the page.
 */
export function juliaText(page: ExportPage): string {
  const { packages, using, helpers, pictures, files } = preambleOf(page, { embed: false, plain: true });
  const head = [
    `# ${page.title.replaceAll(/\s+/g, ' ')}`,
    `# ${page.address}`,
    '# Julia 1.10 or later, to be pasted into the REPL.',
    ...(packages.length > 0 ? [`# Once: ${installLine(packages)}`] : []),
  ];
  const parts = [
    head.join('\n'),
    using.join('\n'),
    ...helpers,
    pictures.map(({ source }) => source).join('\n'),
    ...inRunningOrder(page.cells).map(({ program }) => plainSource(program, page.bound, files).trim()),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
