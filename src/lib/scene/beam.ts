import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  LineSegments,
  Mesh,
  Scene,
} from 'three';
import type { IUniform, RawShaderMaterial } from 'three';
import type { CubeLayout } from './cube-layout.ts';
import { quadGeometry } from './face.ts';
import { colourUniform, setColour, shaded } from './shading.ts';
import type { PaletteColours } from './shading.ts';
import { groupTerms } from './trace.ts';
import type { Bars, PixelTrace } from './trace.ts';

/** More bars than this could not be told apart along the beam. */
export const BEAM_BARS = 64;
const BAR_HEIGHT = 0.2;
const CLIMB_HEIGHT = 0.34;

// A box for each instance: from its level's lower to its upper end, a little shaded by the side it shows.
const BOX_VERTEX = /* glsl */ `
precision highp float;
uniform mat4 projectionMatrix;
uniform mat4 modelViewMatrix;
uniform vec3 start;
uniform float pitch;
uniform vec2 thickness; // across, along as a share of the pitch
in vec3 position;
in vec2 level;
out float side;

void main() {
  vec3 at = start + vec3(position.x * thickness.x, mix(level.x, level.y, position.y + 0.5), (float(gl_InstanceID) + 0.5 + position.z * thickness.y) * pitch);
  side = 0.75 + 0.25 * (position.y + 0.5);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(at, 1.0);
}
`;

const BOX_FRAGMENT = /* glsl */ `
precision highp float;
uniform vec3 ink;
in float side;
out vec4 colour;
uniform float strength;
void main() { colour = vec4(mix(vec3(0.5), ink, side * strength), 1.0); }
`;

const SHEET_VERTEX = /* glsl */ `
precision highp float;
uniform mat4 projectionMatrix;
uniform mat4 modelViewMatrix;
uniform vec3 corner;
uniform vec3 across;
uniform vec3 down;
void main() {
  vec3 at = corner + float(gl_VertexID & 1) * across + float(gl_VertexID >> 1) * down;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(at, 1.0);
}
`;

const INK_FRAGMENT = /* glsl */ `
precision highp float;
uniform vec3 ink;
uniform float strength;
out vec4 colour;
void main() { colour = vec4(ink, 1.0) * strength; }
`;

const LINE_VERTEX = /* glsl */ `
precision highp float;
uniform mat4 projectionMatrix;
uniform mat4 modelViewMatrix;
in vec3 position;
void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }
`;

/** Boxes in a row along z, each between two levels. */
class BoxRow {
  readonly mesh: Mesh;
  readonly ink = colourUniform();
  readonly #levels = new InstancedBufferAttribute(new Float32Array(BEAM_BARS * 2), 2);
  readonly #geometry = new InstancedBufferGeometry();
  readonly #uniforms: Record<string, IUniform>;
  readonly #material: RawShaderMaterial;

  constructor(across: number, along: number, strength: number) {
    const { position, index } = box();
    this.#geometry.setAttribute('position', position);
    this.#geometry.setIndex(index);
    this.#levels.setUsage(DynamicDrawUsage);
    this.#geometry.setAttribute('level', this.#levels);
    this.#uniforms = {
      start: { value: [0, 0, 0] },
      pitch: { value: 1 },
      thickness: { value: [across, along] },
      ink: this.ink,
      strength: { value: strength },
    };
    this.#material = shaded(BOX_VERTEX, BOX_FRAGMENT, this.#uniforms);
    this.mesh = new Mesh(this.#geometry, this.#material);
    this.mesh.frustumCulled = false;
  }

  /** `levels[n]` are the lower and upper end of box n above the start, in world units. */
  update(start: readonly number[], pitch: number, levels: readonly (readonly [number, number])[]): void {
    levels.forEach(([from, to], n) => this.#levels.setXY(n, from, to));
    this.#levels.needsUpdate = true;
    this.#geometry.instanceCount = levels.length;
    if (this.#uniforms['start']) this.#uniforms['start'].value = start;
    if (this.#uniforms['pitch']) this.#uniforms['pitch'].value = pitch;
  }

  dispose(): void {
    this.#geometry.dispose();
    this.#material.dispose();
  }
}

/**
 * What happens inside the cube for one pixel: two sheets carry row i of A and column j of B to the beam where they meet, bars stand for the
 * products along it, and a stair climbs with their running sum to the front.
 */
export class Beam {
  readonly scene = new Scene();
  /** The bars as drawn, for the label; null while nothing is traced. */
  bars: Bars | null = null;
  /** World position of the stair's last step. */
  summit: readonly [number, number, number] = [0, 0, 0];
  readonly #bars = new BoxRow(0.004, 0.6, 0.55);
  readonly #stair = new BoxRow(0.014, 1, 1);
  readonly #quad = quadGeometry();
  readonly #sheets: readonly { readonly mesh: Mesh; readonly uniforms: Record<string, IUniform> }[];
  readonly #line: LineSegments;
  readonly #leftInk = colourUniform();
  readonly #rightInk = colourUniform();
  readonly #lineInk = colourUniform();

  constructor() {
    this.#sheets = [this.#sheet(this.#leftInk), this.#sheet(this.#rightInk)];
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(6), 3));
    this.#line = new LineSegments(
      geometry,
      shaded(LINE_VERTEX, INK_FRAGMENT, { ink: this.#lineInk, strength: { value: 1 } }),
    );
    this.#line.frustumCulled = false;
    for (const { mesh } of this.#sheets) this.scene.add(mesh);
    this.scene.add(this.#line, this.#bars.mesh, this.#stair.mesh);
    this.scene.visible = false;
  }

  /** `meansOut`: bars and stair of the covariance part rather than of the product itself. */
  show(trace: PixelTrace | null, layout: CubeLayout, meansOut: boolean, colours: PaletteColours): void {
    this.scene.visible = trace !== null;
    this.bars = trace && groupTerms(meansOut ? trace.centred : trace.products, BEAM_BARS);
    if (!trace || !this.bars) return;
    const [x, y, front] = layout.pixel(trace);
    const { sums, size } = this.bars;
    const start = [x, y, -layout.depth / 2];
    const pitch = (layout.depth * size) / layout.size.depth;
    const highest = sums.reduce((most, sum) => Math.max(most, Math.abs(sum)), 0) || 1;
    this.#bars.update(
      start,
      pitch,
      Array.from(sums, (sum) => [0, (sum / highest) * BAR_HEIGHT] as const),
    );
    this.#climb(start, pitch, sums, front);
    setColour(this.#bars.ink, meansOut ? colours.covariance : colours.product);
    setColour(this.#stair.ink, meansOut ? colours.covariance : colours.product);
    setColour(this.#leftInk, colours.left);
    setColour(this.#rightInk, colours.right);
    setColour(this.#lineInk, colours.product);
    this.#place(0, [-layout.width / 2, y, -front], [x + layout.width / 2, 0, 0], [0, 0, 2 * front]);
    this.#place(1, [x, layout.height / 2, -front], [0, y - layout.height / 2, 0], [0, 0, 2 * front]);
    const points = this.#line.geometry.getAttribute('position');
    points.setXYZ(0, x, y, -front);
    points.setXYZ(1, x, y, front);
    points.needsUpdate = true;
  }

  dispose(): void {
    this.#bars.dispose();
    this.#stair.dispose();
    this.#quad.dispose();
    this.#line.geometry.dispose();
    for (const mesh of [this.#line, ...this.#sheets.map((sheet) => sheet.mesh)])
      (mesh.material as RawShaderMaterial).dispose();
  }

  #climb(start: readonly number[], pitch: number, sums: Float64Array, front: number): void {
    let sum = 0;
    const climbed = sums.map((term) => (sum += term));
    const most = climbed.reduce((high, value) => Math.max(high, Math.abs(value)), 0) || 1;
    const level = (value: number): number => (value / most) * CLIMB_HEIGHT;
    const tread = 0.008;
    // Each step reaches from the sum before it to the sum after it, so that the stair has no holes.
    const levels = Array.from(climbed, (value, n) => {
      const before = n === 0 ? 0 : level(climbed[n - 1] ?? 0);
      const after = level(value);
      return [Math.min(before, after) - tread / 2, Math.max(before, after) + tread / 2] as const;
    });
    this.#stair.update(start, pitch, levels);
    this.summit = [start[0] ?? 0, (start[1] ?? 0) + level(sum), front];
  }

  #sheet(ink: IUniform): { mesh: Mesh; uniforms: Record<string, IUniform> } {
    const uniforms = {
      corner: { value: [0, 0, 0] },
      across: { value: [0, 0, 0] },
      down: { value: [0, 0, 0] },
      ink,
      strength: { value: 0.2 },
    };
    const mesh = new Mesh(
      this.#quad,
      shaded(SHEET_VERTEX, INK_FRAGMENT, uniforms, { transparent: true, depthWrite: false }),
    );
    mesh.frustumCulled = false;
    return { mesh, uniforms };
  }

  #place(sheet: 0 | 1, corner: readonly number[], across: readonly number[], down: readonly number[]): void {
    const uniforms = this.#sheets[sheet]?.uniforms;
    if (!uniforms) return;
    for (const [name, value] of Object.entries({ corner, across, down })) {
      if (uniforms[name]) uniforms[name].value = value;
    }
  }
}

/** A unit box around the origin. */
function box(): { position: BufferAttribute; index: BufferAttribute } {
  const corners: number[] = [];
  for (let n = 0; n < 8; n += 1) corners.push((n & 1) - 0.5, ((n >> 1) & 1) - 0.5, (n >> 2) - 0.5);
  const sides = [
    [0, 2, 1, 3],
    [4, 5, 6, 7],
    [0, 1, 4, 5],
    [2, 6, 3, 7],
    [0, 4, 2, 6],
    [1, 3, 5, 7],
  ];
  const index = sides.flatMap(([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, c, b, d]);
  return {
    position: new BufferAttribute(Float32Array.from(corners), 3),
    index: new BufferAttribute(Uint16Array.from(index), 1),
  };
}
