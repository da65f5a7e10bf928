/**
 * The exports of a CommonJS package, from its module namespace: Node puts them under `default`, bundlers at the top, or in
 * both places.
 *
 * @param name an export that the package has.
 */
export function moduleOf<T extends object>(imported: object, name: keyof T & string): T {
  if (name in imported) return imported as T;
  const inner: unknown = 'default' in imported ? imported.default : null;
  if (typeof inner === 'object' && inner !== null && name in inner) return inner as T;
  throw new TypeError(`module without ${name}`);
}
