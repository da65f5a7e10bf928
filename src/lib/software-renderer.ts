/**
 * WebGL renderers that draw on the processor, by the name that a driver gives. Computing there loses to WASM by far, and views do less
 * while they move. `matrix` and `scene` read it here, since neither knows the other.
 */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|mesa offscreen|\bwarp\b/i;

export function isSoftwareRenderer(renderer: string): boolean {
  return SOFTWARE.test(renderer);
}

/** The part of a renderer's name that says it is software; null for hardware. */
export function softwareName(renderer: string): string | null {
  return SOFTWARE.exec(renderer)?.[0] ?? null;
}
