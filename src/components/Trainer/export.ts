/** Hands the reader what was trained. */
import type { RunRecord } from '../../lib/attention/trainer.ts';
import type { Heard } from './model.ts';
import type { SideName } from './sides.ts';
import { handOver } from '../ui/hand-over.ts';

/** A run as it is saved: what it was, how it went, and the record by which it can be recognised. */
function saved({ config, facts, losses, accuracies, checks }: Heard, record: RunRecord | null) {
  return { config, parameters: facts.parameters, record, losses, accuracies, validation: checks };
}

/** Both runs in one file. */
export function saveRuns(runs: readonly { side: SideName; heard: Heard; record: RunRecord | null }[]): void {
  const text = JSON.stringify(Object.fromEntries(runs.map(({ side, heard, record }) => [side, saved(heard, record)])));
  handOver(`${text}\n`, 'application/json', 'attention-runs.json');
}

/** One model's weights. */
export function saveWeights(side: SideName, { config, step }: Heard, file: ArrayBuffer): void {
  handOver(file, 'application/octet-stream', `${side}-${config.preset}-${config.arm}-${step}-steps.safetensors`);
}
