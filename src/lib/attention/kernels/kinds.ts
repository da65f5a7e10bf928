/** Numbers of the maps T of the values. Read by the kernels (AssemblyScript) and by `../transforms.ts` alike. */
export const NONE = 0;
/** Softmax over the tokens. */
export const SOFTMAX = 1;
/** Minus the mean over the tokens. */
export const CENTRED = 2;
/** Centred, and divided by the deviation over the tokens. */
export const STANDARDISED = 3;
export const EXP = 4;
/** Softmax over the features of a head. */
export const FEATURES = 5;
