import { MatMulPackedProgram } from '@tensorflow/tfjs-backend-webgl/dist/mulmat_packed_gpu.js';
import { useShapeUniforms } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_math.js';
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_math.js';
import { prelude } from './tfjs-webgl-scalar.ts';

/** The rank-3 product of tfjs, for one pair. */
export function productProgram(rows: number, inner: number, cols: number): GPGPUProgram {
  return new MatMulPackedProgram([1, rows, inner], [1, inner, cols], [1, rows, cols]);
}

/** `float coarse(float)`: five significant bits, as `coarse` of tfjs-centre.ts; 0 for what is not finite. */
const coarse = `
  float coarse(float x) {
    return finite(x) ? uintBitsToFloat((floatBitsToUint(x) + 0x00040000u) & 0xfff80000u) : 0.;
  }
  vec4 coarse(vec4 x) { return vec4(coarse(x.x), coarse(x.y), coarse(x.z), coarse(x.w)); }
`;

class Centring implements GPGPUProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly userCode: string;
  readonly customUniforms = [{ name: 'inner', type: 'int' as const }];
  readonly enableShapeUniforms = useShapeUniforms(2);
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly supportsBroadcasting = true;
  constructor(rows: number, cols: number, inputs: string[], code: string) {
    this.outputShape = [rows, cols];
    this.variableNames = inputs;
    this.userCode = prelude + coarse + code;
  }
}

/**
 * A factor less the means of its rows (left) or columns (right), S being their sums; zero in the lane beyond an odd edge,
 * which the product would read. With `centre` false only the latter. Uniform: the shared dimension.
 */
export function factorProgram(side: 'left' | 'right', centre: boolean, rows: number, cols: number): GPGPUProgram {
  const edge = side === 'left' ? 'if (rc.y + 1 >= inner) v.yw = vec2(0.);' : 'if (rc.x + 1 >= inner) v.zw = vec2(0.);';
  const code = `
    void main() {
      ivec2 rc = getOutputCoords();
      vec4 v = getAAtOutCoords();
      ${centre ? 'v -= coarse(getSAtOutCoords() / float(inner));' : ''}
      ${edge}
      setOutput(v);
    }`;
  return new Centring(rows, cols, centre ? ['A', 'S'] : ['A'], code);
}

/**
 * Adds to the product C of the centred factors what centring took away (see `matmulCentred`): R the row sums of A, S the
 * column sums of B. A row or a column that is not finite was not centred alone, so there the product is done over.
 */
export function combineProgram(rows: number, cols: number): GPGPUProgram {
  const code = `
    float plain(int r, int c) {
      float total = 0.;
      for (int k = 0; k < inner; k++) {
        vec4 a = getA(r, k);
        vec4 b = getB(k, c);
        vec2 pair = (r & 1) == 0 ? a.xy : a.zw;
        vec2 column = (c & 1) == 0 ? b.xz : b.yw;
        total += (k & 1) == 0 ? pair.x * column.x : pair.y * column.y;
      }
      return total;
    }
    float cell(int r, int c, float product, float rowSum, float colSum) {
      if (!finite(rowSum) || !finite(colSum)) return plain(r, c);
      float a = coarse(rowSum / float(inner));
      float b = coarse(colSum / float(inner));
      return product + (a * colSum + (rowSum - float(inner) * a) * b);
    }
    void main() {
      ivec2 rc = getOutputCoords();
      vec4 v = getCAtOutCoords();
      vec4 x = getRAtOutCoords();
      vec4 y = getSAtOutCoords();
      setOutput(vec4(
        cell(rc.x, rc.y, v.x, x.x, y.x), cell(rc.x, rc.y + 1, v.y, x.y, y.y),
        cell(rc.x + 1, rc.y, v.z, x.z, y.z), cell(rc.x + 1, rc.y + 1, v.w, x.w, y.w)));
    }`;
  return new Centring(rows, cols, ['C', 'R', 'S', 'A', 'B'], code);
}
