/** Where the camera stands: angles in radians around a target, pitch up from the horizon, zoom relative to the whole view. */
export interface Orbit {
  readonly yaw: number;
  readonly pitch: number;
  readonly zoom: number;
}

/** Vertical angle of every view, in radians: a long lens, so that faces stay nearly parallel. */
export const FIELD_OF_VIEW = Math.PI / 7;
/** Where a surface is first seen from. */
export const SURFACE_HOME: Orbit = { yaw: -0.5, pitch: 0.75, zoom: 1 };

const PITCH_MIN = -0.2;
// Just short of straight down, where the camera's "up" would lose its meaning.
const PITCH_MAX = Math.PI / 2 - 0.001;
const ZOOM_MIN = 0.5;
const ZOOM_MAX = 12;

/** Straight from above: the surface as a picture. */
export const FROM_ABOVE: Orbit = { yaw: 0, pitch: PITCH_MAX, zoom: 1 };
/** Straight from the front: the cube's product as a picture. */
export const FROM_FRONT: Orbit = { yaw: 0, pitch: 0, zoom: 1 };

/** Turned by the given angles, kept above the ground. */
export function turn(orbit: Orbit, yaw: number, pitch: number): Orbit {
  const turned = orbit.yaw + yaw;
  return {
    yaw: turned - 2 * Math.PI * Math.round(turned / (2 * Math.PI)),
    pitch: clamp(orbit.pitch + pitch, PITCH_MIN, PITCH_MAX),
    zoom: orbit.zoom,
  };
}

/** Nearer (factor above 1) or farther. */
export function zoomBy(orbit: Orbit, factor: number): Orbit {
  return { ...orbit, zoom: clamp(orbit.zoom * factor, ZOOM_MIN, ZOOM_MAX) };
}

/**
 * Unit vector from the target to the camera, right-handed: y up, z towards the reader. A positive yaw stands to the right, so that dragging
 * to the left (which turns by a positive yaw) brings the right side forward.
 */
export function direction({ yaw, pitch }: Orbit): readonly [number, number, number] {
  return [Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)];
}

/**
 * Distance from which something `across` to either side and `rise` up and down (half sizes) fits a view of `fov` radians (vertical) and the
 * given width / height.
 */
export function fitDistance(across: number, rise: number, fov: number, aspect: number): number {
  const half = fov / 2;
  return Math.max(rise / Math.sin(half), across / Math.sin(Math.atan(Math.tan(half) * aspect)));
}

/** Three numbers, rounded to a thousandth: what a link holds. */
export function cameraOf({ yaw, pitch, zoom }: Orbit): readonly [number, number, number] {
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return [round(yaw), round(pitch), round(zoom)];
}

/** The way back; numbers from elsewhere are brought to where a reader can turn and zoom. */
export function orbitOf([yaw, pitch, zoom]: readonly [number, number, number]): Orbit {
  return zoomBy({ ...turn({ yaw: 0, pitch: 0, zoom: 1 }, yaw, pitch), zoom }, 1);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
