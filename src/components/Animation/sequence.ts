/** The order of an animation's frames: 0, 1 ... n - 1 and back, without showing either end twice. Pure. */

export interface SequencePlace {
  readonly position: number;
  readonly direction: 1 | -1;
}

/** The position after `place` among `count`; turns round at both ends. */
export function next({ position, direction }: SequencePlace, count: number): SequencePlace {
  if (count < 2) return { position: 0, direction: 1 };
  const turned = position >= count - 1 ? -1 : position <= 0 ? 1 : direction;
  return { position: Math.min(count - 1, Math.max(0, position + turned)), direction: turned };
}

/** One whole turn, starting at 0: 2 (n - 1) frames, 62 for a knob of 0 ... 31. */
export function turn(count: number): number[] {
  const there = Array.from({ length: count }, (_, k) => k);
  return [...there, ...there.slice(1, -1).reverse()];
}

/** Bytes in the words of a file manager; a megabyte is 10^6 bytes. */
export function sizeText(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
