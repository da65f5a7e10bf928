/** A part of the plot that must be there. @throws Error where it is not, or is another kind of element. */
export function part<T extends Element>(root: ParentNode, selector: string, kind: abstract new (...a: never) => T): T {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the plot lacks ${selector}`);
  return found;
}
