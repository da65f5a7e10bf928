import { resize } from '../../lib/image/resize.ts';
import type { CellReport, View } from '../../lib/julia/view.ts';
import { asPicture, displayBytes } from '../../lib/display/picture.ts';
import { livePage, type LivePage } from '../Cell/live-page.ts';
import { emptyProgram, flowOf, valueProgram, type FlowNode } from './flow.ts';
import { flowSteps, flowSvg, type FlowFace } from './flow-html.ts';

/** Pixels of a thumbnail's longer side. */
const THUMBNAIL = 192;

/** Keeps a graph in step with its cell: drawn anew when the program changes, its pictures after each run, while it is on screen. */
export function follow(host: HTMLElement): void {
  new LiveFlow(host);
}

class LiveFlow {
  readonly #host: HTMLElement;
  readonly #page: LivePage;
  readonly #cell: string;
  /** The page's hidden programs, each lent to one node; and the name that each shows. */
  readonly #slots: ReadonlyMap<string, { name: string }>;
  /** What is known of the value of a name; '' is the cell's own. */
  readonly #faces = new Map<string, FlowFace>();
  #nodes: readonly FlowNode[] = [];
  #told = '';
  #visible = false;
  /** The cell has been run since the page came: before that the build's pictures are right. */
  #ran = false;
  #frame = 0;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#cell = host.dataset['cell'] ?? '';
    this.#page = livePage(host.dataset['page'] ?? '');
    this.#slots = new Map((host.dataset['slots'] ?? '').split(' ').map((id) => [id, { name: '' }]));
    this.#page.watch({ delivered: (reports) => this.#hear(reports), ended: () => undefined });
    const watcher = new IntersectionObserver((entries) => {
      for (const { isIntersecting } of entries) this.#visible = isIntersecting;
      if (this.#visible) this.#follow();
      else this.#rest();
    });
    watcher.observe(host);
  }

  #hear(reports: readonly CellReport[]): void {
    for (const { id, view } of reports) {
      const slot = this.#slots.get(id);
      if (slot !== undefined && slot.name !== '') this.#faces.set(slot.name, faceOf(view));
      if (id !== this.#cell) continue;
      this.#ran = true;
      this.#faces.set('', faceOf(view));
    }
    if (this.#visible && this.#ran) {
      this.#follow();
      this.#draw();
    }
  }

  /** Lends the hidden programs to the nodes of the program as it stands. */
  #follow(): void {
    if (!this.#ran) return;
    const programs = this.#page.programs.filter(({ id }) => !this.#slots.has(id));
    const told = programs.map(({ id, revision }) => `${id}:${revision}`).join();
    if (told !== this.#told) {
      this.#told = told;
      this.#nodes = flowOf(programs, this.#cell, this.#page.pictures);
    }
    const names = [...new Set(this.#nodes.filter(({ current }) => current).map(({ name }) => name))];
    [...this.#slots].forEach(([id, slot], k) => this.#lend(id, slot, names[k] ?? ''));
  }

  /** Off screen nothing is computed for the graph. */
  #rest(): void {
    for (const [id, slot] of this.#slots) this.#lend(id, slot, '');
  }

  #lend(id: string, slot: { name: string }, name: string): void {
    if (slot.name === name) return;
    slot.name = name;
    this.#page.setProgram(id, name === '' ? emptyProgram : valueProgram(name));
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const id = this.#host.id;
      const faces = new Map(this.#nodes.map((node) => [node.id, this.#faceFor(node)]));
      const graph = this.#host.querySelector('.flow-graph');
      const steps = this.#host.querySelector('ol');
      if (graph !== null) graph.innerHTML = flowSvg(id, this.#nodes, faces);
      if (steps !== null) steps.innerHTML = flowSteps(this.#nodes);
    });
  }

  #faceFor(node: FlowNode): FlowFace {
    if (node.name === '') return this.#faces.get('') ?? {};
    return node.current ? (this.#faces.get(node.name) ?? {}) : {};
  }
}

/** A thumbnail as a data address, or a number in words. */
function faceOf(view: View | null): FlowFace {
  if (view?.kind === 'number') return { words: view.text };
  const picture = asPicture(view, 'picture');
  if (picture === null) return {};
  const by = Math.min(1, THUMBNAIL / Math.max(picture.rows, picture.cols));
  const [rows, cols] = [Math.max(1, Math.round(picture.rows * by)), Math.max(1, Math.round(picture.cols * by))];
  const small = (data: Float32Array | Float64Array): Float64Array =>
    Float64Array.from(resize({ rows: picture.rows, cols: picture.cols, data }, rows, cols).data);
  const bytes =
    picture.kind === 'matrix'
      ? displayBytes({ ...picture, rows, cols, data: small(picture.data) })
      : displayBytes({
          ...picture,
          rows,
          cols,
          red: small(picture.red),
          green: small(picture.green),
          blue: small(picture.blue),
        });
  const canvas = document.createElement('canvas');
  canvas.width = cols;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  if (context === null) return {};
  const channels = picture.kind === 'matrix' ? 1 : 3;
  const image = context.createImageData(cols, rows);
  for (let k = 0; k < rows * cols; k += 1) {
    for (let c = 0; c < 3; c += 1) image.data[4 * k + c] = bytes[channels * k + (channels === 1 ? 0 : c)] ?? 0;
    image.data[4 * k + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return { picture: canvas.toDataURL('image/png') };
}
