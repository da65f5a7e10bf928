/** Puts an element in the place of the characters [from, to) of an element's text, across whatever elements highlight them. */
export function replaceText(code: HTMLElement, from: number, to: number, element: HTMLElement): void {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  range.selectNodeContents(code);
  let offset = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { length } = node as Text;
    if (offset <= from && from <= offset + length) range.setStart(node, from - offset);
    if (offset < to && to <= offset + length) range.setEnd(node, to - offset);
    offset += length;
  }
  if (to === from) range.collapse(true);
  range.deleteContents();
  range.insertNode(element);
}
