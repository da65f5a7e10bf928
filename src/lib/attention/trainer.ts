/** Training one model: made for a web worker or Node, knows neither DOM nor drawing. */
import type { ModelConfig } from './config.ts';
import { hashBytes } from './hash.ts';
import type { Batch } from './network.ts';
import { Network } from './network.ts';
import { startWeights } from './parameters.ts';
import type { RunConfig } from './presets.ts';
import { PRESETS } from './presets.ts';
import type { FashionData } from './tasks/fashion.ts';
import type { Split, Task } from './tasks/task.ts';
import { valueTransform } from './transforms.ts';

/** Result on a held-out set. */
export interface Evaluation {
  /** Mean cross entropy in nats. */
  readonly loss: number;
  /** Right answers out of `asked`. */
  readonly right: number;
  readonly asked: number;
}

/** Training loss (nats) and share of right answers, before the update, averaged over the steps of one `step` call. */
export interface StepReport {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** What is kept of a finished run. The same configuration gives the same record, to the last bit of every number. */
export interface RunRecord {
  readonly config: RunConfig;
  /** Steps done. */
  readonly steps: number;
  /** Mean training loss of the last tenth of the steps. */
  readonly trainLoss: number;
  readonly results: Partial<Record<Split, Evaluation>>;
  /** Hash of all weights. */
  readonly hash: string;
}

/** A matrix to look at; row-major. */
export interface InsightMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float32Array;
}

/** What attention does to one sample. */
export interface Insight {
  readonly targets: Int32Array;
  readonly layers: readonly {
    /** One N x N matrix a head, rows are queries and sum to 1. */
    readonly attention: readonly InsightMatrix[];
    /** V as computed, N x D. */
    readonly values: InsightMatrix;
    /** V as used: transformed, N x D (without the part of the causal prefix, which differs from query to query). */
    readonly transformed: InsightMatrix;
  }[];
  /** Weights of the sequence pooling, 1 x N; absent when every token answers. */
  readonly pooling?: InsightMatrix;
}

/** The model a run configuration describes. */
export function modelOf(config: RunConfig, task: Task): ModelConfig {
  const { width, heads, layers, mlp, place, arm, alpha } = config;
  const { tokens, classes, input, output, causal } = task;
  const transform = valueTransform(arm, alpha, tokens, width / heads);
  return { tokens, width, heads, layers, mlp, classes, input, output, causal, transform, place };
}

/**
 * Trains one configuration.
 *
 *     const trainer = new Trainer(runConfig('recall-demo', { arm: 'add-NS', alpha: 0.5, seed: 7 }));
 *     while (!trainer.done) post(trainer.step(10));
 *     post(trainer.record(['probe']));
 *
 * `step` is synchronous and takes about 2 to 8 ms a step: call it in slices and yield between them. Reading insights or
 * evaluating between steps never changes the outcome. Fashion presets want `data`.
 */
export class Trainer {
  readonly config: RunConfig;
  readonly task: Task;
  readonly network: Network;
  readonly #next: () => Batch;
  #step = 0;
  #tailLoss = 0;
  #tailSteps = 0;

  /** Throws ConfigError for an impossible model, RangeError when pictures are missing. */
  constructor(config: RunConfig, data?: FashionData) {
    this.config = config;
    this.task = PRESETS[config.preset].task(data);
    this.network = new Network(modelOf(config, this.task), config.batch);
    startWeights(this.network.layout, this.network.weights, config.seed);
    this.#next = this.task.training(config.seed, config.batch);
  }

  get stepsDone(): number {
    return this.#step;
  }

  get done(): boolean {
    return this.#step >= this.config.steps;
  }

  /** Learning rate of a step, counted from 0. */
  rateAt(step: number): number {
    const { rate, steps } = this.config;
    const warm = Math.min(100, Math.ceil(steps / 10));
    return step < warm ? (rate * (step + 1)) / warm : (rate * (steps - step)) / (steps - warm);
  }

  /** Makes up to `count` steps (fewer at the end of the run) and reports their means. */
  step(count = 1): StepReport {
    const { decay, steps } = this.config;
    let loss = 0;
    let right = 0;
    let asked = 0;
    for (let i = 0; i < count && !this.done; i++) {
      const score = this.network.gradient(this.#next());
      this.network.update({ rate: this.rateAt(this.#step), decay });
      loss += score.loss;
      right += score.right;
      asked += score.asked;
      this.#step++;
      if (this.#step > steps - Math.ceil(steps / 10)) {
        this.#tailLoss += score.loss / score.asked;
        this.#tailSteps++;
      }
    }
    return { step: this.#step, loss: loss / asked, accuracy: right / asked };
  }

  /** Result on a held-out set; undefined where the data are not at hand. */
  evaluate(split: Split): Evaluation | undefined {
    const asking = this.evaluating(this.task.heldOut(split, this.config.batch));
    let now = asking.next();
    while (!now.done) now = asking.next();
    return now.value;
  }

  /** The same for batches of a held-out set, in parts: yields after each batch, for whoever must listen in between. */
  *evaluating(batches: readonly Batch[]): Generator<true, Evaluation | undefined, void> {
    let loss = 0;
    let right = 0;
    let asked = 0;
    for (const batch of batches) {
      const score = this.network.evaluate(batch);
      loss += score.loss;
      right += score.right;
      asked += score.asked;
      yield true;
    }
    return asked ? { loss: loss / asked, right, asked } : undefined;
  }

  /** Attention and values of the first sample of a batch (as `heldOut` gives them). Copies: safe to post. */
  insight(batch: Batch): Insight {
    this.network.evaluate(batch);
    const { at, padded, model } = this.network;
    const { tokens, width, heads } = model;
    const read = (address: number, rows: number, cols: number, stride: number): InsightMatrix => {
      const stored = this.network.floats(address, (rows - 1) * stride + cols);
      const data = new Float32Array(rows * cols);
      for (let r = 0; r < rows; r++) data.set(stored.subarray(r * stride, r * stride + cols), r * cols);
      return { rows, cols, data };
    };
    const layers = at.layers.map((l) => ({
      attention: Array.from({ length: heads }, (_, h) => read(l.a + h * tokens * padded * 4, tokens, tokens, padded)),
      values: read(l.qkv + 8 * width, tokens, width, 3 * width),
      transformed: read(l.values, tokens, width, width),
    }));
    const pooling = model.output === 'pool' ? { pooling: read(at.pool.p, 1, tokens, padded) } : {};
    return { targets: batch.targets.slice(0, model.output === 'pool' ? 1 : tokens), layers, ...pooling };
  }

  /** Hash of all weights as they are now. */
  hash(): string {
    const { weights } = this.network;
    return hashBytes(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength));
  }

  /** A copy of every parameter, by name, with its shape (padding columns of the classifier included). */
  weights(): { name: string; shape: readonly number[]; data: Float32Array }[] {
    return this.network.layout.parameters.map((p) => ({
      name: p.name,
      shape: p.shape,
      data: this.network.weights.slice(p.offset, p.offset + p.size),
    }));
  }

  /** The run as JSON, with results on the splits asked for. */
  record(splits: readonly Split[]): RunRecord {
    const results: Partial<Record<Split, Evaluation>> = {};
    for (const split of splits) {
      const evaluation = this.evaluate(split);
      if (evaluation) results[split] = evaluation;
    }
    const trainLoss = this.#tailSteps ? this.#tailLoss / this.#tailSteps : NaN;
    return { config: this.config, steps: this.#step, trainLoss, results, hash: this.hash() };
  }
}

/** Weight hash after some steps of a configuration: the number that must be equal on every machine. */
export function hashAfter(config: RunConfig, steps: number, data?: FashionData): string {
  const trainer = new Trainer(config, data);
  trainer.step(steps);
  return trainer.hash();
}
