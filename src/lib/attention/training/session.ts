/** What the training worker does with its orders. Between slices it listens, so that a pause is answered at once. */
import type { FashionData } from '../tasks/fashion.ts';
import { unpackShipped } from '../tasks/fashion.ts';
import type { FromTrainer, Report, ToTrainer, TrainingRequest } from './protocol.ts';
import { weightsFile } from './safetensors.ts';
import { Training } from './training.ts';

/** A slice of work, and the time between two reports of it, in milliseconds. */
const SLICE_MS = 16;
const REPORT_MS = 90;

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The pictures of a report are handed over, not copied. */
function buffersOf({ readings }: Report): Transferable[] {
  return readings.flatMap(({ insight: { layers, pooling } }) => [
    ...layers.flatMap(({ attention, values, transformed }) =>
      [...attention, values, transformed].map(({ data }) => data.buffer),
    ),
    ...(pooling ? [pooling.data.buffer] : []),
  ]);
}

export class TrainingSession {
  readonly #say: (message: FromTrainer, transfer: Transferable[]) => void;
  #training: Training | null = null;
  /** The training whose slices are being made. */
  #working: Training | null = null;
  #until = 0;
  #paused = false;
  #order = 0;
  /** Of the latest order to prepare. */
  #prepared = 0;
  #pictures: Promise<FashionData> | null = null;

  constructor(say: (message: FromTrainer, transfer: Transferable[]) => void) {
    this.#say = say;
  }

  hear(message: ToTrainer): void {
    switch (message.kind) {
      case 'prepare':
        void this.#prepare(message.request, message.order);
        break;
      case 'go':
        this.#until = message.until;
        this.#order = message.order;
        this.#paused = false;
        if (this.#training) void this.#work(this.#training);
        break;
      case 'pause':
        this.#paused = true;
        break;
      case 'weights':
        if (this.#training) {
          const file = weightsFile(this.#training.recordNow(), this.#training.weights());
          this.#say({ kind: 'weights', file }, [file]);
        }
        break;
      case 'record':
        if (this.#training) this.#say({ kind: 'record', record: this.#training.recordNow() }, []);
        break;
    }
  }

  async #prepare(request: TrainingRequest, order: number): Promise<void> {
    this.#prepared = order;
    try {
      const data = request.pictures ? await this.#unpacked(request.pictures) : undefined;
      if (order !== this.#prepared) return;
      const training = new Training(request, data);
      this.#training = training;
      this.#order = order;
      const report = training.report();
      this.#say({ kind: 'ready', order, facts: training.facts, report }, buffersOf(report));
    } catch (error) {
      this.#say({ kind: 'refused', order, sentence: sentenceOf(error) }, []);
    }
  }

  /** Unpacked once for all models: there is only one such file. */
  #unpacked(pictures: Blob): Promise<FashionData> {
    this.#pictures ??= unpackShipped(pictures).catch(() => {
      this.#pictures = null;
      // Whatever breaks an archive, a reader can do only one thing about it.
      throw new Error('The pictures that came are damaged. Start fetches them again.');
    });
    return this.#pictures;
  }

  async #work(training: Training): Promise<void> {
    // Its loop reads anew, before each slice, how far to go.
    if (this.#working === training) return;
    this.#working = training;
    const isCurrent = (): boolean => training === this.#training;
    // A message lets waiting ones in before it. A timer would sleep at least 4 ms.
    const { port1, port2 } = new MessageChannel();
    const breath = (): Promise<void> =>
      new Promise((resolve) => {
        port1.onmessage = () => resolve();
        port2.postMessage(null);
      });
    try {
      let told = performance.now();
      while (isCurrent() && !this.#paused && training.advance(this.#until, SLICE_MS)) {
        if (performance.now() - told >= REPORT_MS) {
          this.#tell(training, true);
          told = performance.now();
        }
        await breath();
      }
      if (isCurrent()) this.#tell(training, false);
    } catch (error) {
      // What was learned until then is still worth seeing.
      this.#tell(training, false);
      this.#say({ kind: 'failed', sentence: sentenceOf(error) }, []);
    } finally {
      port1.close();
      if (this.#working === training) this.#working = null;
    }
  }

  #tell(training: Training, running: boolean): void {
    const report = training.report();
    const { record } = training;
    if (record) this.#say({ kind: 'done', report, record }, buffersOf(report));
    else this.#say({ kind: 'progress', order: this.#order, report, running }, buffersOf(report));
  }
}
