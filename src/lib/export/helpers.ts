/** The functions of this site's that no package of Julia has, written out in Julia. */

export interface Helper {
  readonly name: string;
  readonly source: string;
}

export const HELPERS: readonly Helper[] = [
  {
    name: 'normalize_image',
    source: `function normalize_image(x)
    low, high = extrema(x)
    return (x .- low) ./ (high - low)
end`,
  },
  {
    name: 'normalize_image_signed',
    source: `function normalize_image_signed(x)
    low, high = extrema(x)
    return 2 .* ((x .- low) ./ (high - low)) .- 1
end`,
  },
];
