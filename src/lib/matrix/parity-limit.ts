/** Largest difference over the range that an engine may show here; a float32 engine in order is three powers of ten below. */
export const PARITY_LIMIT = 1e-4;
