/** Names of types that are made of others. */

/** Most characters of a type's name; one that holds itself many times over would have more than there are atoms. */
export const longestName = 5000;

/** Longer names of what cannot change are made once. */
export const keptName = 200;

const names = new WeakMap<object, string>();

/** The name that `make` gives, cut where nobody reads on; one longer than `kept` is kept for as long as the value lives. */
export function cut(v: object, kept: number, make: () => string): string {
  const known = names.get(v);
  if (known !== undefined) return known;
  const whole = make();
  const name = whole.length > longestName ? `${whole.slice(0, longestName)}…` : whole;
  if (name.length > kept || whole.length > longestName) names.set(v, name);
  return name;
}
