/**
 * Functions of each element. Single precision gives the very bits that double precision, rounded once, would. Each function is a class without
 * fields, so that the compiler writes a loop for each; one loop that asked which function it is would be slower.
 */
import {
  ABS,
  ADD,
  AND,
  CEIL,
  DIV,
  EQ,
  EXP,
  FLOOR,
  ISFINITE,
  ISNAN,
  LE,
  LOG,
  LT,
  MAX,
  MIN,
  MUL,
  NE,
  NEG,
  NOT,
  OR,
  ROUND,
  SQRT,
  SUB,
  TRUNC,
} from './codes';
import { exp4, ln4 } from './math';

class Neg {
  of(x: v128): v128 {
    return f32x4.neg(x);
  }
}
class Abs {
  of(x: v128): v128 {
    return f32x4.abs(x);
  }
}
class Sqrt {
  of(x: v128): v128 {
    return f32x4.sqrt(x);
  }
}
class Floor {
  of(x: v128): v128 {
    return f32x4.floor(x);
  }
}
class Ceil {
  of(x: v128): v128 {
    return f32x4.ceil(x);
  }
}
class Trunc {
  of(x: v128): v128 {
    return f32x4.trunc(x);
  }
}
class Round {
  of(x: v128): v128 {
    return f32x4.nearest(x);
  }
}
class Exp {
  of(x: v128): v128 {
    return exp4(x);
  }
}
class Not {
  of(x: v128): v128 {
    return v128.and(f32x4.eq(x, f32x4.splat(0)), f32x4.splat(1));
  }
}
class IsNaN {
  of(x: v128): v128 {
    return v128.and(f32x4.ne(x, x), f32x4.splat(1));
  }
}
class IsFinite {
  of(x: v128): v128 {
    return v128.and(f32x4.lt(f32x4.abs(x), f32x4.splat(Infinity)), f32x4.splat(1));
  }
}
class Log {
  of(x: v128): v128 {
    return ln4(x);
  }
}

function each<F>(out: usize, x: usize, count: i32): void {
  const f = changetype<F>(0);
  const end = x + ((<usize>count) << 2);
  for (; x + 16 <= end; x += 16) {
    v128.store(out, f.of(v128.load(x)));
    out += 16;
  }
  for (; x < end; x += 4) {
    v128.store32_lane(out, f.of(v128.load32_zero(x)), 0);
    out += 4;
  }
}

/** out[k] = f(x[k]), f by its number in `codes.ts`. */
export function unary(op: i32, out: usize, x: usize, count: i32): void {
  if (op == NEG) each<Neg>(out, x, count);
  else if (op == ABS) each<Abs>(out, x, count);
  else if (op == SQRT) each<Sqrt>(out, x, count);
  else if (op == FLOOR) each<Floor>(out, x, count);
  else if (op == CEIL) each<Ceil>(out, x, count);
  else if (op == TRUNC) each<Trunc>(out, x, count);
  else if (op == ROUND) each<Round>(out, x, count);
  else if (op == EXP) each<Exp>(out, x, count);
  else if (op == LOG) each<Log>(out, x, count);
  else if (op == NOT) each<Not>(out, x, count);
  else if (op == ISNAN) each<IsNaN>(out, x, count);
  else if (op == ISFINITE) each<IsFinite>(out, x, count);
}

class Add {
  of(x: v128, y: v128): v128 {
    return f32x4.add(x, y);
  }
}
class Sub {
  of(x: v128, y: v128): v128 {
    return f32x4.sub(x, y);
  }
}
class Mul {
  of(x: v128, y: v128): v128 {
    return f32x4.mul(x, y);
  }
}
class Div {
  of(x: v128, y: v128): v128 {
    return f32x4.div(x, y);
  }
}
class Min {
  of(x: v128, y: v128): v128 {
    return f32x4.min(x, y);
  }
}
class Max {
  of(x: v128, y: v128): v128 {
    return f32x4.max(x, y);
  }
}
class Eq {
  of(x: v128, y: v128): v128 {
    return v128.and(f32x4.eq(x, y), f32x4.splat(1));
  }
}
class Ne {
  of(x: v128, y: v128): v128 {
    return v128.and(f32x4.ne(x, y), f32x4.splat(1));
  }
}
class Lt {
  of(x: v128, y: v128): v128 {
    return v128.and(f32x4.lt(x, y), f32x4.splat(1));
  }
}
class Le {
  of(x: v128, y: v128): v128 {
    return v128.and(f32x4.le(x, y), f32x4.splat(1));
  }
}
/** Every number but the two zeros counts as true, NaN too. */
class And {
  of(x: v128, y: v128): v128 {
    const zero = f32x4.splat(0);
    return v128.and(v128.and(f32x4.ne(x, zero), f32x4.ne(y, zero)), f32x4.splat(1));
  }
}
class Or {
  of(x: v128, y: v128): v128 {
    const zero = f32x4.splat(0);
    return v128.and(v128.or(f32x4.ne(x, zero), f32x4.ne(y, zero)), f32x4.splat(1));
  }
}

function pairs<F>(
  out: usize,
  rows: i32,
  cols: i32,
  x: usize,
  xDown: i32,
  xRight: i32,
  y: usize,
  yDown: i32,
  yRight: i32,
): void {
  const f = changetype<F>(0);
  for (let i = 0; i < rows; ++i) {
    let p = x + ((<usize>i * xDown) << 2),
      q = y + ((<usize>i * yDown) << 2);
    const end = out + ((<usize>cols) << 2);
    const first = v128.load32_splat(p),
      second = v128.load32_splat(q);
    for (; out + 16 <= end; out += 16) {
      v128.store(out, f.of(xRight ? v128.load(p) : first, yRight ? v128.load(q) : second));
      p += 16;
      q += 16;
    }
    for (; out < end; out += 4) {
      v128.store32_lane(out, f.of(xRight ? v128.load32_zero(p) : first, yRight ? v128.load32_zero(q) : second), 0);
      p += 4;
      q += 4;
    }
  }
}

/**
 * out[i, j] = f(x[i xDown + j xRight], y[i yDown + j yRight]), f by its number in `codes.ts`; the result is rows x cols without gaps, `xRight` and
 * `yRight` are 0 or 1, and rows and cols at least 1.
 */
export function binary(
  op: i32,
  out: usize,
  rows: i32,
  cols: i32,
  x: usize,
  xDown: i32,
  xRight: i32,
  y: usize,
  yDown: i32,
  yRight: i32,
): void {
  if (op == ADD) pairs<Add>(out, rows, cols, x, xDown, xRight, y, yDown, yRight);
  else if (op == SUB) pairs<Sub>(out, rows, cols, x, xDown, xRight, y, yDown, yRight);
  else if (op == MUL) pairs<Mul>(out, rows, cols, x, xDown, xRight, y, yDown, yRight);
  else if (op == DIV) pairs<Div>(out, rows, cols, x, xDown, xRight, y, yDown, yRight);
  else if (op == MIN) pairs<Min>(out, rows, cols, x, xDown, xRight, y, yDown, yRight);
  else if (op == MAX) pairs<Max>(out, rows, cols, x, xDown, xRight, y, yDown, yRight);
  else if (op == EQ) pairs<Eq>(out, rows, cols, x, xDown, xRight, y, yDown, yRight);
  else if (op == NE) pairs<Ne>(out, rows, cols, x, xDown, xRight, y, yDown, yRight);
  else if (op == LT) pairs<Lt>(out, rows, cols, x, xDown, xRight, y, yDown, yRight);
  else if (op == LE) pairs<Le>(out, rows, cols, x, xDown, xRight, y, yDown, yRight);
  else if (op == AND) pairs<And>(out, rows, cols, x, xDown, xRight, y, yDown, yRight);
  else if (op == OR) pairs<Or>(out, rows, cols, x, xDown, xRight, y, yDown, yRight);
}

/** out = mask != 0 ? x : y, each broadcast as in `binary`; NaN is not 0. */
export function select(
  out: usize,
  rows: i32,
  cols: i32,
  mask: usize,
  maskDown: i32,
  maskRight: i32,
  x: usize,
  xDown: i32,
  xRight: i32,
  y: usize,
  yDown: i32,
  yRight: i32,
): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < rows; ++i) {
    let m = mask + ((<usize>i * maskDown) << 2),
      p = x + ((<usize>i * xDown) << 2),
      q = y + ((<usize>i * yDown) << 2);
    const end = out + ((<usize>cols) << 2);
    const all = v128.load32_splat(m),
      first = v128.load32_splat(p),
      second = v128.load32_splat(q);
    while (out < end) {
      const whole = out + 16 <= end;
      const step: usize = whole ? 16 : 4;
      const a = maskRight ? (whole ? v128.load(m) : v128.load32_zero(m)) : all,
        b = xRight ? (whole ? v128.load(p) : v128.load32_zero(p)) : first,
        c = yRight ? (whole ? v128.load(q) : v128.load32_zero(q)) : second;
      const chosen = v128.bitselect(c, b, f32x4.eq(a, zero));
      if (whole) v128.store(out, chosen);
      else v128.store32_lane(out, chosen, 0);
      m += step;
      p += step;
      q += step;
      out += step;
    }
  }
}
