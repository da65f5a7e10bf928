import { BufferAttribute, BufferGeometry, Mesh } from 'three';
import type { DataTexture, IUniform, RawShaderMaterial } from 'three';
import type { Panel } from './cube-layout.ts';
import { colourUniform, PICTURE, setColour, shaded } from './shading.ts';
import type { Rgb } from './palette.ts';
import type { MatrixTexture } from './texture.ts';

const VERTEX = /* glsl */ `
precision highp float;
uniform mat4 projectionMatrix;
uniform mat4 modelViewMatrix;
uniform vec3 corner;
uniform vec3 across;
uniform vec3 down;
out vec2 share;

void main() {
  share = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  gl_Position = projectionMatrix * modelViewMatrix * vec4(corner + share.x * across + share.y * down, 1.0);
}
`;

const FRAGMENT = /* glsl */ `${PICTURE}
uniform vec2 lit; // col, row; negative: none
uniform vec3 rowColour;
uniform vec3 colColour;
uniform vec3 rule;
uniform float strength;
uniform vec3 built; // pixels in reading order, columns, 1 while the picture is partly built
in vec2 share;
out vec4 colour;

void main() {
  vec2 at = min(share * size, size - 0.001);
  vec2 foot = vec2(length(vec2(dFdx(at.x), dFdy(at.x))), length(vec2(dFdx(at.y), dFdy(at.y))));
  ivec2 pixel = ivec2(at);
  bool there = built.z < 0.5 || (float(pixel.y) * size.x + float(pixel.x) < built.x && float(pixel.x) < built.y);
  colour = there ? vec4(pictureAt(at, foot), 1.0) * strength : vec4(rule, 1.0) * 0.12;
  float row = lit.y < 0.0 ? 0.0 : lineCover(at.y, lit.y, foot.y, 3.0);
  float col = lit.x < 0.0 ? 0.0 : lineCover(at.x, lit.x, foot.x, 3.0);
  // A lit line shows its own pixels through its hue, at full strength.
  vec3 own = colourOf(entry(pixel));
  colour = mix(colour, vec4(mix(own, rowColour, 0.65), 1.0), row);
  colour = mix(colour, vec4(mix(own, colColour, 0.65), 1.0), col);
}
`;

/** The four corners that every face shares: their index, nothing else; the shader knows where they are. */
export function quadGeometry(): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setIndex(new BufferAttribute(Uint16Array.of(0, 1, 2, 2, 1, 3), 1));
  return geometry;
}

/** One picture in space. */
export class Face {
  readonly mesh: Mesh;
  readonly #uniforms: Record<string, IUniform>;
  readonly #rowColour = colourUniform();
  readonly #colColour = colourUniform();
  readonly #rule = colourUniform();
  readonly #material: RawShaderMaterial;

  constructor(geometry: BufferGeometry, matrix: MatrixTexture, palette: DataTexture) {
    this.#uniforms = {
      map: { value: matrix.texture },
      palette: { value: palette },
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
    this.#material = shaded(VERTEX, FRAGMENT, this.#uniforms, { transparent: true, depthWrite: false });
    this.mesh = new Mesh(geometry, this.#material);
    this.mesh.frustumCulled = false;
  }

  place({ corner, across, down }: Panel): void {
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
    this.#material.dispose();
  }

  #set(name: string, value: unknown): void {
    const uniform = this.#uniforms[name];
    if (uniform) uniform.value = value;
  }
}
