/** One training, made in slices so that whoever calls it can listen in between. Knows neither worker nor page. */
import type { Batch } from '../network.ts';
import type { RunConfig } from '../presets.ts';
import { PRESETS } from '../presets.ts';
import type { FashionData } from '../tasks/fashion.ts';
import type { Split, Task } from '../tasks/task.ts';
import type { Evaluation, RunRecord } from '../trainer.ts';
import { Trainer } from '../trainer.ts';
import type { Check, Facts, Reading, Report, TrainingRequest } from './protocol.ts';
import { describeSample } from './sample.ts';

/** About so many times a run, attention is read and the validation data are asked. */
const READINGS = 80;
const CHECKS = 12;
/** Validation samples of a check, in batches: enough for a curve. The end is tested on everything. */
const CHECK_BATCHES = 8;

/** A model that has lost its numbers. */
export class Diverged extends Error {
  override name = 'Diverged';
}

/** How a run is trained to be looked at: with readings and checks, and tested on what a page has of the test set. */
export function watchedRun(config: RunConfig, pictures: Blob | null = null): TrainingRequest {
  // Of Fashion-MNIST's test set a page has the part called probe; of the computed tasks it has everything.
  const tests: Split[] = [PRESETS[config.preset].needs === 'nothing' ? 'test' : 'probe'];
  return { config, pictures, watched: true, tests };
}

/** The first sample of a batch, by itself: quicker to look at than all of it. */
function firstOf({ ids, patches, targets }: Batch, task: Task): Batch {
  const { tokens, input } = task;
  return {
    ...(ids && input.kind === 'ids' && { ids: ids.slice(0, tokens * input.fields) }),
    ...(patches && input.kind === 'patches' && { patches: patches.slice(0, tokens * input.size) }),
    targets: targets.slice(0, task.output === 'pool' ? 1 : tokens),
  };
}

export class Training {
  readonly config: RunConfig;
  readonly facts: Facts;
  readonly #request: TrainingRequest;
  readonly #trainer: Trainer;
  readonly #sample: Batch;
  readonly #validation: readonly Batch[];
  readonly #work = this.#working();
  #until = 0;
  #record: RunRecord | null = null;
  #seconds = 0;
  #losses: number[] = [];
  #accuracies: number[] = [];
  #readings: Reading[] = [];
  #checks: Check[] = [];

  /** @throws ConfigError for an impossible model, RangeError where pictures are missing. */
  constructor(request: TrainingRequest, data?: FashionData) {
    const { config } = request;
    this.config = config;
    this.#request = request;
    this.#trainer = new Trainer(config, data);
    const { task, network } = this.#trainer;
    this.#validation = task.heldOut('validation', config.batch).slice(0, CHECK_BATCHES);
    const [first] = this.#validation;
    if (!first) throw new RangeError('this task has no validation data here');
    this.#sample = firstOf(first, task);
    this.facts = {
      parameters: network.layout.total,
      chance: task.chance,
      sample: describeSample(config.preset, task, this.#sample),
    };
    if (request.watched) this.#read();
  }

  get step(): number {
    return this.#trainer.stepsDone;
  }

  /** The finished run with its tests; null while it is not finished. */
  get record(): RunRecord | null {
    return this.#record;
  }

  /** The run as it is now, tested or not. */
  recordNow(): RunRecord {
    return this.#record ?? this.#trainer.record([]);
  }

  weights(): ReturnType<Trainer['weights']> {
    return this.#trainer.weights();
  }

  /**
   * Works for about `milliseconds`, or until `until` steps are made and looked at. True where there is more to do.
   * @throws Diverged when the weights of a watched run are no longer numbers.
   */
  advance(until: number, milliseconds: number): boolean {
    this.#until = until;
    const started = performance.now();
    let more = true;
    while (more && performance.now() - started < milliseconds) more = this.#work.next().value === true;
    this.#seconds += (performance.now() - started) / 1000;
    return more;
  }

  /** What has been done since the last report. */
  report(): Report {
    const report = {
      step: this.step,
      losses: this.#losses,
      accuracies: this.#accuracies,
      readings: this.#readings,
      checks: this.#checks,
      seconds: this.#seconds,
    };
    this.#losses = [];
    this.#accuracies = [];
    this.#readings = [];
    this.#checks = [];
    return report;
  }

  /** All of the training, one step or one batch of a held-out set at a time. Yields whether there is more to do now. */
  *#working(): Generator<boolean, void, void> {
    const trainer = this.#trainer;
    const isDone = (): boolean => trainer.done;
    while (!isDone()) {
      if (this.step >= this.#until) {
        yield false;
        continue;
      }
      this.#step();
      if (this.#isDue(CHECKS)) {
        yield true;
        const found = yield* trainer.evaluating(this.#validation);
        if (found) this.#checks.push({ step: this.step, ...found });
      }
      yield isDone() || this.step < this.#until;
    }
    const results: Partial<Record<Split, Evaluation>> = {};
    for (const split of this.#request.tests) {
      const found = yield* trainer.evaluating(trainer.task.heldOut(split, this.config.batch));
      if (found) results[split] = found;
    }
    this.#record = { ...trainer.record([]), results };
  }

  #step(): void {
    const { loss, accuracy } = this.#trainer.step(1);
    // The kernels' own exp and log turn what is no number into some number, so the loss would not tell.
    if (this.#request.watched && !this.#trainer.network.weights.every(Number.isFinite)) {
      throw new Diverged(`The weights are no longer numbers at step ${this.step}; a smaller learning rate may help.`);
    }
    this.#losses.push(loss);
    this.#accuracies.push(accuracy);
    if (this.#isDue(READINGS)) this.#read();
  }

  /** Whether a watched run is looked at after this step, when it is looked at about `times` times in all. */
  #isDue(times: number): boolean {
    return this.#request.watched && (this.#trainer.done || this.step % Math.ceil(this.config.steps / times) === 0);
  }

  #read(): void {
    this.#readings.push({ step: this.step, insight: this.#trainer.insight(this.#sample) });
  }
}
