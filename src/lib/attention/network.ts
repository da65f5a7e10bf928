/**
 * A small pre-norm Transformer with hand-derived gradients: an encoder with sequence pooling (Compact Transformers,
 * arXiv 2104.05704), or a model that answers at every token, causal or not. TypeScript decides what happens, the
 * WebAssembly kernels do it. Deterministic: same weights and data, same bits.
 *
 * layer:  x <- x + Wo attention(norm(x));  x <- x + W2 gelu(W1 norm(x));  attention uses transformed values.
 */
import { backward } from './backward.ts';
import type { Buffers, Workspace } from './buffers.ts';
import { allocate } from './buffers.ts';
import type { ModelConfig } from './config.ts';
import { checkModel, paddedClasses, roundUp4 } from './config.ts';
import { forward } from './forward.ts';
import type { Kernels } from './kernels.ts';
import { Arena, loadKernels } from './kernels.ts';
import type { ParameterLayout } from './parameters.ts';
import { parameterLayout } from './parameters.ts';

/** Input and answers of up to `capacity` samples. Only the input the model's kind of token needs is read. */
export interface Batch {
  /** samples x tokens x patch size. */
  readonly patches?: Float32Array;
  /** samples x tokens x fields; below 0 for "nothing here". */
  readonly ids?: Int32Array;
  /** One class a sample or a token; below 0 for "not asked". */
  readonly targets: Int32Array;
}

/** Loss and hits of a pass over `asked` answers. */
export interface Score {
  /** Summed cross entropy in nats. */
  readonly loss: number;
  readonly right: number;
  readonly asked: number;
}

/** Settings of one optimiser step. */
export interface AdamWStep {
  readonly rate: number;
  readonly decay: number;
}

const BETA1 = 0.9;
const BETA2 = 0.98;
const EPSILON = 1e-8;

/** The model, its memory and its optimiser state. */
export class Network implements Workspace {
  readonly model: ModelConfig;
  readonly layout: ParameterLayout;
  /** Most samples of one pass. */
  readonly capacity: number;
  readonly kernels: Kernels;
  readonly at: Buffers;
  /** Live views of the flat parameter vector and its gradient. */
  readonly weights: Float32Array;
  readonly gradients: Float32Array;
  readonly padded: number;
  readonly classes: number;
  #power1 = 1;
  #power2 = 1;

  /** Throws ConfigError for an impossible model. Weights start at 0: see `startWeights`. */
  constructor(model: ModelConfig, capacity: number) {
    checkModel(model);
    this.model = model;
    this.capacity = capacity;
    this.padded = roundUp4(model.tokens);
    this.classes = paddedClasses(model);
    this.layout = parameterLayout(model);
    this.kernels = loadKernels();
    this.at = allocate(new Arena(this.kernels.memory), model, this.layout, capacity);
    this.weights = this.floats(this.at.weights, this.layout.total);
    this.gradients = this.floats(this.at.gradients, this.layout.total);
  }

  /** A live view of `count` floats of kernel memory. */
  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.kernels.memory.buffer, address, count);
  }

  /** Copies a batch in and returns how many samples it holds. */
  #load(batch: Batch): number {
    const { input, output, tokens } = this.model;
    const samples = batch.targets.length / (output === 'pool' ? 1 : tokens);
    const given = input.kind === 'patches' ? batch.patches?.length : batch.ids?.length;
    const each = tokens * (input.kind === 'patches' ? input.size : input.fields);
    if (!Number.isInteger(samples) || samples > this.capacity || given !== samples * each) {
      throw new RangeError(
        `a batch of ${samples} samples needs ${samples * each} inputs, not ${given}; at most ${this.capacity}`,
      );
    }
    const memory = this.kernels.memory.buffer;
    if (input.kind === 'patches' && batch.patches)
      new Float32Array(memory, this.at.patches, samples * each).set(batch.patches);
    if (input.kind === 'ids' && batch.ids) new Int32Array(memory, this.at.ids, samples * each).set(batch.ids);
    new Int32Array(memory, this.at.targets, batch.targets.length).set(batch.targets);
    return samples;
  }

  #score(batch: Batch, scale: number, asked: number): Score {
    const { kernels, at, model } = this;
    kernels.crossEntropy({
      logits: at.logits,
      targets: at.targets,
      rows: batch.targets.length,
      classes: model.classes,
      padded: this.classes,
      scale,
      result: at.result,
    });
    const [loss = NaN, right = NaN] = new Float64Array(kernels.memory.buffer, at.result, 2);
    return { loss, right, asked };
  }

  /** Forward pass; afterwards attention, values and pooling weights of these samples can be read. */
  evaluate(batch: Batch): Score {
    forward(this, this.#load(batch));
    return this.#score(batch, 1, countAsked(batch.targets));
  }

  /** Raw classifier outputs (answers x classes, no padding) of a forward pass. */
  logits(batch: Batch): Float32Array {
    forward(this, this.#load(batch));
    const stored = this.floats(this.at.logits, batch.targets.length * this.classes);
    const { classes } = this.model;
    return Float32Array.from({ length: batch.targets.length * classes }, (_, i) => {
      return stored[Math.floor(i / classes) * this.classes + (i % classes)] ?? NaN;
    });
  }

  /** Forward and backward: `gradients` becomes the gradient of the mean loss over the asked answers. */
  gradient(batch: Batch): Score {
    const samples = this.#load(batch);
    const asked = countAsked(batch.targets);
    forward(this, samples);
    const score = this.#score(batch, 1 / Math.max(asked, 1), asked);
    this.gradients.fill(0);
    backward(this, samples);
    return score;
  }

  /** One AdamW step along `gradients` (beta 0.9 and 0.98). */
  update({ rate, decay }: AdamWStep): void {
    const { weights, gradients, moment1, moment2 } = this.at;
    this.#power1 *= BETA1;
    this.#power2 *= BETA2;
    const c1 = 1 - this.#power1;
    const c2 = 1 - this.#power2;
    const { decayed, total } = this.layout;
    const run = (from: number, count: number, amount: number): void => {
      const o = from * 4;
      this.kernels.adamw({
        w: weights + o,
        g: gradients + o,
        m: moment1 + o,
        v: moment2 + o,
        n: count,
        rate,
        beta1: BETA1,
        beta2: BETA2,
        epsilon: EPSILON,
        decay: amount,
        c1,
        c2,
      });
    };
    run(0, decayed, decay);
    run(decayed, total - decayed, 0);
  }
}

/** Answers that count. */
export function countAsked(targets: Int32Array): number {
  let asked = 0;
  for (const target of targets) if (target >= 0) asked++;
  return asked;
}
