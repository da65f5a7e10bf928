/** What stands in a page's figures of factors: which factors, whether the live view is open, and where it is seen from. */

export type FigureRecord = Readonly<Record<string, string>>;

/** Of each figure what is not as the article has it, by the figure's id. */
export function figuresHere(): Record<string, FigureRecord> {
  const all: Record<string, FigureRecord> = {};
  for (const figure of document.querySelectorAll<HTMLElement>('julia-factors')) {
    const choice = figure.querySelector<HTMLElement>('[data-choice][aria-pressed=true]')?.dataset['choice'] ?? '0';
    const { camera } = figure.dataset;
    const record = {
      ...(choice !== '0' && { choice }),
      ...(figure.querySelector('[data-open][aria-expanded=true]') && { open: 'true' }),
      ...(camera !== undefined && { camera }),
    };
    if (Object.keys(record).length > 0) all[figure.id] = record;
  }
  return all;
}

/** Brings figures to what the record says, and all others to what the article shows. @returns whether there is a figure that it names */
export function restoreFigures(record: Readonly<Record<string, FigureRecord>>): boolean {
  const changed = figuresHere();
  let found = false;
  for (const figure of document.querySelectorAll<HTMLElement>('julia-factors')) {
    const wanted = record[figure.id];
    found ||= wanted !== undefined;
    if (wanted ?? changed[figure.id]) figure.dispatchEvent(new CustomEvent('restore', { detail: wanted ?? {} }));
  }
  return found;
}
