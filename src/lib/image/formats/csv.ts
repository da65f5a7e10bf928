import type { Admitted, PictureFormat, Sink } from '../format.ts';
import { PictureError } from '../errors.ts';
import type { Header } from '../header.ts';

/** How many characters are looked at to tell a table of numbers from any other text. */
const GLANCE = 65_536;

interface Table {
  readonly rows: number;
  readonly cols: number;
  readonly values: Float64Array;
  /** True where a first line of names was left out. */
  readonly named: boolean;
  readonly decimalComma: boolean;
}

interface Field {
  readonly text: string;
  readonly line: number;
}

/** The text of a file; null where it is none. A mark at its beginning tells UTF-8 and UTF-16, which spreadsheets write. */
function textOf(bytes: Uint8Array, most = Infinity): string | null {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  const part = bytes.length > most ? bytes.subarray(0, most) : bytes;
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(part, { stream: part.length < bytes.length });
    // Control characters other than tab, line feed, form feed and carriage return are not in a text.
    return /[\0-\x08\x0b\x0e-\x1f]/u.test(text) ? null : text;
  } catch {
    return null;
  }
}

/** Semicolon, tab, comma, else spaces: the first of them that stands outside quotes in the first line of numbers. */
function separatorOf(line: string): string {
  const bare = line.replace(/"[^"]*"/gu, '');
  return [';', '\t', ','].find((one) => bare.includes(one)) ?? ' ';
}

/** Records of fields (RFC 4180): quotes may hold separators and line ends, and a doubled quote is one. Comments (#) and empty lines are left out. */
function* recordsOf(text: string, separator: string): Generator<Field[]> {
  let line = 1;
  for (let at = 0; at < text.length;) {
    if (text[at] === '\n' || text[at] === '\r') {
      line += text[at] === '\r' && text[at + 1] === '\n' ? 0 : 1;
      at += 1;
      continue;
    }
    const stop = endOfLine(text, at);
    const raw = text.slice(at, stop);
    if (raw.startsWith('#') || raw.trim() === '') {
      at = stop;
      continue;
    }
    if (!raw.includes('"')) {
      const parts = separator === ' ' ? raw.trim().split(/\s+/u) : raw.split(separator);
      const here = line;
      yield parts.map((part) => ({ text: part.trim(), line: here }));
      at = stop;
      continue;
    }
    const fields: Field[] = [];
    for (;;) {
      const [field, next] = fieldAt(text, at, separator);
      fields.push({ text: field, line });
      line += text.slice(at, next).split('\n').length - 1;
      at = next;
      if (text[at] !== separator) break;
      at += 1;
    }
    yield fields;
  }
}

function endOfLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === '\n' || text[at] === '\r') return at;
  return text.length;
}

function fieldAt(text: string, from: number, separator: string): readonly [field: string, next: number] {
  let at = from;
  while (separator !== ' ' && text[at] === ' ') at += 1;
  if (text[at] !== '"') {
    const stop = endOfLine(text, from);
    const next = text.indexOf(separator, from);
    const end = next < 0 || next > stop ? stop : next;
    return [text.slice(from, end).trim(), end];
  }
  let field = '';
  for (at += 1; at < text.length; at++) {
    if (text[at] !== '"') field += text[at] ?? '';
    else if (text[at + 1] === '"') field += text[++at] ?? '';
    else break;
  }
  at += 1;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return [field.trim(), at];
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eEfFdD][+-]?\d+)?$/u;
const WORDS: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, infinity: Infinity, true: 1, false: 0 };

/** A field as a number; null where it is none. A comma is a decimal one where it does not separate fields. */
function numberOf(field: string, comma: boolean): number | null {
  const text = comma ? field.replace(',', '.') : field;
  if (NUMBER.test(text)) return Number(text.replace(/[fFdD]/u, 'e'));
  const [, sign, word = ''] = /^([+-]?)(\w+)$/u.exec(text.toLowerCase()) ?? [];
  const value = WORDS[word];
  return value === undefined ? null : sign === '-' ? -value : value;
}

/** The first line of numbers among the first two records, which says how the table is written. */
function manner(text: string): { separator: string; comma: boolean } | null {
  // A line end inside quotes ends no line.
  const lines = text
    .replace(/"[^"]*"/gu, (quoted) => quoted.replace(/[\r\n]+/gu, ' '))
    .split(/\r\n|\n|\r/u, 200)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  for (const line of lines.slice(0, 2)) {
    const separator = separatorOf(line);
    const comma = separator !== ',';
    const [fields = []] = recordsOf(line, separator);
    const numeric = fields.filter((field) => numberOf(field.text, comma) !== null).length;
    if (numeric > 0 && 2 * numeric >= fields.length) return { separator, comma };
  }
  return null;
}

/** @throws PictureError `broken` at the line where a row has another length than the first, or a field is no number. */
function tableOf(bytes: Uint8Array): Table {
  const text = textOf(bytes) ?? '';
  const way = manner(text.slice(0, GLANCE)) ?? { separator: ',', comma: false };
  const values: number[] = [];
  let [rows, cols, named, decimalComma, first] = [0, 0, false, false, true];
  for (const fields of recordsOf(text, way.separator)) {
    const numbers = fields.map(({ text: field }) => numberOf(field, way.comma));
    if (first && numbers.every((value) => value === null)) {
      [first, named] = [false, true];
      cols = fields.length;
      continue;
    }
    first = false;
    const line = fields[0]?.line ?? 0;
    if (cols === 0) cols = fields.length;
    if (fields.length !== cols)
      throw wrong(
        `line ${line} has ${fields.length} field${fields.length === 1 ? '' : 's'}, and the first has ${cols}`,
      );
    numbers.forEach((value, k) => {
      const field = fields[k]?.text ?? '';
      if (value === null)
        throw wrong(
          `field ${k + 1} of line ${fields[k]?.line ?? line} ${field === '' ? 'is empty' : `is ${JSON.stringify(field.slice(0, 24))}, which is no number`}`,
        );
      if (field.includes(',')) decimalComma = true;
      values.push(value);
    });
    rows += 1;
  }
  return { rows, cols: rows === 0 ? 0 : cols, values: Float64Array.from(values), named, decimalComma };
}

function wrong(what: string): PictureError {
  return new PictureError('broken', `This CSV file is no matrix: ${what}.`);
}

/** Tables of files that are being decoded: the header needs the whole file, and so does the decoder. */
const known = new WeakMap<Uint8Array, Table>();

function sniffCsv(bytes: Uint8Array): Header {
  const table = tableOf(bytes);
  known.set(bytes, table);
  return {
    kind: 'CSV',
    mediaType: 'text/csv',
    width: table.cols,
    height: table.rows,
    bitsPerSample: 64,
    white: null,
    model: 'grey',
    alpha: false,
    animated: false,
    orientations: [],
    complete: true,
    rare: null,
  };
}

async function decodeCsv({ bytes }: Admitted, sink: Sink): Promise<void> {
  const table = known.get(bytes) ?? tableOf(bytes);
  sink.push(table.values, 1);
  if (table.named) sink.note('Its first line holds names, and is left out.');
  if (table.decimalComma) sink.note('Its commas are read as decimal ones.');
  return Promise.resolve();
}

/**
 * A matrix as text: fields separated by commas, semicolons, tabs or spaces, with or without a first line of names. With any separator but
 * the comma, a comma inside a number is a decimal one.
 */
export const csv: PictureFormat = {
  kind: 'CSV',
  is: (bytes) => {
    const text = textOf(bytes, GLANCE);
    return text !== null && manner(text) !== null;
  },
  sniff: sniffCsv,
  decode: decodeCsv,
};
