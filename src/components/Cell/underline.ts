/** Marks the characters [from, to) of an element's text, across whatever elements highlight them. Removes earlier marks. */
export function underline(code: HTMLElement, range: { from: number; to: number } | null): void {
  for (const mark of code.querySelectorAll('mark.cell-wrong')) mark.replaceWith(...mark.childNodes);
  code.normalize();
  if (range === null) return;
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const parts: { node: Text; from: number; to: number }[] = [];
  let offset = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node as Text;
    const from = Math.max(range.from - offset, 0);
    const to = Math.min(Math.max(range.to, range.from + 1) - offset, text.length);
    if (from < to) parts.push({ node: text, from, to });
    offset += text.length;
  }
  for (const { node, from, to } of parts) {
    const middle = node.splitText(from);
    middle.splitText(to - from);
    const mark = document.createElement('mark');
    mark.className = 'cell-wrong';
    middle.replaceWith(mark);
    mark.append(middle);
  }
}
