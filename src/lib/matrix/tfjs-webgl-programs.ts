/**
 * The shaders of the WebGL device. All read and write tfjs' packed textures, in which a texel holds the 2 x 2 block whose top
 * left element has even coordinates; lanes beyond an odd edge hold anything. Shapes are uniforms: one compilation serves
 * every size.
 */
import { useShapeUniforms } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_math.js';
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_math.js';
import { binaryBodies, prelude, unaryBodies, unaryOfNan } from './tfjs-webgl-scalar.ts';
import type { BinaryOp, UnaryOp } from './engine.ts';

type Uniforms = NonNullable<GPGPUProgram['customUniforms']>;

class Packed implements GPGPUProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly userCode: string;
  readonly customUniforms: Uniforms;
  readonly enableShapeUniforms = useShapeUniforms(2);
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly supportsBroadcasting = true;

  constructor(rows: number, cols: number, inputs: readonly string[], userCode: string, uniforms: Uniforms = []) {
    this.outputShape = [rows, cols];
    this.variableNames = [...inputs];
    this.userCode = prelude + userCode;
    this.customUniforms = uniforms;
  }
}

/** Four lanes of `op` over broadcast operands. */
function lanes(inputs: readonly string[]): string {
  const loads = inputs.map((name) => `vec4 v${name} = get${name}AtOutCoords();`).join('\n');
  const call = (lane: string): string => `op(${inputs.map((name) => `v${name}.${lane}`).join(', ')})`;
  return `void main() { ${loads} setOutput(vec4(${['x', 'y', 'z', 'w'].map(call).join(', ')})); }`;
}

export function unaryProgram(op: UnaryOp, rows: number, cols: number): GPGPUProgram {
  const body = `float op(float x) { if (isnan(x)) return ${unaryOfNan[op] ?? 'x'}; ${unaryBodies[op]} }`;
  return new Packed(rows, cols, ['A'], body + lanes(['A']));
}

export function binaryProgram(op: BinaryOp, rows: number, cols: number): GPGPUProgram {
  const { functions = '', body } = binaryBodies[op];
  return new Packed(rows, cols, ['A', 'B'], `${functions} float op(float a, float b) { ${body} } ${lanes(['A', 'B'])}`);
}

/** tfjs' own Select takes a mask of at least one for true, and does not broadcast. */
export function selectProgram(rows: number, cols: number): GPGPUProgram {
  const op = 'float op(float c, float a, float b) { if (c != 0. || isnan(c)) return a; return b; }';
  return new Packed(rows, cols, ['C', 'A', 'B'], op + lanes(['C', 'A', 'B']));
}

export function fillProgram(rows: number, cols: number): GPGPUProgram {
  return new Packed(rows, cols, [], 'void main() { setOutput(vec4(value)); }', [{ name: 'value', type: 'float' }]);
}

export function transposeProgram(rows: number, cols: number): GPGPUProgram {
  return new Packed(
    rows,
    cols,
    ['A'],
    'void main() { ivec2 rc = getOutputCoords(); setOutput(getA(rc.y, rc.x).xzyw); }',
  );
}

/** A shader given element by element, as the body of `float cell(int r, int c)`; `at(name)` reads an input's element. */
function cells(body: string): string {
  return `
    float cell(int r, int c) { ${body} }
    void main() {
      ivec2 rc = getOutputCoords();
      setOutput(vec4(cell(rc.x, rc.y), cell(rc.x, rc.y + 1), cell(rc.x + 1, rc.y), cell(rc.x + 1, rc.y + 1)));
    }`;
}

/** `float at<Name>(int r, int c)`: one element of a packed input. */
function reader(name: string): string {
  return `float at${name}(int r, int c) {
    vec4 v = get${name}(r, c);
    return (r & 1) == 0 ? ((c & 1) == 0 ? v.x : v.y) : ((c & 1) == 0 ? v.z : v.w);
  }`;
}

const corner: Uniforms = [{ name: 'corner', type: 'ivec2' }];
const size: Uniforms = [{ name: 'size', type: 'ivec2' }];

/** Uniform: the block's top left corner. */
export function sliceProgram(rows: number, cols: number): GPGPUProgram {
  return new Packed(rows, cols, ['A'], reader('A') + cells('return atA(r + corner.x, c + corner.y);'), corner);
}

/** Uniforms: where A's top left corner goes, and A's size. */
export function padProgram(rows: number, cols: number): GPGPUProgram {
  const body = `
    r -= corner.x; c -= corner.y;
    return r < 0 || c < 0 || r >= size.x || c >= size.y ? 0. : atA(r, c);`;
  return new Packed(rows, cols, ['A'], reader('A') + cells(body), [...corner, ...size]);
}

/** Uniform: the first row (dims 1) or column (dims 2) of B. */
export function joinProgram(rows: number, cols: number, dims: 1 | 2): GPGPUProgram {
  const body =
    dims === 1 ? 'return r < cut ? atA(r, c) : atB(r - cut, c);' : 'return c < cut ? atA(r, c) : atB(r, c - cut);';
  return new Packed(rows, cols, ['A', 'B'], reader('A') + reader('B') + cells(body), [{ name: 'cut', type: 'int' }]);
}

/** Uniform: the size of A. */
export function gatherProgram(rows: number, cols: number): GPGPUProgram {
  const body = `
    float f = atI(r, c);
    if (!(f >= 0. && f < float(size.x * size.y) && f == floor(f))) return NAN;
    int flat_ = int(f);
    return atA(flat_ / size.y, flat_ - (flat_ / size.y) * size.y);`;
  return new Packed(rows, cols, ['A', 'I'], reader('A') + reader('I') + cells(body), size);
}

/** Elements that one lane of a reduction takes in; must be even. Two steps serve a picture of 1024 x 1024. */
export const WINDOW = 32;
/** Elements added up apart, so that a sum of thousands passes through a dozen roundings only; must be even. */
const GROUP = 8;

const joins = {
  sum: { start: '0.', join: 'return a + b;' },
  max: { start: '-INF', join: 'return isnan(a) || isnan(b) ? NAN : max(a, b);' },
  min: { start: 'INF', join: 'return isnan(a) || isnan(b) ? NAN : min(a, b);' },
} as const;

export type Reduction = keyof typeof joins;

/**
 * One step: every WINDOW rows (dims 1) or columns (dims 2) become one. Uniform: the length reduced.
 *
 * @param squared takes in the elements' squares: for the first step of a sum of squares, without a matrix of them
 */
export function reduceProgram(op: Reduction, rows: number, cols: number, dims: 1 | 2, squared = false): GPGPUProgram {
  const { start, join } = joins[op];
  const [first, second, block] = dims === 1 ? ['v.xy', 'v.zw', 'getA(k, lane)'] : ['v.xz', 'v.yw', 'getA(lane, k)'];
  const square = squared ? 'v *= v;' : '';
  const code = `
    float join(float a, float b) { ${join} }
    vec2 join(vec2 a, vec2 b) { return vec2(join(a.x, b.x), join(a.y, b.y)); }
    vec2 window(int lane, int w) {
      vec2 total = vec2(${start});
      int end = min((w + 1) * ${WINDOW}, count);
      for (int g = w * ${WINDOW}; g < end; g += ${GROUP}) {
        vec2 part = vec2(${start});
        for (int k = g; k < min(g + ${GROUP}, end); k += 2) {
          vec4 v = ${block};
          ${square}
          vec2 p = ${first};
          if (k + 1 < count) p = join(p, ${second});
          part = join(part, p);
        }
        total = join(total, part);
      }
      return total;
    }
    void main() {
      ivec2 rc = getOutputCoords();
      ${
        dims === 1
          ? 'vec2 a = window(rc.y, rc.x); vec2 b = window(rc.y, rc.x + 1); setOutput(vec4(a, b));'
          : 'vec2 a = window(rc.x, rc.y); vec2 b = window(rc.x, rc.y + 1); setOutput(vec4(a.x, b.x, a.y, b.y));'
      }
    }`;
  return new Packed(rows, cols, ['A'], code, [{ name: 'count', type: 'int' }]);
}

/**
 * One step of finding extremes: the flat index of the best of WINDOW candidates, the first of equals. The first step
 * (`found` false) takes the elements of A themselves, later ones the indices I that the step before has left.
 * Uniforms: the length reduced, A's columns.
 */
export function argProgram(op: 'max' | 'min', rows: number, cols: number, dims: 1 | 2, found: boolean): GPGPUProgram {
  const [w, i, j] = dims === 1 ? ['r', 'k', 'c'] : ['c', 'r', 'k'];
  const index = found ? `int(atI(${i}, ${j}))` : `${i} * width + ${j}`;
  const body = `
    int best = -1;
    float top = 0.;
    for (int k = ${w} * ${WINDOW}; k < min((${w} + 1) * ${WINDOW}, count); k++) {
      int flat_ = ${index};
      float x = atA(flat_ / width, flat_ - (flat_ / width) * width);
      bool better = isnan(x) ? !isnan(top) : x ${op === 'max' ? '>' : '<'} top && !isnan(top);
      bool equal = isnan(x) ? isnan(top) : x == top && !isnan(top);
      if (best < 0 || better || (equal && flat_ < best)) { best = flat_; top = x; }
    }
    return float(best);`;
  const inputs = found ? ['A', 'I'] : ['A'];
  return new Packed(rows, cols, inputs, inputs.map(reader).join('') + cells(body), [
    { name: 'count', type: 'int' },
    { name: 'width', type: 'int' },
  ]);
}
