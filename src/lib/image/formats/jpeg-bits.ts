/** Where entropy-coded data end: at a marker that is neither a stuffed byte nor a restart. */
export function endOfEntropy(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** Reads Huffman codes from entropy-coded data: bits from the highest on, a zero after each 0xff left out, up to the next marker. */
export class HuffmanBits {
  readonly #bytes: Uint8Array;
  #at: number;
  #buffer = 0;
  #count = 0;
  /** Bits that stood beyond a marker: asked for, and not there. */
  #missing = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
  }

  /** The byte that is read next. */
  get at(): number {
    return this.#at;
  }

  /** True once bits were used that are not there. */
  get ended(): boolean {
    return this.#missing > this.#count;
  }

  /** The symbol of the next code; -1 where no code fits. */
  symbol(table: Uint16Array): number {
    this.#fill();
    const entry = table[(this.#buffer >>> (this.#count - 16)) & 0xffff] ?? 0;
    if (entry === 0) return -1;
    this.#count -= entry >> 8;
    return entry & 255;
  }

  /** Up to 16 bits as a number. */
  take(bits: number): number {
    if (bits === 0) return 0;
    this.#fill();
    this.#count -= bits;
    return (this.#buffer >>> this.#count) & ((1 << bits) - 1);
  }

  skip(bits: number): void {
    if (bits > this.#count) this.#fill();
    this.#count -= bits;
  }

  /** Goes on after restart marker `number`; false where another thing stands there. */
  restart(number: number): boolean {
    const bytes = this.#bytes;
    if (this.ended || !this.endsCleanly()) return false;
    while (bytes[this.#at] === 0xff && bytes[this.#at + 1] === 0xff) this.#at += 1;
    if (bytes[this.#at] !== 0xff || bytes[this.#at + 1] !== 0xd0 + number) return false;
    this.#at += 2;
    [this.#buffer, this.#count, this.#missing] = [0, 0, 0];
    return true;
  }

  /** True where nothing but the rest of a byte, and zeros with which some writers pad, stands before the next marker; goes there. */
  endsCleanly(): boolean {
    const bytes = this.#bytes;
    // Whole bytes that were read ahead and not used.
    const ahead = Math.max(0, this.#count - this.#missing) >> 3;
    let over = 0;
    for (let k = 0; k < ahead; k++) if ((this.#buffer >>> (this.#missing + 8 * k)) & 0xff) over += 1;
    while (this.#at < bytes.length) {
      const next = bytes[this.#at + 1] ?? 0;
      if (bytes[this.#at] === 0xff && next !== 0) break;
      if (bytes[this.#at] !== 0) over += 1;
      this.#at += bytes[this.#at] === 0xff ? 2 : 1;
    }
    return over === 0;
  }

  /** At least 16 bits in the buffer: zeros where the data have ended. */
  #fill(): void {
    const bytes = this.#bytes;
    while (this.#count <= 16) {
      const byte = bytes[this.#at];
      if (byte === undefined || (byte === 0xff && bytes[this.#at + 1] !== 0)) {
        this.#buffer <<= 8;
        this.#missing += 8;
      } else {
        this.#buffer = (this.#buffer << 8) | byte;
        this.#at += byte === 0xff ? 2 : 1;
      }
      this.#count += 8;
    }
  }
}
