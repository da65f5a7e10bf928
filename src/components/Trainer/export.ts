/** Hands the reader what was trained. */
import type { RunRecord } from '../../lib/attention/trainer.ts';
import type { Heard } from './model.ts';
import type { SideName } from './protocol.ts';

function hand(parts: BlobPart, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the file after the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A run as it is saved: what it was, how it went, and the record by which it can be recognised. */
function saved({ config, facts, losses, accuracies, checks }: Heard, record: RunRecord | null) {
  return { config, parameters: facts.parameters, record, losses, accuracies, validation: checks };
}

/** Both runs in one file. */
export function saveRuns(runs: readonly { side: SideName; heard: Heard; record: RunRecord | null }[]): void {
  const text = JSON.stringify(Object.fromEntries(runs.map(({ side, heard, record }) => [side, saved(heard, record)])));
  hand(`${text}\n`, 'application/json', 'attention-runs.json');
}

/** One model's weights. */
export function saveWeights(side: SideName, { config, step }: Heard, file: ArrayBuffer): void {
  hand(file, 'application/octet-stream', `${side}-${config.preset}-${config.arm}-${step}-steps.safetensors`);
}
