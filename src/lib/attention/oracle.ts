/**
 * The same model written in tfjs, differentiated by its autodiff: the oracle of the hand-derived gradients, and the other
 * side of the speed comparison. Tuned for the WASM backend as far as it goes: dense maps are single 2-D products (the
 * only ones XNNPACK takes), softmax runs along the last axis, products get explicit transposes (see `tuneMatMulGradient`).
 * Backends are registered by whoever imports this.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ModelConfig } from './config.ts';
import { paddedClasses } from './config.ts';
import type { Batch } from './network.ts';
import type { ParameterLayout } from './parameters.ts';

export type Tensors = Record<string, tf.Tensor>;

/** Every parameter as a tensor, from the flat vector. */
export function parameterTensors(layout: ParameterLayout, flat: Float32Array): Tensors {
  const tensors: Tensors = {};
  for (const p of layout.parameters) {
    tensors[p.name] = tf.tensor(flat.slice(p.offset, p.offset + p.size), [...p.shape]);
  }
  return tensors;
}

/** Looks a parameter up. Throws for a name that is not there. */
function get(weights: Tensors, name: string): tf.Tensor {
  const found = weights[name];
  if (!found) throw new RangeError(`no parameter named ${name}`);
  return found;
}

function dense(x: tf.Tensor, weights: Tensors, name: string): tf.Tensor {
  const w = get(weights, `${name}weight`) as tf.Tensor2D;
  const rows = x.size / w.shape[0];
  return tf.add(tf.matMul(tf.reshape(x, [rows, w.shape[0]]), w), get(weights, `${name}bias`));
}

function norm(x: tf.Tensor, weights: Tensors, name: string): tf.Tensor {
  const d = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.mul(d, d), -1, true);
  const xhat = tf.mul(d, tf.rsqrt(tf.add(variance, 1e-5)));
  return tf.add(tf.mul(xhat, get(weights, `${name}gain`)), get(weights, `${name}shift`));
}

function gelu(x: tf.Tensor): tf.Tensor {
  const u = tf.mul(2 * 0.7978845608028654, tf.add(x, tf.mul(0.044715, tf.mul(x, tf.mul(x, x)))));
  return tf.mul(x, tf.sigmoid(u));
}

/** value * V + part * T(V) + shift for v of shape [..., tokens, features of a head]. */
function transformed(model: ModelConfig, v: tf.Tensor): tf.Tensor {
  const { kind, value, part, shift } = model.transform;
  const plain = tf.add(tf.mul(v, value), shift);
  const axes = [...v.shape.keys()];
  const swapped = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
  const centred = (): tf.Tensor => tf.sub(v, tf.mean(v, -2, true));
  const t = (): tf.Tensor | undefined => {
    switch (kind) {
      case 'none':
      case 'prefix':
        return undefined;
      case 'softmax':
        return tf.transpose(tf.softmax(tf.transpose(v, swapped)), swapped);
      case 'centred':
        return centred();
      case 'standardised': {
        const d = centred();
        return tf.mul(d, tf.rsqrt(tf.add(tf.mean(tf.mul(d, d), -2, true), 1e-5)));
      }
      case 'exp':
        return tf.exp(v);
      case 'features':
        return tf.softmax(v);
    }
  };
  const extra = t();
  return extra ? tf.add(plain, tf.mul(extra, part)) : plain;
}

/** The causal prefix softmax, in its plain form: no running maximum, every query's softmax written out. */
function prefixMix(a: tf.Tensor, v: tf.Tensor): tf.Tensor {
  const [samples = 0, heads = 0, tokens = 0, width = 0] = v.shape;
  const mask = tf.tensor5d(
    Array.from({ length: tokens * tokens }, (_, i) => (i % tokens <= Math.floor(i / tokens) ? 1 : 0)),
    [1, 1, tokens, tokens, 1],
  );
  const e = tf.mul(tf.reshape(tf.exp(v), [samples, heads, 1, tokens, width]), mask);
  const p = tf.div(e, tf.sum(e, 3, true));
  const mixed = tf.sum(tf.mul(p, tf.reshape(a, [samples, heads, tokens, tokens, 1])), 3);
  return tf.mul(mixed, tf.reshape(tf.range(1, tokens + 1), [1, 1, tokens, 1]));
}

function attention(model: ModelConfig, weights: Tensors, x: tf.Tensor, at: string): tf.Tensor {
  const { tokens, width, heads, causal, place, transform } = model;
  const head = width / heads;
  const samples = x.size / (tokens * width);
  // Split, then transpose in four dimensions: in five it takes several times as long.
  const qkv = tf.split(dense(norm(x, weights, `${at}norm1.`), weights, `${at}qkv.`), 3, -1);
  const part = (i: 0 | 1 | 2, order: [number, number, number, number] = [0, 2, 1, 3]): tf.Tensor =>
    tf.transpose(tf.reshape(qkv[i] ?? x, [samples, tokens, heads, head]), order);
  const v = part(2);
  const active = place !== 'pooling';
  let scores = tf.mul(tf.matMul(part(0), part(1, [0, 2, 3, 1])), 1 / Math.sqrt(head));
  if (causal) {
    const hidden = Array.from({ length: tokens * tokens }, (_, i) => (i % tokens <= Math.floor(i / tokens) ? 0 : -1e9));
    scores = tf.add(scores, tf.tensor4d(hidden, [1, 1, tokens, tokens]));
  }
  const a = tf.softmax(scores);
  let mixed: tf.Tensor = tf.matMul(a, active ? transformed(model, v) : v);
  if (active && transform.kind === 'prefix') mixed = tf.add(mixed, tf.mul(prefixMix(a, v), transform.part));
  const joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [samples * tokens, width]);
  return tf.add(x, dense(joined, weights, `${at}out.`));
}

function embed(model: ModelConfig, weights: Tensors, batch: Batch): tf.Tensor {
  const { tokens, width, input } = model;
  let x: tf.Tensor;
  if (input.kind === 'patches') {
    x = dense(
      tf.tensor2d(batch.patches ?? [], [(batch.patches?.length ?? 0) / input.size, input.size]),
      weights,
      'embed.',
    );
  } else {
    const rows = (batch.ids?.length ?? 0) / input.fields;
    const hot = tf.sum(
      tf.reshape(tf.oneHot(tf.tensor1d(batch.ids ?? [], 'int32'), input.vocabulary), [
        rows,
        input.fields,
        input.vocabulary,
      ]),
      1,
    );
    x = tf.matMul(tf.cast(hot, 'float32'), get(weights, 'embed.table'));
  }
  const samples = x.size / (tokens * width);
  const positioned = tf.add(tf.reshape(x, [samples, tokens, width]), get(weights, 'embed.position'));
  return tf.reshape(positioned, [samples * tokens, width]);
}

/** Sequence pooling: softmax over tokens of a learned score weighs the (perhaps transformed) tokens. */
function pooled(model: ModelConfig, weights: Tensors, x: tf.Tensor): tf.Tensor {
  const { tokens, width, heads, place } = model;
  const samples = x.size / (tokens * width);
  const p = tf.softmax(
    tf.reshape(tf.matMul(x as tf.Tensor2D, tf.reshape(get(weights, 'pool.weight'), [width, 1])), [samples, tokens]),
  );
  let y = tf.reshape(x, [samples, tokens, width]);
  if (place !== 'attention') {
    const split = tf.transpose(tf.reshape(y, [samples, tokens, heads, width / heads]), [0, 2, 1, 3]);
    y = tf.reshape(tf.transpose(transformed(model, split), [0, 2, 1, 3]), [samples, tokens, width]);
  }
  return tf.reshape(tf.matMul(tf.reshape(p, [samples, 1, tokens]), y), [samples, width]);
}

/** Logits, answers x classes. */
export function oracleLogits(model: ModelConfig, weights: Tensors, batch: Batch): tf.Tensor2D {
  let x = embed(model, weights, batch);
  for (let l = 0; l < model.layers; l++) {
    const at = `layer${l}.`;
    x = attention(model, weights, x, at);
    const hidden = gelu(dense(norm(x, weights, `${at}norm2.`), weights, `${at}mlp1.`));
    x = tf.add(x, dense(hidden, weights, `${at}mlp2.`));
  }
  const features = norm(x, weights, 'norm.');
  const stored = dense(model.output === 'pool' ? pooled(model, weights, features) : features, weights, 'head.');
  return paddedClasses(model) === model.classes
    ? (stored as tf.Tensor2D)
    : tf.slice2d(stored as tf.Tensor2D, [0, 0], [-1, model.classes]);
}

/** Mean cross entropy over the asked answers, a scalar. */
export function oracleLoss(model: ModelConfig, weights: Tensors, batch: Batch): tf.Scalar {
  const logits = oracleLogits(model, weights, batch);
  const targets = [...batch.targets];
  const hot = tf.oneHot(tf.tensor1d(targets, 'int32'), model.classes);
  const asked = targets.filter((t) => t >= 0).length;
  const chosen = tf.sum(tf.mul(tf.logSoftmax(logits), tf.cast(hot, 'float32')));
  return tf.neg<tf.Scalar>(tf.div(chosen, asked));
}

/** Gradients of the loss for every parameter, by name. */
export function oracleGradients(
  model: ModelConfig,
  layout: ParameterLayout,
  flat: Float32Array,
  batch: Batch,
): { loss: number; gradients: Map<string, Float32Array> } {
  const names = layout.parameters.map((p) => p.name);
  tf.engine().startScope();
  try {
    const start = parameterTensors(layout, flat);
    const run = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
      const weights: Tensors = {};
      names.forEach((name, i) => {
        const tensor = tensors[i];
        if (tensor) weights[name] = tensor;
      });
      return oracleLoss(model, weights, batch);
    });
    const { value, grads } = run(names.map((name) => get(start, name)));
    const gradients = new Map(grads.map((g, i) => [names[i] ?? '', g.dataSync() as Float32Array]));
    return { loss: value.dataSync()[0] ?? NaN, gradients };
  } finally {
    tf.engine().endScope();
  }
}

/**
 * Replaces the registered gradient of products: the stock one asks for transposed operands, which the WASM backend
 * multiplies an order of magnitude slower than operands that were transposed first.
 */
export function tuneMatMulGradient(): void {
  tf.unregisterGradient('BatchMatMul');
  tf.registerGradient({
    kernelName: 'BatchMatMul',
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      const g = dy as tf.Tensor;
      const swap = (t: tf.Tensor): tf.Tensor => {
        const axes = [...t.shape.keys()];
        return tf.transpose(t, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
      };
      return { a: () => tf.matMul(g, swap(b)), b: () => tf.matMul(swap(a), g) };
    },
  });
}
