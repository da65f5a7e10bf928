/** "Add 10 more seeds": a reader's own runs of the arm that is chosen, trained here, kept here, and handed out as a file. */
import { PRESETS } from '../../lib/attention/presets.ts';
import type { NextRun } from '../../lib/attention/sweep/contribution.ts';
import { nextRuns, pairedWithV, writeContribution } from '../../lib/attention/sweep/contribution.ts';
import type { ArmResult, PlanResult } from '../../lib/attention/sweep/merge.ts';
import { planConfig, planNamed } from '../../lib/attention/sweep/plan.ts';
import type { SweepLine } from '../../lib/attention/sweep/records.ts';
import { lineKey, toLine } from '../../lib/attention/sweep/records.ts';
import { sweepCommand } from '../../lib/attention/sweep/single.ts';
import { handOver } from '../ui/hand-over.ts';
import { soundLines, soundRuns } from './extra.ts';
import { part } from './part.ts';
import type { RunStore } from './store.ts';
import { openStore } from './store.ts';
import { trainAll } from './train-queue.ts';
import { armText, list, range, signed } from './words.ts';

/** What is beyond the registered runs of a plan. */
export interface Beyond {
  readonly yours: readonly SweepLine[];
  readonly contributed: readonly SweepLine[];
}

export interface MoreSeedsHost {
  /** Address of the pictures. */
  readonly pictures: string | null;
  /** Addresses of the contributions to a plan. */
  readonly contributions: (plan: string) => readonly string[];
  /** Other runs are there than before. */
  readonly changed: () => void;
}

/** Milliseconds between two words on how far it is. */
const SPEAK = 500;

const runs = (count: number): string => `${count} run${count === 1 ? '' : 's'}`;
const clock = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 90 ? `about ${seconds} s left` : `about ${Math.ceil(seconds / 60)} min left`;
};
/** `31 to 40`, or the seeds one by one where there are gaps. */
const span = (seeds: readonly number[]): string => {
  const [first = 0, last = 0] = [seeds[0], seeds.at(-1)];
  return seeds.length > 2 && last - first === seeds.length - 1 ? `${first} to ${last}` : list(seeds.map(String));
};

export class MoreSeeds {
  readonly #root: HTMLElement;
  readonly #host: MoreSeedsHost;
  readonly #store: Promise<RunStore> = openStore();
  readonly #beyond = new Map<string, Beyond>();
  readonly #parts;
  #result: PlanResult | null = null;
  #arm: ArmResult | null = null;
  #stop: (() => void) | null = null;
  /** The last `show`. */
  #shown: Promise<void> = Promise.resolve();

  constructor(root: HTMLElement, host: MoreSeedsHost) {
    this.#root = part(root, '.alpha-more', HTMLFormElement);
    this.#host = host;
    const button = (name: string): HTMLButtonElement => part(this.#root, `[data-do=${name}]`, HTMLButtonElement);
    const text = (name: string): HTMLElement => part(this.#root, `[data-say=${name}]`, HTMLElement);
    this.#parts = {
      add: button('add'),
      halt: button('halt'),
      save: button('save'),
      remove: button('remove'),
      progress: part(this.#root, 'progress', HTMLProgressElement),
      offer: text('offer'),
      running: text('running'),
      summary: text('summary'),
      kept: text('kept'),
      status: text('status'),
    };
    this.#root.addEventListener('submit', () => void this.start());
    this.#parts.halt.addEventListener('click', () => this.#halt('Stopped. What was finished is kept.'));
    this.#parts.save.addEventListener('click', () => this.#save());
    this.#parts.remove.addEventListener('click', () => void this.#remove());
  }

  /** What is beyond the registered runs of a plan; nothing until `show` has looked. */
  of(plan: string): Beyond {
    return this.#beyond.get(plan) ?? { yours: [], contributed: [] };
  }

  /** Speaks of this arm from now on. The first time it looks for runs of the plan, and says `changed` if there are some. */
  show(result: PlanResult, arm: ArmResult): void {
    [this.#result, this.#arm] = [result, arm];
    this.#shown = this.#load(result);
  }

  async #load(result: PlanResult): Promise<void> {
    if (!this.#beyond.has(result.plan)) {
      this.#beyond.set(result.plan, { yours: [], contributed: [] });
      const store = await this.#store;
      const [kept, ...files] = await Promise.all([
        store.load(result.plan).catch((): SweepLine[] => []),
        ...this.#host.contributions(result.plan).map(async (address) => (await fetch(address)).text()),
      ]);
      const contributed = files.flatMap((text) => soundLines(result, text));
      this.#beyond.set(result.plan, { yours: soundRuns(result, kept), contributed });
      if (kept.length + contributed.length > 0) this.#host.changed();
    }
    await this.#write();
  }

  #next(): NextRun[] {
    const [result, arm] = [this.#result, this.#arm];
    const baseline = result?.arms.find((one) => one.arm === 'V')?.rate ?? null;
    if (!result || !arm || arm.rate === null || baseline === null) return [];
    const { yours, contributed } = this.of(result.plan);
    const taken = new Set(contributed.map(({ seed }) => seed));
    return nextRuns(planNamed(result.plan), { ...arm, rate: arm.rate }, baseline, yours, undefined, taken);
  }

  /** Trains the next seeds of the arm that is shown. */
  async start(): Promise<void> {
    // Which seeds come next depends on what is kept.
    await this.#shown;
    const [result, arm, next] = [this.#result, this.#arm, this.#next()];
    if (!result || !arm || this.#stop || next.length === 0) return;
    const plan = planNamed(result.plan);
    const { needs } = PRESETS[plan.preset];
    if (needs === 'all pictures') return;
    const pictures = needs === 'nothing' ? null : this.#host.pictures;
    const configs = next.map((run) => planConfig(plan, run, run.rate, run.seed));
    const name = armText(arm);
    let done = 0;
    let spoken = -Infinity;
    this.#parts.progress.value = 0;
    this.#parts.status.textContent = '';
    this.#parts.running.textContent = `${name}: 0 of ${runs(next.length)}`;
    this.#stop = trainAll(configs, pictures, {
      progress: (share, left) => {
        this.#parts.progress.value = share;
        // The words change the layout of a large page: not at every tenth step of two workers.
        const now = performance.now();
        if (now - spoken < SPEAK) return;
        spoken = now;
        this.#parts.running.textContent = `${name}: ${done} of ${runs(next.length)}, ${clock(left)}.`;
      },
      run: (record) => {
        done++;
        void this.#take(result, toLine('main', record));
      },
      end: (failure) => this.#halt(failure === null ? `${runs(done)} added.` : `It could not go on: ${failure}.`),
    });
    void this.#write();
  }

  /** Keeps a finished run at once: a tab may be closed at any moment. */
  async #take(result: PlanResult, line: SweepLine): Promise<void> {
    const { yours, contributed } = this.of(result.plan);
    const others = yours.filter((one) => lineKey(one) !== lineKey(line));
    this.#beyond.set(result.plan, { yours: [...others, line], contributed });
    this.#host.changed();
    await (await this.#store).keep(result.plan, line);
    await this.#write();
  }

  #halt(sentence: string): void {
    this.#stop?.();
    this.#stop = null;
    this.#parts.status.textContent = sentence;
    void this.#write();
  }

  #save(): void {
    const result = this.#result;
    if (!result) return;
    const { yours, contributed } = this.of(result.plan);
    const there = new Set(contributed.map(lineKey));
    const fresh = yours.filter((line) => !there.has(lineKey(line))).sort((a, b) => a.seed - b.seed);
    const text = writeContribution(result.plan, fresh);
    handOver(text, 'application/jsonl', `${result.plan}-seeds.jsonl`);
  }

  async #remove(): Promise<void> {
    const result = this.#result;
    if (!result) return;
    if (this.#stop) this.#halt('');
    const { yours, contributed } = this.of(result.plan);
    this.#beyond.set(result.plan, { yours: [], contributed });
    this.#host.changed();
    await (await this.#store).remove(result.plan);
    this.#parts.status.textContent = `${runs(yours.length)} removed. The same seeds give the same runs again.`;
    this.#parts.add.focus();
    await this.#write();
  }

  async #write(): Promise<void> {
    const { lasting } = await this.#store;
    const [result, arm] = [this.#result, this.#arm];
    if (!result) return;
    const { yours } = this.of(result.plan);
    const parts = this.#parts;
    const running = this.#stop !== null;
    const far = PRESETS[planNamed(result.plan).preset].needs === 'all pictures';
    const next = this.#next();
    parts.add.hidden = running || far;
    parts.add.disabled = next.length === 0;
    parts.halt.hidden = parts.progress.hidden = parts.running.hidden = !running;
    parts.save.hidden = parts.remove.hidden = yours.length === 0;
    parts.offer.hidden = running;
    parts.offer.textContent = offer(result, arm, next);
    parts.summary.textContent = arm ? summary(result, arm, yours) : '';
    parts.kept.textContent = keptWords(yours.length, lasting);
  }
}

function offer(result: PlanResult, arm: ArmResult | null, next: readonly NextRun[]): string {
  const [first] = next;
  if (!arm || !first) return 'The learning rate of this arm, or of V, is not chosen yet: no run of it can be compared.';
  if (PRESETS[planNamed(result.plan).preset].needs === 'all pictures') {
    return `More seeds of ${armText(arm)}: its pictures are too many to ship. In a copy of the repository, ${sweepCommand(result.plan, { ...arm, rate: arm.rate ?? NaN, seed: Math.max(...next.map(({ seed }) => seed)) })} trains one.`;
  }
  const seeds = [...new Set(next.map(({ seed }) => seed))];
  const both = arm.arm === 'V' ? '' : ', each with V at the same seed';
  return `Seeds ${span(seeds)} of ${armText(arm)}${both}: ${runs(next.length)}, trained here. Exploratory: the table and the verdict leave them out.`;
}

/** The reader's runs by themselves, never mixed with the registered ones. */
function summary(result: PlanResult, arm: ArmResult, yours: readonly SweepLine[]): string {
  if (yours.length === 0) return '';
  const found = pairedWithV(yours, arm);
  const pictures = yours.some(({ test }) => test !== undefined) ? '' : ', on the test pictures that the page has';
  if (found) {
    return `Yours alone: ${armText(arm)} minus V, ${found.n} pairs: ${signed(found.mean, 2)} points, 95 % t interval ${range(found.t)}${pictures}. The registered ${result.seeds} seeds are not in it.`;
  }
  return arm.arm === 'V' ? '' : `Of ${armText(arm)} you have no difference to V yet: that takes two seeds with both.`;
}

function keptWords(count: number, lasting: boolean): string {
  if (!lasting) {
    return 'This browser lets the page keep nothing. Your runs last until you leave it; save them as a file if you want them longer.';
  }
  return count === 0
    ? ''
    : `${count} of your runs of this task ${count === 1 ? 'is' : 'are'} kept in this browser. As a file they can be handed in: the repository's folder content/attention/contributions says how.`;
}
