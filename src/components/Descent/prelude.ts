/** The study's functions in Julia. A reader's own loss finds them defined, beside `T` and `start`; surfaces drawn at build use them too. */
export const PRELUDE = `plus_one(x) = (x .+ 1) ./ sum(x .+ 1; dims=1)
V(x) = (q = normalize_image(plus_one(x)); normalize_image(q' * q))
V1(x) = (p = plus_one(x); normalize_image(p' * p))
function warp(image, k)
    n, m = size(image)
    row(x, y) = clamp(x + 10 * (k - 16) / 16 * sin(y / 4), 1, n)
    at(x, y) = (lo = floor(Int, x); hi = min(lo + 1, n); (1 - (x - lo)) * image[lo, y] + (x - lo) * image[hi, y])
    [at(row(x, y), y) for x in 1:n, y in 1:m]
end`;

/** The first suggestion: the built-in loss, and a wish not to leave the start too far behind. */
export const OWN_LOSS = `loss(x) = norm(V(x) - T) + 0.01 * sum((x - start) .^ 2)`;
