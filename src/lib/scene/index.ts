/**
 * The part of this room that needs three.js: import it dynamically, on the first 3D view, so that it stays a chunk of its own. The rest
 * (traces, charts, layered products, palettes) is imported file by file and needs no library.
 */
export { CubeView } from './cube.ts';
export { Stage } from './stage.ts';
export { SurfaceView } from './surface.ts';
