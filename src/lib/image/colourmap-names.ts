export const COLOURMAP_NAMES = ['grey', 'viridis', 'cividis', 'diverging'] as const;

export type ColourmapName = (typeof COLOURMAP_NAMES)[number];
