/** The matrices of one reading as pictures: what is shown, with which colours, and how it is called. Pure. */
import { applyColourmap } from '../../lib/image/colourmap.ts';
import type { Insight, InsightMatrix } from '../../lib/attention/trainer.ts';

/** A matrix to show. Its colours run from `low` to `high`. */
export interface MatrixPanel {
  readonly kind: 'attention' | 'values' | 'used' | 'pooling';
  /** The same matrix of a later reading has the same key. */
  readonly key: string;
  readonly title: string;
  readonly matrix: InsightMatrix;
  readonly low: number;
  readonly high: number;
}

/** What belongs together. */
export interface PanelGroup {
  /** Empty where there is one layer only. */
  readonly title: string;
  readonly panels: readonly MatrixPanel[];
}

const largest = (data: Float32Array): number => data.reduce((high, value) => Math.max(high, Math.abs(value)), 0);

/** Shares of one: black is nothing, white the largest share. */
function shares(kind: 'attention' | 'pooling', key: string, title: string, matrix: InsightMatrix): MatrixPanel {
  return { kind, key, title, matrix, low: 0, high: largest(matrix.data) || 1 };
}

/** Signed numbers: blue below zero, orange above, equally far. */
function signed(kind: 'values' | 'used', key: string, title: string, matrix: InsightMatrix): MatrixPanel {
  const reach = largest(matrix.data) || 1;
  return { kind, key, title, matrix, low: -reach, high: reach };
}

/** All matrices of a reading, layer by layer, the pooling last. */
export function panelsOf({ layers, pooling }: Insight): PanelGroup[] {
  const groups = layers.map(({ attention, values, transformed }, l): PanelGroup => {
    const heads = attention.map((matrix, h) =>
      shares('attention', `${l}a${h}`, attention.length > 1 ? `A, head ${h + 1}` : 'Attention A', matrix),
    );
    const both = [
      signed('values', `${l}v`, 'Values V', values),
      signed('used', `${l}u`, 'Values as used', transformed),
    ];
    return { title: layers.length > 1 ? `Layer ${l + 1}` : '', panels: [...heads, ...both] };
  });
  if (pooling) groups.push({ title: '', panels: [shares('pooling', 'p', 'Pooling', pooling)] });
  return groups;
}

/** A panel's pixels for a canvas or a file, RGBA. */
export function pixelsOf({ kind, matrix, low, high }: MatrixPanel): Uint8ClampedArray<ArrayBuffer> {
  return applyColourmap(matrix, kind === 'attention' || kind === 'pooling' ? 'grey' : 'diverging', { low, high });
}

const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(2)).replace(/\.0$/, '');

/** What the colours of a panel stand for: `0 to 0.83`, `±3.1`. */
export function scaleWords({ low, high }: MatrixPanel): string {
  return low < 0 ? `±${short(high)}` : `0 to ${short(high)}`;
}

/** For those who cannot see it. */
export function panelAlt({ kind, title, matrix: { rows, cols } }: MatrixPanel, side: string, step: number): string {
  const what = {
    attention: `${title}: one row to each token that asks, one column to each that is looked at`,
    values: `${title}: one row to each token`,
    used: `${title}: V after the change of this side`,
    pooling: `${title}: the share of each token in the answer`,
  }[kind];
  return `${side} model after ${step} steps. ${what}; ${rows} by ${cols}.`;
}

/** A head's attention, its columns of the values as used, and their product: what the head hands on. */
export interface HeadFactors {
  readonly left: InsightMatrix;
  readonly right: InsightMatrix;
  readonly product: InsightMatrix;
}

/** @throws RangeError where there is no such layer or head. */
export function headFactors({ layers }: Insight, layer: number, head: number): HeadFactors {
  const chosen = layers[layer];
  const left = chosen?.attention[head];
  if (!chosen || !left) throw new RangeError(`there is no head ${head + 1} in layer ${layer + 1}`);
  const { transformed } = chosen;
  const cols = transformed.cols / chosen.attention.length;
  const { rows } = transformed;
  const right = new Float32Array(rows * cols);
  for (let r = 0; r < rows; r++) {
    const from = r * transformed.cols + head * cols;
    right.set(transformed.data.subarray(from, from + cols), r * cols);
  }
  const product = new Float32Array(left.rows * cols);
  for (let r = 0; r < left.rows; r++)
    for (let k = 0; k < rows; k++) {
      const share = left.data[r * left.cols + k] ?? 0;
      for (let c = 0; c < cols; c++)
        product[r * cols + c] = (product[r * cols + c] ?? 0) + share * (right[k * cols + c] ?? 0);
    }
  return { left, right: { rows, cols, data: right }, product: { rows: left.rows, cols, data: product } };
}
