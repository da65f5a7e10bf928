/** The words after the language of a fence: `julia live id="raw" caption="…" size="wide" hero`. */

export interface FenceMeta {
  /** Words without a value: `live`, `hero`, `card`, `hide-code`, `setup`, `error`, `stored`, `graph`. */
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

/** Where a fence's words make no sense; `column` counts from 0 inside the meta text. */
export class FenceMetaError extends Error {
  readonly column: number;
  constructor(message: string, column: number) {
    super(message);
    this.name = 'FenceMetaError';
    this.column = column;
  }
}

const WORD = /[A-Za-z][\w-]*/y;
const SPACE = /\s*/y;

/**
 * Splits a fence's meta text into flags and `name=value` pairs. A value stands in double or single quotes (inside, only the
 * other kind may occur: Markdown removes a backslash before a quote before anybody sees it), or is one word without spaces.
 *
 * @throws FenceMetaError on anything else, and on a name given twice.
 */
export function parseFenceMeta(meta: string): FenceMeta {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  let at = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(meta)?.[0] ?? '';
    at += found.length;
    return found;
  };
  for (take(SPACE); at < meta.length; take(SPACE)) {
    const start = at;
    const name = take(WORD);
    if (name === '') throw new FenceMetaError(`expected a word, found \`${meta.slice(at, at + 12)}\``, at);
    if (flags.has(name) || values.has(name)) throw new FenceMetaError(`\`${name}\` is given twice`, start);
    if (meta[at] !== '=') {
      flags.add(name);
      continue;
    }
    at += 1;
    const quote = meta[at];
    if (quote === '"' || quote === "'") {
      const close = meta.indexOf(quote, at + 1);
      if (close === -1) throw new FenceMetaError(`the value of \`${name}\` has no closing quote`, at);
      values.set(name, meta.slice(at + 1, close));
      at = close + 1;
    } else {
      const value = take(/[^\s"']+/y);
      if (value === '') throw new FenceMetaError(`\`${name}=\` has no value`, at);
      values.set(name, value);
    }
  }
  return { flags, values };
}

export type CellSize = 'column' | 'wide';
/** How a value is shown: by itself (`auto`), or forced. `none`: the cell shows its controls and code alone. */
export type CellShow = 'auto' | 'picture' | 'numbers' | 'none';

/** What an article may ask of a cell. */
export interface CellOptions {
  readonly id: string | null;
  readonly caption: string | null;
  readonly alt: string | null;
  readonly size: CellSize;
  readonly hero: boolean;
  /** Its picture is the one on the page's social card, in place of the hero's. */
  readonly card: boolean;
  readonly group: string | null;
  readonly hideCode: boolean;
  readonly show: CellShow;
  /** Runs, and is never shown: definitions that the article's other cells use. */
  readonly setup: boolean;
  /** The cell is expected to fail, to show what Julia says; then failing is right and succeeding fails the build. */
  readonly error: boolean;
  /** Too slow for a build: the result lies beside the article (`stored.ts`), and the reader's browser computes it only when asked. */
  readonly stored: boolean;
  /** The name of a slider that a player beneath the cell, or its group, moves back and forth. */
  readonly animate: string | null;
  /** The cell's dataflow is drawn beneath it. */
  readonly graph: boolean;
}

const FLAGS = new Set(['live', 'hero', 'card', 'hide-code', 'setup', 'error', 'stored', 'graph']);
const VALUES = new Set(['id', 'caption', 'alt', 'size', 'group', 'show', 'animate']);
const SIZES: readonly CellSize[] = ['column', 'wide'];
const SHOWS: readonly CellShow[] = ['auto', 'picture', 'numbers', 'none'];

function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[], fallback: T): T {
  if (value === undefined) return fallback;
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new FenceMetaError(`${name}="${value}": expected ${allowed.join(', ')}`, 0);
  return found;
}

/**
 * Reads the options of a live fence; null where the fence is not live.
 *
 * @throws FenceMetaError for a word that no cell understands, so that a misspelt option cannot pass unnoticed.
 */
export function cellOptions(meta: string | null | undefined): CellOptions | null {
  if (!/(^|\s)live(\s|$)/.test(meta ?? '')) return null;
  const { flags, values } = parseFenceMeta(meta ?? '');
  if (!flags.has('live')) return null;
  for (const flag of flags) {
    if (!FLAGS.has(flag)) {
      const hint = VALUES.has(flag) ? `\`${flag}\` needs a value: ${flag}="…"` : `unknown word \`${flag}\``;
      throw new FenceMetaError(`${hint} (known: ${[...FLAGS, ...VALUES].join(', ')})`, 0);
    }
  }
  for (const name of values.keys()) {
    if (!VALUES.has(name)) throw new FenceMetaError(`unknown option \`${name}\` (known: ${[...VALUES].join(', ')})`, 0);
  }
  const id = values.get('id') ?? null;
  if (id !== null && !/^[A-Za-z][\w-]*$/.test(id)) {
    throw new FenceMetaError(`id="${id}": letters, digits, - and _ only, a letter first`, 0);
  }
  if (flags.has('stored') && id === null)
    throw new FenceMetaError('a stored cell needs an id: its result is kept under it', 0);
  return {
    id,
    caption: values.get('caption') ?? null,
    alt: values.get('alt') ?? null,
    size: oneOf('size', values.get('size'), SIZES, 'column'),
    hero: flags.has('hero'),
    card: flags.has('card'),
    group: values.get('group') ?? null,
    hideCode: flags.has('hide-code'),
    show: oneOf('show', values.get('show'), SHOWS, 'auto'),
    setup: flags.has('setup'),
    error: flags.has('error'),
    stored: flags.has('stored'),
    animate: values.get('animate') ?? null,
    graph: flags.has('graph'),
  };
}
