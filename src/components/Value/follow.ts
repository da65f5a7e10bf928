/** Numbers in the prose, and captions, where the reader has changed what they tell of. Loaded with the first change. */

import { downstream, reachedBy } from '../../lib/julia/graph.ts';
import type { Program } from '../../lib/julia/ast.ts';
import { formatNumber } from '../../lib/display/number.ts';
import { stateOf } from '../../notebook/difference.ts';
import type { Session } from '../../notebook/session.ts';
import { adopt } from '../ui/adopt.ts';
import style from './follow.css?inline';

adopt(style);

/** How long nothing has changed before numbers are computed anew. */
const RESTS_AFTER_MS = 300;

interface Told {
  readonly text: string;
  readonly title: string;
}

const followed = new WeakSet<Session>();

/** From now on the page's numbers follow what its reader makes of it; while they are computed, and where they cannot be, they are grey. */
export function followValues(session: Session): void {
  if (followed.has(session)) return;
  followed.add(session);
  const follower = new ValueFollower(session);
  session.watch({ changed: () => follower.changed() });
  follower.changed();
}

class ValueFollower {
  readonly #session: Session;
  readonly #elements: readonly HTMLElement[] = [...document.querySelectorAll<HTMLElement>('data.value[data-of]')];
  readonly #article = new Map<HTMLElement, Told>();
  /** Elements whose number is out of date, in view or not. */
  readonly #outdated = new Set<HTMLElement>();
  readonly #watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#near.add(target);
      else this.#near.delete(target);
    }
    this.#later();
  });
  readonly #near = new Set<Element>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame: number | null = null;
  /** Grows with every change: an answer to an older one is dropped. */
  #turn = 0;

  constructor(session: Session) {
    this.#session = session;
    for (const element of this.#elements) {
      this.#article.set(element, { text: element.textContent, title: element.title });
      this.#watcher.observe(element);
    }
  }

  changed(): void {
    this.#turn += 1;
    // A drag changes the page many times between two frames.
    this.#frame ??= requestAnimationFrame(() => this.#mark());
  }

  #mark(): void {
    this.#frame = null;
    const touched = touchedValues(this.#session);
    for (const element of this.#elements) {
      if (touched.has(element.dataset['of'] ?? '')) this.#outdate(element);
      else this.#restore(element);
    }
    captions(this.#session);
    this.#later();
  }

  #programOf(element: HTMLElement): Program | null {
    return this.#session.values.find(({ source }) => source === element.dataset['of']) ?? null;
  }

  #outdate(element: HTMLElement): void {
    this.#outdated.add(element);
    element.classList.add('value-waits');
  }

  #restore(element: HTMLElement): void {
    this.#outdated.delete(element);
    element.classList.remove('value-waits', 'value-yours');
    const told = this.#article.get(element);
    if (told === undefined || element.textContent === told.text) return;
    element.textContent = told.text;
    element.title = told.title;
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#compute(), RESTS_AFTER_MS);
  }

  /** Computes the numbers that are in view. */
  async #compute(): Promise<void> {
    const turn = this.#turn;
    const wanted = [...this.#outdated].filter((element) => this.#near.has(element));
    const programs = wanted.flatMap((element) => this.#programOf(element) ?? []);
    if (programs.length === 0) return;
    const reports = await this.#session.evaluate(programs).catch(() => []);
    if (turn !== this.#turn) return;
    for (const [k, element] of wanted.entries()) {
      const view = reports[k]?.view;
      const article = this.#article.get(element);
      if (view?.kind !== 'number' || article === undefined) continue;
      this.#outdated.delete(element);
      element.classList.remove('value-waits');
      element.classList.add('value-yours');
      element.textContent = formatNumber(view.value, digitsOf(element));
      element.title = `${element.dataset['of'] ?? ''} = ${view.text}, of the page as you have changed it; in the article: ${article.text}`;
    }
  }
}

function digitsOf(element: HTMLElement): number | undefined {
  const digits = Number(element.dataset['digits']);
  return Number.isInteger(digits) ? digits : undefined;
}

/** Texts of the numbers whose values may be others than in the article. */
function touchedValues(session: Session): ReadonlySet<string> {
  const { programs, bound, pictures } = stateOf(session);
  const probes = session.values.map((program) => ({ id: `value ${program.source}`, program }));
  const list = [...session.programs, ...probes];
  const names = [...Object.keys(bound), ...Object.keys(pictures)];
  const reached = new Set([
    ...downstream(list, Object.keys(programs)),
    ...names.flatMap((name) => reachedBy(list, name)),
  ]);
  return new Set(probes.filter(({ id }) => reached.has(id)).map(({ program }) => program.source));
}

/** A caption that names a picture which the reader has replaced says for which picture it was written. */
function captions(session: Session): void {
  for (const { id } of session.originals) {
    const caption = document.getElementById(id)?.querySelector('.cell-caption');
    if (!caption) continue;
    const words = caption.textContent.toLowerCase();
    const replaced = session
      .picturesOf(id)
      .filter((name) => session.standing(name) !== null && words.includes(name.toLowerCase()));
    caption.querySelector('.caption-note')?.remove();
    caption.classList.toggle('caption-article', replaced.length > 0);
    if (replaced.length === 0) continue;
    const note = document.createElement('span');
    note.className = 'caption-note';
    note.textContent = ` (Written for the ${replaced.join(' and the ')}; you see your picture.)`;
    caption.append(note);
  }
}
