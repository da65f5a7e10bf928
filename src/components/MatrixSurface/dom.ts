/** An element with attributes and children, in one expression. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A button that says what it does, and does it. */
export function button(label: string, title: string, act: () => void): HTMLButtonElement {
  const element = make('button', { type: 'button', title }, label);
  if (label.length <= 2) element.setAttribute('aria-label', title);
  element.addEventListener('click', act);
  return element;
}

/** A label around its control. */
export function labelled(text: string, ...controls: (Node | string)[]): HTMLLabelElement {
  return make('label', {}, text, ...controls);
}

/** Moves a label so that it is centred on (x, y) of its frame, kept inside the frame. */
export function placeLabel(label: HTMLElement, x: number, y: number, frame: { width: number; height: number }): void {
  const { offsetWidth: width, offsetHeight: height } = label;
  const left = Math.min(frame.width - width - 4, Math.max(4, x - width / 2));
  const top = Math.min(frame.height - height - 4, Math.max(4, y - height / 2));
  label.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
}
