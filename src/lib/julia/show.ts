/** Values as Julia's REPL prints them. */

import { elementText, floatText, singleLiteral } from './show-number.ts';
import type { Runtime } from './runtime.ts';
import {
  Arr,
  Cartesian,
  Char,
  Colour,
  Colours,
  Dict,
  Fn,
  Lane,
  List,
  Module,
  Pair,
  Plot,
  Range,
  Ref,
  Scaling,
  Single,
  Sym,
  Tuple,
  TypeValue,
  scalarType,
  typeName,
} from './values.ts';
import type { Eltype, Value } from './values.ts';
import type { View } from './view.ts';

/** Size of the imagined terminal. */
const screen = { rows: 20, columns: 78 };

/** What `print` and string interpolation write. */
export function printText(rt: Runtime, v: Value): string {
  if (typeof v === 'string') return v;
  if (v instanceof Char) return v.value;
  if (v instanceof Sym) return v.name;
  if (v instanceof Single) return floatText(v.value, true);
  if (v instanceof Lane) return printText(rt, rt.settle(v, 'printing'));
  return showText(rt, v);
}

/** What `show` and `repr` write, on one line. */
export function showText(rt: Runtime, v: Value): string {
  if (v === null) return 'nothing';
  if (typeof v === 'number') return floatText(v);
  if (typeof v === 'bigint' || typeof v === 'boolean') return String(v);
  if (typeof v === 'string') return quoted(v);
  if (v instanceof Single) return singleLiteral(v.value);
  if (v instanceof Lane) return showText(rt, rt.settle(v, 'printing'));
  if (v instanceof Char) return `'${v.value}'`;
  if (v instanceof Sym) return `:${v.name}`;
  if (v instanceof Arr) return arrayLine(rt, v);
  if (v instanceof List) return `${v.eltype === 'Any' ? 'Any' : ''}[${v.items.map((x) => showText(rt, x)).join(', ')}]`;
  if (v instanceof Cartesian) return `CartesianIndex${tupleText(rt, v)}`;
  if (v instanceof Tuple) return tupleText(rt, v);
  if (v instanceof Range) return rangeText(v);
  if (v instanceof Pair) return `${showText(rt, v.key)} => ${showText(rt, v.value)}`;
  if (v instanceof Dict) {
    const pairs = [...v.entries.values()].map((e) => `${showText(rt, e.key)} => ${showText(rt, e.value)}`);
    return `Dict(${pairs.join(', ')})`;
  }
  if (v instanceof Fn || v instanceof TypeValue || v instanceof Module) return v.name;
  if (v instanceof Colour) {
    return `RGB{${v.exact ? 'N0f8' : 'Float64'}}(${v.channels.map((c) => channelText(rt, c)).join(',')})`;
  }
  if (v instanceof Scaling) return `UniformScaling(${showText(rt, v.factor)})`;
  if (v instanceof Ref) return `Base.RefValue(${showText(rt, v.value)})`;
  if (v instanceof Colours) return `${v.rows}×${v.cols} ${typeName(v)}`;
  return v instanceof Plot ? 'Plot' : 'Widget';
}

function channelText(rt: Runtime, v: Value): string {
  const x = rt.settle(v, 'printing');
  return typeof x === 'number' ? floatText(x, false, true) : showText(rt, x);
}

function quoted(text: string): string {
  return `"${text
    .replace(/[\\"$]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t')}"`;
}

function tupleText(rt: Runtime, v: Tuple): string {
  const items = v.items.map((x, k) => (v.names ? `${v.names[k]} = ` : '') + showText(rt, x));
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

function rangeText(v: Range): string {
  const text = (x: number): string => (v.integer ? String(x) : floatText(x));
  if (v.unit && v.integer) return `${text(v.start)}:${text(v.length === 0 ? v.start - 1 : v.last)}`;
  return `${text(v.start)}:${text(v.step)}:${text(v.length === 0 ? v.start - v.step : v.last)}`;
}

function arrayLine(rt: Runtime, v: Arr): string {
  const host = rt.host(v);
  const item = (x: number): string => (v.eltype === 'Bool' ? String(x !== 0) : elementText(x, v.eltype));
  const prefix = v.eltype === 'Float32' ? 'Float32' : v.length === 0 ? v.eltype : v.eltype === 'Bool' ? 'Bool' : '';
  if (v.ndims === 1) return `${prefix}[${listed(host, item, ', ')}]`;
  const rows = Array.from({ length: Math.min(v.rows, 200) }, (_, i) =>
    listed(host.subarray(i * v.cols, (i + 1) * v.cols), item, ' '),
  );
  return `${prefix}[${rows.join('; ')}${v.rows > 200 ? '; …' : ''}]`;
}

function listed(data: Float64Array, item: (x: number) => string, separator: string): string {
  if (data.length <= 200) return Array.from(data, item).join(separator);
  return [...Array.from(data.subarray(0, 100), item), '…', ...Array.from(data.subarray(-100), item)].join(separator);
}

/** `3×3 Matrix{Float64}`, `4-element Vector{Int64}`: how errors and the REPL name an array. */
export function summary(v: Value): string {
  const name = v instanceof Arr && v.eltype === 'Bool' ? (v.ndims === 1 ? 'BitVector' : 'BitMatrix') : typeName(v);
  if (v instanceof Arr && v.row) return `1×${v.cols} adjoint(::Vector{${v.eltype}}) with eltype ${v.eltype}`;
  if (v instanceof Arr || v instanceof Colours) {
    return v.ndims === 1 ? `${v.rows}-element ${name}` : `${v.rows}×${v.cols} ${name}`;
  }
  if (v instanceof List) return `${v.items.length}-element ${name}`;
  return v instanceof Range ? `${v.length}-element ${name}` : name;
}

/** What the REPL shows for the value of a line. */
export function display(rt: Runtime, v: Value): string {
  if (v instanceof Arr) return v.length === 0 ? emptyText(v) : `${summary(v)}:\n${grid(rt.host(v), v)}`;
  if (v instanceof Colours) return summary(v);
  if (v instanceof List && v.items.length > 0) {
    return `${summary(v)}:\n${v.items
      .slice(0, screen.rows)
      .map((x) => ` ${nested(rt, x)}`)
      .join('\n')}${v.items.length > screen.rows ? '\n ⋮' : ''}`;
  }
  if (v instanceof Dict && v.entries.size > 0) {
    const entries = [...v.entries.values()].map((e) => [showText(rt, e.key), showText(rt, e.value)] as const);
    const width = Math.max(...entries.map(([key]) => key.length));
    const noun = entries.length === 1 ? 'entry' : 'entries';
    return `${typeName(v)} with ${entries.length} ${noun}:\n${entries.map(([k, x]) => `  ${k.padEnd(width)} => ${x}`).join('\n')}`;
  }
  if (v instanceof Dict) return `${typeName(v)}()`;
  if (v instanceof Fn) return `${v.name} (generic function with 1 method)`;
  if (v instanceof Scaling) return `UniformScaling{${typeName(v.factor)}}\n${showText(rt, v.factor)}*I`;
  return showText(rt, v);
}

/** A view as the REPL would show the value it was made from. */
export function viewText(view: View): string {
  switch (view.kind) {
    case 'matrix': {
      const host = Float64Array.from(view.data);
      const a = new Arr(view.eltype as Eltype, view.vector ? 1 : 2, host, view.rows, view.cols);
      return `${summary(a)}:\n${grid(host, a)}`;
    }
    case 'colour':
      return `${view.rows}×${view.cols} Matrix{RGB}`;
    case 'plot':
      return `Plot with ${view.series.length} series`;
    case 'nothing':
      return '';
    default:
      return view.text;
  }
}

function nested(rt: Runtime, v: Value): string {
  return scalarType(v) === 'Float32' ? printText(rt, v) : showText(rt, v);
}

function emptyText(v: Arr): string {
  return v.ndims === 1 ? `${v.eltype}[]` : `${v.rows}×${v.cols} Matrix{${v.eltype}}`;
}

/** Which of n lines or columns fit; -1 marks the gap. */
function window(n: number, fit: number): number[] {
  if (n <= fit) return Array.from({ length: n }, (_, k) => k);
  const head = Math.ceil((fit - 1) / 2);
  const tail = fit - 1 - head;
  return [...Array.from({ length: head }, (_, k) => k), -1, ...Array.from({ length: tail }, (_, k) => n - tail + k)];
}

/** Columns aligned at the decimal point; what does not fit is left out behind dots. */
function grid(host: Float64Array, v: Arr): string {
  const rows = window(v.rows, screen.rows);
  const column = (j: number): string[] => {
    const texts = rows.map((i) => (i < 0 ? '' : elementText(host[i * v.cols + j] ?? 0, v.eltype)));
    const point = (text: string): number => (/[.e]/.test(text) ? text.search(/[.e]/) : text.length);
    const left = Math.max(...texts.map(point));
    const shifted = texts.map((text) => ' '.repeat(left - point(text)) + text);
    const width = Math.max(...shifted.map((text) => text.length));
    // As Julia does, dots stand in every fifth column and row only.
    const dots = (j % 5 === 0 ? '⋮' : '').padStart(left).padEnd(width);
    return shifted.map((text, k) => (rows[k] === -1 ? dots : text.padEnd(width)));
  };
  let fit = Math.min(v.cols, Math.floor(screen.columns / 3));
  for (;;) {
    const columns = window(v.cols, fit).map((j) =>
      j < 0 ? rows.map((i) => (i < 0 ? '⋱' : i % 5 === 0 ? '…' : ' ')) : column(j),
    );
    const width = columns.reduce((sum, texts) => sum + 2 + (texts[0] ?? '').length, -1);
    if (width <= screen.columns || fit <= 2) {
      return rows.map((_, k) => ` ${columns.map((texts) => texts[k]).join('  ')}`.trimEnd()).join('\n');
    }
    fit--;
  }
}
