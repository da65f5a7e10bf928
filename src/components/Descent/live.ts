/** The live part of the instrument: its worker, its pictures, its curve. Everything slow happens in the worker. */
import { csvAddress, plotCsv } from '../../lib/display/plot-data.ts';
import { plotSvg } from '../../lib/display/plot.ts';
import { ENGINE_WORDS } from '../../notebook/succession.ts';
import { isEngineName } from '../../lib/matrix/choose.ts';
import { curve } from './curve.ts';
import { DescentLink } from './link.ts';
import { DescentScreen } from './screen.ts';
import { SettingsError } from '../ui/settings.ts';
import { readSettings, wait } from './settings.ts';
import { saveLosses, saveState } from './export.ts';
import type { EngineName } from '../../lib/matrix/engine.ts';
import type { FromDescent } from './protocol.ts';
import { MAY23 } from './runs.ts';
import type { DescentSettings, SitePictureName } from './runs.ts';

type Progress = FromDescent & { readonly kind: 'progress' };

export class DescentInstrument {
  readonly #screen: DescentScreen;
  readonly #link: DescentLink;
  readonly #stored: readonly number[];
  readonly #same: string;
  #settings: DescentSettings;
  #losses: number[] = [];
  #steps = 0;
  #running = false;
  #kept: readonly number[] = [];
  #engine = '';
  /** What to do once the descent that was ordered is prepared; null where none is being prepared. */
  #then: 'go' | 'step' | 'show' | null = null;
  #prepared = false;
  #saving: 'png' | 'npy' = 'png';

  constructor(host: HTMLElement) {
    this.#screen = new DescentScreen(host);
    this.#stored = JSON.parse(host.dataset['losses'] ?? '[]') as number[];
    this.#settings = this.#read() ?? MAY23;
    this.#same = JSON.stringify({ ...this.#settings, steps: 0 });
    this.#link = new DescentLink(
      JSON.parse(host.dataset['pictures'] ?? '{}') as Readonly<Record<SitePictureName, string>>,
      {
        hear: (message) => this.#hear(message),
        moved: (words) => this.#moved(words),
        replaced: (words) => this.#screen.notice(words),
        failed: (sentence) => this.#fail(sentence),
      },
      asked(),
    );
    document.addEventListener('visibilitychange', this.#hide);
    window.addEventListener('pagehide', this.#leave);
    window.addEventListener('pageshow', this.#back);
  }

  press(what: string): void {
    if (what === 'start' && this.#running) this.#pause();
    else if (what === 'start') this.#start('go');
    else if (what === 'step') this.#start('step');
    else if (what === 'reset') this.#reset();
    else if (what === 'png' || what === 'npy') {
      this.#saving = what;
      this.#link.tell({ kind: 'export' });
    } else if (what === 'json') saveLosses(this.#settings, this.#losses.length > 0 ? this.#losses : this.#stored);
  }

  change(what: string): void {
    if (what === 'frame') {
      const step = this.#kept[Number(this.#screen.field('frame'))];
      if (step !== undefined) this.#link.tell({ kind: 'look', step });
      return;
    }
    if (what === 'file') {
      const file = this.#screen.file();
      if (file) this.#link.tell({ kind: 'own', blob: file });
      return;
    }
    this.#screen.part('.descent-julia').hidden = this.#screen.field('own-loss') !== 'true';
    if (what === 'optimiser')
      this.#screen.setField('rate', this.#screen.field('optimiser') === 'plain' ? '0.0031' : '0.001');
    const settings = this.#read();
    if (settings === null) return;
    // A descent goes on when nothing but its number of steps has changed.
    const sameDescent = JSON.stringify({ ...settings, steps: 0 }) === JSON.stringify({ ...this.#settings, steps: 0 });
    this.#settings = settings;
    if (!sameDescent) this.#forget('settings changed; press Start');
  }

  /** Ends the worker: the element has left the page. */
  leave(): void {
    document.removeEventListener('visibilitychange', this.#hide);
    window.removeEventListener('pagehide', this.#leave);
    window.removeEventListener('pageshow', this.#back);
    this.#link.close();
  }

  readonly #hide = (): void => {
    if (!document.hidden || !this.#running) return;
    this.#pause();
    this.#screen.notice('Paused while the page was hidden.');
  };
  readonly #leave = (): void => {
    this.#running = false;
    this.#link.close();
  };
  /** The page is shown again from the browser's cache; its worker was ended when it was left. */
  readonly #back = ({ persisted }: PageTransitionEvent): void => {
    if (persisted && (this.#prepared || this.#then !== null))
      this.#moved('The descent was given up when you left the page.');
  };

  #read(): DescentSettings | null {
    try {
      return readSettings(this.#screen.field);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      this.#screen.notice(error.message, error.field);
      return null;
    }
  }

  #start(how: 'go' | 'step'): void {
    this.#screen.notice('');
    if (this.#then !== null) return;
    if (this.#prepared && this.#link.alive) {
      if (how === 'go' && this.#steps >= this.#settings.steps)
        this.#screen.notice('All steps are taken. Reset, or ask for more steps.');
      else this.#go(how);
      return;
    }
    this.#then = how;
    this.#losses = [];
    this.#screen.status('starting …');
    this.#screen.busy(true);
    this.#link.tell({ kind: 'prepare', settings: this.#settings });
  }

  #go(how: 'go' | 'step'): void {
    const until = how === 'step' ? this.#steps + 1 : this.#settings.steps;
    this.#running = how === 'go';
    this.#screen.running(this.#running);
    this.#link.tell({ kind: 'go', until });
  }

  #pause(): void {
    this.#running = false;
    this.#screen.running(false);
    this.#link.tell({ kind: 'pause' });
  }

  #reset(): void {
    this.#forget('');
    this.#screen.notice('');
    this.#then = 'show';
    this.#screen.status('starting …');
    this.#link.tell({ kind: 'prepare', settings: this.#settings });
  }

  /** Gives up the present descent. What is on screen stays until another has begun. */
  #forget(status: string): void {
    if (this.#running) this.#pause();
    this.#prepared = false;
    this.#then = null;
    this.#steps = 0;
    if (status !== '') this.#screen.status(status);
  }

  #hear(message: FromDescent): void {
    switch (message.kind) {
      case 'ready':
        this.#engine = ENGINE_WORDS[message.engine];
        this.#screen.part('.descent-status').title = message.why;
        break;
      case 'progress':
        this.#progress(message);
        break;
      case 'frame':
        this.#screen.draw(message.frame);
        this.#screen.frameWords(message.frame.step, this.#losses[message.frame.step]);
        break;
      case 'exported':
        saveState(message.data, message.size, this.#saving, `X-after-${this.#steps}-steps`);
        break;
      case 'own':
        this.#screen.notice(
          message.sentence ??
            ['Your picture is read: choose it as the start or as the target.', ...message.notes].join(' '),
        );
        break;
      case 'failed':
        this.#fail(message.sentence);
        break;
      case 'lost':
        break;
    }
  }

  #progress({ steps, from, losses, kept, msPerStep, running, frame }: Progress): void {
    // An answer of the descent that was given up, which came after the order for another.
    if (!this.#prepared && from !== 0) return;
    this.#losses.length = Math.min(this.#losses.length, from);
    this.#losses.push(...losses);
    this.#steps = steps;
    this.#kept = kept;
    this.#running = running;
    this.#screen.busy(false);
    this.#screen.running(running);
    this.#screen.progress(steps, this.#settings.steps);
    this.#screen.draw(frame);
    this.#screen.frames(kept);
    this.#curve();
    const loss = (this.#losses[steps] ?? NaN).toFixed(4);
    const left = running ? `, ${wait((this.#settings.steps - steps) * msPerStep)} left` : '';
    const speed = msPerStep > 0 ? ` · ${msPerStep.toFixed(0)} ms a step on ${this.#engine}${left}` : '';
    this.#screen.status(`step ${steps} of ${this.#settings.steps} · loss ${loss}${speed}`);
    if (!running && steps > 0) this.#screen.announce(`Step ${steps}, loss ${loss}.`);
    if (this.#prepared) return;
    this.#prepared = true;
    const next = this.#then;
    this.#then = null;
    if (next === 'go' || next === 'step') this.#go(next);
  }

  #curve(): void {
    const same = JSON.stringify({ ...this.#settings, steps: 0 }) === this.#same;
    const view = curve(same ? this.#stored : [], this.#losses);
    this.#screen.part('.descent-curve').innerHTML = plotSvg(view);
    this.#screen.part('.plot-data').setAttribute('href', csvAddress(plotCsv(view)));
  }

  #moved(words: string): void {
    this.#forget('');
    this.#screen.running(false);
    this.#screen.notice(`${words} Press Start to descend again.`);
    this.#screen.busy(false);
  }

  #fail(sentence: string): void {
    this.#running = false;
    this.#then = null;
    this.#screen.busy(false);
    this.#screen.running(false);
    this.#screen.notice(sentence);
    this.#screen.status(this.#steps > 0 ? `stopped at step ${this.#steps}` : 'stopped');
  }
}

/** `?engine=tfjs-webgl` in the page's address asks for one engine. */
function asked(): EngineName | null {
  const name = new URLSearchParams(location.search).get('engine') ?? '';
  return isEngineName(name) ? name : null;
}
