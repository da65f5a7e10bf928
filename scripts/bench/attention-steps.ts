/**
 * Times one training step (forward, backward, AdamW) of N 16, D 32, 2 heads, 2 layers, batch 64 on our kernels and on tfjs
 * with its WASM backend, in one process, taking turns. A program of its own, because tfjs has one global engine and the other
 * benches have used it. Writes `StepTimes` as JSON: `node scripts/bench/attention-steps.ts [rounds]`.
 *
 * The tfjs side is tuned: dense maps as single 2-D products, explicit transposes in the gradient of products, one constant
 * input tensor, and the optimiser on one flat vector instead of thirty small ones. Both sides start from the same weights,
 * and their losses show that they do the same work.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from '../../src/lib/attention/config.ts';
import type { Batch } from '../../src/lib/attention/network.ts';
import { Network } from '../../src/lib/attention/network.ts';
import { startOracle } from '../../src/lib/attention/oracle-node.ts';
import type { Tensors } from '../../src/lib/attention/oracle.ts';
import { oracleLoss, parameterTensors, tuneMatMulGradient } from '../../src/lib/attention/oracle.ts';
import { startWeights } from '../../src/lib/attention/parameters.ts';
import { random } from '../../src/lib/attention/random.ts';
import { valueTransform } from '../../src/lib/attention/transforms.ts';

export interface StepTimes {
  /** Milliseconds a step, one for each round of ten steps. */
  readonly kernels: readonly number[];
  readonly tfjs: readonly number[];
  /** Training losses after the last round, in nats. */
  readonly losses: readonly [kernels: number, tfjs: number];
}

const ROUNDS = Number(process.argv[2] ?? 8);
const RATE = 1e-3;
const DECAY = 0.01;
const SAMPLES = 64;

const model: ModelConfig = {
  tokens: 16,
  width: 32,
  heads: 2,
  layers: 2,
  mlp: 2,
  classes: 10,
  input: { kind: 'patches', size: 16 },
  output: 'pool',
  causal: false,
  transform: valueTransform('add-NS', 0.5, 16, 16),
  place: 'attention',
};
const r = random(1, 'bench');
const batch: Batch = {
  patches: Float32Array.from({ length: SAMPLES * 16 * 16 }, () => 2 * r.uniform() - 1),
  targets: Int32Array.from({ length: SAMPLES }, () => r.below(10)),
};

const network = new Network(model, SAMPLES);
startWeights(network.layout, network.weights, 1);
const { layout } = network;
const firstWeights = network.weights.slice();

function ourStep(): number {
  const { loss, asked } = network.gradient(batch);
  network.update({ rate: RATE, decay: DECAY });
  return loss / asked;
}

/** Adam on one flat vector: about ten operations, whatever the number of parameters. */
function tfjsStepper(): () => number {
  const names = layout.parameters.map((p) => p.name);
  const sizes = layout.parameters.map((p) => p.size);
  const start = parameterTensors(layout, firstWeights);
  let flat: tf.Tensor = tf.tidy(() => tf.concat(names.map((name) => tf.reshape(start[name] ?? tf.scalar(0), [-1]))));
  let first: tf.Tensor = tf.zerosLike(flat);
  let second: tf.Tensor = tf.zerosLike(flat);
  const decays = tf.tensor1d(layout.parameters.flatMap((p) => new Array<number>(p.size).fill(p.decays ? DECAY : 0)));
  let [power1, power2] = [1, 1];
  return () => {
    power1 *= 0.9;
    power2 *= 0.98;
    const next = tf.tidy(() => {
      const tensors = tf
        .split(flat, sizes)
        .map((part, i) => tf.reshape(part, [...(layout.parameters[i]?.shape ?? [])]));
      const { value, grads } = tf.valueAndGrads((...parts: tf.Tensor[]) => {
        const weights: Tensors = {};
        names.forEach((name, i) => {
          const part = parts[i];
          if (part) weights[name] = part;
        });
        return oracleLoss(model, weights, batch);
      })(tensors);
      const g = tf.concat(grads.map((grad) => tf.reshape(grad, [-1])));
      const m = tf.add(tf.mul(first, 0.9), tf.mul(g, 0.1));
      const v = tf.add(tf.mul(second, 0.98), tf.mul(tf.mul(g, g), 0.02));
      const move = tf.div(tf.div(m, 1 - power1), tf.add(tf.sqrt(tf.div(v, 1 - power2)), 1e-8));
      return [value, m, v, tf.sub(flat, tf.mul(tf.add(move, tf.mul(decays, flat)), RATE))] as tf.Tensor[];
    });
    tf.dispose([flat, first, second]);
    const [value, m, v, w] = next;
    if (!value || !m || !v || !w) throw new Error('a step gave nothing');
    [first, second, flat] = [m, v, w];
    const loss = value.dataSync()[0] ?? NaN;
    value.dispose();
    return loss;
  };
}

await startOracle('wasm');
tuneMatMulGradient();
const tfjsStep = tfjsStepper();

const time = (step: () => number, count: number): { ms: number; loss: number } => {
  const begin = performance.now();
  let loss = NaN;
  for (let i = 0; i < count; i++) loss = step();
  return { ms: (performance.now() - begin) / count, loss };
};
const STEPS = 10;
time(ourStep, STEPS);
time(tfjsStep, STEPS);
const kernels: number[] = [];
const tfjs: number[] = [];
let losses: StepTimes['losses'] = [NaN, NaN];
for (let round = 0; round < ROUNDS; round++) {
  const a = time(ourStep, STEPS);
  const b = time(tfjsStep, STEPS);
  kernels.push(a.ms);
  tfjs.push(b.ms);
  losses = [a.loss, b.loss];
}
process.stdout.write(JSON.stringify({ kernels, tfjs, losses } satisfies StepTimes));
