const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity,
};

/**
 * Makes buttons one stop of the Tab key: arrow keys, Home and End move among them (the toolbar pattern of the ARIA practices). A button that
 * hides while it has the focus hands the focus on.
 *
 * @param resting while it gives true, Tab passes the group by
 * @returns asks `resting` again; what appears and goes in the group is seen without it
 */
export function roving(group: HTMLElement, selector: string, resting = (): boolean => false): () => void {
  let current: HTMLElement | undefined;
  const buttons = (): HTMLElement[] =>
    [...group.querySelectorAll<HTMLElement>(selector)].filter(
      (button) => !button.hidden && !button.matches(':disabled'),
    );
  const update = (): void => {
    const all = buttons();
    const focus = document.activeElement === current;
    if (current === undefined || !all.includes(current)) {
      current = all[0];
      if (focus) current?.focus();
    }
    for (const button of group.querySelectorAll<HTMLElement>(selector))
      button.tabIndex = button === current && !resting() ? 0 : -1;
  };
  const at = (event: Event): HTMLElement | null =>
    event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
  group.addEventListener('focusin', (event) => {
    current = at(event) ?? current;
    update();
  });
  group.addEventListener('keydown', (event) => {
    const all = buttons();
    const button = at(event);
    const step = STEPS[event.key];
    if (button === null || step === undefined) return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, all.indexOf(button) + step))]?.focus();
  });
  new MutationObserver(update).observe(group, {
    subtree: true,
    childList: true,
    attributeFilter: ['hidden', 'disabled'],
  });
  group.dataset['roving'] = '';
  update();
  return update;
}
