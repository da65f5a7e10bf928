/**
 * Unpacks GIF's LZW: codes from the lowest bit on, of 3 to 12 bits, with a code that clears the table and one that ends the data.
 *
 * @param least bits of a sample, as the file says.
 * @param size how many samples are wanted; more are not looked at.
 * @returns null where the data are damaged or end early.
 */
export function unpackLzw(data: Uint8Array, least: number, size: number): Uint8Array | null {
  if (least < 1 || least > 8) return null;
  const [clear, end] = [1 << least, (1 << least) + 1];
  const prefix = new Int16Array(4096);
  const suffix = new Uint8Array(4096);
  const lengths = new Uint16Array(4096);
  for (let k = 0; k < clear; k++) [suffix[k], lengths[k]] = [k, 1];
  const out = new Uint8Array(size);
  let [width, next, before, filled, buffer, bits] = [least + 1, end + 1, -1, 0, 0, 0];
  for (let at = 0; filled < size;) {
    while (bits < width) {
      if (at >= data.length) return null;
      buffer |= (data[at++] ?? 0) << bits;
      bits += 8;
    }
    const code = buffer & ((1 << width) - 1);
    buffer >>>= width;
    bits -= width;
    if (code === end) return null;
    if (code === clear) {
      [width, next, before] = [least + 1, end + 1, -1];
      continue;
    }
    if (code > next || (code === next && before < 0) || (before < 0 && code > end)) return null;
    // A code that is only just being defined is the one before it with its own first sample repeated.
    const known = code < next;
    const length = known ? (lengths[code] ?? 0) : (lengths[before] ?? 0) + 1;
    let walk = known ? code : before;
    let place = filled + length - (known ? 1 : 2);
    for (; place > filled; place--) {
      if (place < size) out[place] = suffix[walk] ?? 0;
      walk = prefix[walk] ?? 0;
    }
    const first = suffix[walk] ?? 0;
    out[filled] = first;
    if (!known && filled + length - 1 < size) out[filled + length - 1] = first;
    filled += length;
    if (before >= 0 && next < 4096) {
      [prefix[next], suffix[next], lengths[next]] = [before, first, (lengths[before] ?? 0) + 1];
      next += 1;
      if (next === 1 << width && width < 12) width += 1;
    }
    before = code;
  }
  return out;
}
