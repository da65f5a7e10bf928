/**
 * The elementwise functions in GLSL ES 3.0, one number at a time. The language leaves NaN, infinities, ties and signs to
 * the hardware, so each is spelt out to mean what `scalar.ts` says.
 */
import type { BinaryOp, UnaryOp } from './engine.ts';

/** Shared by all shaders. tfjs supplies `NAN` (a uniform) and an `isnan` that looks at the bits. */
export const prelude = `
  #define INF uintBitsToFloat(0x7f800000u)
  bool finite(float x) { return (floatBitsToUint(x) & 0x7f800000u) != 0x7f800000u; }
`;

/**
 * Sine and cosine by quadrant and polynomial (Moshier's Cephes, sinf and cosf), to two units in the last place up to
 * |x| = 8192: the built-in ones are allowed errors of 2^-11, and some software renderers make 2e-5 of it.
 */
const angle = `
  if (!finite(x)) return NAN;
  float turn = floor(x * 0.636619772367581 + 0.5);
  float y = ((x - turn * 1.5703125) - turn * 4.837512969970703e-4) - turn * 7.549789948768648e-8;
  float z = y * y;
  float s = ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1) * z * y + y;
  float c = ((2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2) * z * z - 0.5 * z + 1.;
  int quadrant = int(turn - 4. * floor(turn * 0.25));
  float sine = quadrant == 0 ? s : quadrant == 1 ? c : quadrant == 2 ? -s : -c;
  float cosine = quadrant == 0 ? c : quadrant == 1 ? -s : quadrant == 2 ? -c : s;
`;

/** Bodies of \`float op(float x)\`, for x that is not NaN. */
export const unaryBodies: Readonly<Record<UnaryOp, string>> = {
  neg: 'return -x;',
  exp: 'return x > 88.72284 ? INF : x < -103.9721 ? 0. : exp(x);',
  log: 'return x < 0. ? NAN : x == 0. ? -INF : finite(x) ? log(x) : x;',
  sqrt: 'return x < 0. ? NAN : x == 0. || !finite(x) ? x : sqrt(x);',
  sin: `${angle} return sine;`,
  cos: `${angle} return cosine;`,
  tan: `${angle} return sine / cosine;`,
  tanh: 'float e = exp(-2. * min(abs(x), 20.)); float y = (1. - e) / (1. + e); return abs(x) < 1e-3 ? x : x < 0. ? -y : y;',
  atan: 'return atan(clamp(x, -1e9, 1e9));',
  abs: 'return abs(x);',
  sign: 'return x > 0. ? 1. : x < 0. ? -1. : x;',
  floor: 'return floor(x);',
  ceil: 'return ceil(x);',
  round: `
    float below = floor(x);
    float part = x - below;
    if (part < 0.5 || !finite(x)) return below;
    return part > 0.5 || below != 2. * floor(below * 0.5) ? below + 1. : below;`,
  not: 'return x == 0. ? 1. : 0.;',
  isnan: 'return 0.;',
  isfinite: 'return finite(x) ? 1. : 0.;',
};

/** What the functions above give for NaN, where it is not NaN itself. */
export const unaryOfNan: Partial<Record<UnaryOp, string>> = { not: '0.', isnan: '1.', isfinite: '0.' };

/** Division may be off by the last digit on some hardware; equal numbers must give one all the same. */
const divide = `
  float quotient(float a, float b) { return a == b && a != 0. && finite(a) ? 1. : a / b; }
`;

const remainder = `
  float remainder(float a, float b) {
    if (b == 0. || !finite(a) || isnan(b)) return NAN;
    if (!finite(b)) return a;
    float x = abs(a);
    float y = abs(b);
    float r = x - y * floor(x / y);
    r = r < 0. ? r + y : r;
    r = r >= y ? r - y : r;
    return a < 0. ? -r : r;
  }
`;

/** Whole exponents by repeated squaring: the built-in pow goes through a logarithm, and 3^2 would not be 9. */
const power = `
  float power(float a, float b) {
    if (b == 0.) return 1.;
    if (isnan(a) || isnan(b)) return NAN;
    if (b == floor(b) && abs(b) <= 64.) {
      float result = 1.;
      float square = a;
      for (int n = int(abs(b)); n > 0; n >>= 1) {
        if ((n & 1) == 1) result *= square;
        square *= square;
      }
      return b < 0. ? 1. / result : result;
    }
    if (!finite(b)) {
      float size = abs(a);
      return size == 1. ? NAN : (size > 1.) == (b > 0.) ? INF : 0.;
    }
    bool odd = b == floor(b) && b != 2. * floor(b * 0.5);
    if (a < 0. && b != floor(b)) return finite(a) ? NAN : b > 0. ? INF : 0.;
    float size = a == 0. ? (b > 0. ? 0. : INF) : finite(a) ? exp2(b * log2(abs(a))) : b > 0. ? INF : 0.;
    return a < 0. && odd ? -size : size;
  }
`;

/** Functions, and the body of \`float op(float a, float b)\` that uses them. */
export const binaryBodies: Readonly<Record<BinaryOp, { readonly functions?: string; readonly body: string }>> = {
  add: { body: 'return a + b;' },
  sub: { body: 'return a - b;' },
  mul: { body: 'return a * b;' },
  div: { functions: divide, body: 'return quotient(a, b);' },
  pow: { functions: power, body: 'return power(a, b);' },
  min: { body: 'return isnan(a) || isnan(b) ? NAN : min(a, b);' },
  max: { body: 'return isnan(a) || isnan(b) ? NAN : max(a, b);' },
  mod: {
    functions: remainder,
    body: 'float r = remainder(a, b); return r != 0. && (r < 0.) != (b < 0.) ? r + b : r;',
  },
  rem: { functions: remainder, body: 'return remainder(a, b);' },
  atan2: {
    body: `
      if (isnan(a) || isnan(b)) return NAN;
      if (!finite(a) || !finite(b)) {
        a = finite(a) ? sign(a) * 1e-30 : sign(a);
        b = finite(b) ? sign(b) * 1e-30 : sign(b);
      }
      return a == 0. ? (b < 0. ? 3.14159265358979 : 0.) : b == 0. ? sign(a) * 1.57079632679490 : atan(a, b);`,
  },
  eq: { body: 'return a == b && !isnan(a) && !isnan(b) ? 1. : 0.;' },
  ne: { body: 'return a != b || isnan(a) || isnan(b) ? 1. : 0.;' },
  lt: { body: 'return a < b && !isnan(a) && !isnan(b) ? 1. : 0.;' },
  le: { body: 'return a <= b && !isnan(a) && !isnan(b) ? 1. : 0.;' },
  and: { body: 'return (a != 0. || isnan(a)) && (b != 0. || isnan(b)) ? 1. : 0.;' },
  or: { body: 'return a != 0. || isnan(a) || b != 0. || isnan(b) ? 1. : 0.;' },
};
