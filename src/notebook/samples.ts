/** Pictures that the site lends its readers beside those of its articles: `picture("grass")`. Each is chosen for what it shows in a product. */
export interface Sample {
  readonly name: string;
  /** What a product with it shows, for the reader. */
  readonly shows: string;
}

export const SAMPLES: readonly Sample[] = [
  { name: 'staircase', shows: 'eight steps of grey: every row alike, one singular layer' },
  { name: 'grid', shows: 'lines at every 32 pixels: a product keeps their spacing' },
  { name: 'noise', shows: 'independent levels: nothing agrees with anything but itself' },
  { name: 'text', shows: 'dark strokes on white: means of rows that jump' },
  { name: 'face', shows: 'ellipses, the same left and right' },
  { name: 'grass', shows: 'a meadow by P. H. Emerson, 1888: texture without edges' },
  { name: 'cat', shows: 'a cat walks and runs, by E. Muybridge, 1887: what repeats, but never exactly' },
];
