/** Where elements stand on the page: cells of one group side by side, and what accompanies a cell after it. */

import type { CellOptions } from './fence-meta.ts';
import * as mdx from './mdx-nodes.ts';

/** The cell that a node stands for. */
interface Placed {
  readonly id: string;
  readonly options: Pick<CellOptions, 'group'>;
}

/** The inline content of a caption that was parsed as Markdown of its own. */
export function inline(root: mdx.MdxNode): mdx.MdxNode[] {
  return (root.children ?? []).flatMap((block, k) => [
    ...(k === 0 ? [] : [{ type: 'text', value: ' ' } as mdx.MdxNode]),
    ...(block.type === 'paragraph' ? (block.children ?? []) : [block]),
  ]);
}

/** Neighbouring cells of one group stand together in a grid. */
export function group(children: readonly mdx.MdxNode[], byNode: ReadonlyMap<mdx.MdxNode, Placed>): mdx.MdxNode[] {
  const out: mdx.MdxNode[] = [];
  let open: { name: string; node: mdx.JsxNode } | undefined;
  for (const child of children) {
    const name = byNode.get(child)?.options.group ?? null;
    if (name === null) {
      open = undefined;
      out.push(child);
    } else if (open?.name === name) {
      open.node.children.push(child);
      open.node.attributes = groupAttributes(open.node.children.length);
    } else {
      open = { name, node: mdx.jsxFlow('div', groupAttributes(1), [child]) };
      out.push(open.node);
    }
  }
  return out;
}

/** Puts what accompanies a cell after it, or after its group. */
export function accompany(
  children: readonly mdx.MdxNode[],
  byNode: ReadonlyMap<mdx.MdxNode, Placed>,
  after: ReadonlyMap<string, mdx.MdxNode[]>,
): mdx.MdxNode[] {
  return children.flatMap((child) => {
    const grouped = mdx.isJsx(child, 'div') && mdx.attributeText(child, 'class') === 'cell-group';
    const cells = grouped ? child.children : [child];
    return [child, ...cells.flatMap((cell) => after.get(byNode.get(cell)?.id ?? '') ?? [])];
  });
}

function groupAttributes(count: number): mdx.JsxAttribute[] {
  return [mdx.textAttribute('class', 'cell-group'), mdx.textAttribute('data-count', String(count))];
}
