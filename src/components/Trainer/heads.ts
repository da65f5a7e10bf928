/** Which heads there are to choose from, and what a choice means. Pure. */
import type { Reading } from '../../lib/attention/training/protocol.ts';
import type { SideName } from './sides.ts';
import { SIDES } from './sides.ts';

export interface Head {
  readonly side: SideName;
  /** Counted from 0. */
  readonly layer: number;
  readonly head: number;
}

/** Keys and words of all heads, the left model's first. */
export function headOptions(readings: Readonly<Record<SideName, Reading | null>>): [string, string][] {
  return SIDES.flatMap((side) =>
    (readings[side]?.insight.layers ?? []).flatMap(({ attention }, layer) =>
      attention.map((_, head): [string, string] => [
        `${side} ${layer} ${head}`,
        `${side}, layer ${layer + 1}, head ${head + 1}`,
      ]),
    ),
  );
}

/** The head that a key of `headOptions` names; null for anything else. */
export function headOf(key: string): Head | null {
  const [name, layer, head] = key.split(' ');
  const side = SIDES.find((one) => one === name);
  return side === undefined || layer === undefined || head === undefined
    ? null
    : { side, layer: Number(layer), head: Number(head) };
}
