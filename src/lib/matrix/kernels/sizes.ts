/** Sizes of the product's blocks, and the range of sines. Read by the kernels (AssemblyScript) and by `../wasm-host.ts` alike. */

/** Rows and columns of a tile, which is kept in registers. */
export const TILE_ROWS = 4;
export const TILE_COLS = 8;
/** Length of the sum at a time: one strip of the right panel takes 8 KiB of the first-level cache. */
export const DEPTH = 256;
/** Rows of the left panel: 128 KiB, for the second level. */
export const PANEL_ROWS = 128;
/** Columns of the right panel: at most 1 MiB, for the third. */
export const PANEL_COLS = 1024;
/** What `product` needs besides its matrices, whatever their sizes: two panels and one tile. */
export const WORK_BYTES = 4 * ((PANEL_ROWS + PANEL_COLS) * DEPTH + TILE_ROWS * TILE_COLS);

/** Below this the multiples of pi/2 that are taken off an angle are exact. */
export const LARGEST_ANGLE = 1048576;
