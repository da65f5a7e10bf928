/**
 * The elementwise functions in GLSL ES 3.0, one number at a time. The language leaves NaN, infinities, ties and signs to
 * the hardware, so each is spelt out to mean what `scalar.ts` says.
 */
import type { BinaryOp, UnaryOp } from './engine.ts';

/** Shared by all shaders. tfjs supplies `NAN` (a uniform) and an `isnan` that looks at the bits. */
export const prelude = `
  #define INF uintBitsToFloat(0x7f800000u)
  bool finite(float x) { return (floatBitsToUint(x) & 0x7f800000u) != 0x7f800000u; }
  bool negative(float x) { return floatBitsToUint(x) >= 0x80000000u; }
  uint high(uint a, uint b) {
    uint low = (a >> 16) * (b & 65535u) + ((a & 65535u) * (b & 65535u) >> 16);
    return (a >> 16) * (b >> 16) + (low >> 16) + (((a & 65535u) * (b >> 16) + (low & 65535u)) >> 16);
  }
  float signed(float size, float x) { return uintBitsToFloat((floatBitsToUint(size) & 0x7fffffffu) | (floatBitsToUint(x) & 0x80000000u)); }
`;

/**
 * Sine and cosine by quadrant and polynomial (Moshier's Cephes, sinf and cosf), to two units in the last place: the built-in ones
 * are allowed errors of 2^-11, and some software renderers make 2e-5 of it. Beyond 8192 three parts of π/2 are too few: there x times 2/π
 * is taken in whole numbers, modulo 4, from as many of its digits as x needs (Payne and Hanek, 1983).
 */
const angle = `
  if (!finite(x)) return NAN;
  float turn = floor(x * 0.636619772367581 + 0.5);
  float y = ((x - turn * 1.5703125) - turn * 4.837512969970703e-4) - turn * 7.549789948768648e-8;
  int quadrant = int(turn - 4. * floor(turn * 0.25));
  if (abs(x) > 8192.) {
    const uint digits[7] = uint[7](0x28be60dbu, 0x9391054au, 0x7f09d5f4u, 0x7d4d3770u, 0x36d8a566u, 0x4f10e410u, 0x7f9458eau);
    uint bits = floatBitsToUint(x);
    uint a = (bits << 8) | 0x80000000u;
    uint e = ((bits >> 23) & 255u) - 126u;
    uint i = e >> 5;
    e &= 31u;
    uint first = i > 0u ? digits[i - 1u] : 0u, second = digits[i], third = digits[i + 1u];
    if (e > 0u) {
      first = (first << e) | (second >> (32u - e));
      second = (second << e) | (third >> (32u - e));
      third = (third << e) | (digits[i + 2u] >> (32u - e));
    }
    uint low = a * second + high(a, third);
    uint top = a * first + high(a, second) + uint(low < a * second);
    uint quarter = top >> 30;
    top &= 0x3fffffffu;
    bool beyond = top >= 0x20000000u;
    if (beyond) {
      quarter += 1u;
      low = 0u - low;
      top = 0x40000000u - top - uint(low > 0u);
    }
    y = (float(top) * 4294967296. + float(low)) * 3.4061215800304814e-19;
    if (beyond != negative(x)) y = -y;
    quadrant = int((negative(x) ? 4u - quarter : quarter) & 3u);
  }
  float z = y * y;
  float s = ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1) * z * y + y;
  float c = ((2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2) * z * z - 0.5 * z + 1.;
  float sine = quadrant == 0 ? s : quadrant == 1 ? c : quadrant == 2 ? -s : -c;
  float cosine = quadrant == 0 ? c : quadrant == 1 ? -s : quadrant == 2 ? -c : s;
`;

/** `power` is 2^n or 10^n for whole n, exact as far as float32 holds it. */
const twoToThe = (n: string): string => `float power = uintBitsToFloat(uint(int(${n}) + 127) << 23);`;
const tenToThe = (n: string): string => `
  float power = 1.;
  for (int k = int(abs(${n})); k > 0; k--) power *= 10.;
  if (${n} < 0.) power = 1. / power;`;

/** A logarithm, whole for the powers of its base: the built-in one may miss them by a digit. */
const logarithm = (value: string, powerOfBase?: (n: string) => string): string => `
  if (x < 0.) return NAN;
  if (x == 0. || !finite(x)) return x == 0. ? -INF : x;
  float y = ${value};
  ${powerOfBase ? `float n = floor(y + 0.5); ${powerOfBase('n')} return power == x ? n : y;` : 'return y;'}`;

/** e^(x/2) twice over, so that the larger values of sinh and cosh do not overflow on the way. */
const halves = 'float h = exp(0.5 * abs(x)); float most = 0.5 * h * h; float least = 0.5 / (h * h);';

/** Bodies of \`float op(float x)\`, for x that is not NaN. */
export const unaryBodies: Readonly<Record<UnaryOp, string>> = {
  neg: 'return -x;',
  exp: 'return x > 88.72284 ? INF : x < -103.9721 ? 0. : exp(x);',
  exp2: `
    if (x >= 128. || x < -126. || x != floor(x)) return x >= 128. ? INF : x < -150. ? 0. : exp2(x);
    ${twoToThe('x')} return power;`,
  exp10: `
    if (x > 38.54 || x < -37. || x != floor(x)) return x > 38.54 ? INF : x < -45.2 ? 0. : exp2(x * 3.3219280948873626);
    ${tenToThe('x')} return power;`,
  expm1: `
    if (abs(x) > 0.3) return x > 88.72284 ? INF : x < -20. ? -1. : exp(x) - 1.;
    return x * (1. + x / 2. * (1. + x / 3. * (1. + x / 4. * (1. + x / 5. * (1. + x / 6. * (1. + x / 7.))))));`,
  log: logarithm('log(x)'),
  log2: logarithm('log2(x)', twoToThe),
  log10: logarithm('log(x) * 0.4342944819032518', tenToThe),
  log1p: `
    if (x < -1.) return NAN;
    if (x < -0.3 || x > 0.5) return x == -1. ? -INF : finite(x) ? log(1. + x) : x;
    float s = x / (2. + x);
    float z = s * s;
    return x == 0. ? x : 2. * s * (1. + z * (1. / 3. + z * (0.2 + z * (1. / 7. + z / 9.))));`,
  cbrt: `
    if (x == 0. || !finite(x)) return x;
    float y = exp2(log2(abs(x)) / 3.);
    return signed(y - (y * y * y - abs(x)) / (3. * y * y), x);`,
  sqrt: 'return x < 0. ? NAN : x == 0. || !finite(x) ? x : sqrt(x);',
  sin: `${angle} return x == 0. ? x : sine;`,
  cos: `${angle} return cosine;`,
  tan: `${angle} return x == 0. ? x : sine / cosine;`,
  asin: 'return abs(x) > 1. ? NAN : x == 0. ? x : atan(x, sqrt((1. - x) * (1. + x)));',
  acos: 'return abs(x) > 1. ? NAN : x == 1. ? 0. : atan(sqrt((1. - x) * (1. + x)), x);',
  sinh: `
    float z = x * x;
    if (z < 0.25) return x * (1. + z / 6. * (1. + z / 20. * (1. + z / 42.)));
    ${halves} return signed(most - least, x);`,
  cosh: `${halves} return most + least;`,
  tanh: `
    float z = x * x;
    if (z < 0.09) return x * (1. + z * (-1. / 3. + z * (2. / 15. + z * (-17. / 315. + z * 62. / 2835.))));
    float e = exp(-2. * min(abs(x), 20.));
    return signed((1. - e) / (1. + e), x);`,
  atan: 'return atan(clamp(x, -1e9, 1e9));',
  abs: 'return abs(x);',
  sign: 'return x > 0. ? 1. : x < 0. ? -1. : x;',
  floor: 'return signed(floor(x), x);',
  ceil: 'return signed(ceil(x), x);',
  round: `
    float below = floor(x);
    float part = x - below;
    bool up = finite(x) && (part > 0.5 || (part == 0.5 && below != 2. * floor(below * 0.5)));
    return signed(up ? below + 1. : below, x);`,
  trunc: 'return signed(floor(abs(x)), x);',
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
    return signed(r, a);
  }
`;

/** Whole exponents by repeated squaring: the built-in pow goes through a logarithm, and 3^2 would not be 9. */
const power = `
  float power(float a, float b) {
    if (b == 0. || a == 1.) return 1.;
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
      return size == 1. ? 1. : (size > 1.) == (b > 0.) ? INF : 0.;
    }
    bool odd = b == floor(b) && b != 2. * floor(b * 0.5);
    if (a < 0. && b != floor(b)) return finite(a) ? NAN : b > 0. ? INF : 0.;
    float size = a == 0. ? (b > 0. ? 0. : INF) : finite(a) ? exp2(b * log2(abs(a))) : b > 0. ? INF : 0.;
    return negative(a) && odd ? -size : size;
  }
`;

/** Functions, and the body of \`float op(float a, float b)\` that uses them. */
export const binaryBodies: Readonly<Record<BinaryOp, { readonly functions?: string; readonly body: string }>> = {
  add: { body: 'return a + b;' },
  sub: { body: 'return a - b;' },
  mul: { body: 'return a * b;' },
  div: { functions: divide, body: 'return quotient(a, b);' },
  pow: { functions: power, body: 'return power(a, b);' },
  // Equal numbers differ at most in the sign of a zero: -0.0 is the lesser.
  min: { body: `return isnan(a) || isnan(b) ? NAN : a == b ? (negative(a) ? a : b) : min(a, b);` },
  max: { body: `return isnan(a) || isnan(b) ? NAN : a == b ? (negative(a) ? b : a) : max(a, b);` },
  mod: {
    functions: remainder,
    body: 'float r = remainder(a, b); return r == 0. ? signed(r, b) : (r < 0.) != (b < 0.) ? r + b : r;',
  },
  rem: { functions: remainder, body: 'return remainder(a, b);' },
  atan2: {
    body: `
      if (isnan(a) || isnan(b)) return NAN;
      float y = abs(a);
      float angle = 1.57079632679490;
      if (y == 0. || (finite(y) && !finite(b))) angle = negative(b) ? 3.14159265358979 : 0.;
      else if (!finite(y) && !finite(b)) angle = negative(b) ? 2.35619449019234 : 0.785398163397448;
      else if (finite(y) && b != 0.) angle = atan(y, b);
      return signed(angle, a);`,
  },
  eq: { body: 'return a == b && !isnan(a) && !isnan(b) ? 1. : 0.;' },
  ne: { body: 'return a != b || isnan(a) || isnan(b) ? 1. : 0.;' },
  lt: { body: 'return a < b && !isnan(a) && !isnan(b) ? 1. : 0.;' },
  le: { body: 'return a <= b && !isnan(a) && !isnan(b) ? 1. : 0.;' },
  and: { body: 'return (a != 0. || isnan(a)) && (b != 0. || isnan(b)) ? 1. : 0.;' },
  or: { body: 'return a != 0. || isnan(a) || b != 0. || isnan(b) ? 1. : 0.;' },
};
