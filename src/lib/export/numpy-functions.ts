/** Julia's functions in NumPy's words, and those that are written out in Python. */

/** Of an element: f.(x), or f(x) of a number. */
export const ELEMENTWISE: Readonly<Record<string, string>> = {
  exp: 'np.exp',
  log: 'np.log',
  log2: 'np.log2',
  log10: 'np.log10',
  log1p: 'np.log1p',
  expm1: 'np.expm1',
  sqrt: 'np.sqrt',
  '√': 'np.sqrt',
  cbrt: 'np.cbrt',
  sin: 'np.sin',
  cos: 'np.cos',
  tan: 'np.tan',
  asin: 'np.arcsin',
  acos: 'np.arccos',
  atan: 'np.arctan',
  sinh: 'np.sinh',
  cosh: 'np.cosh',
  tanh: 'np.tanh',
  abs: 'np.abs',
  abs2: 'np.square',
  sign: 'np.sign',
  floor: 'np.floor',
  ceil: 'np.ceil',
  trunc: 'np.trunc',
  round: 'np.round',
  isnan: 'np.isnan',
  min: 'np.minimum',
  max: 'np.maximum',
  clamp: 'np.clip',
  mod: 'np.mod',
  rem: 'np.fmod',
  hypot: 'np.hypot',
  ifelse: 'np.where',
  xor: 'np.logical_xor',
};

/** Over everything, or along `dims`. */
export const REDUCTIONS: Readonly<Record<string, readonly [name: string, more: string]>> = {
  sum: ['np.sum', ''],
  prod: ['np.prod', ''],
  mean: ['np.mean', ''],
  std: ['np.std', ', ddof=1'],
  var: ['np.var', ', ddof=1'],
  maximum: ['np.max', ''],
  minimum: ['np.min', ''],
  any: ['np.any', ''],
  all: ['np.all', ''],
};

/** Written out where they are used. */
export const WRITTEN_OUT: Readonly<Record<string, string>> = {
  normalize_image: `def normalize_image(x):
    low, high = np.min(x), np.max(x)
    return (x - low) / (high - low)`,
  normalize_image_signed: `def normalize_image_signed(x):
    low, high = np.min(x), np.max(x)
    return 2 * ((x - low) / (high - low)) - 1`,
  softmax: `def softmax(x, axis=0):
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)`,
  imresize: `def imresize(x, rows, cols):
    def sampling(have, want):
        p = np.clip(have / want * (np.arange(want) + 0.5) - 0.5, 0, have - 1)
        low = np.floor(p).astype(int)
        weights = np.zeros((want, have))
        weights[np.arange(want), low] = 1 - (p - low)
        weights[np.arange(want), np.minimum(low + 1, have - 1)] += p - low
        return weights
    return sampling(x.shape[0], rows) @ x @ sampling(x.shape[1], cols).T`,
  picture: `def picture(address):
    """A picture in grey, as numbers from 0 to 1."""
    file = io.BytesIO(urllib.request.urlopen(address).read())
    return np.asarray(Image.open(file).convert("L")) / 255`,
};
