/** Values as Julia's REPL displays them: a heading, and lines that are aligned and cut to the screen. */

import type { Runtime } from '../runtime.ts';
import { Extension } from '../extension.ts';
import { gridText, realAlignment } from './grid.ts';
import type { GridElement, ScreenSize } from './grid.ts';
import { elementText } from './number.ts';
import { displayedChar, displayedString } from './text.ts';
import { canonical, contextOf, defaultScreen, functionName, pairLine, settled, showIn, summary } from './show.ts';
import type { ShowContext } from './show.ts';
import { elementOf, fieldTypes } from './typeinfo.ts';
import {
  Arr,
  Char,
  Colours,
  Dict,
  Factorization,
  Fn,
  List,
  Pair,
  Scaling,
  TypeValue,
  scalarType,
  typeName,
} from '../values.ts';
import type { Value } from '../values.ts';
import { headingOf } from './heading.ts';
import type { MatrixView, View } from '../view.ts';

/** What the REPL shows for the value of a line. */
export function display(rt: Runtime, v: Value, screen = defaultScreen): string {
  return displayIn(contextOf(rt, { limit: true, screen }), v);
}

/** `show(io, MIME("text/plain"), v)`: several lines for what has several. */
export function displayIn(c: ShowContext, v: Value): string {
  if (v instanceof Arr) {
    if (v.length === 0) return v.ndims === 1 ? showIn(c, v) : summary(v);
    return `${summary(v)}:\n${arrayGrid(c, v)}`;
  }
  if (v instanceof List && v.line === null)
    return v.items.length === 0 ? showIn(c, v) : `${summary(v)}:\n${listGrid(c, v)}`;
  if (v instanceof Colours && v.rows * v.cols > 0 && c.rt) return `${summary(v)}:\n${colourGrid(c, c.rt, v)}`;
  const shown = v instanceof Extension ? c.rt?.shown?.(v, c, true) : undefined;
  if (shown !== undefined) return shown;
  if (v instanceof Extension && v.lines) return v.lines((part) => oneLine(c, part));
  if (v instanceof Dict && v.entries.size > 0) return `${summary(v)}:${dictLines(c, v)}`;
  if (v instanceof Factorization)
    return [v.type, ...v.shown.map(([label, part]) => `${label}:\n${displayIn(c, part)}`)].join('\n');
  if (v instanceof Scaling) return `${typeName(v)}\n${showIn(c, v.factor)}*I`;
  return oneLine(c, v);
}

/** The displayed form of a value that has no lines of its own. */
function oneLine(c: ShowContext, v: Value): string {
  if (typeof v === 'string' && c.limit) return displayedString(v, c.screen.columns, c.typeinfo === null ? 7 : 1);
  if (v instanceof Char && !c.compact) return displayedChar(v.value);
  if (v instanceof TypeValue) return canonical(v.name) + aliasOf(canonical(v.name));
  // A composition is shown by its parts.
  if (v instanceof Fn && !v.name.includes(' ∘ ')) {
    const count = v.methods;
    return `${functionName(v)} (generic function${count === null ? '' : ` with ${count} method${count === 1 ? '' : 's'}`})`;
  }
  return showIn(c, v);
}

function aliasOf(name: string): string {
  const [, abstract = '', kind, parameter] = /^(Abstract)?(Vector|Matrix)(?:\{(.*)\})?$/.exec(name) ?? [];
  if (kind === undefined) return '';
  const rank = kind === 'Vector' ? 1 : 2;
  return ` (alias for ${abstract}Array{${parameter ?? 'T'}, ${rank}}${parameter === undefined ? ' where T' : ''})`;
}

function arrayGrid(c: ShowContext, v: Arr, hollow = v.share?.hollow): string {
  const host = c.rt?.peek(v) ?? v.host ?? new Float64Array(0);
  const compact = c.compact || v.cols > 1;
  const real = v.eltype !== 'Int64' && v.eltype !== 'Bool';
  return gridText(
    v.rows,
    v.cols,
    (i, j) => {
      const number = elementText(host[i * v.cols + j] ?? 0, v.eltype, compact);
      const empty = hollow !== undefined && (hollow === 'off' ? i !== j : hollow === 'below' ? i > j : i < j);
      // A dot in the middle of the zero's place.
      const text = empty ? ' '.repeat(Math.ceil(number.length / 2) - 1) + '⋅' + ' '.repeat(number.length >> 1) : number;
      if (text.endsWith(')')) return { text, left: 0, right: text.length };
      return { text, ...(real ? realAlignment(number) : { left: text.length, right: 0 }) };
    },
    c.screen,
  );
}

function colourGrid(c: ShowContext, rt: Runtime, v: Colours): string {
  const planes = v.planes.map((plane) => rt.ops.download(plane));
  return gridText(
    v.rows,
    v.cols,
    (i, j) => {
      const text = `RGB{${v.type}}(${planes.map((p) => elementText(p[i * v.cols + j] ?? 0, v.type, true)).join(',')})`;
      return { text, left: 0, right: text.length };
    },
    c.screen,
  );
}

function listGrid(c: ShowContext, v: List): string {
  const inner = { ...c, typeinfo: v.eltype };
  return gridText(v.rows, v.cols, (i, j) => gridElement(inner, v.items[j * v.rows + i] ?? null), c.screen);
}

function gridElement(c: ShowContext, given: Value): GridElement {
  const v = settled(c, given);
  const line = showIn(c, v);
  const several = v instanceof Arr || v instanceof List || v instanceof Dict || v instanceof Scaling;
  const text = several ? line : oneLine(c, v);
  const type = scalarType(v);
  if (type === 'Int64' || type === 'Bool') return { text, left: line.length, right: 0 };
  if (type) return { text, ...realAlignment(line) };
  if (v instanceof Pair) {
    const left = pairLine({ ...c, typeinfo: c.typeinfo }, v).indexOf('=>') + 1;
    return { text, left, right: line.length - left };
  }
  return { text, left: 0, right: Array.from(line).length };
}

function dictLines(c: ShowContext, v: Dict): string {
  const [keyType = 'Any', valueType = 'Any'] = fieldTypes(elementOf(typeName(v)) ?? '');
  const height = c.screen.rows - 4;
  let room = Math.max(12, c.screen.columns) - 6;
  const shown = [...v.entries.values()]
    .slice(0, height)
    .map(
      (e) =>
        [
          Array.from(showIn({ ...c, compact: true, typeinfo: keyType }, e.key)),
          Array.from(showIn({ ...c, compact: true, typeinfo: valueType }, e.value)),
        ] as const,
    );
  const longestOf = (side: 0 | 1): number => Math.min(room, Math.max(...shown.map((pair) => pair[side].length)));
  let width = longestOf(0);
  const values = longestOf(1);
  if (width > Math.max(room >> 1, room - values)) width = Math.max(Math.ceil(room / 3), room - values);
  room -= width;
  const cut = (text: readonly string[], most: number): string =>
    text.length <= most ? text.join('') : `${text.slice(0, most - 1).join('')}…`;
  return shown
    .map(([key, value], k) => {
      if (k === height - 1 && v.entries.size > height) return `\n  ${'⋮'.padEnd(width)} => ⋮`;
      const left = cut(key, width);
      return `\n  ${left}${' '.repeat(Math.max(0, width - Math.min(key.length, width)))} => ${cut(value, room)}`;
    })
    .join('');
}

/** A view as the REPL would show the value it was made from. */
export function viewText(view: View, screen = defaultScreen): string {
  switch (view.kind) {
    case 'matrix':
      return `${headingOf(view)}:\n${viewGrid(view, screen)}`;
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

function viewGrid(view: MatrixView, screen: ScreenSize): string {
  const host = Float64Array.from(view.data);
  const a = new Arr(view.eltype as Arr['eltype'], view.vector ? 1 : 2, host, view.rows, view.cols);
  return arrayGrid(contextOf(null, { limit: true, screen }), a, view.hollow);
}
