/** The words after the language of a fence: `julia live id="raw" caption="…" size="wide" hero`. */

import { didYouMean } from './article/complaint.ts';

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

const SIZES: readonly CellSize[] = ['column', 'wide'];
const SHOWS: readonly CellShow[] = ['auto', 'picture', 'numbers', 'none'];

/** A word of a fence. */
export interface FenceWord {
  /** What stands after its equals sign: any text, or one of some words; null for a word that stands alone. */
  readonly value: 'text' | readonly string[] | null;
  readonly doc: string;
}

/** Every word after `julia live`, with what it does. A fence is held to this table, and `/contribute/` shows it. */
export const FENCE_WORDS: Readonly<Record<string, FenceWord>> = {
  id: {
    value: 'text',
    doc: 'The cell’s name on the page and in files that the reader saves: a letter, then letters, digits, `-` and `_`. Without it, a number.',
  },
  caption: {
    value: 'text',
    doc: 'Markdown, formulas too, but no backticks: they would end the fence.',
  },
  alt: {
    value: 'text',
    doc: 'What a reader who cannot see the picture gets. Always write one; without it the caption and the range of the values stand in.',
  },
  size: { value: SIZES, doc: '`column` as it is, or `wide`: margin and all.' },
  group: { value: 'text', doc: 'Cells of one name, one directly after the other, stand side by side.' },
  show: {
    value: SHOWS,
    doc: 'How the value is shown: `auto` as it is (many numbers are a picture, a hundred or fewer a table), `picture`, `numbers`, or `none` for the code and its controls alone.',
  },
  'hide-code': { value: null, doc: 'The program is folded away; the reader may open it.' },
  hero: { value: null, doc: 'The page’s opening picture.' },
  card: {
    value: null,
    doc: 'Its picture, in place of the hero’s, is the one on the card of a shared link. One cell of a page; `card:` in the front matter says the same.',
  },
  setup: { value: null, doc: 'Runs, and is never shown: definitions for the page’s other cells.' },
  error: { value: null, doc: 'The cell is to fail, to show what Julia says. It fails the build if it succeeds.' },
  animate: {
    value: 'text',
    doc: 'Beneath the cell, or its group, a player for the slider of that name. Some picture there must depend on it.',
  },
  graph: { value: null, doc: 'Beneath the cell its dataflow, with pictures for nodes.' },
  stored: {
    value: null,
    doc: 'The cell is too slow for a build: `npm run learn -- cells` computes it, once. It needs an `id`.',
  },
};

function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[], fallback: T): T {
  if (value === undefined) return fallback;
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new FenceMetaError(`${name}="${value}": expected ${allowed.join(', ')}`, 0);
  return found;
}

/** @throws FenceMetaError for a word that is none, or that stands alone where it needs a value, or the other way round. */
function checkWord(name: string, hasValue: boolean, meta: string): void {
  const column = Math.max(0, meta.search(new RegExp(`(?<=^|\\s)${name}(?=[\\s=]|$)`)));
  const word = FENCE_WORDS[name];
  if (word === undefined) {
    const known = Object.keys(FENCE_WORDS);
    const near = didYouMean(name, known);
    throw new FenceMetaError(`unknown word \`${name}\`.${near} (known: ${known.join(', ')})`, column);
  }
  if (word.value !== null && !hasValue) throw new FenceMetaError(`\`${name}\` needs a value: ${name}="…"`, column);
  if (word.value === null && hasValue) throw new FenceMetaError(`\`${name}\` stands alone, without a value`, column);
}

/**
 * Reads the options of a live fence; null where the fence is not live.
 *
 * @throws FenceMetaError for a word that no cell understands, so that a misspelt option cannot pass unnoticed.
 */
export function cellOptions(meta: string | null | undefined): CellOptions | null {
  if (!/(^|\s)live(\s|$)/.test(meta ?? '')) return null;
  const parsed = parseFenceMeta(meta ?? '');
  if (!parsed.flags.has('live')) return null;
  const flags = new Set(parsed.flags);
  const { values } = parsed;
  flags.delete('live');
  for (const name of [...flags, ...values.keys()]) checkWord(name, values.has(name), meta ?? '');
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
