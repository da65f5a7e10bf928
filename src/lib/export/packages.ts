/** Which package of Julia has a name of the subset. What stands nowhere here is Julia's own (Base), or this site's (helpers.ts). */

const words = (text: string): string[] => text.split(/\s+/);

/** The names that are taken from each package. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  LinearAlgebra: words(
    'Symmetric UpperTriangular LowerTriangular norm dot ⋅ tr diag diagm Diagonal kron I det logdet rank svd svdvals eigen eigvals eigvecs qr lu cholesky pinv nullspace cond opnorm triu tril issymmetric ishermitian isdiag istriu istril isposdef normalize',
  ),
  Statistics: words('mean var std cor cov median quantile'),
  Random: words('randperm shuffle seed!'),
  Printf: words('@printf @sprintf'),
  NNlib: words('softmax logsoftmax relu leakyrelu relu6 elu gelu swish sigmoid σ sigmoid_fast softplus tanh_fast'),
  TestImages: ['testimage'],
  ImageTransformations: ['imresize', 'imrotate'],
  Images: words(
    'Gray RGB red green blue gray color alpha float32 float64 n0f8 clamp01 clamp01nan channelview colorview imfilter centered Fill Kernel adjust_histogram mosaicview mosaic load N0f8',
  ),
  Interpolations: words(
    'LinearInterpolation linear_interpolation interpolate extrapolate BSpline Linear Throw Flat Line',
  ),
  Plots: words('plot plot! scatter scatter! bar histogram heatmap'),
  Zygote: words('gradient withgradient pullback jacobian hessian ignore dropgrad'),
  ChainRulesCore: ['ignore_derivatives'],
  Flux: words(
    'params Params train! throttle Descent Momentum Nesterov RMSProp ADAGrad ADAM Adam ADAMW AdamW mse mae stopgradient',
  ),
  Optimisers: words('setup update update!'),
  Downloads: ['download'],
};

/** Modules that a program may name as such, `Random.seed!(1)`. */
const MODULES = new Set([...Object.keys(PACKAGES)]);

/** Come with Julia, and are not installed. */
const STANDARD = new Set(['LinearAlgebra', 'Statistics', 'Random', 'Printf', 'Downloads', 'Base64']);

const packageOf = new Map(Object.entries(PACKAGES).flatMap(([from, names]) => names.map((name) => [name, from])));

/** The lines that bring the names in, a package a line, each name called by name so that none meets a name of the program's. */
export function usingLines(names: Iterable<string>): string[] {
  const wanted = new Set(names);
  const lines = Object.entries(PACKAGES).flatMap(([from, list]) => {
    const taken = list.filter((name) => wanted.has(name));
    return taken.length === 0 ? [] : [`using ${from}: ${taken.join(', ')}`];
  });
  const modules = [...MODULES].filter((name) => wanted.has(name)).map((name) => `import ${name}`);
  return [...lines, ...modules];
}

/** Packages to install for these names, by their own names. */
export function packagesFor(names: Iterable<string>): string[] {
  const found = new Set<string>();
  for (const name of names) {
    const from = MODULES.has(name) ? name : packageOf.get(name);
    if (from !== undefined && !STANDARD.has(from)) found.add(from);
  }
  return [...found].toSorted();
}
