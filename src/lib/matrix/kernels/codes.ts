/** Numbers of the functions that the kernels have. Read by the kernels (AssemblyScript) and by `../wasm-host.ts` alike. */
export const NEG = 0;
export const ABS = 1;
export const SQRT = 2;
export const FLOOR = 3;
export const CEIL = 4;
export const TRUNC = 5;
/** To the nearest, ties to even. */
export const ROUND = 6;
export const EXP = 7;
export const LOG = 8;
export const NOT = 9;
export const ISNAN = 10;
export const ISFINITE = 11;

export const ADD = 0;
export const SUB = 1;
export const MUL = 2;
export const DIV = 3;
export const MIN = 4;
export const MAX = 5;
/** Comparisons give 1 or 0. */
export const EQ = 6;
export const NE = 7;
export const LT = 8;
export const LE = 9;
export const AND = 10;
export const OR = 11;
