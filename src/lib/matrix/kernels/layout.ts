/** Moves within and between matrices; row-major without gaps. */
import { turnFour } from './lanes';

/** to = x transposed: x is rows x cols, `to` cols x rows. */
export function transpose(to: usize, x: usize, rows: i32, cols: i32): void {
  const fromRow = (<usize>cols) << 2,
    toRow = (<usize>rows) << 2;
  // Sixteen columns at a time: a whole line of the cache.
  for (let j0 = 0; j0 < cols; j0 += 16) {
    const end = min(j0 + 16, cols);
    let i = 0;
    for (; i + 4 <= rows; i += 4) {
      const from = x + <usize>i * fromRow,
        at = to + ((<usize>i) << 2);
      let j = j0;
      for (; j + 4 <= end; j += 4)
        turnFour(at + <usize>j * toRow, toRow, from + ((<usize>j) << 2), fromRow, f32x4.splat(0));
      for (; j < end; ++j) {
        for (let r: usize = 0; r < 4; ++r) {
          store<f32>(at + <usize>j * toRow + (r << 2), load<f32>(from + r * fromRow + ((<usize>j) << 2)));
        }
      }
    }
    for (; i < rows; ++i) {
      for (let j = j0; j < end; ++j) {
        store<f32>(to + <usize>j * toRow + ((<usize>i) << 2), load<f32>(x + <usize>i * fromRow + ((<usize>j) << 2)));
      }
    }
  }
}

/** Writes what lies above the diagonal of a square matrix below it too. */
export function mirror(x: usize, size: i32): void {
  const row = (<usize>size) << 2;
  for (let i = 0; i < size; i += 4) {
    let j = i + 4;
    const from = x + <usize>i * row,
      to = x + ((<usize>i) << 2);
    for (; j + 4 <= size; j += 4) turnFour(to + <usize>j * row, row, from + ((<usize>j) << 2), row, f32x4.splat(0));
    // The block on the diagonal, and the columns that do not fill a block.
    const rows = min(4, size - i);
    for (let r = 0; r < rows; ++r) {
      for (let k = i + r + 1; k < min(i + 4, size); ++k) copyAcross(x, row, i + r, k);
      for (let k = j; k < size; ++k) copyAcross(x, row, i + r, k);
    }
  }
}

function copyAcross(x: usize, row: usize, i: i32, j: i32): void {
  store<f32>(x + <usize>j * row + ((<usize>i) << 2), load<f32>(x + <usize>i * row + ((<usize>j) << 2)));
}

/** The whole number below `size` that `index` is; -1 where it is none. */
function position(index: f32, size: i32): i32 {
  const k = <i32>index;
  return <f32>k == index && <u32>k < <u32>size ? k : -1;
}

/** out[k] = x[index[k]], x having `size` numbers; NaN where there is no such. */
export function gather(out: usize, x: usize, size: i32, index: usize, count: i32): void {
  for (const end = out + ((<usize>count) << 2); out < end; out += 4) {
    const k = position(load<f32>(index), size);
    store<f32>(out, k < 0 ? f32.NaN : load<f32>(x + ((<usize>k) << 2)));
    index += 4;
  }
}

/**
 * Zeros, `size` of them, with values[k] added at index[k], for each of `count`; an index beyond is left out. Added up in double precision at `sums`, which
 * has room for as many doubles.
 */
export function scatterAdd(out: usize, sums: usize, size: i32, values: usize, index: usize, count: i32): void {
  memory.fill(sums, 0, (<usize>size) << 3);
  for (const end = values + ((<usize>count) << 2); values < end; values += 4) {
    const k = position(load<f32>(index), size);
    if (k >= 0) {
      const at = sums + ((<usize>k) << 3);
      store<f64>(at, load<f64>(at) + <f64>load<f32>(values));
    }
    index += 4;
  }
  for (const end = out + ((<usize>size) << 2); out < end; out += 4) {
    store<f32>(out, <f32>load<f64>(sums));
    sums += 8;
  }
}
