/**
 * Copies of a block of a matrix, in the order in which `product` reads them: for each step of the sum, the numbers of one strip of rows (of the left
 * factor) or of columns (of the right one). What lies beyond the matrix is 0. From each number its centre is taken, if there are any; centres are
 * single precision, one for each row or column of the whole matrix.
 */
import { turnFour } from './lanes';
import { TILE_COLS, TILE_ROWS } from './sizes';

/** Centre `index`, or 0. */
function centreAt(centres: usize, index: i32): f32 {
  return centres ? load<f32>(centres + ((<usize>index) << 2)) : 0;
}

/** Centres of four rows or columns from `first` on. */
function fourAt(centres: usize, first: i32): v128 {
  return centres ? v128.load(centres + ((<usize>first) << 2)) : f32x4.splat(0);
}

/** `depth` rows of a matrix that is `ld` wide, from row k0 on: of each the 8 numbers from column `first` on, of which `count` exist. */
export function packAcross(
  to: usize,
  from: usize,
  ld: i32,
  first: i32,
  count: i32,
  k0: i32,
  depth: i32,
  centres: usize,
): void {
  const row = (<usize>ld) << 2,
    end = to + ((<usize>depth) << 5);
  let at = from + <usize>k0 * row + ((<usize>first) << 2);
  if (count == TILE_COLS) {
    const low = fourAt(centres, first),
      high = fourAt(centres, first + 4);
    for (; to < end; to += 32) {
      v128.store(to, f32x4.sub(v128.load(at), low));
      v128.store(to, f32x4.sub(v128.load(at, 16), high), 16);
      at += row;
    }
    return;
  }
  memory.fill(to, 0, end - to);
  for (; to < end; to += 32) {
    for (let j = 0; j < count; ++j) {
      const o = (<usize>j) << 2;
      store<f32>(to + o, load<f32>(at + o) - centreAt(centres, first + j));
    }
    at += row;
  }
}

/** `depth` columns of a matrix that is `ld` wide, from column k0 on: of each the 4 numbers from row `first` on, of which `count` exist. */
export function packAlong(
  to: usize,
  from: usize,
  ld: i32,
  first: i32,
  count: i32,
  k0: i32,
  depth: i32,
  centres: usize,
): void {
  const row = (<usize>ld) << 2;
  let at = from + <usize>first * row + ((<usize>k0) << 2);
  const end = at + ((<usize>depth) << 2);
  if (count == TILE_ROWS) {
    const four = fourAt(centres, first);
    for (; at + 16 <= end; at += 16) {
      turnFour(to, 16, at, row, four);
      to += 64;
    }
  }
  for (; at < end; at += 4) {
    for (let i = 0; i < TILE_ROWS; ++i) {
      let x: f32 = 0;
      if (i < count) x = load<f32>(at + <usize>i * row) - centreAt(centres, first + i);
      store<f32>(to, x);
      to += 4;
    }
  }
}
