import { joined } from './join.ts';
import { zlibSync } from 'fflate';
import { crc32 } from './crc.ts';

/**
 * Encodes 8-bit samples as a PNG: grey for 1 channel, RGB for 3, the samples exactly. No metadata, so equal pixels give equal
 * files. Runs in browsers, workers and Node.
 *
 * @param effort `fast` chooses each row's filter by the usual rule (least sum of absolute differences); `small` also tries each filter
 * on all rows and keeps the smallest file.
 * @throws RangeError where the number of samples does not fit the size.
 */
export function encodePng(
  rows: number,
  cols: number,
  channels: 1 | 3,
  samples: Uint8Array,
  effort: 'fast' | 'small' = 'fast',
): Uint8Array<ArrayBuffer> {
  if (!(rows > 0 && cols > 0) || samples.length !== rows * cols * channels) {
    throw new RangeError(`${samples.length} samples do not make ${rows} x ${cols} x ${channels}`);
  }
  const strategies: readonly Strategy[] = effort === 'fast' ? ['least'] : ['least', 0, 1, 2, 3, 4];
  const packed = strategies
    .map((strategy) => zlibSync(filterRows(rows, cols * channels, channels, samples, strategy), { level: 9 }))
    .reduce((best, next) => (next.length < best.length ? next : best));
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, cols);
  view.setUint32(4, rows);
  header.set([8, channels === 1 ? 0 : 2], 8);
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', packed),
    chunk('IEND', new Uint8Array()),
  ]);
}

type Strategy = 'least' | 0 | 1 | 2 | 3 | 4;

/** Each row preceded by its filter's number (PNG specification, section 9). */
function filterRows(rows: number, width: number, step: number, samples: Uint8Array, strategy: Strategy): Uint8Array {
  const out = new Uint8Array(rows * (width + 1));
  const trial = new Uint8Array(width);
  const zero = new Uint8Array(width);
  for (let r = 0; r < rows; r++) {
    const row = samples.subarray(r * width, (r + 1) * width);
    const above = r === 0 ? zero : samples.subarray((r - 1) * width, r * width);
    const target = out.subarray(r * (width + 1) + 1, (r + 1) * (width + 1));
    let least = Number.POSITIVE_INFINITY;
    for (const filter of strategy === 'least' ? ([0, 1, 2, 3, 4] as const) : [strategy]) {
      const cost = filterRow(filter, row, above, step, trial);
      if (cost >= least) continue;
      least = cost;
      target.set(trial);
      out[r * (width + 1)] = filter;
    }
  }
  return out;
}

/** Filters one row into `out`; returns the sum of the results' absolute values as signed bytes. */
function filterRow(
  filter: 0 | 1 | 2 | 3 | 4,
  row: Uint8Array,
  above: Uint8Array,
  step: number,
  out: Uint8Array,
): number {
  let cost = 0;
  for (let i = 0; i < row.length; i++) {
    const left = i >= step ? (row[i - step] ?? 0) : 0;
    const up = above[i] ?? 0;
    const corner = i >= step ? (above[i - step] ?? 0) : 0;
    const guess =
      filter === 0
        ? 0
        : filter === 1
          ? left
          : filter === 2
            ? up
            : filter === 3
              ? (left + up) >> 1
              : paeth(left, up, corner);
    const byte = ((row[i] ?? 0) - guess) & 0xff;
    out[i] = byte;
    cost += byte < 128 ? byte : 256 - byte;
  }
  return cost;
}

function paeth(left: number, up: number, corner: number): number {
  const p = left + up - corner;
  const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
