import { encodeCsv } from '../../lib/image/csv.ts';
import type { PixelTrace } from '../../lib/scene/trace.ts';

/** What the charts of a trace are drawn from: k, A[i, k], B[k, j] and their product, to seven digits. Running sums follow from these. */
export function traceCsv({ left, right, products }: PixelTrace): string {
  const data = Float64Array.from({ length: 4 * left.length }, (_, n) => {
    const k = Math.floor(n / 4);
    return n % 4 === 0 ? k + 1 : Number([left, right, products][(n % 4) - 1]?.[k]?.toPrecision(7));
  });
  return `k,left,right,product\n${encodeCsv({ rows: left.length, cols: 4, data })}`;
}
