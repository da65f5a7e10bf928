/** A dataflow graph as SVG, and the same as a list of steps in words; the same from the build and from the live part. Pure text. */

import { escapeHtml } from '../../lib/display/html.ts';
import type { FlowNode } from '../../lib/julia/dataflow.ts';
import type { Point } from '../../lib/display/axes.ts';
import { place } from './layout.ts';

/** What is shown of a node: the address of its picture, or its value in words; neither where it has no value of its own. */
export interface FlowFace {
  readonly picture?: string;
  readonly words?: string;
}

const WIDTH = 104;
const PICTURE = 96;
const LINE = 16;
/** Characters of code that fit under a picture. */
const CHARACTERS = 14;

function heightOf(node: FlowNode, face: FlowFace | undefined): number {
  return 8 + (face?.picture === undefined ? 0 : PICTURE) + LINE * linesOf(node, face).length + 4;
}

function linesOf(node: FlowNode, face: FlowFace | undefined): string[] {
  const name = node.name === '' ? 'result' : node.name;
  const whole = face?.words === undefined ? name : `${name} = ${face.words}`;
  if (whole.length > CHARACTERS && face?.words !== undefined) return [name, `= ${face.words}`];
  return node.kind === 'source' || node.kind === 'control' ? [whole] : [whole, node.text];
}

function cut(text: string): string {
  return text.length <= CHARACTERS ? text : `${text.slice(0, CHARACTERS - 1)}…`;
}

function pathOf(points: readonly Point[]): string {
  return points
    .map(({ x, y }, k) => {
      const before = points[k - 1];
      if (before === undefined) return `M${round(x)} ${round(y)}`;
      if (before.x === x) return `L${round(x)} ${round(y)}`;
      const turn = round((before.y + y) / 2);
      return `C${round(before.x)} ${turn} ${round(x)} ${turn} ${round(x)} ${round(y)}`;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** @param id of the graph on its page, for its labels */
export function flowSvg(id: string, nodes: readonly FlowNode[], faces: ReadonlyMap<string, FlowFace>): string {
  const layout = place(
    nodes.map((node) => ({ id: node.id, from: node.from, width: WIDTH, height: heightOf(node, faces.get(node.id)) })),
  );
  const boxes = nodes.map((node) => nodeSvg(node, faces.get(node.id), layout.places.get(node.id) ?? { x: 0, y: 0 }));
  const edges = layout.edges.map(
    ({ points }) => `<path class="flow-edge" d="${pathOf(points)}" marker-end="url(#${id}-tip)"/>`,
  );
  const size = `viewBox="-2 -2 ${round(layout.width + 4)} ${round(layout.height + 4)}" style="--width: ${round(layout.width + 4)}px"`;
  const tip = `<marker id="${id}-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="flow-tip" d="M0 0L8 4L0 8z"/></marker>`;
  return `<svg class="flow-svg" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-steps" ${size}><title id="${id}-title">Dataflow: ${nodes.length} values, each made from those above it</title><defs>${tip}</defs>${edges.join('')}${boxes.join('')}</svg>`;
}

function nodeSvg(node: FlowNode, face: FlowFace | undefined, { x, y }: Point): string {
  const lines = linesOf(node, face);
  const picture = face?.picture;
  const image =
    picture === undefined
      ? ''
      : `<image href="${escapeHtml(picture)}" x="4" y="4" width="${PICTURE}" height="${PICTURE}" preserveAspectRatio="xMidYMid meet"/>`;
  const top = picture === undefined ? 4 : PICTURE + 6;
  const words = lines.map(
    (line, k) =>
      `<text class="${k === 0 ? 'flow-name' : 'flow-code'}" x="${WIDTH / 2}" y="${top + LINE * k + 13}">${escapeHtml(cut(line))}</text>`,
  );
  const whole = node.text === '' ? node.name : node.name === '' ? node.text : `${node.name} = ${node.text}`;
  return `<g class="flow-node flow-${node.kind}" transform="translate(${round(x)} ${round(y)})"><title>${escapeHtml(whole)}</title><rect width="${WIDTH}" height="${heightOf(node, face)}" rx="3"/>${image}${words.join('')}</g>`;
}

/** `3. left, from airplane and amplitude: softmax(...)`, as items of a list. */
export function flowSteps(nodes: readonly FlowNode[]): string {
  const called = new Map(nodes.map((node) => [node.id, node.name]));
  return nodes
    .map((node) => {
      const names = node.from.map((id) => `<code>${escapeHtml(called.get(id) ?? '')}</code>`);
      const from = names.length === 0 ? '' : `, from ${listed(names)}`;
      const name = node.name === '' ? 'The result' : `<code>${escapeHtml(node.name)}</code>`;
      const what = {
        source: ', a picture',
        control: ', set by a control',
        step: '',
        result: node.name === '' ? '' : ', the result',
      }[node.kind];
      const text = node.text === '' ? '' : `: <code>${escapeHtml(node.text)}</code>`;
      return `<li>${name}${what}${from}${text}</li>`;
    })
    .join('');
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
