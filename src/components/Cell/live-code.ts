import type { Trouble } from '../../lib/julia/view.ts';
import { NOT_LOADED, told } from '../ui/on-demand.ts';
import type { Editor } from './editor.ts';
import type * as Editing from './editor.ts';
import type { Session } from '../../notebook/session.ts';
import { loadEditor } from './panels.ts';
import { part } from './part.ts';
import { replaceText } from './replace-text.ts';
import { underline } from './underline.ts';

export interface CodeEvents {
  /** The text is no Julia. */
  readonly trouble: (trouble: Trouble) => void;
  /** One line for the reader; empty: nothing to say any more. */
  readonly notice: (sentence: string) => void;
  /** The editor is there, or no longer. */
  readonly editing: (open: boolean) => void;
}

/** The code of a live cell: running it as it stands, editing it, and putting the article's own back. */
export class LiveCode {
  readonly #element: HTMLElement;
  readonly #session: Session;
  readonly #events: CodeEvents;
  readonly #original: string;
  readonly #originalHtml: string;
  /** The text that stands in the cell. */
  #shown: string;
  #editor: Editor | null = null;
  #editing: typeof Editing | null = null;
  #trouble: Trouble | null = null;

  constructor(element: HTMLElement, session: Session, events: CodeEvents) {
    this.#element = element;
    this.#session = session;
    this.#events = events;
    this.#original = session.original(element.id)?.program.source ?? '';
    this.#shown = this.#original;
    this.#originalHtml = part(element, '.cell-code code').innerHTML;
    session.watch({ changed: () => this.#follow() });
  }

  /** Runs the cell as its text stands. */
  async run(): Promise<void> {
    const { id } = this.#element;
    const source = this.#editor?.source() ?? this.#session.text(id);
    const waits = source !== this.#session.program(id)?.source || this.#session.original(id)?.unparsed === true;
    if (this.#editor === null && !waits) {
      this.#session.rerun(id);
      return;
    }
    const editing = await this.#load();
    const result = editing?.read(source);
    if (result === undefined) return;
    if ('trouble' in result) this.#events.trouble(result.trouble);
    else this.#session.setProgram(id, result.program);
  }

  /** Turns the code into an editor. */
  async edit(): Promise<void> {
    const editor = this.#editor ?? this.#open(await this.#load());
    if (editor === null) return;
    const keys = !matchMedia('(pointer: coarse)').matches;
    this.#events.notice(
      keys
        ? 'Shift-Enter runs, Escape leaves the editor.'
        : 'Run shows what it makes, Reset brings the article’s back.',
    );
    editor.focus();
    editor.mark(this.#trouble);
    this.#events.editing(true);
  }

  #open(editing: typeof Editing | null): Editor | null {
    // Somebody may have asked twice while the editor was loading.
    if (editing === null || this.#editor !== null) return this.#editor;
    const code = part(this.#element, '.cell-code');
    this.#unfold();
    const host = document.createElement('div');
    host.className = 'cell-editor';
    code.hidden = true;
    code.after(host);
    this.#editor = editing.openEditor(
      host,
      this.#session.text(this.#element.id),
      {
        label: 'Julia code of this cell; Shift Enter runs, Escape leaves',
        invitation: this.#element.dataset['invitation'] ?? '',
      },
      {
        run: () => void this.run(),
        leave: () => part(this.#element, '[data-do="run"]').focus(),
        change: (source) => this.#changed(source),
      },
    );
    part(this.#element, '[data-do="edit"]').hidden = true;
    return this.#editor;
  }

  async #load(): Promise<typeof Editing | null> {
    try {
      this.#editing ??= await told(loadEditor, (sentence) => this.#events.notice(sentence));
    } catch {
      this.#events.notice(NOT_LOADED);
    }
    return this.#editing;
  }

  #changed(source: string): void {
    this.#shown = source;
    this.#session.setDraft(this.#element.id, source);
    part(this.#element, '[data-do="reset"]').hidden = source === this.#original;
    const result = this.#editing?.read(source);
    // While somebody types, a half-written line is no news: it is marked, and said only when it is run.
    this.#editor?.mark(result !== undefined && 'trouble' in result ? result.trouble : null);
  }

  /** Shows what somebody else has made of the program: an exercise, say. */
  #follow(): void {
    const text = this.#session.text(this.#element.id);
    if (text === this.#shown || this.#session.original(this.#element.id) === undefined) return;
    this.#shown = text;
    if (this.#editor !== null) this.#editor.set(text);
    else this.#write(text);
    part(this.#element, '[data-do="reset"]').hidden = text === this.#original;
  }

  /** Writes a text where the article's code stands; what differs from it is marked. */
  #write(text: string): void {
    const code = part(this.#element, '.cell-code code');
    code.innerHTML = this.#originalHtml;
    if (text === this.#original) return;
    const length = Math.min(text.length, this.#original.length);
    let from = 0;
    while (from < length && text[from] === this.#original[from]) from += 1;
    let rest = 0;
    while (rest < length - from && text.at(-1 - rest) === this.#original.at(-1 - rest)) rest += 1;
    const mark = document.createElement('mark');
    mark.className = 'cell-changed';
    mark.textContent = text.slice(from, text.length - rest);
    replaceText(code, from, this.#original.length - rest, mark);
    this.#unfold();
  }

  /** Puts the article's own code back, and runs it. */
  reset(): void {
    const original = this.#session.original(this.#element.id);
    if (original === undefined) return;
    this.#editor?.close();
    this.#editor = null;
    this.#element.querySelector('.cell-editor')?.remove();
    part(this.#element, '.cell-code').hidden = false;
    part(this.#element, '[data-do="edit"]').hidden = false;
    part(this.#element, '[data-do="reset"]').hidden = true;
    this.#events.notice('');
    this.#events.editing(false);
    this.#shown = this.#original;
    this.#write(this.#original);
    if (original.unparsed === true) {
      this.#session.setDraft(original.id, original.program.source);
      void this.run();
    } else this.#session.setProgram(original.id, original.program);
    part(this.#element, '[data-do="edit"]').focus();
  }

  /** Underlines an error at its place; null takes the line away. */
  mark(trouble: Trouble | null): void {
    this.#trouble = trouble;
    if (this.#editor !== null) this.#editor.mark(trouble);
    else underline(part(this.#element, '.cell-code code'), trouble);
    if (trouble !== null) this.#unfold();
  }

  #unfold(): void {
    part(this.#element, '.cell-program').setAttribute('open', '');
  }
}
