import { BufferAttribute, BufferGeometry, Mesh } from 'three';
import type { IUniform, RawShaderMaterial } from 'three';
import type { CubePanel } from './cube-layout.ts';
import type { Rgb } from './palette.ts';
import { colourUniform, HATCH, LINE_COVER, setColour, shaded } from './shading.ts';
import type { PictureTexture } from './texture.ts';

const PLACED = /* glsl */ `
precision highp float;
uniform mat4 projectionMatrix;
uniform mat4 modelViewMatrix;
uniform vec3 corner;
uniform vec3 across;
uniform vec3 down;
out vec2 share;

void place(vec2 at) {
  share = at;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(corner + at.x * across + at.y * down, 1.0);
}
`;

const VERTEX = /* glsl */ `${PLACED}
void main() {
  place(vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)));
}
`;

// A processor that stands in for a graphics card spends nearly all of a frame here: one sample a pixel, and nothing that few pixels need.
const FRAGMENT = /* glsl */ `${HATCH}
uniform sampler2D map;
uniform vec2 size; // cols, rows
uniform vec3 rule;
uniform float strength;
uniform vec3 built; // pixels in reading order, columns, 1 while the picture is partly built
in vec2 share;
out vec4 colour;

void main() {
  vec2 texel = texture(map, share).rg;
  vec3 paint = texel.g < 0.999 ? hatch() : vec3(texel.r);
  vec2 pixel = floor(share * size);
  bool there = built.z < 0.5 || (pixel.y * size.x + pixel.x < built.x && pixel.x < built.y);
  colour = there ? vec4(paint, 1.0) * strength : vec4(rule, 1.0) * 0.12;
}
`;

// Two strips over the picture, along the lit row (vertices 0 to 3) and the lit column (4 to 7), a little wider than their lines can be.
const STRIPS_VERTEX = /* glsl */ `${PLACED}
uniform vec2 size;
uniform vec2 lit; // col, row; negative: none
flat out int along;

void main() {
  along = gl_VertexID >> 2;
  float line = along == 0 ? lit.y : lit.x;
  float count = along == 0 ? size.y : size.x;
  float margin = max(0.5 / count, 0.03);
  float here = clamp((line + 0.5) / count + (float((gl_VertexID >> 1) & 1) * 2.0 - 1.0) * margin, 0.0, 1.0);
  float end = float(gl_VertexID & 1);
  place(along == 0 ? vec2(end, here) : vec2(here, end));
  // Nothing lit: a point outside the picture.
  if (line < 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

// A lit line shows its own pixels through its hue, at full strength.
const STRIPS_FRAGMENT = /* glsl */ `${HATCH}${LINE_COVER}
uniform sampler2D map;
uniform vec2 size;
uniform vec2 lit;
uniform vec3 rowColour;
uniform vec3 colColour;
in vec2 share;
flat in int along;
out vec4 colour;

void main() {
  vec2 at = share * size;
  vec2 foot = vec2(length(vec2(dFdx(at.x), dFdy(at.x))), length(vec2(dFdx(at.y), dFdy(at.y))));
  float cover = along == 0 ? lineCover(at.y, lit.y, foot.y, 3.0) : lineCover(at.x, lit.x, foot.x, 3.0);
  vec2 texel = texelFetch(map, clamp(ivec2(at), ivec2(0), ivec2(size) - 1), 0).rg;
  vec3 own = texel.g < 0.999 ? hatch() : vec3(texel.r);
  colour = vec4(mix(own, along == 0 ? rowColour : colColour, 0.65), 1.0) * cover;
}
`;

/** The corners that every face shares: their index, nothing else; the shader knows where they are. */
export function quadGeometry(): BufferGeometry {
  return indexed(0, 1, 2, 2, 1, 3);
}

/** The corners of two strips, shared in the same way. */
export function stripsGeometry(): BufferGeometry {
  return indexed(0, 1, 2, 2, 1, 3, 4, 5, 6, 6, 5, 7);
}

function indexed(...index: number[]): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setIndex(new BufferAttribute(Uint16Array.from(index), 1));
  return geometry;
}

/** One picture in space. */
export class Face {
  /** The picture, and the lines that light a row and a column of it, in the order of drawing. */
  readonly meshes: readonly [picture: Mesh, lines: Mesh];
  readonly #uniforms: Record<string, IUniform>;
  readonly #rowColour = colourUniform();
  readonly #colColour = colourUniform();
  readonly #rule = colourUniform();
  readonly #materials: readonly RawShaderMaterial[];

  /** `order`: faces of a higher one lie over those of a lower one. */
  constructor(quad: BufferGeometry, strips: BufferGeometry, matrix: PictureTexture, order: number) {
    this.#uniforms = {
      map: { value: matrix.texture },
      size: { value: [matrix.cols, matrix.rows] },
      corner: { value: [0, 0, 0] },
      across: { value: [1, 0, 0] },
      down: { value: [0, -1, 0] },
      lit: { value: [-1, -1] },
      strength: { value: 1 },
      built: { value: [0, 0, 0] },
      rowColour: this.#rowColour,
      colColour: this.#colColour,
      rule: this.#rule,
    };
    const flat = { transparent: true, depthWrite: false };
    const picture = shaded(VERTEX, FRAGMENT, this.#uniforms, flat);
    const lines = shaded(STRIPS_VERTEX, STRIPS_FRAGMENT, this.#uniforms, flat);
    this.#materials = [picture, lines];
    this.meshes = [new Mesh(quad, picture), new Mesh(strips, lines)];
    for (const [n, mesh] of this.meshes.entries()) {
      mesh.frustumCulled = false;
      mesh.renderOrder = 2 * order + n;
    }
    this.light(null, null);
  }

  place({ corner, across, down }: CubePanel): void {
    this.#set('corner', corner);
    this.#set('across', across);
    this.#set('down', down);
  }

  setColours(row: Rgb, col: Rgb, rule: Rgb): void {
    setColour(this.#rowColour, row);
    setColour(this.#colColour, col);
    setColour(this.#rule, rule);
  }

  /** Lights a row, a column, both or neither (null). */
  light(row: number | null, col: number | null): void {
    this.#set('lit', [col ?? -1, row ?? -1]);
    this.meshes[1].visible = row !== null || col !== null;
  }

  /** 1: opaque; less lets what is behind shine through. */
  set strength(strength: number) {
    this.#set('strength', strength);
  }

  /** Shows only the first `pixels` in reading order and the first `cols` columns; null shows all. */
  reveal(built: { readonly pixels: number; readonly cols: number } | null): void {
    this.#set('built', built ? [built.pixels, built.cols, 1] : [0, 0, 0]);
  }

  dispose(): void {
    for (const material of this.#materials) material.dispose();
  }

  #set(name: string, value: unknown): void {
    const uniform = this.#uniforms[name];
    if (uniform) uniform.value = value;
  }
}
