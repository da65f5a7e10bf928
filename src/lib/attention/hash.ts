/** 64-bit FNV-1a over bytes, as 16 hexadecimal digits: names a set of weights. Not for secrets. */
export function hashBytes(bytes: Uint8Array): string {
  // Four 16-bit limbs: products stay exact in doubles. The prime is 2^40 + 0x1b3.
  let h0 = 0x2325;
  let h1 = 0x8422;
  let h2 = 0x9ce4;
  let h3 = 0xcbf2;
  for (const byte of bytes) {
    h0 ^= byte;
    const p0 = h0 * 0x1b3;
    const p1 = h1 * 0x1b3 + (p0 >>> 16);
    const p2 = h2 * 0x1b3 + (h0 << 8) + (p1 >>> 16);
    const p3 = h3 * 0x1b3 + (h1 << 8) + (p2 >>> 16);
    h0 = p0 & 0xffff;
    h1 = p1 & 0xffff;
    h2 = p2 & 0xffff;
    h3 = p3 & 0xffff;
  }
  return [h3, h2, h1, h0].map((limb) => limb.toString(16).padStart(4, '0')).join('');
}
