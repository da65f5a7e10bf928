/** One training, made in slices so that whoever calls it can listen in between. Knows neither worker nor page. */
import type { Batch } from '../../lib/attention/network.ts';
import type { RunConfig } from '../../lib/attention/presets.ts';
import { PRESETS } from '../../lib/attention/presets.ts';
import type { FashionData } from '../../lib/attention/tasks/fashion.ts';
import type { Split, Task } from '../../lib/attention/tasks/task.ts';
import type { Evaluation, RunRecord } from '../../lib/attention/trainer.ts';
import { Trainer } from '../../lib/attention/trainer.ts';
import type { Check, Facts, Reading, Report } from './protocol.ts';
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

/** A held-out set, asked batch by batch. */
class Exam {
  readonly kind: 'check' | 'test';
  readonly #batches: readonly Batch[];
  #next = 0;
  #loss = 0;
  #right = 0;
  #asked = 0;

  constructor(kind: 'check' | 'test', batches: readonly Batch[]) {
    this.kind = kind;
    this.#batches = batches;
  }

  /** Asks the next batch. True once all are asked. */
  ask(trainer: Trainer): boolean {
    const batch = this.#batches[this.#next++];
    if (batch) {
      const score = trainer.network.evaluate(batch);
      this.#loss += score.loss;
      this.#right += score.right;
      this.#asked += score.asked;
    }
    return this.#next >= this.#batches.length;
  }

  /** The same numbers, to the last bit, as `Trainer.evaluate` gives on the same batches. */
  get result(): Evaluation {
    return { loss: this.#loss / this.#asked, right: this.#right, asked: this.#asked };
  }
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

export class Run {
  readonly config: RunConfig;
  readonly facts: Facts;
  readonly #trainer: Trainer;
  readonly #sample: Batch;
  readonly #validation: readonly Batch[];
  readonly #split: Split;
  #exam: Exam | null = null;
  #record: RunRecord | null = null;
  #seconds = 0;
  #losses: number[] = [];
  #accuracies: number[] = [];
  #readings: Reading[] = [];
  #checks: Check[] = [];

  /** @throws ConfigError for an impossible model, RangeError where pictures are missing. */
  constructor(config: RunConfig, data?: FashionData) {
    this.config = config;
    this.#trainer = new Trainer(config, data);
    const { task, network } = this.#trainer;
    this.#validation = task.heldOut('validation', config.batch).slice(0, CHECK_BATCHES);
    // Of Fashion-MNIST's test set a page has the part called probe; of the computed tasks it has everything.
    this.#split = PRESETS[config.preset].needs === 'nothing' ? 'test' : 'probe';
    const [first] = this.#validation;
    if (!first) throw new RangeError('this task has no validation data here');
    this.#sample = firstOf(first, task);
    this.facts = {
      parameters: network.layout.total,
      chance: task.chance,
      sample: describeSample(config.preset, task, this.#sample),
    };
    this.#read();
  }

  get step(): number {
    return this.#trainer.stepsDone;
  }

  /** All steps are made. */
  get trained(): boolean {
    return this.#trainer.done;
  }

  /** The finished run with its test; null while it is not finished. */
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
   * @throws Diverged when the weights are no longer numbers.
   */
  advance(until: number, milliseconds: number): boolean {
    const started = performance.now();
    let more = true;
    while (more && performance.now() - started < milliseconds) more = this.#work(until);
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

  /** One step, or one batch of an exam. True where there is more to do. */
  #work(until: number): boolean {
    if (this.#record) return false;
    if (this.#exam) this.#ask(this.#exam);
    else if (this.trained) this.#exam = new Exam('test', this.#trainer.task.heldOut(this.#split, this.config.batch));
    else if (this.step < until) this.#step();
    return this.#exam !== null || (this.trained ? this.record === null : this.step < until);
  }

  #step(): void {
    const { loss, accuracy } = this.#trainer.step(1);
    // The kernels' own exp and log turn what is no number into some number, so the loss would not tell.
    if (!this.#trainer.network.weights.every(Number.isFinite)) {
      throw new Diverged(`The weights are no longer numbers at step ${this.step}; a smaller learning rate may help.`);
    }
    this.#losses.push(loss);
    this.#accuracies.push(accuracy);
    const { steps } = this.config;
    if (this.trained || this.step % Math.ceil(steps / READINGS) === 0) this.#read();
    if (this.trained || this.step % Math.ceil(steps / CHECKS) === 0) this.#exam = new Exam('check', this.#validation);
  }

  #ask(exam: Exam): void {
    if (!exam.ask(this.#trainer)) return;
    this.#exam = null;
    if (exam.kind === 'check') this.#checks.push({ step: this.step, ...exam.result });
    else this.#record = { ...this.#trainer.record([]), results: { [this.#split]: exam.result } };
  }

  #read(): void {
    this.#readings.push({ step: this.step, insight: this.#trainer.insight(this.#sample) });
  }
}
