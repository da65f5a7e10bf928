// tfjs' flags and platform; a bundler that drops what only has side effects keeps this.
import '@tensorflow/tfjs-core/dist/base_side_effects.js';
import { env } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl.js';
import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl/dist/canvas_util.js';
import { GPGPUContext } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_context.js';
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_math.js';
import { reshape } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Reshape.js';
import { CENTRE_FROM, LONG } from './tfjs-centre.ts';
import { EngineLost, EngineUnavailable, sizeOf } from './tfjs-device.ts';
import type { Device } from './tfjs-device.ts';
import { scatter } from './tfjs-host.ts';
import { TfjsEngine } from './tfjs.ts';
import { combineProgram, factorProgram, productProgram } from './tfjs-webgl-matmul.ts';
import * as programs from './tfjs-webgl-programs.ts';
import type { BinaryOp, Dims, UnaryOp } from './engine.ts';

/** Textures kept for the next run; beyond this they are given back to the graphics memory. */
const POOL_BYTES = 256 * 2 ** 20;

/**
 * tfjs on WebGL 2, in a worker or a page. Asks for a context of its own, software renderers included: whether one is worth
 * taking is `chooseEngine`'s question, and tests want them.
 * @throws EngineUnavailable without WebGL 2 or without float32 render targets (half floats would lose the picture)
 */
export function createWebgl(onLost?: (lost: EngineLost) => void): TfjsEngine {
  if (typeof OffscreenCanvas === 'undefined') throw new EngineUnavailable('tfjs-webgl', 'there is no WebGL 2 here');
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', attributes);
  if (!gl) throw new EngineUnavailable('tfjs-webgl', 'there is no WebGL 2 here');
  setWebGLContext(2, gl);
  env().set('WEBGL_VERSION', 2);
  env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', POOL_BYTES);
  if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    throw new EngineUnavailable('tfjs-webgl', 'this graphics hardware computes in half precision only');
  }
  const backend = new MathBackendWebGL(new GPGPUContext(gl));
  const disposed = new AbortController();
  canvas.addEventListener('webglcontextlost', () => onLost?.(lost()), { once: true, signal: disposed.signal });
  return new TfjsEngine(new WebglDevice(gl, backend, disposed));
}

const attributes: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  premultipliedAlpha: false,
  preserveDrawingBuffer: false,
  depth: false,
  stencil: false,
  powerPreference: 'high-performance',
};

function lost(): EngineLost {
  return new EngineLost('tfjs-webgl', 'the graphics context was lost');
}

/** The primitives as shaders on packed textures; see tfjs-webgl-programs.ts. */
class WebglDevice implements Device {
  readonly name = 'tfjs-webgl';
  readonly #gl: WebGL2RenderingContext;
  readonly #backend: MathBackendWebGL;
  readonly #disposed: AbortController;

  constructor(gl: WebGL2RenderingContext, backend: MathBackendWebGL, disposed: AbortController) {
    this.#gl = gl;
    this.#backend = backend;
    this.#disposed = disposed;
  }

  write(data: Float32Array, rows: number, cols: number): TensorInfo {
    this.#alive();
    return this.#backend.makeTensorInfo([rows, cols], 'float32', data);
  }

  fill(value: number, rows: number, cols: number): TensorInfo {
    return this.#run(programs.fillProgram(rows, cols), [], [[value]]);
  }

  read(a: TensorInfo): Float32Array {
    this.#alive();
    const values = this.#backend.readSync(a.dataId);
    this.#alive();
    if (values instanceof Float32Array) return values;
    throw new TypeError(`expected float32, got ${a.dtype}`);
  }

  release(a: TensorInfo): void {
    this.#backend.disposeData(a.dataId);
  }

  unary(op: UnaryOp, a: TensorInfo): TensorInfo {
    return this.#run(programs.unaryProgram(op, ...sizeOf(a)), [a]);
  }

  binary(op: BinaryOp, a: TensorInfo, b: TensorInfo, rows: number, cols: number): TensorInfo {
    return this.#run(programs.binaryProgram(op, rows, cols), [a, b]);
  }

  select(mask: TensorInfo, a: TensorInfo, b: TensorInfo, rows: number, cols: number): TensorInfo {
    return this.#run(programs.selectProgram(rows, cols), [mask, a, b]);
  }

  /** As `matmulCentred`, on the graphics processor. */
  matmul(a: TensorInfo, b: TensorInfo): TensorInfo {
    const [rows, inner] = sizeOf(a);
    const [, cols] = sizeOf(b);
    if (inner > LONG && (rows === 1 || cols === 1)) return this.#longProduct(a, b);
    const centre = inner >= CENTRE_FROM;
    // Without centring, copies are made for the sake of the odd edge only.
    if (!centre && inner % 2 === 0) return this.#product(a, b);

    const used: TensorInfo[] = [];
    const using = (info: TensorInfo): TensorInfo => {
      used.push(info);
      return info;
    };
    const totals = (x: TensorInfo, dims: 1 | 2): TensorInfo[] => [
      using(this.reduce('sum', x, dims)),
      using(this.#sumOfSquares(x, dims)),
    ];
    const rowTotals = centre ? totals(a, 2) : [];
    const colTotals = centre ? totals(b, 1) : [];
    const left = using(this.#run(factorProgram('left', centre, rows, inner), [a, ...rowTotals], [[inner]]));
    const right = using(this.#run(factorProgram('right', centre, inner, cols), [b, ...colTotals], [[inner]]));
    let product = this.#product(left, right);
    if (centre) {
      const inputs = [using(product), ...rowTotals, ...colTotals, a, b];
      product = this.#run(combineProgram(rows, cols), inputs, [[inner]]);
    }
    used.forEach((info) => this.release(info));
    return product;
  }

  /** With a vector, over a long sum: products first, then added up in groups, so that few roundings follow one another. */
  #longProduct(a: TensorInfo, b: TensorInfo): TensorInfo {
    const [rows, inner] = sizeOf(a);
    const [, cols] = sizeOf(b);
    const turned = this.transpose(cols === 1 ? b : a);
    const products =
      cols === 1 ? this.binary('mul', a, turned, rows, inner) : this.binary('mul', turned, b, inner, cols);
    const sum = this.reduce('sum', products, cols === 1 ? 2 : 1);
    for (const info of [turned, products]) this.release(info);
    return sum;
  }

  transpose(a: TensorInfo): TensorInfo {
    const [rows, cols] = sizeOf(a);
    return this.#run(programs.transposeProgram(cols, rows), [a]);
  }

  reduce(op: programs.Reduction, a: TensorInfo, dims: Dims): TensorInfo {
    const step = (x: TensorInfo, along: 1 | 2, count: number, rows: number, cols: number): TensorInfo =>
      this.#run(programs.reduceProgram(op, rows, cols, along), [x], [[count]]);
    return this.#fold(a, dims, step) ?? this.reshape(a, ...sizeOf(a));
  }

  /** Of at least CENTRE_FROM elements each. */
  #sumOfSquares(a: TensorInfo, dims: 1 | 2): TensorInfo {
    let first = true;
    const step = (x: TensorInfo, along: 1 | 2, count: number, rows: number, cols: number): TensorInfo => {
      const out = this.#run(programs.reduceProgram('sum', rows, cols, along, first), [x], [[count]]);
      first = false;
      return out;
    };
    const folded = this.#fold(a, dims, step);
    if (!folded) throw new RangeError('one element is not a sum of squares');
    return folded;
  }

  argreduce(op: 'max' | 'min', a: TensorInfo, dims: Dims): TensorInfo {
    const [, width] = sizeOf(a);
    let found = false;
    const step = (x: TensorInfo, along: 1 | 2, count: number, rows: number, cols: number): TensorInfo => {
      const program = programs.argProgram(op, rows, cols, along, found);
      const out = this.#run(program, found ? [a, x] : [a], [[count], [width]]);
      found = true;
      return out;
    };
    const folded = this.#fold(a, dims, step);
    if (folded) return folded;
    // Nothing to reduce: each lane is one element, its own extreme.
    const [rows, cols] = sizeOf(a);
    return this.write(
      Float32Array.from({ length: rows * cols }, (_, k) => k),
      rows,
      cols,
    );
  }

  reshape(a: TensorInfo, rows: number, cols: number): TensorInfo {
    return reshape({ inputs: { x: a }, backend: this.#backend, attrs: { shape: [rows, cols] } });
  }

  slice(a: TensorInfo, row: number, col: number, rows: number, cols: number): TensorInfo {
    return this.#run(programs.sliceProgram(rows, cols), [a], [[row, col]]);
  }

  pad(a: TensorInfo, row: number, col: number, rows: number, cols: number): TensorInfo {
    return this.#run(programs.padProgram(rows, cols), [a], [[row, col], [...sizeOf(a)]]);
  }

  join(a: TensorInfo, b: TensorInfo, dims: 1 | 2): TensorInfo {
    const [aRows, aCols] = sizeOf(a);
    const [bRows, bCols] = sizeOf(b);
    const [rows, cols, cut] = dims === 1 ? [aRows + bRows, aCols, aRows] : [aRows, aCols + bCols, aCols];
    return this.#run(programs.joinProgram(rows, cols, dims), [a, b], [[cut]]);
  }

  gather(a: TensorInfo, index: TensorInfo): TensorInfo {
    return this.#run(programs.gatherProgram(...sizeOf(index)), [a, index], [[...sizeOf(a)]]);
  }

  /** On the host: fragment shaders cannot write where they like, and tfjs' ScatterNd visits every update for every element. */
  scatterAdd(values: TensorInfo, index: TensorInfo, rows: number, cols: number): TensorInfo {
    return this.write(Float32Array.from(scatter(this.read(values), this.read(index), rows * cols)), rows, cols);
  }

  tensors(): number {
    return this.#backend.numDataIds();
  }

  dispose(): void {
    this.#disposed.abort();
    this.#backend.dispose();
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #product(a: TensorInfo, b: TensorInfo): TensorInfo {
    const [rows, inner] = sizeOf(a);
    const [, cols] = sizeOf(b);
    const out = this.#run(productProgram(rows, inner, cols), [
      { ...a, shape: [1, rows, inner] },
      { ...b, shape: [1, inner, cols] },
    ]);
    return { ...out, shape: [rows, cols] };
  }

  /** Reduces in steps of WINDOW, rows first; undefined where there is nothing to reduce. */
  #fold(
    a: TensorInfo,
    dims: Dims,
    step: (x: TensorInfo, along: 1 | 2, count: number, rows: number, cols: number) => TensorInfo,
  ): TensorInfo | undefined {
    let [rows, cols] = sizeOf(a);
    let out: TensorInfo | undefined;
    for (const along of dims === 'all' ? ([2, 1] as const) : [dims]) {
      while ((along === 1 ? rows : cols) > 1) {
        const count = along === 1 ? rows : cols;
        const left = Math.ceil(count / programs.WINDOW);
        if (along === 1) rows = left;
        else cols = left;
        const next = step(out ?? a, along, count, rows, cols);
        if (out) this.release(out);
        out = next;
      }
    }
    return out;
  }

  #run(program: GPGPUProgram, inputs: TensorInfo[], uniforms?: number[][]): TensorInfo {
    this.#alive();
    return this.#backend.runWebGLProgram(program, inputs, 'float32', uniforms);
  }

  /** A lost context makes every call do nothing, silently: refuse to go on. */
  #alive(): void {
    if (this.#gl.isContextLost()) throw lost();
  }
}
