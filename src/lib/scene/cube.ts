import { BufferAttribute, BufferGeometry, LineSegments, Scene } from 'three';
import type { RawShaderMaterial } from 'three';
import { Beam } from './beam.ts';
import { LayerSum, stepsOf } from './build-up.ts';
import type { LayerOrder } from './build-up.ts';
import { CubeLayout } from './cube-layout.ts';
import { Face, quadGeometry, stripsGeometry } from './face.ts';
import { checkFactors, extentOf, MatrixShapeError } from './matrix.ts';
import type { Extent, Factors, SceneMatrix, Pixel } from './matrix.ts';
import { colourUniform, setColour, shaded } from './shading.ts';
import type { PaletteColours } from './shading.ts';
import type { Ray, SceneView } from './stage.ts';
import { PictureTexture } from './texture.ts';
import { tracePixel } from './trace.ts';
import type { Bars } from './trace.ts';

/** How dark and bright are set while a product piles up: as in the finished product, or anew for every partial sum. */
export type LayerScale = 'final' | 'own';

/** No more layers than this between two frames, so that a long jump never holds up the page. */
const LAYERS_A_FRAME = 16;
const DIMMED = 0.6;

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

/** The product as a cube: A on its left face, B on top, C = A B on the front, and inside it how a pixel of C comes about. */
export class CubeView implements SceneView {
  readonly passes: readonly Scene[];
  readonly #factors: Factors;
  readonly #left: PictureTexture;
  readonly #right: PictureTexture;
  readonly #product: PictureTexture;
  readonly #faces: { readonly left: Face; readonly right: Face; readonly product: Face };
  readonly #quad = quadGeometry();
  readonly #strips = stripsGeometry();
  readonly #edges = new BufferGeometry();
  readonly #edgeInk = colourUniform();
  readonly #edgeLines: LineSegments;
  readonly #beam = new Beam();
  #layout: CubeLayout;
  #whole: SceneMatrix | null = null;
  #extent: Extent = { low: 0, high: 0, constant: true };
  #sum: LayerSum | null = null;
  #order: LayerOrder = 'outer';
  #step: number | null = null;
  #shownLayers: number | null = null;
  #scale: LayerScale = 'own';
  #selected: Pixel | null = null;
  #meansOut = false;
  #colours: PaletteColours | null = null;

  /** `software`: a processor draws. Throws a MatrixShapeError when the factors do not fit. */
  constructor(factors: Factors, software: boolean) {
    checkFactors(factors);
    const { left, right } = factors;
    this.#factors = factors;
    this.#layout = new CubeLayout({ rows: left.rows, depth: left.cols, cols: right.cols });
    this.#left = texture(left, software);
    this.#right = texture(right, software);
    this.#product = new PictureTexture(left.rows, right.cols, software);
    const face = (matrix: PictureTexture, order: number): Face => new Face(this.#quad, this.#strips, matrix, order);
    this.#faces = { left: face(this.#left, 0), right: face(this.#right, 1), product: face(this.#product, 2) };
    this.#edges.setAttribute('position', new BufferAttribute(Float32Array.from(this.#layout.edges.flat()), 3));
    this.#edgeLines = new LineSegments(this.#edges, shaded(LINE_VERTEX, LINE_FRAGMENT, { ink: this.#edgeInk }));
    const scene = new Scene();
    scene.add(this.#edgeLines);
    for (const { meshes } of Object.values(this.#faces)) scene.add(...meshes);
    this.passes = [scene, this.#beam.scene];
    this.#faces.product.reveal({ pixels: 0, cols: 0 });
    this.#arrange();
  }

  get target(): readonly [number, number, number] {
    return this.#layout.target;
  }

  get reach(): { readonly across: number; readonly rise: number } {
    return this.#layout.reach;
  }

  /** Sets C once it is known. Throws a MatrixShapeError when its size is not that of the product. */
  setProduct(product: SceneMatrix): void {
    if (product.rows !== this.#product.rows || product.cols !== this.#product.cols) {
      throw new MatrixShapeError(
        `the product is ${this.#product.rows} x ${this.#product.cols}, not ${product.rows} x ${product.cols}`,
      );
    }
    this.#whole = product;
    this.#extent = extentOf(product.data);
    this.#shownLayers = null;
    this.#product.update(product.data, this.#extent);
    this.advance();
  }

  setColours(colours: PaletteColours): void {
    this.#colours = colours;
    this.#faces.left.setColours(colours.left, colours.left, colours.rule);
    this.#faces.right.setColours(colours.right, colours.right, colours.rule);
    this.#faces.product.setColours(colours.left, colours.right, colours.rule);
    setColour(this.#edgeInk, colours.rule);
    this.#trace();
  }

  /** Lights the row of A and the column of B that make a pixel, and the beam between them; none for null. */
  select(pixel: Pixel | null): void {
    this.#selected = pixel;
    this.#trace();
  }

  /** Whether the beam shows the products themselves or, means taken out, the covariance part. */
  set meansOut(out: boolean) {
    this.#meansOut = out;
    this.#trace();
  }

  /** 0: closed. 1: A and B lie in the plane of C, as in a schoolbook. */
  set unfold(unfold: number) {
    this.#layout = new CubeLayout(this.#layout.size, unfold);
    this.#arrange();
    this.#trace();
  }

  /** The bars of the beam as drawn, for a label that says what was summed. */
  get bars(): Bars | null {
    return this.#beam.bars;
  }

  /** Number of steps of an order. */
  steps(order: LayerOrder): number {
    return stepsOf(order, this.#factors);
  }

  /** Shows C after `step` steps of an order; null shows all of it. */
  build(order: LayerOrder, step: number | null, scale: LayerScale = this.#scale): void {
    this.#order = order;
    this.#step = step;
    this.#scale = scale;
    this.advance();
  }

  /**
   * Moves a product of layers nearer to the step asked for, a few layers at a time; true when it is there. Whoever draws calls this once a
   * frame until then.
   */
  advance(): boolean {
    const { product } = this.#faces;
    const whole = this.#whole;
    if (!whole) return true;
    if (this.#step === null || this.#order !== 'outer') {
      if (this.#shownLayers !== null) this.#product.update(whole.data, this.#extent);
      this.#shownLayers = null;
      product.reveal(this.#step === null ? null : this.#revealed(this.#step));
      return true;
    }
    this.#sum ??= new LayerSum(this.#factors);
    const arrived = this.#sum.moveTo(this.#step, LAYERS_A_FRAME);
    product.reveal(null);
    this.#shownLayers = this.#sum.count;
    this.#product.update(this.#sum.data, this.#scale === 'own' ? extentOf(this.#sum.data) : this.#extent);
    return arrived;
  }

  pick(ray: Ray): Pixel | null {
    return this.#layout.hit(ray.origin, ray.direction);
  }

  /** World positions that labels belong to. */
  anchors(): {
    readonly left: Triple;
    readonly right: Triple;
    readonly product: Triple;
    readonly summit: Triple | null;
  } {
    const { left, right, product } = this.#layout;
    return {
      left: middleOf(left.corner, left.across, left.down, 0.5, 1),
      right: middleOf(right.corner, right.across, right.down, 0.5, 0),
      product: middleOf(product.corner, product.across, product.down, 0.5, 1),
      summit: this.#selected && this.#layout.unfold === 0 ? this.#beam.summit : null,
    };
  }

  /** Centre of a pixel of C. */
  pointOf(pixel: Pixel): Triple {
    return this.#layout.pixel(pixel);
  }

  dispose(): void {
    this.#beam.dispose();
    for (const face of Object.values(this.#faces)) face.dispose();
    for (const matrix of [this.#left, this.#right, this.#product]) matrix.dispose();
    this.#quad.dispose();
    this.#strips.dispose();
    this.#edges.dispose();
    (this.#edgeLines.material as RawShaderMaterial).dispose();
  }

  #revealed(step: number): { pixels: number; cols: number } {
    const { rows, cols } = this.#product;
    return this.#order === 'dot' ? { pixels: step, cols } : { pixels: rows * cols, cols: step };
  }

  #arrange(): void {
    const layout = this.#layout;
    this.#faces.left.place(layout.left);
    this.#faces.right.place(layout.right);
    this.#faces.product.place(layout.product);
    this.#edgeLines.visible = layout.unfold === 0;
  }

  #trace(): void {
    const pixel = this.#selected;
    const { left, right, product } = this.#faces;
    left.light(pixel?.row ?? null, null);
    right.light(null, pixel?.col ?? null);
    product.light(pixel?.row ?? null, pixel?.col ?? null);
    const closed = this.#layout.unfold === 0;
    // What happens inside can only be seen through the faces.
    for (const face of [left, right, product]) face.strength = pixel && closed ? DIMMED : 1;
    if (!this.#colours) return;
    this.#beam.show(
      pixel && closed ? tracePixel(this.#factors, pixel) : null,
      this.#layout,
      this.#meansOut,
      this.#colours,
    );
  }
}

type Triple = readonly [number, number, number];

function texture(matrix: SceneMatrix, software: boolean): PictureTexture {
  const made = new PictureTexture(matrix.rows, matrix.cols, software);
  made.update(matrix.data, extentOf(matrix.data));
  return made;
}

function middleOf(corner: Triple, across: Triple, down: Triple, u: number, v: number): Triple {
  const along = (axis: 0 | 1 | 2): number => corner[axis] + u * across[axis] + v * down[axis];
  return [along(0), along(1), along(2)];
}
