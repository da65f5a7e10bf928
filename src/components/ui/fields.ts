/** The rows, buttons and choices that panels are made of. Apart from the panels: whoever needs a button need not fetch what saves a file. */

export function row(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = 'cell-row';
  const label = document.createElement('span');
  label.textContent = name;
  element.append(label);
  return element;
}

export function button(words: string, act: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'cell-button';
  element.textContent = words;
  element.addEventListener('click', act);
  return element;
}

export function select(
  name: string,
  options: readonly (readonly [string, string])[],
  value: string,
  change: (value: string) => void,
): HTMLElement {
  const element = document.createElement('label');
  element.className = 'cell-row';
  const label = document.createElement('span');
  label.textContent = name;
  const input = document.createElement('select');
  for (const [key, words] of options) input.add(new Option(words, key, false, key === value));
  input.addEventListener('change', () => change(input.value));
  element.append(label, input);
  return element;
}
