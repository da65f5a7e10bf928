/** From values to what may leave the engine: plain data with arrays of its own. */

import { CentredArr } from './centred.ts';
import type { Node } from '../matrix/tape.ts';
import type { Runtime } from './runtime.ts';
import { display } from './show/display.ts';
import { summary } from './show/show.ts';
import { shortened } from './source.ts';
import { Arr, Colours, Plot, hostNumber } from './values.ts';
import type { Value } from './values.ts';
import type { View } from './view.ts';

/** Arrays are the receiver's to keep or to transfer. */
export function viewOf(rt: Runtime, value: Value): View {
  const v = rt.settle(value);
  if (v === null) return { kind: 'nothing' };
  if (v instanceof Arr && v.length > 0) {
    const data = v.host && !v.share ? v.host.slice() : rt.ops.download(rt.node(v));
    return {
      kind: 'matrix',
      rows: v.rows,
      cols: v.cols,
      data: narrowed(rt, data),
      eltype: v.eltype,
      vector: v.ndims === 1,
      ...(v.share?.hollow ? { hollow: v.share.hollow } : {}),
      ...(v.share?.type || v.bits || v instanceof CentredArr ? { summary: summary(v) } : {}),
    };
  }
  if (v instanceof Colours && v.rows * v.cols > 0) {
    const plane = (node: Node): Float32Array | Float64Array => narrowed(rt, rt.ops.download(node));
    const [red, green, blue] = v.planes;
    return { kind: 'colour', rows: v.rows, cols: v.cols, red: plane(red), green: plane(green), blue: plane(blue) };
  }
  if (v instanceof Plot) {
    const series = v.series.map((one) => ({ ...one, x: one.x.slice(), y: one.y.slice() }));
    return { kind: 'plot', series, title: v.title, xlabel: v.xlabel, ylabel: v.ylabel };
  }
  const text = shortened(display(rt, v));
  const number = typeof v === 'boolean' ? null : hostNumber(v);
  return number === null ? { kind: 'text', text } : { kind: 'number', value: number, text };
}

function narrowed(rt: Runtime, data: Float64Array): Float32Array | Float64Array {
  return rt.engine.float === 32 ? Float32Array.from(data) : data;
}
