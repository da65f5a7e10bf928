/** One thing measured on one engine. */
export interface Row {
  /** What was run, the same for every engine: the poster pipeline at 512, say. */
  readonly what: string;
  readonly engine: string;
  /** Where it ran: `Node`, or `Chromium, <renderer>`. */
  readonly where: string;
  readonly medianMs: number;
  readonly runs: number;
}

/** What a bench module exports: it measures and returns rows; the table and the ratios are `scripts/bench.ts`'s work. */
export interface Bench {
  readonly name: string;
  /** The engine that the others are divided by. */
  readonly baseline: string;
  /** What a reader of the table must know. */
  readonly remark?: string;
  run(options: BenchOptions): Promise<readonly Row[]>;
}

export interface BenchOptions {
  readonly sizes: readonly number[];
  readonly rounds: number;
  /** False leaves the browser out. */
  readonly browser: boolean;
  /** Says what is being measured, while it is. */
  note: (text: string) => void;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}
