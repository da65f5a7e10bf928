/** Paints results frame by frame: however many arrive at once, no frame is held up by more than one large one. */

const BUDGET_MS = 8;
const waiting = new Map<object, () => void>();
let asked = false;

function frame(): void {
  asked = false;
  const started = performance.now();
  for (const [key, work] of waiting) {
    waiting.delete(key);
    work();
    if (performance.now() - started > BUDGET_MS) break;
  }
  ask();
}

function ask(): void {
  if (asked || waiting.size === 0) return;
  asked = true;
  requestAnimationFrame(frame);
}

/** Does `work` in one of the next frames; work of the same `key` that still waits is out of date, and is forgotten. */
export function paint(key: object, work: () => void): void {
  waiting.delete(key);
  waiting.set(key, work);
  ask();
}
