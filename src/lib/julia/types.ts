/** Julia's types as far as annotations, `isa` and error messages need them. */

import { Arr, Colours, Dict, Fn, List, Range, TypeValue, typeName } from './values.ts';
import type { Value } from './values.ts';

const parents: Record<string, string> = {
  Int64: 'Signed',
  Signed: 'Integer',
  Bool: 'Integer',
  Integer: 'Real',
  Float64: 'AbstractFloat',
  Float32: 'AbstractFloat',
  AbstractFloat: 'Real',
  Real: 'Number',
  Number: 'Any',
  String: 'AbstractString',
  AbstractString: 'Any',
  Vector: 'AbstractVector',
  Matrix: 'AbstractMatrix',
  UnitRange: 'AbstractRange',
  StepRange: 'AbstractRange',
  StepRangeLen: 'AbstractRange',
  AbstractRange: 'AbstractVector',
  AbstractVector: 'AbstractArray',
  AbstractMatrix: 'AbstractArray',
  Adjoint: 'AbstractMatrix',
  Array: 'AbstractArray',
  AbstractArray: 'Any',
  Dict: 'AbstractDict',
  AbstractDict: 'Any',
  RGB: 'Colorant',
  Gray: 'AbstractGray',
  AbstractGray: 'Colorant',
  N0f8: 'FixedPoint',
  FixedPoint: 'Real',
  Colorant: 'Any',
  Function: 'Any',
  DataType: 'Type',
  Type: 'Any',
};

const aliases: Record<string, string> = {
  Int: 'Int64',
  AbstractVecOrMat: 'AbstractArray',
  VecOrMat: 'Array',
  Color: 'Colorant',
};

const base = (name: string): string => {
  const head = name.replace(/[{<].*$/s, '').trim();
  return aliases[head] ?? head;
};

function lineage(name: string): string[] {
  const chain = [name];
  for (let t = parents[name]; t !== undefined; t = parents[t]) chain.push(t);
  return chain;
}

/** Whether a value is of a type named in the source; element types are checked for arrays written out in full. */
export function isa(v: Value, type: string): boolean {
  const union = /^Union\{(.*)\}$/s.exec(type.trim());
  if (union) return (union[1] ?? '').split(/,(?![^{]*\})/).some((part) => isa(v, part.trim()));
  const wanted = base(type);
  if (wanted === 'Any') return true;
  const own = v instanceof Fn ? 'Function' : base(typeName(v));
  const chain = lineage(own);
  if (v instanceof Arr || v instanceof List || v instanceof Colours) {
    if (wanted === 'Array') return true;
    const parameter = /\{\s*((?:Gray\{\s*)?(?:Float64|Float32|N0f8|Int64|Int|Bool)(?:\s*\})?)\s*[,}]/.exec(type)?.[1];
    if (parameter && v instanceof Arr && (aliases[parameter] ?? parameter) !== v.eltype) return false;
  }
  if (v instanceof TypeValue && wanted === 'Type') return true;
  if (v instanceof Dict && wanted === 'Dict') return true;
  if (v instanceof Range && wanted === 'AbstractRange') return true;
  return chain.includes(wanted) || !knownType(wanted);
}

/** Types this library has never heard of (a type variable of a `where`, say) fit anything. */
function knownType(name: string): boolean {
  return name in parents || ['Nothing', 'Symbol', 'Char', 'Tuple', 'Pair', 'Module'].includes(name);
}

/** How deep a type lies: the deeper, the more specific a method that asks for it. */
export function specificity(type: string | null): number {
  if (type === null) return 0;
  const name = base(type);
  return name === 'Any' ? 0 : lineage(name).length + (type.includes('{') ? 0.5 : 0);
}
