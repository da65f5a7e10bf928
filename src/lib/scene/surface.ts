import { BufferAttribute, BufferGeometry, InstancedBufferGeometry, LineSegments, Mesh, Scene } from 'three';
import type { IUniform, RawShaderMaterial } from 'three';
import { fieldReach, footprint, hitField, pointOver, RELIEF } from './height-field.ts';
import type { HeightField } from './height-field.ts';
import { extentOf } from './matrix.ts';
import type { Extent, SceneMatrix, Pixel } from './matrix.ts';
import type { Palette } from './palette.ts';
import { colourUniform, ENTRY, PICTURE, setColour, shaded } from './shading.ts';
import type { PaletteColours } from './shading.ts';
import type { Ray, SceneView } from './stage.ts';
import { MatrixTexture, paletteTexture } from './texture.ts';

// One instance is the strip between two neighbouring rows of the grid; vertex 2c + e stands over column c of row (instance + e).
const VERTEX = /* glsl */ `${ENTRY}
uniform mat4 projectionMatrix;
uniform mat4 modelViewMatrix;
uniform float stride;
uniform float relief;
uniform vec2 extent; // width, depth in world units
out vec2 at;

void main() {
  vec2 lattice = vec2(float(gl_VertexID >> 1), float(gl_InstanceID + (gl_VertexID & 1)));
  at = min(lattice * stride, size - 1.0) + 0.5;
  // A single row or column is a ribbon from edge to edge of its pixels.
  if (size.x < 1.5) at.x = lattice.x;
  if (size.y < 1.5) at.y = lattice.y;
  float value = max(entry(ivec2(at)), 0.0);
  vec2 ground = (at / size - 0.5) * extent;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(ground.x, value * relief, ground.y, 1.0);
}
`;

// Slopes are finite differences of the matrix itself, a pixel (or what one screen pixel covers) to each side: the light shows every thread
// of the weave even where the grid is drawn coarser. SMOOTH blends the slopes of neighbours where pixels are enlarged; a processor would spend
// most of a frame on that, wanted or not, and shows each pixel flat instead.
const FRAGMENT = /* glsl */ `${PICTURE}
uniform float relief;
uniform vec2 extent;
uniform vec2 selected; // col, row; negative: none
uniform vec3 rowColour;
uniform vec3 colColour;
in vec2 at;
out vec4 colour;

const vec3 LIGHT = normalize(vec3(-0.55, 0.75, -0.45));

vec2 slopeAt(ivec2 p, int reach) {
  float across = max(entry(p + ivec2(reach, 0)), 0.0) - max(entry(p - ivec2(reach, 0)), 0.0);
  float along = max(entry(p + ivec2(0, reach)), 0.0) - max(entry(p - ivec2(0, reach)), 0.0);
  return vec2(across, along) / (2.0 * float(reach));
}

int reachOf(vec2 foot) {
  return int(clamp(floor(max(foot.x, foot.y) + 0.5), 1.0, 4.0));
}

void main() {
  vec2 foot = vec2(length(vec2(dFdx(at.x), dFdy(at.x))), length(vec2(dFdx(at.y), dFdy(at.y))));
#ifdef SMOOTH
  vec2 slope;
  if (max(foot.x, foot.y) < 0.4) {
    vec2 corner = at - 0.5;
    ivec2 p = ivec2(floor(corner));
    vec2 f = fract(corner);
    slope = mix(mix(slopeAt(p, 1), slopeAt(p + ivec2(1, 0), 1), f.x), mix(slopeAt(p + ivec2(0, 1), 1), slopeAt(p + ivec2(1, 1), 1), f.x), f.y);
  } else {
    slope = slopeAt(ivec2(at), reachOf(foot));
  }
#else
  vec2 slope = slopeAt(ivec2(at), reachOf(foot));
#endif
  slope *= relief * size / extent;
  // Steep walls between neighbouring pixels would all look alike: the slope is compressed before it meets the light.
  slope /= sqrt(1.0 + 0.6 * length(slope));
  vec3 normal = normalize(vec3(-slope.x, 1.0, -slope.y));
  float shade = 0.6 + 0.4 * max(dot(normal, LIGHT), 0.0) / LIGHT.y;
  vec3 surface = min(pictureAt(at, foot) * min(shade, 1.35), vec3(1.0));
  if (selected.x >= 0.0) {
    surface = mix(surface, rowColour, 0.9 * lineCover(at.y, selected.y, foot.y, 2.0));
    surface = mix(surface, colColour, 0.9 * lineCover(at.x, selected.x, foot.x, 2.0));
  }
  colour = vec4(surface, 1.0);
}
`;

const LINE_VERTEX = /* glsl */ `
precision highp float;
uniform mat4 projectionMatrix;
uniform mat4 modelViewMatrix;
in vec3 position;
void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }
`;

const LINE_FRAGMENT = /* glsl */ `
precision highp float;
uniform vec3 ink;
out vec4 colour;
void main() { colour = vec4(ink, 1.0); }
`;

// On a machine that draws in software, no more grid lines a side than this: at rest, and while something changes. Light and colour come from
// the whole matrix in either case; only the outline is coarser.
const LINES_AT_REST = 256;
const LINES_MOVING = 128;

/** A matrix as a height field: the vertex shader reads it from one texture, nothing is done per vertex in JavaScript. */
export class SurfaceView implements SceneView {
  readonly passes: readonly Scene[];
  readonly target: [number, number, number] = [0, 0, 0];
  readonly reach: { readonly across: number; readonly rise: number };
  readonly extent: Extent;
  readonly #matrix: MatrixTexture;
  readonly #field: HeightField;
  readonly #software: boolean;
  readonly #uniforms: Record<string, IUniform>;
  readonly #rowColour = colourUniform();
  readonly #colColour = colourUniform();
  readonly #ink = colourUniform();
  readonly #grid = new InstancedBufferGeometry();
  readonly #outline: BufferGeometry;
  readonly #materials: RawShaderMaterial[];
  #relief = RELIEF;
  #stride = 0;

  /** `software`: a processor draws, so large grids are thinned. */
  constructor(matrix: SceneMatrix, palette: Palette, software: boolean) {
    this.extent = extentOf(matrix.data);
    this.#software = software;
    this.#matrix = new MatrixTexture(matrix.rows, matrix.cols);
    this.#matrix.update(matrix.data, this.extent);
    this.#field = {
      rows: matrix.rows,
      cols: matrix.cols,
      height: (row, col) => Math.max(0, this.#matrix.value(row, col)) * this.#relief,
      top: 1,
    };
    const { width, depth } = footprint(matrix);
    this.reach = fieldReach(matrix);
    this.#uniforms = {
      map: { value: this.#matrix.texture },
      palette: { value: paletteTexture(palette) },
      size: { value: [matrix.cols, matrix.rows] },
      extent: { value: [width, depth] },
      stride: { value: 1 },
      relief: { value: this.#relief },
      selected: { value: [-1, -1] },
      rowColour: this.#rowColour,
      colColour: this.#colColour,
    };
    const surface = shaded(VERTEX, software ? FRAGMENT : `#define SMOOTH\n${FRAGMENT}`, this.#uniforms);
    const line = shaded(LINE_VERTEX, LINE_FRAGMENT, { ink: this.#ink });
    this.#materials = [surface, line];
    const mesh = new Mesh(this.#grid, surface);
    mesh.frustumCulled = false;
    this.#outline = rectangle(width, depth);
    const scene = new Scene();
    scene.add(mesh, new LineSegments(this.#outline, line));
    this.passes = [scene];
    this.setMoving(false);
  }

  /** Height of the highest value, in lengths of the longer side. 0 lays the surface flat. */
  set relief(relief: number) {
    this.#relief = relief;
    this.#set('relief', relief);
    this.target[1] = relief / 4;
  }

  set palette(palette: Palette) {
    (this.#uniforms['palette']?.value as ReturnType<typeof paletteTexture>).dispose();
    this.#set('palette', paletteTexture(palette));
  }

  setColours(colours: PaletteColours): void {
    setColour(this.#rowColour, colours.left);
    setColour(this.#colColour, colours.right);
    setColour(this.#ink, colours.rule);
  }

  /** Lights the row and the column of a pixel. */
  select(pixel: Pixel | null): void {
    this.#set('selected', pixel ? [pixel.col, pixel.row] : [-1, -1]);
  }

  pick({ origin, direction }: Ray): Pixel | null {
    return hitField({ ...this.#field, top: Math.max(this.#relief, 1e-3) }, origin, direction);
  }

  /** The point of the surface over a pixel. */
  pointOver(pixel: Pixel): readonly [number, number, number] {
    return pointOver(this.#field, pixel);
  }

  /** Every how many rows and columns the resting surface has a grid line: 1 wherever there is a graphics card. */
  get stride(): number {
    return this.#strideFor(LINES_AT_REST);
  }

  setMoving(moving: boolean): boolean {
    return this.#setStride(this.#strideFor(moving ? LINES_MOVING : LINES_AT_REST));
  }

  dispose(): void {
    this.#matrix.dispose();
    (this.#uniforms['palette']?.value as ReturnType<typeof paletteTexture>).dispose();
    this.#grid.dispose();
    this.#outline.dispose();
    for (const material of this.#materials) material.dispose();
  }

  #set(name: string, value: unknown): void {
    const uniform = this.#uniforms[name];
    if (uniform) uniform.value = value;
  }

  #strideFor(most: number): number {
    return this.#software ? Math.max(1, Math.ceil(Math.max(this.#matrix.rows, this.#matrix.cols) / most)) : 1;
  }

  #setStride(stride: number): boolean {
    if (this.#stride === stride) return false;
    this.#stride = stride;
    const across = Math.max(2, Math.ceil((this.#matrix.cols - 1) / stride) + 1);
    const down = Math.max(2, Math.ceil((this.#matrix.rows - 1) / stride) + 1);
    this.#set('stride', stride);
    this.#grid.instanceCount = down - 1;
    if (this.#grid.index?.count !== (across - 1) * 6) {
      this.#grid.dispose();
      this.#grid.setIndex(new BufferAttribute(stripIndex(across), 1));
    }
    return true;
  }
}

/** Two triangles for each step along a strip of `across` pairs of vertices. */
function stripIndex(across: number): Uint16Array {
  const index = new Uint16Array(Math.max(0, across - 1) * 6);
  for (let c = 0; c + 1 < across; c += 1) {
    const v = 2 * c;
    index.set([v, v + 1, v + 2, v + 2, v + 1, v + 3], c * 6);
  }
  return index;
}

function rectangle(width: number, depth: number): BufferGeometry {
  const x = width / 2;
  const z = depth / 2;
  const corners = [-x, 0, -z, x, 0, -z, x, 0, -z, x, 0, z, x, 0, z, -x, 0, z, -x, 0, z, -x, 0, -z];
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(Float32Array.from(corners), 3));
  return geometry;
}
