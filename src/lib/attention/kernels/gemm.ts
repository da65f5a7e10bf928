/**
 * One matrix product for every use. Strides count elements of 4 bytes; pointers are byte addresses.
 * The register tile is 4 x 8: eight accumulators, two loads of B and one broadcast of A fit the sixteen SIMD registers
 * of x86 without a spill. Long sums are cut in blocks that stay in the first-level cache.
 */

const K_BLOCK: i32 = 128;

function tile4x8(
  c: usize,
  ldc: usize,
  a: usize,
  ars: usize,
  acs: usize,
  b: usize,
  ldb: usize,
  k: i32,
  init: usize,
  ldi: usize,
): void {
  let c00 = f32x4.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00;
  if (init) {
    c00 = v128.load(init);
    c01 = v128.load(init, 16);
    c10 = v128.load(init + ldi);
    c11 = v128.load(init + ldi, 16);
    c20 = v128.load(init + 2 * ldi);
    c21 = v128.load(init + 2 * ldi, 16);
    c30 = v128.load(init + 3 * ldi);
    c31 = v128.load(init + 3 * ldi, 16);
  }
  let a0 = a,
    a1 = a + ars,
    a2 = a1 + ars,
    a3 = a2 + ars;
  for (let p = 0; p < k; ++p) {
    const b0 = v128.load(b),
      b1 = v128.load(b, 16);
    let s = v128.load_splat<f32>(a0);
    c00 = f32x4.add(c00, f32x4.mul(s, b0));
    c01 = f32x4.add(c01, f32x4.mul(s, b1));
    s = v128.load_splat<f32>(a1);
    c10 = f32x4.add(c10, f32x4.mul(s, b0));
    c11 = f32x4.add(c11, f32x4.mul(s, b1));
    s = v128.load_splat<f32>(a2);
    c20 = f32x4.add(c20, f32x4.mul(s, b0));
    c21 = f32x4.add(c21, f32x4.mul(s, b1));
    s = v128.load_splat<f32>(a3);
    c30 = f32x4.add(c30, f32x4.mul(s, b0));
    c31 = f32x4.add(c31, f32x4.mul(s, b1));
    b += ldb;
    a0 += acs;
    a1 += acs;
    a2 += acs;
    a3 += acs;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c + ldc, c10);
  v128.store(c + ldc, c11, 16);
  v128.store(c + 2 * ldc, c20);
  v128.store(c + 2 * ldc, c21, 16);
  v128.store(c + 3 * ldc, c30);
  v128.store(c + 3 * ldc, c31, 16);
}

function tile1x8(c: usize, a: usize, acs: usize, b: usize, ldb: usize, k: i32, init: usize): void {
  let c0 = f32x4.splat(0),
    c1 = c0;
  if (init) {
    c0 = v128.load(init);
    c1 = v128.load(init, 16);
  }
  for (let p = 0; p < k; ++p) {
    const s = v128.load_splat<f32>(a);
    c0 = f32x4.add(c0, f32x4.mul(s, v128.load(b)));
    c1 = f32x4.add(c1, f32x4.mul(s, v128.load(b, 16)));
    b += ldb;
    a += acs;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
}

function tile4x4(
  c: usize,
  ldc: usize,
  a: usize,
  ars: usize,
  acs: usize,
  b: usize,
  ldb: usize,
  k: i32,
  init: usize,
  ldi: usize,
): void {
  let c0 = f32x4.splat(0),
    c1 = c0,
    c2 = c0,
    c3 = c0;
  if (init) {
    c0 = v128.load(init);
    c1 = v128.load(init + ldi);
    c2 = v128.load(init + 2 * ldi);
    c3 = v128.load(init + 3 * ldi);
  }
  let a0 = a,
    a1 = a + ars,
    a2 = a1 + ars,
    a3 = a2 + ars;
  for (let p = 0; p < k; ++p) {
    const b0 = v128.load(b);
    c0 = f32x4.add(c0, f32x4.mul(v128.load_splat<f32>(a0), b0));
    c1 = f32x4.add(c1, f32x4.mul(v128.load_splat<f32>(a1), b0));
    c2 = f32x4.add(c2, f32x4.mul(v128.load_splat<f32>(a2), b0));
    c3 = f32x4.add(c3, f32x4.mul(v128.load_splat<f32>(a3), b0));
    b += ldb;
    a0 += acs;
    a1 += acs;
    a2 += acs;
    a3 += acs;
  }
  v128.store(c, c0);
  v128.store(c + ldc, c1);
  v128.store(c + 2 * ldc, c2);
  v128.store(c + 3 * ldc, c3);
}

function tile1x4(c: usize, a: usize, acs: usize, b: usize, ldb: usize, k: i32, init: usize): void {
  let c0 = f32x4.splat(0);
  if (init) c0 = v128.load(init);
  for (let p = 0; p < k; ++p) {
    c0 = f32x4.add(c0, f32x4.mul(v128.load_splat<f32>(a), v128.load(b)));
    b += ldb;
    a += acs;
  }
  v128.store(c, c0);
}

function tile1x1(c: usize, a: usize, acs: usize, b: usize, ldb: usize, k: i32, init: usize): void {
  let sum: f32 = 0;
  if (init) sum = load<f32>(init);
  for (let p = 0; p < k; ++p) {
    sum += load<f32>(a) * load<f32>(b);
    b += ldb;
    a += acs;
  }
  store<f32>(c, sum);
}

/**
 * C = I + A B. C is m x n with row stride ldc; A is m x k with row stride ars and column stride acs (so a transposed A
 * costs nothing); B is k x n with row stride ldb. I is read at `init` with row stride ldi: 0 for none, C itself to
 * accumulate, a row vector with ldi = 0 for a bias.
 */
export function gemm(
  c: usize,
  ldc: i32,
  a: usize,
  ars: i32,
  acs: i32,
  b: usize,
  ldb: i32,
  m: i32,
  n: i32,
  k: i32,
  init: usize,
  ldi: i32,
): void {
  const rowC = (<usize>ldc) << 2,
    rowA = (<usize>ars) << 2,
    colA = (<usize>acs) << 2,
    rowB = (<usize>ldb) << 2;
  let from = init,
    rowI = (<usize>ldi) << 2;
  for (let k0 = 0; k0 < k; k0 += K_BLOCK) {
    const depth = min(K_BLOCK, k - k0);
    const ak = a + <usize>k0 * colA,
      bk = b + <usize>k0 * rowB;
    let i = 0;
    for (; i + 4 <= m; i += 4) {
      const ai = ak + <usize>i * rowA,
        ci = c + <usize>i * rowC,
        ii = from ? from + <usize>i * rowI : 0;
      let j: usize = 0;
      for (; j + 8 <= <usize>n; j += 8) {
        const o = j << 2;
        tile4x8(ci + o, rowC, ai, rowA, colA, bk + o, rowB, depth, ii ? ii + o : 0, rowI);
      }
      for (; j + 4 <= <usize>n; j += 4) {
        const o = j << 2;
        tile4x4(ci + o, rowC, ai, rowA, colA, bk + o, rowB, depth, ii ? ii + o : 0, rowI);
      }
      for (; j < <usize>n; ++j) {
        const o = j << 2;
        for (let r: usize = 0; r < 4; ++r) {
          tile1x1(ci + r * rowC + o, ai + r * rowA, colA, bk + o, rowB, depth, ii ? ii + r * rowI + o : 0);
        }
      }
    }
    for (; i < m; ++i) {
      const ai = ak + <usize>i * rowA,
        ci = c + <usize>i * rowC,
        ii = from ? from + <usize>i * rowI : 0;
      let j: usize = 0;
      for (; j + 8 <= <usize>n; j += 8)
        tile1x8(ci + (j << 2), ai, colA, bk + (j << 2), rowB, depth, ii ? ii + (j << 2) : 0);
      for (; j + 4 <= <usize>n; j += 4)
        tile1x4(ci + (j << 2), ai, colA, bk + (j << 2), rowB, depth, ii ? ii + (j << 2) : 0);
      for (; j < <usize>n; ++j) tile1x1(ci + (j << 2), ai, colA, bk + (j << 2), rowB, depth, ii ? ii + (j << 2) : 0);
    }
    from = c;
    rowI = rowC;
  }
}

/** B = Aᵀ: A is m x n with row stride lda; B is n x m with row stride ldb; columns m..ldb-1 of B become 0. */
export function transpose(b: usize, ldb: i32, a: usize, lda: i32, m: i32, n: i32): void {
  for (let j = 0; j < n; ++j) {
    let to = b + ((<usize>(j * ldb)) << 2),
      at = a + ((<usize>j) << 2);
    for (let i = 0; i < m; ++i) {
      store<f32>(to, load<f32>(at));
      to += 4;
      at += (<usize>lda) << 2;
    }
    for (let i = m; i < ldb; ++i) {
      store<f32>(to, 0);
      to += 4;
    }
  }
}

/** out[j] += sum over rows of x[i][j]; n a multiple of 4 or any (scalar tail). */
export function addColumnSums(out: usize, x: usize, rows: i32, n: i32, ld: i32): void {
  let j = 0;
  const step = (<usize>ld) << 2;
  for (; j + 4 <= n; j += 4) {
    let at = x + ((<usize>j) << 2),
      sum = f32x4.splat(0);
    for (let i = 0; i < rows; ++i) {
      sum = f32x4.add(sum, v128.load(at));
      at += step;
    }
    const to = out + ((<usize>j) << 2);
    v128.store(to, f32x4.add(v128.load(to), sum));
  }
  for (; j < n; ++j) {
    let at = x + ((<usize>j) << 2),
      sum: f32 = 0;
    for (let i = 0; i < rows; ++i) {
      sum += load<f32>(at);
      at += step;
    }
    const to = out + ((<usize>j) << 2);
    store<f32>(to, load<f32>(to) + sum);
  }
}

/** x[i][:] += bias, for every row; n a multiple of 4. */
export function addRow(x: usize, bias: usize, rows: i32, n: i32): void {
  let at = x;
  for (let i = 0; i < rows; ++i) {
    for (let j = 0; j < n; j += 4) {
      v128.store(at, f32x4.add(v128.load(at), v128.load(bias + ((<usize>j) << 2))));
      at += 16;
    }
  }
}
