/** An element that a cell's HTML always has. @throws Error where it has not */
export function part(cell: HTMLElement, selector: string): HTMLElement {
  const found = cell.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`a cell without ${selector}`);
  return found;
}

/** The cell's button for one action. */
export function actionButton(cell: HTMLElement, name: string): HTMLButtonElement {
  return part(cell, `[data-do="${name}"]`) as HTMLButtonElement;
}
