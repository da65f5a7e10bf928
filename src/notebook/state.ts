/**
 * What a reader has made of a page: the difference between it and its article, as one value that can be written down and read back.
 * Links, drafts, exports and embeds are made of it.
 */

import type { BoundValue } from '../lib/julia/view.ts';
import { isLook, type Look } from './look.ts';
import { entriesOf, isBoundValue, isRecord, isText, recordFrom } from './validate.ts';
import { changedSettings, initialSettings, settingsFrom, type Settings } from './settings.ts';

/** Grows with every change that an older reader of states would misread. */
export const STATE_VERSION = 1;

export interface PageState {
  readonly version: typeof STATE_VERSION;
  /** The article that it differs from. */
  readonly page: string;
  /** Texts of the cells that differ, by id: as the reader left them, Julia or not. */
  readonly programs: Readonly<Record<string, string>>;
  /** Controls that do not stand where the article has them, by name. */
  readonly bound: Readonly<Record<string, BoundValue>>;
  /** Pictures' names under which a file of the reader's stands, and how the file is called. The file itself is not in the state. */
  readonly pictures: Readonly<Record<string, string>>;
  readonly settings: Settings;
  /** How results are looked at, by cell, where not as the article shows them. */
  readonly looks: Readonly<Record<string, Look>>;
  /** Fields of the page's instruments and figures that do not stand as the article has them: by instrument or figure, then by field. */
  readonly instruments: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The pixel that is pointed at, counted from 0, and the size of the matrices that have it. */
  readonly pixel: StatePixel | null;
}

export interface StatePixel {
  readonly row: number;
  readonly col: number;
  readonly rows: number;
  readonly cols: number;
}

/** What is written down is no state, or one of a later version; the message is for the reader. */
export class StateError extends Error {}

export function emptyState(page: string): PageState {
  return {
    version: STATE_VERSION,
    page,
    programs: {},
    bound: {},
    pictures: {},
    settings: initialSettings,
    looks: {},
    instruments: {},
    pixel: null,
  };
}

/** Whether the page is as its article has it. */
export function isEmpty({ settings, pixel, programs, bound, pictures, looks, instruments }: PageState): boolean {
  const records = [programs, bound, pictures, looks, instruments];
  return (
    records.every((one) => Object.keys(one).length === 0) && changedSettings(settings).length === 0 && pixel === null
  );
}

/** The state as text: the same text for the same state. What is empty is left out. */
export function serialize(state: PageState): string {
  const { version, page, programs, bound, pictures, settings, looks, instruments, pixel } = state;
  return JSON.stringify({
    version,
    page,
    ...filled('programs', programs),
    ...filled('bound', bound),
    ...filled('pictures', pictures),
    ...filled('settings', Object.fromEntries(changedSettings(settings).map((key) => [key, settings[key]]))),
    ...filled('looks', looks),
    ...filled(
      'instruments',
      Object.fromEntries(Object.entries(instruments).map(([id, fields]) => [id, entriesOf(fields)])),
    ),
    ...(pixel === null ? {} : { pixel: [pixel.row, pixel.col, pixel.rows, pixel.cols] }),
  });
}

function filled<T>(key: string, record: Readonly<Record<string, T>>): Record<string, unknown> {
  const entries = entriesOf(record);
  return entries.length === 0 ? {} : { [key]: entries };
}

/** @throws StateError with one sentence for the reader */
export function deserialize(text: string): PageState {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new StateError('What was kept of this page cannot be read: it is incomplete or was changed.');
  }
  return validate(value);
}

/** @throws StateError with one sentence for the reader */
export function validate(value: unknown): PageState {
  if (!isRecord(value) || typeof value['version'] !== 'number' || typeof value['page'] !== 'string')
    throw new StateError('What was kept of this page is no state of a page.');
  if (value['version'] > STATE_VERSION)
    throw new StateError('What was kept of this page was made by a later version of this site; reload the page.');
  if (value['version'] !== STATE_VERSION) throw new StateError('What was kept of this page is of an unknown version.');
  const settings = settingsFrom(recordOf(value['settings'], 'a setting', isAnything));
  if (settings === null) throw new StateError('What was kept of this page has a setting that is not known here.');
  return {
    version: STATE_VERSION,
    page: value['page'],
    programs: recordOf(value['programs'], 'a program', isText),
    bound: recordOf(value['bound'], 'a control', isBoundValue),
    pictures: recordOf(value['pictures'], 'a picture', isText),
    settings,
    looks: recordOf(value['looks'], 'a view', isLook),
    instruments: Object.fromEntries(
      Object.entries(recordOf(value['instruments'], 'an instrument', isAnything)).map(([id, fields]) => [
        id,
        recordOf(fields, 'an instrument', isText),
      ]),
    ),
    pixel: pixelOf(value['pixel']),
  };
}

function pixelOf(value: unknown): StatePixel | null {
  if (value === undefined) return null;
  const numbers: readonly unknown[] = Array.isArray(value) ? value : [];
  const [row, col, rows, cols] = numbers.filter((one) => Number.isSafeInteger(one) && Number(one) >= 0) as number[];
  if (numbers.length === 4 && row !== undefined && col !== undefined && rows !== undefined && cols !== undefined) {
    if (row < rows && col < cols) return { row, col, rows, cols };
  }
  throw new StateError('What was kept of this page is broken where a pixel should stand.');
}

function recordOf<T>(value: unknown, what: string, is: (one: unknown) => one is T): Record<string, T> {
  return recordFrom(value, is, () => {
    throw new StateError(`What was kept of this page is broken where ${what} should stand.`);
  });
}

function isAnything(value: unknown): value is unknown {
  return value !== undefined;
}
