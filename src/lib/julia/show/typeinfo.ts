/**
 * What is known of a value's type from what stands around it, so that it need not be told again: Julia's `:typeinfo`.
 * Types are Julia's names for them.
 */

/** `Tuple{Int64, Vector{Float64}}` gives `['Int64', 'Vector{Float64}']`. */
export function parametersOf(type: string): string[] {
  const open = type.indexOf('{');
  if (open < 0 || !type.endsWith('}')) return [];
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const c of type.slice(open + 1, -1)) {
    if (c === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
      continue;
    }
    if (c === '{' || c === '(') depth += 1;
    if (c === '}' || c === ')') depth -= 1;
    part += c;
  }
  return part.trim() === '' ? parts : [...parts, part.trim()];
}

const headOf = (type: string): string => type.replace(/\{.*$/s, '');

/** The type of an array's, a set's or a dictionary's elements; null where the type does not tell. */
export function elementOf(type: string): string | null {
  const [first, second] = parametersOf(type);
  switch (headOf(type)) {
    case 'Vector':
    case 'Matrix':
    case 'Set':
    case 'Adjoint':
    case 'Transpose':
    case 'UnitRange':
    case 'Array':
      return first ?? null;
    case 'Dict':
      return first !== undefined && second !== undefined ? `Pair{${first}, ${second}}` : null;
    case 'BitVector':
    case 'BitMatrix':
      return 'Bool';
    default:
      return null;
  }
}

/** The types of a tuple's, a named tuple's or a pair's parts. */
export function fieldTypes(type: string): string[] {
  const parts = parametersOf(type);
  switch (headOf(type)) {
    case 'NTuple':
      return Array.from({ length: Number(parts[0]) }, () => parts[1] ?? 'Any');
    case 'Tuple':
      return parts.flatMap((part) => {
        if (!part.startsWith('Vararg{')) return [part];
        const [inner = 'Any', count = '0'] = parametersOf(part);
        return Array.from({ length: Number(count) }, () => inner);
      });
    case '@NamedTuple':
      return parts.map((part) => part.slice(part.indexOf('::') + 2));
    case 'Pair':
      return parts;
    default:
      return [];
  }
}

/** True for types whose values read back as what they are without a word on their type. */
export function isImplicit(type: string): boolean {
  if (/^(?:Float64|Int64|Char|String|Symbol|Nothing|Missing|typeof\(.*\))$/.test(type)) return true;
  switch (headOf(type)) {
    case 'Vector':
    case 'Matrix':
    case 'Array':
      return isImplicit(parametersOf(type)[0] ?? 'Any');
    case 'Tuple':
    case 'NTuple':
    case '@NamedTuple':
    case 'Pair':
      return fieldTypes(type).every(isImplicit);
    case 'Dict':
      return parametersOf(type).length === 2 && parametersOf(type).every(isImplicit);
    default:
      return false;
  }
}
