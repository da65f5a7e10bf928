import { endOfEntropy, HuffmanBits } from './jpeg-bits.ts';
import { segmentsOf } from './jpeg-segments.ts';

interface Component {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  /** Blocks of the component itself, and of the grid that whole MCUs make. */
  readonly cols: number;
  readonly rows: number;
  readonly stride: number;
  /** A bit for each coefficient that is not zero yet, which later passes of a progressive file depend on. */
  readonly set: Uint8Array | null;
  scanned: boolean;
}

interface Frame {
  readonly progressive: boolean;
  readonly components: readonly Component[];
  readonly mcus: { readonly cols: number; readonly rows: number };
}

interface Scan {
  readonly parts: readonly {
    readonly component: Component;
    readonly dc: Uint16Array | null;
    readonly ac: Uint16Array | null;
  }[];
  readonly from: number;
  readonly to: number;
  readonly refining: boolean;
}

/**
 * Follows a JPEG's entropy-coded data without making pixels, because decoders paint on over damage and do not say so: browsers give
 * no warning at all.
 *
 * @returns how many bytes of the file are sound, or null where nothing wrong is found. Damage that happens to make valid codes of the
 * right number is not found by anybody.
 */
export function soundBytes(bytes: Uint8Array): number | null {
  const tables = new Map<number, Uint16Array>();
  let frame: Frame | null = null;
  let interval = 0;
  for (let at = 2; at < bytes.length;) {
    const [segment] = segmentsOf(bytes, at);
    if (!segment) break;
    const { marker, start, end } = segment;
    at = Math.max(end, start);
    if (marker === 0xc4) readTables(bytes, start, end, tables);
    else if (marker === 0xdd) interval = ((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0);
    else if (marker >= 0xc0 && marker <= 0xc2) frame = readFrame(bytes, start, marker === 0xc2);
    else if (marker === 0xda) {
      if (!frame) return start;
      const scan = readScan(bytes, start, frame, tables);
      // Without its tables, as in frames of a film, a decoder takes the standard's; that is not followed here.
      if (!scan) return null;
      const stop = follow(bytes, end, frame, scan, interval);
      if (stop !== null) return stop;
      at = endOfEntropy(bytes, end);
    }
  }
  return frame?.components.every(({ scanned }) => scanned) === false ? bytes.length : null;
}

/** DHT: each table as a lookup by the next 16 bits, length x 256 + symbol; 0 where no code begins so. */
function readTables(bytes: Uint8Array, start: number, end: number, tables: Map<number, Uint16Array>): void {
  for (let at = start; at + 17 <= end;) {
    const name = bytes[at] ?? 0;
    const table = new Uint16Array(65_536);
    let [code, symbol] = [0, at + 17];
    for (let length = 1; length <= 16; length++) {
      for (let k = bytes[at + length] ?? 0; k > 0; k--, symbol++, code++) {
        const step = 1 << (16 - length);
        table.fill((length << 8) | (bytes[symbol] ?? 0), code * step, (code + 1) * step);
      }
      code <<= 1;
    }
    tables.set(name, table);
    at = symbol;
  }
}

function readFrame(bytes: Uint8Array, start: number, progressive: boolean): Frame {
  const word = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  const [height, width] = [word(start + 1), word(start + 3)];
  const parts = Array.from({ length: bytes[start + 5] ?? 0 }, (_, k) => {
    const at = start + 6 + 3 * k;
    return { id: bytes[at] ?? 0, across: (bytes[at + 1] ?? 0) >> 4 || 1, down: (bytes[at + 1] ?? 0) & 15 || 1 };
  });
  const most = { across: Math.max(...parts.map((p) => p.across)), down: Math.max(...parts.map((p) => p.down)) };
  const mcus = { cols: Math.ceil(width / (8 * most.across)), rows: Math.ceil(height / (8 * most.down)) };
  const components = parts.map((part): Component => {
    const stride = mcus.cols * part.across;
    return {
      ...part,
      cols: Math.ceil(Math.ceil((width * part.across) / most.across) / 8),
      rows: Math.ceil(Math.ceil((height * part.down) / most.down) / 8),
      stride,
      set: progressive ? new Uint8Array(8 * stride * mcus.rows * part.down) : null,
      scanned: false,
    };
  });
  return { progressive, components, mcus };
}

function readScan(
  bytes: Uint8Array,
  start: number,
  frame: Frame,
  tables: ReadonlyMap<number, Uint16Array>,
): Scan | null {
  const count = bytes[start] ?? 0;
  const tail = start + 1 + 2 * count;
  const [from, to] = frame.progressive ? [bytes[tail] ?? 0, bytes[tail + 1] ?? 0] : [0, 63];
  const refining = frame.progressive && (bytes[tail + 2] ?? 0) >> 4 !== 0;
  const parts = Array.from({ length: count }, (_, k) => {
    const at = start + 1 + 2 * k;
    const component = frame.components.find(({ id }) => id === bytes[at]);
    const names = bytes[at + 1] ?? 0;
    return { component, dc: tables.get(names >> 4) ?? null, ac: tables.get(16 + (names & 15)) ?? null };
  });
  const complete = parts.every(
    ({ component, dc, ac }) => component && (from > 0 || refining || dc) && (to === 0 || ac),
  );
  return complete ? { parts: parts as Scan['parts'], from, to, refining } : null;
}

/** Follows one scan. @returns where it goes wrong, or null */
function follow(bytes: Uint8Array, start: number, frame: Frame, scan: Scan, interval: number): number | null {
  const bits = new HuffmanBits(bytes, start);
  const blocks = new Blocks(bits, scan);
  const { parts } = scan;
  const [only] = parts;
  const alone = parts.length === 1 && only ? only.component : null;
  const [cols, rows] = alone ? [alone.cols, alone.rows] : [frame.mcus.cols, frame.mcus.rows];
  for (const { component } of parts) if (scan.from === 0) component.scanned = true;
  for (let mcu = 0; mcu < cols * rows; mcu++) {
    if (interval > 0 && mcu > 0 && mcu % interval === 0) {
      if (!bits.restart((mcu / interval - 1) & 7)) return bits.at;
      blocks.restart();
    }
    const [x, y] = [mcu % cols, Math.floor(mcu / cols)];
    for (const { component, dc, ac } of parts) {
      const [across, down] = alone ? [1, 1] : [component.across, component.down];
      for (let v = 0; v < down; v++)
        for (let h = 0; h < across; h++) {
          const index = (y * down + v) * component.stride + x * across + h;
          if (!blocks.follow(component, index, dc, ac)) return bits.at;
        }
    }
  }
  return bits.endsCleanly() ? null : bits.at;
}

/** The codes of single blocks, of every kind of scan (ITU T.81, F.2 and G.1). Nothing is kept but which coefficients are not zero. */
class Blocks {
  readonly #bits: HuffmanBits;
  readonly #scan: Scan;
  /** Blocks that end here without a code of their own. */
  #run = 0;

  constructor(bits: HuffmanBits, scan: Scan) {
    this.#bits = bits;
    this.#scan = scan;
  }

  restart(): void {
    this.#run = 0;
  }

  /** False where no code of the table fits, or the data end. */
  follow({ set }: Component, block: number, dc: Uint16Array | null, ac: Uint16Array | null): boolean {
    const { from, to, refining } = this.#scan;
    const bits = this.#bits;
    if (from === 0) {
      if (refining) bits.skip(1);
      else if (dc) {
        const size = bits.symbol(dc);
        if (size < 0 || size > 16) return false;
        bits.skip(size);
      }
      if (to === 0) return !bits.ended;
    }
    if (!ac) return false;
    const first = Math.max(1, from);
    const found = !set
      ? this.#sequential(ac)
      : refining
        ? this.#refined(ac, set, 8 * block, first, to)
        : this.#first(ac, set, 8 * block, first, to);
    return found && !bits.ended;
  }

  #sequential(ac: Uint16Array): boolean {
    for (let k = 1; k < 64; k++) {
      const symbol = this.#bits.symbol(ac);
      if (symbol < 0) return false;
      const size = symbol & 15;
      if (size === 0 && symbol !== 0xf0) return symbol === 0;
      k += symbol >> 4;
      if (k > 63) return false;
      this.#bits.skip(size);
    }
    return true;
  }

  #first(ac: Uint16Array, set: Uint8Array, base: number, from: number, to: number): boolean {
    if (this.#run > 0) {
      this.#run -= 1;
      return true;
    }
    for (let k = from; k <= to; k++) {
      const symbol = this.#bits.symbol(ac);
      if (symbol < 0) return false;
      const [zeros, size] = [symbol >> 4, symbol & 15];
      if (size === 0 && zeros < 15) {
        this.#run = (1 << zeros) - 1 + this.#bits.take(zeros);
        return true;
      }
      k += zeros;
      if (k > to) return false;
      if (size === 0) continue;
      this.#bits.skip(size);
      set[base + (k >> 3)] = (set[base + (k >> 3)] ?? 0) | (1 << (k & 7));
    }
    return true;
  }

  #refined(ac: Uint16Array, set: Uint8Array, base: number, from: number, to: number): boolean {
    const bits = this.#bits;
    const isSet = (k: number): boolean => (((set[base + (k >> 3)] ?? 0) >> (k & 7)) & 1) === 1;
    let k = from;
    if (this.#run === 0) {
      for (; k <= to; k++) {
        const symbol = bits.symbol(ac);
        if (symbol < 0) return false;
        let zeros = symbol >> 4;
        const size = symbol & 15;
        if (size > 1) return false;
        if (size === 1) bits.skip(1);
        else if (zeros < 15) {
          this.#run = (1 << zeros) + bits.take(zeros);
          break;
        }
        for (; k <= to; k++) {
          if (isSet(k)) bits.skip(1);
          else if (--zeros < 0) break;
        }
        if (size === 0) continue;
        if (k > to) return false;
        set[base + (k >> 3)] = (set[base + (k >> 3)] ?? 0) | (1 << (k & 7));
      }
    }
    if (this.#run > 0) {
      for (; k <= to; k++) if (isSet(k)) bits.skip(1);
      this.#run -= 1;
    }
    return true;
  }
}

/** What is said of a damaged file. */
export function damageNote(bytes: Uint8Array): string | null {
  const sound = soundBytes(bytes);
  if (sound === null) return null;
  const percent = Math.floor((100 * sound) / bytes.length);
  return `The file is damaged after ${percent} % of its bytes; what they should show is the decoder’s guess.`;
}
