/** How a reader looks at a cell's result: nothing that is computed depends on it. */

import { COLOURMAP_NAMES, type ColourmapName } from '../lib/image/colourmap-names.ts';

export const VIEW_KINDS = ['surface', 'cube'] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];
export type Camera = readonly [yaw: number, pitch: number, zoom: number];

export interface Look {
  /** Grey where it is left out. */
  readonly map?: ColourmapName;
  /** The 3D view that is open. */
  readonly view?: ViewKind;
  /** Where the 3D view is seen from, if it was turned: yaw and pitch in radians, and the zoom. */
  readonly camera?: Camera;
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

/** The look with another 3D view, or none, and the camera that goes with it. */
export function withView({ map }: Look, view: ViewKind | null, camera: Camera | null = null): Look {
  return {
    ...(map === undefined ? {} : { map }),
    ...(view === null ? {} : { view, ...(camera === null ? {} : { camera }) }),
  };
}

export function isLook(value: unknown): value is Look {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([key, one]: [string, unknown]) => {
    switch (key) {
      case 'map':
        return COLOURMAP_NAMES.some((name) => name === one);
      case 'view':
        return VIEW_KINDS.some((kind) => kind === one);
      case 'camera':
        return Array.isArray(one) && one.length === 3 && one.every(Number.isFinite);
      default:
        return false;
    }
  });
}
