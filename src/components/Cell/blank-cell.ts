/** Makes a blank cell, copied from a template, the cell `id` of the page `page`. @throws Error where the element is no cell */
export function nameCell(cell: HTMLElement, id: string, page: string): HTMLElement {
  cell.id = id;
  cell.dataset['page'] = page;
  const block = cell.querySelector<HTMLElement>('.cell-code');
  const code = block?.querySelector('code');
  if (!block || !code) throw new Error('a cell without a place for its code');
  block.id = `${id}-code`;
  cell.querySelector('[data-do="edit"]')?.setAttribute('aria-controls', block.id);
  const status = cell.querySelector('.cell-status');
  status?.setAttribute('id', `${id}-status`);
  status?.setAttribute('for', block.id);
  return code;
}
