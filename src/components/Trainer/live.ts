/** The live part of the trainer: two models, their curves, their matrices. Everything slow happens in the two workers. */
import { PRESETS } from '../../lib/attention/presets.ts';
import type { RunConfig } from '../../lib/attention/presets.ts';
import { onDemand } from '../ui/on-demand.ts';
import { capital, SettingsError } from '../ui/settings.ts';
import { bySide } from './curves.ts';
import type { HeadCube } from './cube.ts';
import { saveRuns, saveWeights } from './export.ts';
import { headOf, headOptions } from './heads.ts';
import { Model } from './model.ts';
import type { SideName } from './sides.ts';
import { SIDES } from './sides.ts';
import { fetchPictures, forgetPictures } from '../../lib/attention/training/pictures.ts';
import { TrainerScreen } from './screen.ts';
import { LADDER, NUMBER_NAMES, proposed, readCount, readSettings, sameRun, TASKS } from './settings.ts';
import { Sheet } from './sheet.ts';
import { armWords } from './settings.ts';
import { comparison, factsWords, progressWords, resultWords, testOf, percent } from './words.ts';

const loadCube = onDemand(() => import('./cube.ts'));

type How = 'go' | 'step' | 'show';
type Configs = Readonly<Record<SideName, RunConfig>>;

const NAMES: Readonly<Record<SideName, string>> = { left: 'Left', right: 'Right' };

export class TrainerInstrument {
  readonly #host: HTMLElement;
  readonly #screen: TrainerScreen;
  readonly #models: Readonly<Record<SideName, Model>>;
  readonly #sheets: Readonly<Record<SideName, Sheet>>;
  readonly #here = new AbortController();
  /** The step that is looked back at; null: the latest. */
  #look: number | null = null;
  #cube: HeadCube | null = null;
  #frame = 0;
  /** Counts starts: pictures that were fetched for an earlier one are dropped. */
  #starts = 0;
  #started = 0;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#screen = new TrainerScreen(host);
    const events = {
      changed: () => this.#drawSoon(),
      done: (model: Model) => this.#done(model),
      failed: (model: Model, sentence: string) => this.#fail(model, sentence),
    };
    this.#models = { left: new Model('left', events), right: new Model('right', events) };
    const sheet = (side: SideName): Sheet => new Sheet(this.#screen.of(side, 'sheet'), NAMES[side]);
    this.#sheets = { left: sheet('left'), right: sheet('right') };
    const { signal } = this.#here;
    document.addEventListener('visibilitychange', () => this.#hidden(), { signal });
    window.addEventListener('pagehide', () => this.#close(), { signal });
    window.addEventListener('pageshow', (event) => this.#back(event), { signal });
  }

  get #both(): Model[] {
    return SIDES.map((side) => this.#models[side]);
  }

  press(what: string): void {
    if (what === 'start' && this.#both.some(({ busy }) => busy)) this.#pause('Paused.');
    else if (what === 'start') void this.#start('go');
    else if (what === 'step') void this.#start('step');
    else if (what === 'reset') void this.#start('show');
    else if (what === 'cube') void this.#showCube();
    else if (what === 'json') void this.#saveRuns();
    else if (what.startsWith('ladder-')) this.#climb(LADDER[Number(what.slice('ladder-'.length))]);
    else for (const side of SIDES) if (what === `weights-${side}`) void this.#saveWeights(this.#models[side]);
  }

  /** Sets both sides to a step of the ladder, and starts them. */
  #climb(step: (typeof LADDER)[number] | undefined): void {
    if (!step) return;
    const screen = this.#screen;
    if (this.#both.some(({ busy }) => busy)) this.#pause('');
    (screen.input('shared') as HTMLInputElement).checked = true;
    screen.share(true, NUMBER_NAMES);
    screen.input('left-task').value = 'fashion-10k';
    screen.fill('left', proposed('fashion-10k'));
    for (const side of SIDES) {
      const [arm, alpha] = step[side];
      screen.input(`${side}-arm`).value = arm;
      screen.input(`${side}-alpha`).value = screen.input(`${side}-slide`).value = String(alpha);
      screen.arm(side);
    }
    void this.#start('go');
  }

  change(what: string): void {
    const screen = this.#screen;
    if (what === 'look') {
      this.#lookAt(Number(screen.field('look')));
      return;
    }
    if (what === 'cube') {
      if (this.#cube) void this.#showCube();
      return;
    }
    if (what === 'shared') screen.share(screen.field('shared') === 'true', NUMBER_NAMES);
    for (const side of SIDES) {
      if (what === `${side}-arm`) screen.arm(side);
      if (what === `${side}-slide`) screen.input(`${side}-alpha`).value = screen.field(`${side}-slide`);
      if (what === `${side}-alpha`) screen.input(`${side}-slide`).value = screen.field(`${side}-alpha`);
      if (what === `${side}-task`) {
        const task = TASKS.find((one) => one === screen.field(what));
        if (task) screen.fill(side, proposed(task));
      }
    }
    this.#check();
  }

  /** Ends both workers: the element has left the page. */
  leave(): void {
    this.#here.abort();
    this.#close();
  }

  /** Checks a changed setting, and pauses runs that the settings no longer describe. */
  #check(): void {
    const configs = this.#read();
    if (!configs) return;
    this.#screen.notice('');
    const other = this.#both.filter((model) => model.heard && !sameRun(model.heard.config, configs[model.side]));
    if (other.some(({ busy }) => busy)) {
      this.#pause('');
      this.#screen.notice('Paused: the settings have changed. Start trains what is new.');
    }
    this.#drawSoon();
  }

  #read(): Configs | null {
    try {
      const configs = readSettings(this.#screen.field);
      return configs;
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      this.#screen.notice(error.message, error.field);
      return null;
    }
  }

  /** Goes on where a run has been begun, begins where the settings are new or all is done. */
  async #start(how: How): Promise<void> {
    const order = ++this.#starts;
    const configs = this.#read();
    if (!configs) return;
    let count = 0;
    try {
      count = how === 'step' ? readCount(this.#screen.field) : 0;
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      this.#screen.notice(error.message, error.field);
      return;
    }
    this.#screen.notice('');
    const again = how === 'show' || this.#both.every((model) => model.hasDone(configs[model.side]));
    const going = again ? [] : this.#both.filter((model) => model.canGoOn(configs[model.side]));
    const fresh = this.#both.filter(
      (model) => again || !(model.canGoOn(configs[model.side]) || model.hasDone(configs[model.side])),
    );
    const pictures = await this.#pictures(fresh.map(({ side }) => configs[side]));
    if (pictures === undefined || order !== this.#starts) return;
    // A step brings both to the same step, wherever a pause has left them.
    const at = Math.max(0, ...going.map(({ heard }) => heard?.step ?? 0));
    const until = ({ side }: Model): number =>
      how === 'step' ? Math.min(configs[side].steps, at + count) : configs[side].steps;
    this.#look = null;
    if (fresh.length === SIDES.length) this.#started = how === 'go' ? performance.now() : 0;
    delete this.#host.dataset['seconds'];
    for (const model of fresh) {
      const config = configs[model.side];
      const needs = PRESETS[config.preset].needs !== 'nothing';
      model.prepare(config, needs ? pictures : null, how === 'show' ? null : until(model));
    }
    for (const model of going) model.go(until(model));
    if (how === 'go') this.#screen.announce('Training.');
  }

  /** The pictures, where a task needs them; undefined where they do not come. */
  async #pictures(configs: readonly RunConfig[]): Promise<Blob | null | undefined> {
    if (!configs.some(({ preset }) => PRESETS[preset].needs !== 'nothing')) return null;
    this.#screen.notice('Fetching the pictures, 1.5 MB …');
    try {
      const blob = await fetchPictures(this.#host.dataset['pictures'] ?? '');
      this.#screen.notice('');
      return blob;
    } catch (error) {
      const why = capital(error instanceof Error ? error.message : String(error));
      this.#screen.notice(`${why}. What was trained stays; Start tries again.`);
      return undefined;
    }
  }

  #pause(said: string): void {
    this.#starts += 1;
    this.#started = 0;
    for (const model of this.#both) model.pause();
    if (said !== '') this.#screen.announce(said);
  }

  #hidden(): void {
    if (!document.hidden || !this.#both.some(({ busy }) => busy)) return;
    this.#pause('');
    this.#screen.notice('Paused while the page was hidden.');
  }

  #close(): void {
    this.#starts += 1;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const model of this.#both) model.close();
  }

  /** The page is shown again from the browser's cache; its workers were ended when it was left. */
  #back({ persisted }: PageTransitionEvent): void {
    if (!persisted || !this.#both.some(({ heard }) => heard)) return;
    this.#screen.notice(
      'The models were given up when you left the page; Start trains them again, to the same numbers.',
    );
    this.#drawSoon();
  }

  #done({ side, heard }: Model): void {
    const test = heard?.record && testOf(heard.record);
    if (test) this.#screen.announce(`${NAMES[side]} has done its ${heard.config.steps} steps: ${percent(test)} right.`);
    if (this.#started > 0 && this.#both.every(({ phase }) => phase === 'done'))
      this.#host.dataset['seconds'] = ((performance.now() - this.#started) / 1000).toFixed(2);
    this.#drawSoon();
  }

  #fail({ side }: Model, sentence: string): void {
    forgetPictures();
    // Its state is shown at once: with the sentence, not a frame after it.
    this.#draw();
    this.#screen.notice(`${NAMES[side]}: ${sentence}`);
  }

  #drawSoon(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = 0;
    const heard = this.#both.filter((model) => model.heard);
    const busy = this.#both.some((model) => model.busy);
    this.#host.setAttribute('aria-busy', String(this.#both.some(({ phase }) => phase === 'starting')));
    this.#host.dataset['state'] = busy
      ? 'running'
      : this.#both.every(({ phase }) => phase === 'done')
        ? 'done'
        : 'paused';
    this.#screen.main(busy ? 'Pause' : this.#canResume() ? 'Resume' : 'Start');
    this.#screen.button('step').disabled = busy;
    if (heard.length > 0)
      this.#screen.charts(
        bySide({ left: this.#models.left.curve ?? undefined, right: this.#models.right.curve ?? undefined }),
      );
    for (const model of heard) this.#drawSide(model);
    this.#drawShared();
  }

  #canResume(): boolean {
    try {
      const configs = readSettings(this.#screen.field);
      return this.#both.some((model) => model.canGoOn(configs[model.side]) && (model.heard?.step ?? 0) > 0);
    } catch {
      return false;
    }
  }

  #drawSide(model: Model): void {
    const { side, heard, phase } = model;
    if (!heard) return;
    const { config, facts, step, seconds, record, checks } = heard;
    const screen = this.#screen;
    const result = resultWords(record, checks.at(-1));
    const over = phase === 'over' ? ' · given up' : '';
    screen.text(screen.of(side, 'words'), armWords(config));
    screen.text(screen.of(side, 'number'), result.number);
    screen.text(screen.of(side, 'of'), result.of);
    screen.text(screen.of(side, 'status'), progressWords(step, config.steps, seconds, phase === 'running') + over);
    screen.text(screen.of(side, 'facts'), factsWords(facts, config));
    screen.progress(side, step, config.steps);
    const element = screen.result(side);
    Object.assign(element.dataset, { state: phase, step: String(step), seconds: seconds.toFixed(3) });
    if (record) element.dataset['hash'] = record.hash;
    else delete element.dataset['hash'];
    const reading = model.readingAt(this.#look);
    if (reading) this.#sheets[side].show(reading);
  }

  /** What both sides share: the scrubber, the sample, the comparison, what can be saved. */
  #drawShared(): void {
    const { left, right } = this.#models;
    const screen = this.#screen;
    const steps = this.#readingSteps();
    screen.look('look', steps.length, this.#look);
    const at = this.#look ?? steps.at(-1) ?? 0;
    screen.lookWords(`step ${at}`);
    const samples = [...new Set(this.#both.flatMap(({ side, heard }) => (heard ? [[side, heard.facts.sample]] : [])))];
    const [first, second] = samples.map(([, words]) => words);
    if (first !== undefined)
      screen.text(
        screen.named('sample'),
        second === undefined || first === second
          ? first
          : samples.map(([side, words]) => `${NAMES[side as SideName]}: ${words ?? ''}`).join(' '),
      );
    const records = [left.heard?.record, right.heard?.record];
    const words = records[0] && records[1] ? comparison(records[0], records[1]) : null;
    const box = screen.named('comparison');
    screen.text(box, words ?? '');
    box.hidden = words === null;
    screen.heads(headOptions({ left: left.readingAt(null), right: right.readingAt(null) }));
    screen.saving({ left: left.alive, right: right.alive }, left.heard !== null || right.heard !== null);
  }

  /** Steps at which either model has been read. */
  #readingSteps(): number[] {
    const all = this.#both.flatMap(({ heard }) => heard?.readings.map(({ step }) => step) ?? []);
    return [...new Set(all)].sort((a, b) => a - b);
  }

  #lookAt(index: number): void {
    const steps = this.#readingSteps();
    this.#look = index >= steps.length - 1 ? null : (steps[index] ?? null);
    this.#drawSoon();
    if (this.#cube) void this.#showCube();
  }

  async #showCube(): Promise<void> {
    const head = headOf(this.#screen.field('cube'));
    const reading = head && this.#models[head.side].readingAt(this.#look);
    if (!reading) return;
    try {
      if (!this.#cube) {
        const { HeadCube } = await loadCube();
        const place = this.#screen.named('cube');
        place.hidden = false;
        this.#cube = new HeadCube(place);
      }
      this.#cube.show(head, reading);
    } catch (error) {
      this.#screen.notice(`No cube: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #saveRuns(): Promise<void> {
    const runs = await Promise.all(
      this.#both.flatMap((model) => {
        const { side, heard } = model;
        return heard ? [model.record().then((record) => ({ side, heard, record: record ?? heard.record }))] : [];
      }),
    );
    saveRuns(runs);
  }

  async #saveWeights(model: Model): Promise<void> {
    const file = await model.weights();
    if (file && model.heard) saveWeights(model.side, model.heard, file);
    else this.#screen.notice(`${NAMES[model.side]}: the weights are gone. Start trains the model again.`);
  }
}
