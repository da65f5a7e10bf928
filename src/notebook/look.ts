/** How a reader looks at a cell's result: nothing that is computed depends on it. */

import { COLOURMAP_NAMES, type ColourmapName } from '../lib/image/colourmap-names.ts';

export interface Look {
  /** Grey where it is left out. */
  readonly map?: ColourmapName;
  /** The 3D view is open. */
  readonly view?: true;
  /** Where the 3D view is seen from, if it was turned: azimuth and elevation in radians, and the distance. */
  readonly camera?: readonly [number, number, number];
}

export function sameLook(some: Look, other: Look): boolean {
  return (
    (some.map ?? 'grey') === (other.map ?? 'grey') &&
    some.view === other.view &&
    String(some.camera) === String(other.camera)
  );
}

/** Whether a result is looked at as the article shows it. */
export function isPlain(look: Look): boolean {
  return sameLook(look, {});
}

export function isLook(value: unknown): value is Look {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([key, one]: [string, unknown]) => {
    switch (key) {
      case 'map':
        return COLOURMAP_NAMES.some((name) => name === one);
      case 'view':
        return one === true;
      case 'camera':
        return Array.isArray(one) && one.length === 3 && one.every(Number.isFinite);
      default:
        return false;
    }
  });
}
