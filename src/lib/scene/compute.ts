import type { Factors, SceneMatrix } from './matrix.ts';
import type { SingularLayers } from './singular.ts';

export type ComputeRequest =
  | { readonly id: number; readonly kind: 'product'; readonly factors: Factors }
  | { readonly id: number; readonly kind: 'layers'; readonly matrix: SceneMatrix };

export type ComputeReply =
  | { readonly id: number; readonly kind: 'product'; readonly matrix: SceneMatrix }
  | { readonly id: number; readonly kind: 'layers'; readonly layers: SingularLayers }
  | { readonly id: number; readonly kind: 'error'; readonly message: string };

interface Waiting {
  readonly resolve: (reply: ComputeReply) => void;
  readonly reject: (error: Error) => void;
}

/** Products and singular values computed in a worker that lives while something is asked of it. */
export class Computer {
  #worker: Worker | null = null;
  #waiting = new Map<number, Waiting>();
  #next = 0;

  /** `left * right` in float64. Rejects where the factors do not fit or the computer is disposed. */
  async product(factors: Factors): Promise<SceneMatrix> {
    const id = this.#id();
    const reply = await this.#ask({
      id,
      kind: 'product',
      factors: { left: bare(factors.left), right: bare(factors.right) },
    });
    if (reply.kind !== 'product') throw new Error('unexpected reply');
    return reply.matrix;
  }

  /** The singular value decomposition, largest layer first. */
  async layers(matrix: SceneMatrix): Promise<SingularLayers> {
    const reply = await this.#ask({ id: this.#id(), kind: 'layers', matrix: bare(matrix) });
    if (reply.kind !== 'layers') throw new Error('unexpected reply');
    return reply.layers;
  }

  /** Ends the worker; whatever was still asked is rejected. */
  dispose(): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new DOMException('the view was closed', 'AbortError'));
    this.#waiting.clear();
  }

  #id(): number {
    this.#next += 1;
    return this.#next;
  }

  #ask(request: ComputeRequest): Promise<ComputeReply> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      worker.postMessage(request);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./compute.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<ComputeReply>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.kind === 'error') waiting?.reject(new Error(data.message));
      else waiting?.resolve(data);
      if (this.#waiting.size === 0) {
        worker.terminate();
        this.#worker = null;
      }
    });
    worker.addEventListener('error', (event) => {
      const failed = [...this.#waiting.values()];
      this.dispose();
      for (const { reject } of failed) reject(new Error(event.message));
    });
    return worker;
  }
}

/** Only the numbers: whatever else a caller's object carries (methods, tensors) could not be posted. */
function bare({ rows, cols, data }: SceneMatrix): SceneMatrix {
  return { rows, cols, data };
}
