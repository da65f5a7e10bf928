/** The first pair, trained while the site is built: what the page shows before, and without, a training of its own. */
import { encodePng } from '../../lib/image/png.ts';
import type { RunConfig } from '../../lib/attention/presets.ts';
import type { RunRecord } from '../../lib/attention/trainer.ts';
import type { Curve } from './curves.ts';
import type { MatrixPanel } from './matrices.ts';
import { pixelsOf } from './matrices.ts';
import type { Check, Facts, Reading } from '../../lib/attention/training/protocol.ts';
import type { SideName } from './sides.ts';
import { SIDES } from './sides.ts';
import { Training, watchedRun } from '../../lib/attention/training/training.ts';
import { armWords, FIRST } from './settings.ts';

export interface StoredSide {
  readonly side: SideName;
  readonly config: RunConfig;
  readonly facts: Facts;
  readonly curve: Curve;
  readonly record: RunRecord;
  /** After the last step. */
  readonly reading: Reading;
}

/** Trains a configuration to its end. */
function train(side: SideName, config: RunConfig): StoredSide {
  const run = new Training(watchedRun(config));
  const [losses, accuracies, checks]: [number[], number[], Check[]] = [[], [], []];
  let reading: Reading | undefined;
  let more = true;
  while (more) {
    more = run.advance(Infinity, 100);
    const report = run.report();
    losses.push(...report.losses);
    accuracies.push(...report.accuracies);
    checks.push(...report.checks);
    reading = report.readings.at(-1) ?? reading;
  }
  const { record, facts } = run;
  if (!record || !reading) throw new Error(`the ${side} model was not trained`);
  const curve = {
    side,
    words: armWords(config),
    losses,
    accuracies,
    checks,
    steps: config.steps,
    chance: facts.chance,
  };
  return { side, config, facts, curve, record, reading };
}

let pair: readonly StoredSide[] | undefined;

/** Both models. It takes a second or two, once a build. */
export function storedPair(): readonly StoredSide[] {
  pair ??= SIDES.map((side) => train(side, FIRST[side]));
  return pair;
}

/** A panel as an image address that needs no file: some hundred bytes. */
export function panelImage(panel: MatrixPanel): string {
  const { rows, cols } = panel.matrix;
  const rgb = pixelsOf(panel).filter((_, k) => k % 4 !== 3);
  return `data:image/png;base64,${Buffer.from(encodePng(rows, cols, 3, Uint8Array.from(rgb), 'small')).toString('base64')}`;
}
