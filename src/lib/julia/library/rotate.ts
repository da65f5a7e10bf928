/** `imrotate`, as ImageTransformations has it. */

import { floatOf, realOf } from '../eltypes.ts';
import { argumentError } from '../errors.ts';
import { numbers } from '../iterate.ts';
import type { Node } from '../../matrix/tape.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, Colours, Range, Tuple, hostNumber } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import { entry, noMethod } from './table.ts';
import type { Entry } from './table.ts';

/** Turns are told apart in steps of 1/32767. */
const STEPS = 32767;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The rows and columns of the picture that hold its turned corners. */
function grown(rows: number, cols: number, turn: (i: number, j: number) => readonly [number, number]): [Span, Span] {
  const corners = [
    [1, 1],
    [rows, 1],
    [1, cols],
    [rows, cols],
  ].map(([i = 1, j = 1]) => turn(i, j));
  const span = (k: 0 | 1): Span => {
    const all = corners.map((corner) => corner[k]);
    return { from: Math.floor(Math.min(...all)), to: Math.ceil(Math.max(...all)) };
  };
  return [span(0), span(1)];
}

function spanOf(rt: Runtime, v: Value): Span {
  if (!(v instanceof Range) || !v.integer || Math.abs(v.step) !== 1 || v.length === 0) throw noMethod('imrotate', [v]);
  return { from: rt.integer(v.at(0)), to: rt.integer(v.at(v.length - 1)) };
}

/** A plane turned by `angle` about its middle: every place takes the bilinear mean of the four pixels that it comes from. */
function turned(rt: Runtime, angle: number, rows: number, cols: number, axes: Value | undefined, fill: number) {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const [ci, cj] = [(rows + 1) / 2, (cols + 1) / 2];
  const back = (i: number, j: number): [number, number] => [
    cosine * (i - ci) - sine * (j - cj) + ci,
    sine * (i - ci) + cosine * (j - cj) + cj,
  ];
  const forth = (i: number, j: number): [number, number] => [
    cosine * (i - ci) + sine * (j - cj) + ci,
    cosine * (j - cj) - sine * (i - ci) + cj,
  ];
  const [down, across] =
    axes === undefined
      ? grown(rows, cols, forth)
      : ((axes instanceof Tuple ? axes.items : []).map((range) => spanOf(rt, range)) as [Span, Span]);
  const [m, n] = [down.to - down.from + 1, across.to - across.from + 1];
  rt.meter.room(5 * m * n);
  const at = [0, 1, 2, 3].map(() => new Float64Array(m * n));
  const weights = [0, 1, 2, 3].map(() => new Float64Array(m * n));
  const outside = new Float64Array(m * n);
  for (let k = 0; k < m * n; k++) {
    const [x, y] = back(down.from + Math.floor(k / n), across.from + (k % n));
    if (!(x >= 1 && x <= rows && y >= 1 && y <= cols)) {
      outside[k] = 1;
      continue;
    }
    const [i, j] = [Math.min(Math.floor(x), Math.max(1, rows - 1)), Math.min(Math.floor(y), Math.max(1, cols - 1))];
    const [s, t] = [x - i, y - j];
    [(1 - s) * (1 - t), (1 - s) * t, s * (1 - t), s * t].forEach((w, corner) => {
      const [di, dj] = [corner >> 1, corner & 1];
      (weights[corner] as Float64Array)[k] = w;
      (at[corner] as Float64Array)[k] = (Math.min(i + di, rows) - 1) * cols + Math.min(j + dj, cols) - 1;
    });
  }
  const { ops } = rt;
  return (node: Node): Node => {
    const parts = weights.map((w, corner) =>
      ops.binary('mul', ops.upload(w, m, n), ops.gather(node, ops.upload(at[corner] ?? [], m, n))),
    );
    const mean = parts.reduce((a, b) => ops.binary('add', a, b));
    return ops.select(ops.upload(outside, m, n), ops.scalar(fill), mean);
  };
}

function imrotate(rt: Runtime, args: readonly Value[], keywords: Keywords): Value {
  const [v = null, theta = null, axes] = args;
  const angle = rt.number(theta, 'imrotate');
  if (!Number.isFinite(angle)) throw argumentError('imrotate needs an angle that is a number');
  if (axes !== undefined && !(axes instanceof Tuple && axes.items.length === 2)) throw noMethod('imrotate', args);
  const given = keywords.get('fillvalue') ?? keywords.get('fill');
  const whole = 2 * Math.PI;
  const turn = Math.floor((((angle % whole) + whole) % whole) * STEPS) / STEPS;
  const fillOf = (bytes: boolean): number => {
    const fill = given === undefined ? (bytes ? 0 : NaN) : hostNumber(rt.settle(given));
    if (fill === null) throw noMethod('imrotate', args);
    return fill;
  };
  if (v instanceof Colours) {
    const plane = turned(rt, turn, v.rows, v.cols, axes, fillOf(v.type === 'N0f8'));
    const [r, g, b] = v.planes;
    return new Colours([plane(r), plane(g), plane(b)], v.type);
  }
  const a = numbers(rt, v, 'imrotate');
  if (a.ndims !== 2 || a.length === 0) throw noMethod('imrotate', args);
  const bytes = realOf(a.eltype) === 'N0f8';
  const node = turned(rt, turn, a.rows, a.cols, axes, fillOf(bytes))(rt.node(a));
  const type = bytes ? a.eltype : floatOf(a.eltype);
  return new Arr(type, 2, bytes ? rt.conform(node, 'Float64', a.eltype) : node, node.rows, node.cols);
}

export const rotations: readonly Entry[] = [
  entry(
    {
      name: 'imrotate',
      signature: 'imrotate(img, θ, axes; fillvalue)',
      doc: 'img turned clockwise by θ about its middle, large enough for its corners or cut to axes; NaN, or for bytes 0, where nothing was.',
      examples: [
        ['imrotate([1.0 2; 3 4], 0)', '2×2 Matrix{Float64}: 1.0 2.0 3.0 4.0'],
        ['size(imrotate(ones(3, 5), π / 4)), size(imrotate(ones(3, 5), π / 4, axes(ones(3, 5))))', '((7, 7), (3, 5))'],
      ],
    },
    [2, 3],
    imrotate,
  ),
];
