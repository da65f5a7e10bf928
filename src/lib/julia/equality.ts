/** `===`, `isequal` and the keys of dictionaries: equality that does not ask an engine to compare numbers. */

import { Extension } from './extension.ts';
import { elements, isArray } from './iterate.ts';
import type { Runtime } from './runtime.ts';
import { RuledList } from './ruled.ts';
import {
  Arr,
  Char,
  Colour,
  Dict,
  Fn,
  List,
  Pair,
  Range,
  Sym,
  Tuple,
  TypeValue,
  hostNumber,
  scalarType,
  typeName,
} from './values.ts';
import type { Value } from './values.ts';

/** Numbers of what has no contents to be compared by. */
const identities = new WeakMap<object, number>();
let given = 0;

function identity(v: object): string {
  let own = identities.get(v);
  if (own === undefined) identities.set(v, (own = ++given));
  return `@${own}`;
}

function numberKey(x: number | bigint): string {
  return `n${Object.is(x, -0) ? '-0' : x}`;
}

/** Two values have one key where Julia's `isequal` calls them equal: 1, 1.0 and true; [1, 2] and 1:2; NaN and NaN; not 0.0 and -0.0. */
export function keyOf(rt: Runtime, value: Value): string {
  const key = keyText(rt, value);
  if (key.length > shortKey) rt.meter.hold(key.length);
  return key;
}

/** Characters of a key that no list or text has made. */
const shortKey = 64;

function keyText(rt: Runtime, value: Value): string {
  rt.meter.tick();
  const v = rt.settle(value, 'looking up a key that differs from element to element');
  if (typeof v === 'bigint') return numberKey(v);
  const x = hostNumber(v);
  if (x !== null) return numberKey(x);
  if (typeof v === 'string') return `s${JSON.stringify(v)}`;
  if (v instanceof Sym) return `:${v.name}`;
  if (v instanceof Char) return `'${v.value}`;
  if (v === null) return 'nothing';
  if (v instanceof Tuple)
    return `${v.names ? v.names.join() : ''}(${v.items.map((item) => keyText(rt, item)).join(',')})`;
  if (v instanceof Pair) return `${keyText(rt, v.key)}=>${keyText(rt, v.value)}`;
  if (isArray(v)) {
    const sizes = v instanceof Range || v.ndims === 1 ? '' : `${v.rows}x${v.cols}`;
    if (v instanceof Arr) {
      const host = rt.host(v);
      const keys = Array.from(host, (_, k) => numberKey(host[(k % v.rows) * v.cols + Math.floor(k / v.rows)] ?? NaN));
      return `${sizes}[${keys.join(',')}]`;
    }
    return `${sizes}[${Array.from(elements(rt, v), (item) => keyText(rt, item)).join(',')}]`;
  }
  if (v instanceof Dict) {
    const pairs = [...v.entries].map(([key, e]) => `${key}=>${keyText(rt, e.value)}`);
    return `Dict{${pairs.sort().join(',')}}`;
  }
  if (v instanceof Colour) return `RGB(${v.channels.map((c) => keyText(rt, c)).join(',')})`;
  if (v instanceof TypeValue) return `type ${v.name}`;
  // Structs are equal where they are `===`, and so where their fields are.
  if (v instanceof Extension && v.key)
    return v.key((part) => (isMutable(part) ? identity(part) : `${typeName(part)} ${keyText(rt, part)}`));
  return typeof v === 'object' ? identity(v) : `n${String(v)}`;
}

const isMutable = (v: Value): v is Arr | List | Dict | Fn =>
  v instanceof Arr || v instanceof List || v instanceof Dict || v instanceof Fn;

/** `===`: one object, or immutable values that nothing can tell apart. */
export function identical(rt: Runtime, first: Value, second: Value): boolean {
  const [a, b] = [rt.settle(first), rt.settle(second)];
  if (a === b && typeof a !== 'number') return true;
  if (scalarType(a) !== scalarType(b)) return false;
  const [x, y] = [hostNumber(a), hostNumber(b)];
  if (x !== null && y !== null) return typeof a === 'bigint' ? false : Object.is(x, y);
  if (a instanceof Tuple && b instanceof Tuple) {
    return (
      a.items.length === b.items.length &&
      typeName(a) === typeName(b) &&
      a.items.every((item, k) => identical(rt, item, b.items[k] ?? null))
    );
  }
  if (a instanceof Pair && b instanceof Pair) return identical(rt, a.key, b.key) && identical(rt, a.value, b.value);
  if (a instanceof Colour && b instanceof Colour)
    return a.type === b.type && a.channels.every((c, k) => identical(rt, c, b.channels[k] ?? null));
  if (a instanceof RuledList || b instanceof RuledList)
    return typeName(a) === typeName(b) && keyOf(rt, a) === keyOf(rt, b);
  if (a instanceof Extension && b instanceof Extension && a.same) return a.same(b, (p, q) => identical(rt, p, q));
  if (isMutable(a) || isMutable(b)) return false;
  if (a instanceof Range && b instanceof Range)
    return typeName(a) === typeName(b) && a.start === b.start && a.step === b.step && a.length === b.length;
  const plain = (v: Value): boolean =>
    typeof v === 'string' || v instanceof Sym || v instanceof Char || v instanceof TypeValue;
  return plain(a) && plain(b) && keyOf(rt, a) === keyOf(rt, b);
}
