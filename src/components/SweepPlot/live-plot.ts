/** The plot, alive: filters, the dot that is meant, and training it again. */
import { PRESETS } from '../../lib/attention/presets.ts';
import type { ArmResult, Dot, PlanResult } from '../../lib/attention/sweep/merge.ts';
import { planConfig, planNamed } from '../../lib/attention/sweep/plan.ts';
import { sweepCommand } from '../../lib/attention/sweep/single.ts';
import { compareRun } from './compare.ts';
import type { ExtraRun } from './extra.ts';
import { extraRuns, isExtra } from './extra.ts';
import { MoreSeeds } from './more-seeds.ts';
import { part } from './part.ts';
import { LiveChart } from './live-chart.ts';
import type { TableChoice } from './table-cells.ts';
import { fillTable } from './table-cells.ts';
import { trainAll } from './train-queue.ts';
import type { SeriesName } from './words.ts';
import { armText, fixed, SERIES_NAMES, seriesOf } from './words.ts';

/** Milliseconds between drawings while runs come in. */
const REDRAW = 400;

/** A run of the plot. */
interface Run {
  readonly arm: ArmResult;
  readonly dot: Dot;
}

const originOf = (dot: Dot): string => (isExtra(dot) ? ` (${dot.origin}, exploratory)` : '');
const describe = ({ arm, dot }: Run): string =>
  `${armText(arm)}, seed ${dot.seed}${originOf(dot)}: accuracy ${fixed(dot.accuracy, 2)} %, loss ${fixed(dot.loss, 3)}.`;

class LivePlot {
  readonly #root: HTMLElement;
  readonly #results = new Map<string, Promise<PlanResult>>();
  readonly #stages = new Map<string, readonly LiveChart[]>();
  readonly #task: HTMLSelectElement;
  readonly #rate: HTMLSelectElement;
  readonly #table: HTMLSelectElement;
  readonly #arm: HTMLSelectElement;
  readonly #seed: HTMLSelectElement;
  readonly #say: HTMLElement;
  readonly #stopButton: HTMLButtonElement;
  readonly #progress: HTMLProgressElement;
  #result: PlanResult | null = null;
  #run: Run | null = null;
  #stop: (() => void) | null = null;
  readonly #more: MoreSeeds;
  #extras: readonly ExtraRun[] = [];
  /** A drawing that is due, while runs come faster than one can see. */
  #due: ReturnType<typeof setTimeout> | null = null;
  /** The plan whose arms the form offers; null: as built. */
  #offered: string | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#task = part(root, 'select[name=task]', HTMLSelectElement);
    this.#rate = part(root, 'select[name=rate]', HTMLSelectElement);
    this.#arm = part(root, 'select[name=arm]', HTMLSelectElement);
    this.#seed = part(root, 'select[name=seed]', HTMLSelectElement);
    this.#say = part(root, '.alpha-say', HTMLElement);
    this.#stopButton = part(root, '[data-do=stop]', HTMLButtonElement);
    this.#progress = part(root, 'progress', HTMLProgressElement);
    this.#task.addEventListener('change', () => void this.show());
    this.#table = part(root, 'select[name=table]', HTMLSelectElement);
    this.#table.addEventListener('change', () => this.openTable());
    part(root, '.alpha-bar', HTMLFormElement).addEventListener('change', (event) => {
      // A task brings its own drawing, and a run is marked in the one that stands.
      if (![this.#task, this.#arm, this.#seed].some((one) => one === event.target)) this.#draw();
    });
    this.#arm.addEventListener('change', () => this.#chosen());
    this.#seed.addEventListener('change', () => this.#chosen());
    part(root, '.alpha-run', HTMLFormElement).addEventListener('submit', () => this.train());
    this.#stopButton.addEventListener('click', () => this.#halt('Stopped.'));
    this.#more = new MoreSeeds(root, {
      pictures: root.dataset['pictures'] ?? null,
      contributions: (plan) =>
        (root.querySelector<HTMLElement>(`.alpha-task[data-plan="${plan}"]`)?.dataset['contributed'] ?? '')
          .split(' ')
          .filter((address) => address !== ''),
      changed: () => {
        this.#due ??= setTimeout(() => {
          this.#due = null;
          this.#draw();
          this.#offerSeeds();
        }, REDRAW);
      },
    });
  }

  get #section(): HTMLElement {
    return part(this.#root, `.alpha-task[data-plan="${this.#task.value}"]`, HTMLElement);
  }

  /** Shows the task that is chosen, fetching its data the first time. */
  async show(): Promise<void> {
    const section = this.#section;
    for (const other of this.#root.querySelectorAll('.alpha-task'))
      other.toggleAttribute('data-shown', other === section);
    const result = await this.#fetch(section.dataset['source'] ?? '');
    if (section !== this.#section) return;
    this.#result = result;
    if (!this.#stages.has(result.plan)) {
      const events = {
        select: (run: Run) => this.#select(run),
        press: (run: Run) => {
          this.#select(run);
          this.train();
        },
        describe,
      };
      const stages = [...section.querySelectorAll<HTMLElement>('.alpha-stage')].map(
        (stage) => new LiveChart(stage, events),
      );
      this.#stages.set(result.plan, stages);
    }
    // The first task's choices are in the page already, and the reader may be choosing among them.
    const asBuilt = this.#offered === null && section === this.#root.querySelector('.alpha-task');
    if (!asBuilt && this.#offered !== result.plan) this.#offerArms(result);
    const here = new Set<string>(result.arms.map(seriesOf));
    for (const label of this.#root.querySelectorAll<HTMLElement>('label[data-series]'))
      label.hidden = !here.has(label.dataset['series'] ?? '');
    this.#offered = result.plan;
    this.#draw();
    this.#chosen();
  }

  /** Whoever chooses what the table shows wants to see it. */
  openTable(): void {
    part(this.#section, '.alpha-numbers', HTMLDetailsElement).open = true;
  }

  #offerArms(result: PlanResult): void {
    const options = result.arms.map((arm, k) => {
      const option = new Option(armText(arm), String(k));
      option.disabled = arm.dots.length === 0;
      return option;
    });
    this.#arm.replaceChildren(...options);
    this.#arm.value = String(result.arms.findIndex(({ dots }) => dots.length > 0));
  }

  /** A press that came before the plot was awake. */
  click(event: MouseEvent): void {
    if (!this.#result) return;
    // What was pressed has been drawn anew since.
    const under = document.elementsFromPoint(event.clientX, event.clientY);
    const index = [...this.#section.querySelectorAll('.alpha-stage')].findIndex((stage) => under.includes(stage));
    this.#stages.get(this.#result.plan)?.[index]?.click(event);
  }

  #fetch(address: string): Promise<PlanResult> {
    const known = this.#results.get(address);
    if (known) return known;
    const coming = fetch(address).then(async (response) => {
      if (!response.ok) throw new Error(`the data did not come: ${response.status}`);
      return (await response.json()) as PlanResult;
    });
    this.#results.set(address, coming);
    coming.catch(() => this.#results.delete(address));
    return coming;
  }

  #draw(): void {
    if (!this.#result) return;
    const checked = [...this.#root.querySelectorAll<HTMLInputElement>('input[name=series]:checked')].map(
      (i) => i.value,
    );
    const series = new Set<SeriesName>(SERIES_NAMES.filter((name) => checked.includes(name)));
    const rate = this.#rate.value === '' ? null : Number(this.#rate.value);
    fillTable(part(this.#section, 'table', HTMLTableElement), this.#result.arms, this.#table.value as TableChoice);
    const { yours, contributed } = this.#more.of(this.#result.plan);
    const theirs = extraRuns(this.#result, contributed, 'contributed');
    const own = extraRuns(this.#result, yours, 'yours');
    // What has been handed in and taken is drawn once.
    this.#extras = [...theirs, ...own.filter(({ dot }) => !theirs.some((other) => other.dot.hash === dot.hash))];
    for (const origin of ['contributed', 'yours'] as const) {
      const key = this.#section.querySelector<HTMLElement>(`.alpha-legend [data-origin=${origin}]`);
      if (key) key.hidden = !this.#extras.some(({ dot }) => dot.origin === origin);
    }
    for (const stage of this.#stages.get(this.#result.plan) ?? []) {
      stage.draw(this.#result, { series, rate }, this.#extras);
    }
    this.#mark();
    if (!this.#result.arms.some((arm) => series.has(seriesOf(arm)) && (rate === null || arm.rate === rate))) {
      this.#say.textContent = 'No arm of this task is left by these filters.';
    }
  }

  #mark(): void {
    if (!this.#run || !this.#result) return;
    for (const stage of this.#stages.get(this.#result.plan) ?? []) stage.show(this.#run.arm, this.#run.dot.seed);
  }

  /** The runs of an arm: registered ones, then those beyond. */
  #dotsOf(arm: ArmResult | undefined): readonly Dot[] {
    return arm ? [...arm.dots, ...this.#extras.filter((run) => run.arm === arm).map(({ dot }) => dot)] : [];
  }

  #offerSeeds(): void {
    if (!this.#run) return;
    const dots = this.#dotsOf(this.#run.arm);
    const options = dots.map(
      (dot) => new Option(`${dot.seed}${isExtra(dot) ? ` (${dot.origin})` : ''}`, String(dot.seed)),
    );
    if (options.map(({ text }) => text).join() !== [...this.#seed.options].map(({ text }) => text.trim()).join()) {
      this.#seed.replaceChildren(...options);
    }
    const kept = dots.find(({ seed }) => seed === this.#run?.dot.seed);
    if (kept) this.#seed.value = String(kept.seed);
    else this.#chosen();
  }

  #select(run: Run): void {
    const [before, result] = [this.#run?.arm, this.#result];
    this.#run = run;
    this.#arm.value = String(this.#result?.arms.indexOf(run.arm) ?? 0);
    this.#offerSeeds();
    this.#mark();
    if (result && before !== run.arm) this.#more.show(result, run.arm);
    if (!this.#stop) this.#say.textContent = describe(run);
  }

  #chosen(): void {
    const arm = this.#result?.arms[Number(this.#arm.value)];
    const dots = this.#dotsOf(arm);
    const dot = dots.find(({ seed }) => String(seed) === this.#seed.value) ?? dots[0];
    if (arm && dot) this.#select({ arm, dot });
  }

  /** A form that was sent before the plot was awake. */
  submit(form: EventTarget | null): void {
    if (form instanceof Element && form.matches('.alpha-more')) void this.#more.start();
    else this.train();
  }

  /** Trains the selected run again and compares. */
  train(): void {
    const [run, result] = [this.#run, this.#result];
    if (!run || !result || run.arm.rate === null) return;
    this.#halt('');
    const plan = planNamed(result.plan);
    const config = planConfig(plan, run.arm, run.arm.rate, run.dot.seed);
    const { needs } = PRESETS[plan.preset];
    if (needs === 'all pictures') {
      this.#say.textContent = `${describe(run)} Its pictures are too many to ship. In a copy of the repository, with Debian's package dataset-fashion-mnist, ${sweepCommand(plan.name, config, true)} trains this run anew and compares: it comes out with weights ${run.dot.hash}.`;
      return;
    }
    const pictures = needs === 'nothing' ? null : (this.#root.dataset['pictures'] ?? null);
    this.#stopButton.hidden = this.#progress.hidden = false;
    this.#progress.value = 0;
    this.#say.textContent = `${describe(run)} Training it again, ${config.steps} steps${pictures === null ? '' : ', after 1.5 MB of pictures'}.`;
    this.#stop = trainAll([config], pictures, {
      progress: (share) => (this.#progress.value = share),
      run: (record, seconds) => {
        const { sentence, equal } = compareRun(record, run.dot);
        this.#halt(`${describe(run)} Trained again in ${fixed(seconds, 1)} s. ${sentence}`);
        this.#say.dataset['equal'] = String(equal);
      },
      end: (failure) => this.#halt(`It could not be trained: ${failure ?? 'no run came'}.`),
    });
  }

  #halt(sentence: string): void {
    this.#stop?.();
    this.#stop = null;
    this.#stopButton.hidden = this.#progress.hidden = true;
    delete this.#say.dataset['equal'];
    if (sentence !== '') this.#say.textContent = sentence;
  }
}

/** Brings the plot to life. `event` woke it: a press on a dot, a press of the button, or nothing that asks for more. */
export async function wake(root: HTMLElement, event: Event | null): Promise<void> {
  const plot = new LivePlot(root);
  root.toggleAttribute('data-awake', true);
  try {
    await plot.show();
  } catch (error) {
    part(root, '.alpha-say', HTMLElement).textContent =
      error instanceof Error ? `${error.message}. Reload the page to try again.` : String(error);
    return;
  }
  if (event instanceof MouseEvent && event.type === 'click') plot.click(event);
  if (event?.type === 'submit') plot.submit(event.target);
  if (event?.type === 'change' && event.target === root.querySelector('select[name=table]')) plot.openTable();
}
