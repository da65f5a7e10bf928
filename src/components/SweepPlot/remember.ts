/**
 * Whether this reader has runs of their own: the plot then wakes by itself and shows them. One word in localStorage, because
 * the loader must know it without loading what opens the store.
 */
const KEY = 'attention-runs';

export function rememberOwnRuns(some: boolean): void {
  try {
    if (some) localStorage.setItem(KEY, 'some');
    else localStorage.removeItem(KEY);
  } catch {
    // Denied: they show at the first touch.
  }
}

export function hasOwnRuns(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}
