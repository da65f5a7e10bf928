/** Ctrl-Z, Ctrl-Shift-Z and Ctrl-Y (Cmd on a Mac), where no text is being written: a text has an undo of its own. */
export function stepAsked({ target, key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): 'undo' | 'redo' | null {
  const writing = target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea'));
  if (!(ctrlKey || metaKey) || altKey || writing) return null;
  const letter = key.toLowerCase();
  if (letter !== 'z' && letter !== 'y') return null;
  return letter === 'y' || shiftKey ? 'redo' : 'undo';
}
