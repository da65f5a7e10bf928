import { resize } from '../../lib/image/resize.ts';
import type { CellReport, View } from '../../lib/julia/view.ts';
import { asPicture, displayBytes } from '../../lib/display/picture.ts';
import type { Session } from '../../notebook/session.ts';
import { pageSession } from '../Cell/page-session.ts';
import { flowOf, valueProgram, type FlowNode } from '../../lib/julia/dataflow.ts';
import { flowSteps, flowSvg, type FlowFace } from './flow-html.ts';

/** Pixels of a thumbnail's longer side. */
const THUMBNAIL = 192;

/** Keeps a graph in step with its cell: drawn anew when the program changes, its pictures after each run, while it is on screen. */
export function follow(host: HTMLElement): void {
  new LiveFlow(host);
}

class LiveFlow {
  readonly #host: HTMLElement;
  readonly #session: Session;
  readonly #cell: string;
  /** What is known of the value of a name; '' is the cell's own. */
  readonly #faces = new Map<string, FlowFace>();
  /** Names whose values have changed since they were asked for. */
  readonly #stale = new Set<string>();
  #nodes: readonly FlowNode[] = [];
  /** The revision of the programs that the nodes are of. */
  #read: number | null = null;
  #visible = false;
  #asking = false;
  /** The cell has been run since the page came: before that the build's pictures are right. */
  #ran = false;
  #frame = 0;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#cell = host.dataset['cell'] ?? '';
    this.#session = pageSession(host.dataset['page'] ?? '');
    this.#session.watch({ delivered: (reports) => this.#hear(reports) });
    const watcher = new IntersectionObserver((entries) => {
      for (const { isIntersecting } of entries) this.#visible = isIntersecting;
      void this.#follow();
    });
    watcher.observe(host);
  }

  #hear(reports: readonly CellReport[]): void {
    for (const { id, view } of reports) {
      for (const name of this.#session.program(id)?.defines ?? []) this.#stale.add(name);
      if (id !== this.#cell) continue;
      this.#ran = true;
      this.#faces.set('', faceOf(view));
    }
    if (reports.length > 0) void this.#follow();
  }

  /** Brings the graph up to date with the program and its values. Off screen nothing is computed for it. */
  async #follow(): Promise<void> {
    if (!this.#ran || !this.#visible) return;
    this.#readProgram();
    this.#draw();
    if (this.#asking) return;
    this.#asking = true;
    try {
      for (let names = this.#asked(); names.length > 0; names = this.#asked()) {
        for (const name of names) this.#stale.delete(name);
        const reports = await this.#session.evaluate(names.map(valueProgram));
        reports.forEach(({ view }, k) => this.#faces.set(names[k] ?? '', faceOf(view)));
        this.#draw();
      }
    } catch {
      // The page was stopped, or its engine failed: its cells say so, and the graph follows their next run.
    } finally {
      this.#asking = false;
    }
  }

  #readProgram(): void {
    const { programs, pictures, revision } = this.#session;
    if (revision === this.#read) return;
    this.#read = revision;
    this.#nodes = flowOf(programs, this.#cell, pictures);
  }

  /** Names of the graph whose values are not known, or not any more; none while nobody sees it. */
  #asked(): string[] {
    if (!this.#visible) return [];
    const names = this.#nodes.filter(({ name, current }) => current && name !== '').map(({ name }) => name);
    return [...new Set(names)].filter((name) => this.#stale.has(name) || !this.#faces.has(name));
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
